// SPDX-License-Identifier: Apache-2.0
// Drift. A number stands twice: in the words about an article and in its clause; when one is mended the other
// is forgotten. The lint reads the prose between a block and the heading above it, the titles of articles, and remarks
// (`// …`) above or beside a clause, a decision, a rule or a derived fact. It compares durations with durations (hours with
// days, months with years), counts of votes with such counts, shares with shares, members of a body with how many it has,
// lengths and their like with such quantities, a majority with a rule that a tie satisfies, and numbers of what the clause calls by that word ("9,000 troops",
// `troops >= 9_000`); and only where both sides state as many numbers of a family and all but one agree. What can not be
// seen: numbers said otherwise ("a fortnight", "half a year"), prose that speaks of another article's number, and words
// for the same thing that the clause does not use.
#include <algorithm>
#include <map>

#include "check/coded.h"
#include "check/markdown.h"
#include "check/remarks.h"

namespace casus::check {

namespace {

std::string shown(const Threshold& t) {
  if (t.of == 0) return std::to_string(t.number) + (t.number == 1 ? " vote" : " votes");
  if (100 % t.of == 0) return std::to_string(t.number * (100 / t.of)) + " %";
  return std::to_string(t.number) + '/' + std::to_string(t.of);
}

class Drift {
 public:
  explicit Drift(Context& x) : x_(x), parts_(x) {}

  void titles() {
    std::multimap<ArticleId, std::pair<const model::Body*, const Decision*>> decisions;
    for (const model::Body& b : x_.m.bodies) {
      for (const Decision& d : b.decisions) decisions.emplace(d.article, std::pair(&b, &d));
    }
    for (size_t i = 0; i < x_.m.articles.size(); ++i) {
      const model::Article& a = x_.m.articles[i];
      if (a.title.empty() || !x_.here(a.span)) continue;
      Coded coded;
      for (ClauseId c : a.clauses) coded.add(x_, x_.m[c]);
      const auto [begin, end] = decisions.equal_range(ArticleId(i));
      for (auto d = begin; d != end; ++d) coded.add(x_, *d->second.first, *d->second.second);
      // A title stands as a string after the label: the place of its number is the label's.
      compare(
          stated_in(a.title), coded, [&](size_t, size_t) { return a.span; }, "the title",
          x_.where(a.instrument, ArticleId(i)));
    }
  }

  void prose(SourceId id) {
    const std::string_view text = x_.sources[id].text;
    const Markdown markdown = read_markdown(text);
    for (size_t b = 0; b < markdown.blocks.size(); ++b) {
      const CodeBlock& block = markdown.blocks[b];
      const size_t after = b == 0 ? 0 : markdown.blocks[b - 1].prose_before;
      size_t first = block.prose_before;
      while (first > after && !markdown.prose[first - 1].heading) --first;
      if (first > after) --first;
      if (first == block.prose_before) continue;
      const uint32_t begin = markdown.prose[first].begin, end = markdown.prose[block.prose_before - 1].end;
      std::string where;
      const Coded coded = parts_.within(id, block.begin, block.end, where);
      const auto place = [&](size_t from, size_t to) {
        return Span{id, static_cast<uint32_t>(begin + from), static_cast<uint32_t>(begin + to)};
      };
      compare(stated_in(text.substr(begin, end - begin)), coded, place, "the prose", where);
    }
  }

  void remarks(SourceId id) {
    for (const Remark& r : remarks_of(x_.sources[id])) {
      std::string where;
      const Coded coded = parts_.of(id, r, where);
      const auto place = [&](size_t from, size_t to) {
        return Span{id, static_cast<uint32_t>(r.begin + from), static_cast<uint32_t>(r.begin + to)};
      };
      compare(stated_in(r.words), coded, place, "the remark", where);
    }
  }

 private:
  // Each value once, where it stands first.
  template <class T>
  static std::vector<At<T>> once(const std::vector<At<T>>& said, const std::function<bool(const T&)>& which) {
    std::vector<At<T>> out;
    for (const At<T>& s : said) {
      const bool again =
          std::any_of(out.begin(), out.end(), [&](const At<T>& o) { return o.value == s.value; });
      if (which(s.value) && !again) out.push_back(s);
    }
    return out;
  }

  // As many on both sides, and all but one agree: which one is said, and what is coded in its stead. Of several articles
  // together one number alone says nothing.
  template <class T>
  static std::optional<std::pair<At<T>, Placed<T>>> odd(const std::vector<At<T>>& said,
                                                        const std::vector<Placed<T>>& coded, bool several) {
    if (said.size() < (several ? 2 : 1) || said.size() != coded.size()) return std::nullopt;
    const At<T>* only_said = nullptr;
    const Placed<T>* only_coded = nullptr;
    size_t apart = 0;
    for (const At<T>& s : said) {
      if (std::any_of(coded.begin(), coded.end(), [&](const auto& c) { return s.value == c.value; }))
        continue;
      only_said = &s;
      ++apart;
    }
    for (const Placed<T>& c : coded) {
      if (std::none_of(said.begin(), said.end(), [&](const auto& s) { return s.value == c.value; }))
        only_coded = &c;
    }
    if (apart != 1) return std::nullopt;
    return std::pair(*only_said, *only_coded);
  }

  // What differs, in words, and where the clause has it.
  struct Difference {
    size_t begin = 0, end = 0;
    std::string said, coded;
    Span at;
  };
  using Differences = std::vector<Difference>;

