// SPDX-License-Identifier: Apache-2.0
#include "evidence/line_plan.h"

#include <algorithm>
#include <bit>

#include "base/unicode.h"
#include "evidence/json_line.h"
#include "evidence/words.h"

namespace casus::evidence {
namespace {

using Form = RawValue::Form;

constexpr size_t longest_line = 4096;  // of which a plan is made
constexpr size_t few_lines = 16;  // a file of too many sorts of lines does not make a plan for each of them

// Whether both begin with the same `size` bytes; a word behind them can be read.
bool same_bytes(const char* a, const char* b, size_t size) {
  for (; size > word_size; a += word_size, b += word_size, size -= word_size) {
    if (word_at(a) != word_at(b)) return false;
  }
  return size == 0 || (word_at(a) ^ word_at(b)) << (8 * (word_size - size)) == 0;
}

constexpr uint64_t ones = 0x0101010101010101, high_bits = ones * 0x80;

// The lowest bit is set for the first quote, backslash or control character; those above it may stand for nothing.
uint64_t stops_in(uint64_t word) {
  const uint64_t quote = word ^ ones * '"';
  const uint64_t backslash = word ^ ones * '\\';
  return (((quote - ones) & ~quote) | ((backslash - ones) & ~backslash) | ((word - ones * 0x20) & ~word)) &
         high_bits;
}

// Whether a text of `size` bytes of ASCII and its closing quote stand at `from`. This is known without waiting for
// where it ends, so that what stands behind can be looked at meanwhile.
bool text_of_size(const char* from, const char* end, size_t size) {
  if (size >= static_cast<size_t>(end - from) || from[size] != '"') return false;
  for (; size >= word_size; from += word_size, size -= word_size) {
    const uint64_t word = word_at(from);
    if ((stops_in(word) | (word & high_bits)) != 0) return false;
  }
  const uint64_t word = word_at(from);
  return ((stops_in(word) | (word & high_bits)) & ((uint64_t{1} << 8 * size) - 1)) == 0;
}

// The closing quote of a text that begins at `from`: nullptr when the text is not plain, that is, holds an escape or
// something wrong, or has no end before `end`.
const char* end_of_text(const char* from, const char* end) {
  uint64_t beyond_ascii = 0;
  for (const char* at = from; at < end; at += word_size) {
    const uint64_t word = word_at(at);
    const uint64_t stops = stops_in(word);
    if (stops == 0) {
      beyond_ascii |= word & high_bits;
      continue;
    }
    beyond_ascii |= word & high_bits & (stops ^ (stops - 1));
    const char* stop = at + std::countr_zero(stops) / 8;
    if (stop >= end || *stop != '"') return nullptr;
    const bool good = beyond_ascii == 0 || is_valid_utf8({from, static_cast<size_t>(stop - from)});
    return good ? stop : nullptr;
  }
  return nullptr;
}

// The end of a number, or of true or false; nullptr: something else stands there.
const char* end_of_scalar(const char* from, const char* end, Form form) {
  const char* at = from;
  while (at < end && std::string_view(",}] \t\r\n").find(*at) == std::string_view::npos) ++at;
  const std::string_view text(from, static_cast<size_t>(at - from));
  const bool good = form == Form::number ? is_json_number(text) : text == "true" || text == "false";
  return good ? at : nullptr;
}

template <class Value, class Each>
void for_each_value(Value& raw, const Each& each) {
  for (auto* value : {&raw.at, &raw.id, &raw.known, &raw.source}) each(*value);
  for (auto* list : {&raw.args, &raw.motion_args}) {
    for (auto& arg : *list) each(arg.value);
  }
  for (auto* list : {&raw.asserted_by, &raw.denied_by}) {
    for (auto& actor : *list) each(actor);
  }
}

}  // namespace

void LinePlan::make(std::string_view line, const RawEvent& raw) {
  text_.assign(line).append(word_size, '\0');
  event_ = raw;
  gaps_.clear();
  const auto into_text = [&](std::string_view& part) {
    if (!part.empty()) part = {text_.data() + (part.data() - line.data()), part.size()};
  };
  seen_.assign(event_.args.size() + event_.motion_args.size(), {});
  size_t args = 0;
  for (auto* list : {&event_.args, &event_.motion_args}) {
    for (RawArg& arg : *list) {
      into_text(arg.label);
      arg.seen = &seen_[args++];
    }
  }
  into_text(event_.event.text);
  into_text(event_.motion_event.text);

  for_each_value(event_, [this](RawValue& value) {
    if (value.form != Form::none) gaps_.push_back({0, 0, &value});
  });
  std::sort(gaps_.begin(), gaps_.end(),
            [](const Gap& a, const Gap& b) { return a.value->text.data() < b.value->text.data(); });
  gaps_.push_back({});
  size_t at = 0;
  for (Gap& gap : gaps_) {
    const size_t stop =
        gap.value == nullptr ? line.size() : static_cast<size_t>(gap.value->text.data() - line.data());
    gap.at = static_cast<uint32_t>(at);
    gap.size = static_cast<uint32_t>(stop - at);
    if (gap.value != nullptr) at = stop + gap.value->text.size();
  }
}

const char* LinePlan::fit(std::string_view bytes) {
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  for (const Gap& gap : gaps_) {
    if (static_cast<size_t>(end - at) < gap.size || !same_bytes(at, text_.data() + gap.at, gap.size))
      return nullptr;
    at += gap.size;
    if (gap.value == nullptr) break;
    RawValue& value = *gap.value;
    if (value.form == Form::text && text_of_size(at, end, value.text.size())) {
      value.text = {at, value.text.size()};
    } else {
      const char* stop = value.form == Form::text ? end_of_text(at, end) : end_of_scalar(at, end, value.form);
      if (stop == nullptr) return nullptr;
      value.text = {at, static_cast<size_t>(stop - at)};
    }
    at += value.text.size();
  }
  return at;
}

RawEvent* LinePlans::match(std::string_view bytes, size_t& size) {
  for (size_t i = 0; i < plans_.size(); ++i) {
    const size_t tried = (last_ + i) % plans_.size();
    LinePlan& plan = plans_[tried];
    if (plan.empty()) continue;
    const char* stop = plan.fit(bytes);
    if (stop == nullptr) continue;
    const std::string_view rest(stop, static_cast<size_t>(bytes.data() + bytes.size() - stop));
    if (!rest.starts_with('\n') && !rest.starts_with("\r\n")) continue;
    last_ = tried;
    size = bytes.size() - rest.size();
    return &plan.event();
  }
  return nullptr;
}

void LinePlans::learn(std::string_view line, const RawEvent& raw) {
  if (to_skip_ > 0) {
    --to_skip_;
    return;
  }
  if (line.size() > longest_line || has_backslash(line)) return;
  const char* end = line.data() + line.size();
  // match() saw only a part of the line that was last in the buffer.
  if (std::any_of(plans_.begin(), plans_.end(), [&](LinePlan& plan) { return plan.fit(line) == end; }))
    return;
  plans_[next_].make(line, raw);
  last_ = next_;
  next_ = (next_ + 1) % plans_.size();
  if (!plans_[next_].empty()) to_skip_ = few_lines;
}

}  // namespace casus::evidence
