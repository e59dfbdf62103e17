// SPDX-License-Identifier: Apache-2.0
// The file: a line that says what it is, a line with the version, then numbers (seven bits a byte, the lowest first; the eighth says that more
// follow), then a digest of all that.
#include "explore/checkpoint.h"

#include <algorithm>

#include "base/hash.h"
#include "base/unicode.h"
#include "base/version.h"
#include "explore/search.h"

namespace casus::explore {

namespace {

constexpr std::string_view title = "casus: an exploration to be gone on with\n";
constexpr size_t digest_bytes = 8;

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}
  void number(uint64_t n) {
    for (; n >= 0x80; n >>= 7) out_ += static_cast<char>(n | 0x80);
    out_ += static_cast<char>(n);
  }
  void numbers(const std::vector<uint32_t>& all) {
    number(all.size());
    for (const uint32_t n : all) number(n);
  }
  void text(std::string_view t) {
    number(t.size());
    out_ += t;
  }
  void checkpoint(const Checkpoint& c) {
    number(c.ended);
    number(c.states);
    number(c.moves);
    number(c.events);
    number(c.stories.size());
    for (const Checkpoint::Story& s : c.stories) {
      number(s.property);
      numbers(s.moves);
      numbers(s.closed);
    }
    number(c.obstacles.size());
    for (const std::string& o : c.obstacles) text(o);
    number(c.origins.size());
    uint32_t last = 0;
    // Neighbours come from neighbours; the beginning comes from nowhere.
    for (size_t i = 1; i < c.origins.size(); ++i) {
      const int64_t step = int64_t{c.origins[i].from} - int64_t{last};
      number(step < 0 ? static_cast<uint64_t>(-step) << 1 | 1 : static_cast<uint64_t>(step) << 1);
      number(c.origins[i].move);
      last = c.origins[i].from;
    }
    numbers(c.closed);
    for (const uint32_t n :
         {c.position.events, uint32_t{c.position.by_event}, c.position.layer, c.position.from, c.position.to})
      number(n);
  }

 private:
  std::string& out_;
};

// Once something is wrong everything reads as nothing.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  bool good() const { return good_; }
  bool at_end() const { return bytes_.empty(); }

  uint64_t number() {
    uint64_t n = 0;
    for (unsigned shift = 0; good_ && shift < 64 && !bytes_.empty(); shift += 7) {
      const auto byte = static_cast<uint8_t>(bytes_.front());
      bytes_.remove_prefix(1);
      n |= uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return n;
    }
    good_ = false;
    return 0;
  }
  uint32_t number32() {
    const uint64_t n = number();
    if (n > UINT32_MAX) good_ = false;
    return good_ ? static_cast<uint32_t>(n) : 0;
  }
  // How many things follow, each of at least so many bytes.
  size_t count(size_t bytes_each = 1) {
    const uint64_t n = number();
    if (n > bytes_.size() / bytes_each) good_ = false;
    return good_ ? n : 0;
  }
  std::vector<uint32_t> numbers() {
    std::vector<uint32_t> out(count());
    for (uint32_t& n : out) n = number32();
    return out;
  }
  std::string text() {
    const size_t size = count();
    std::string out(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    if (printable(out) != out) good_ = false;  // it is printed
    return out;
  }
  Checkpoint checkpoint() {
    Checkpoint c;
    c.ended = static_cast<uint8_t>(std::min<uint64_t>(number(), 0xFF));
    if (c.ended > static_cast<uint8_t>(Ended::obstacle)) good_ = false;
    c.states = number();
    c.moves = number();
    c.events = number32();
    for (size_t left = count(3); left-- > 0 && good_;) {
      Checkpoint::Story s;
      s.property = number32();
      s.moves = numbers();
      s.closed = numbers();
      c.stories.push_back(std::move(s));
    }
    for (size_t left = count(); left-- > 0 && good_;) c.obstacles.push_back(text());
    const uint64_t states = number();
    if ((states != 0) != is_unfinished(static_cast<Ended>(c.ended))) good_ = false;
    if (states != 0) origins(c, states);
    c.closed = numbers();
    c.position = {number32(), number32() != 0, number32(), number32(), number32()};
    return c;
  }

 private:
  void origins(Checkpoint& c, uint64_t states) {
    if (states - 1 > bytes_.size() / 2 || states >= no_state) good_ = false;
    if (!good_) return;
    c.origins.resize(states);
    uint32_t last = 0;
    for (size_t i = 1; i < states && good_; ++i) {
      const uint64_t step = number();
      const int64_t from = int64_t{last} + ((step & 1) != 0 ? -1 : 1) * static_cast<int64_t>(step >> 1);
      if (step >> 33 != 0 || from < 0 || from >= static_cast<int64_t>(i)) good_ = false;
      c.origins[i] = {last = static_cast<uint32_t>(from), number32()};
    }
  }

  std::string_view bytes_;
  bool good_ = true;
};

std::string digest_of(std::string_view bytes) {
  const uint64_t digest = Hasher().add(bytes).digest();
  std::string out;
  for (size_t i = 0; i < digest_bytes; ++i) out += static_cast<char>(digest >> (8 * i));
  return out;
}

}  // namespace

std::string Checkpoints::text() const {
  std::string out(title);
  out += CASUS_VERSION "\n";
  Writer writer(out);
  writer.number(kept.size());
  for (const auto& [key, checkpoint] : kept) {
    writer.number(key);
    writer.checkpoint(checkpoint);
  }
  return out + digest_of(out);
}

bool Checkpoints::begins_like_one(std::string_view bytes) { return bytes.starts_with(title); }

Result<Checkpoints> Checkpoints::read(std::string_view bytes) {
  const Failure damaged{"it is damaged or not whole", "explore anew, without --resume"};
  if (!begins_like_one(bytes))
    return Failure{"it was not written by `casus explore --save`", "name the file that --save named"};
  const std::string_view after = bytes.substr(title.size());
  const size_t line = after.find('\n');
  if (line > 40) return damaged;
  if (after.substr(0, line) != CASUS_VERSION) {
    return Failure{"another version of casus wrote it, and this is " CASUS_VERSION,
                   "go on with that version, or explore anew"};
  }
  std::string_view body = after.substr(line + 1);
  if (body.size() < digest_bytes) return damaged;
  const std::string_view digest = body.substr(body.size() - digest_bytes);
  if (digest != digest_of(bytes.substr(0, bytes.size() - digest_bytes))) return damaged;
  body.remove_suffix(digest_bytes);
  Reader reader(body);
  Checkpoints out;
  out.resumed = true;
  for (size_t left = reader.count(2); left-- > 0 && reader.good();) {
    const uint64_t key = reader.number();
    out.kept[key] = reader.checkpoint();
  }
  if (!reader.good() || !reader.at_end()) return damaged;
  return out;
}

bool Checkpoints::unfinished() const {
  return std::any_of(kept.begin(), kept.end(), [](const auto& k) { return !k.second.origins.empty(); });
}

}  // namespace casus::explore