  template <class Place>
  void compare(const Stated& said, const Coded& coded, const Place& place, const std::string& what,
               const std::string& where) {
    Differences out;
    durations(said, coded, out);
    thresholds(said, coded, out);
    members(said, coded, out);
    if (said.majorities.size() == 1 && coded.ties.size() == 1)
      out.push_back({said.majorities[0].begin, said.majorities[0].end, "a majority",
                     "the clause lets half of the votes adopt", coded.ties.begin()->second});
    for (const auto& [word, values] : coded.counts) {
      const auto value = [&, w = word](const Amount& a) -> std::optional<int64_t> {
        return same_word(a.first, w) || same_word(a.second, w) ? std::optional(a.number) : std::nullopt;
      };
      amounts(said, value, values, word, 1, coded.several, out);
    }
    for (const auto& [quantity, values] : coded.quantities) {
      const model::Unit* shown_in = nullptr;
      for (const auto& a : said.amounts) shown_in = shown_in ? shown_in : unit_of(quantity, a.value.first);
      const auto value = [&, q = quantity](const Amount& a) -> std::optional<int64_t> {
        const model::Unit* unit = unit_of(q, a.first);
        int64_t out_of = 0;
        const bool fits = unit && !__builtin_mul_overflow(a.number, unit->factor, &out_of);
        return fits ? std::optional(out_of) : std::nullopt;
      };
      if (shown_in) amounts(said, value, values, shown_in->name, shown_in->factor, coded.several, out);
    }
    for (const Difference& d : out) {
      x_.add({.kind = Diag::number_drift,
              .span = place(d.begin, d.end),
              .message = what + " says " + d.said + ", and " + d.coded,
              .where = where,
              .related = {{d.at, "stated here"}},
              .notes = {"make the two agree; where they speak of different things, name both in the prose"}});
    }
  }

  static void durations(const Stated& said, const Coded& coded, Differences& out) {
    for (const bool months : {false, true}) {
      const auto family = [&](const Duration& d) { return months ? d.ms == 0 : d.months == 0; };
      std::vector<Placed<Duration>> own;
      std::copy_if(coded.durations.begin(), coded.durations.end(), std::back_inserter(own),
                   [&](const auto& d) { return family(d.value); });
      if (const auto d = odd<Duration>(once<Duration>(said.durations, family), own, coded.several))
        out.push_back({d->first.begin, d->first.end, format_duration(d->first.value),
                       "the clause " + format_duration(d->second.value), d->second.at});
    }
  }

  static void thresholds(const Stated& said, const Coded& coded, Differences& out) {
    for (const bool count : {false, true}) {
      const auto family = [&](const Threshold& t) { return (t.of == 0) == count; };
      std::vector<Placed<Threshold>> own;
      std::copy_if(coded.thresholds.begin(), coded.thresholds.end(), std::back_inserter(own),
                   [&](const auto& t) { return family(t.value); });
      if (const auto t = odd<Threshold>(once<Threshold>(said.thresholds, family), own, coded.several))
        out.push_back({t->first.begin, t->first.end, shown(t->first.value),
                       "the clause " + shown(t->second.value), t->second.at});
    }
  }

  // Of one body that never changed, and decides by a number of votes.
  static void members(const Stated& said, const Coded& coded, Differences& out) {
    const bool by_number = std::any_of(coded.thresholds.begin(), coded.thresholds.end(),
                                       [](const auto& t) { return t.value.of == 0 && t.value.number > 1; });
    if (!by_number || coded.members.size() != 1) return;
    const auto& [sizes, at] = coded.members.begin()->second;
    std::vector<Placed<int64_t>> own;
    for (size_t n : sizes) own.push_back({static_cast<int64_t>(n), at});
    const auto n = odd<int64_t>(once<int64_t>(said.members, any), own, coded.several);
    if (n && sizes.size() == 1)
      out.push_back({n->first.begin, n->first.end, std::to_string(n->first.value) + " members",
                     "the body has " + std::to_string(n->second.value), at});
  }

  // `value`: what the number comes to, where it is a number of that.
  template <class ValueOf>
  static void amounts(const Stated& said, const ValueOf& value, const std::vector<Placed<int64_t>>& coded,
                      const std::string& word, int64_t factor, bool several, Differences& out) {
    std::vector<At<int64_t>> own;
    for (const auto& a : said.amounts) {
      if (const auto v = value(a.value)) own.push_back({*v, a.begin, a.end});
    }
    const auto n = odd<int64_t>(once<int64_t>(own, any), coded, several);
    if (!n) return;
    const auto words = [&](int64_t v) {
      return v % factor == 0 ? std::to_string(v / factor) + ' ' + word
                             : std::to_string(v) + '/' + std::to_string(factor) + ' ' + word;
    };
    out.push_back({n->first.begin, n->first.end, words(n->first.value),
                   "the clause " + words(n->second.value), n->second.at});
  }

  static bool any(const int64_t&) { return true; }

  static bool same_word(std::string_view said, std::string_view coded) {
    return !said.empty() && said == singular(coded);
  }
  const model::Unit* unit_of(model::QuantityId q, std::string_view word) const {
    for (const model::Unit& u : x_.m[q].units) {
      if (same_word(word, u.name)) return &u;
    }
    return nullptr;
  }

  Context& x_;
  StatedParts parts_;
};

}  // namespace

void check_drift(Context& x) {
  Drift drift(x);
  drift.titles();
  for (SourceId id : x.files()) {
    if (x.sources[id].literate) drift.prose(id);
    drift.remarks(id);
  }
}

}  // namespace casus::check
