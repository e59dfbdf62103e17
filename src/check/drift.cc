// SPDX-License-Identifier: Apache-2.0
// Drift. A number stands twice: in the words about an article and in its clause; when one is mended the other
// is forgotten. The lint reads the prose between a block and the heading above it, the titles of articles, and remarks
// (`// …`) above or beside a clause, a decision, a rule or a derived fact. It compares durations with durations (hours with
// days, months with years), counts of votes with such counts, shares with shares, members of a body with how many it has,
// lengths and their like with such quantities, and numbers of what the clause calls by that word ("9,000 troops",
// `troops >= 9_000`); and only where both sides state as many numbers of a family and all but one agree. What can not be
// seen: numbers said otherwise ("a fortnight", "half a year"), prose that speaks of another article's number, and words
// for the same thing that the clause does not use.
#include <algorithm>
#include <map>
#include <set>

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
  explicit Drift(Context& x) : x_(x) {}

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
    const StatedParts parts(x_, id);
    for (size_t b = 0; b < markdown.blocks.size(); ++b) {
      const CodeBlock& block = markdown.blocks[b];
      const size_t after = b == 0 ? 0 : markdown.blocks[b - 1].prose_before;
      size_t first = block.prose_before;
      while (first > after && !markdown.prose[first - 1].heading) --first;
      if (first > after) --first;
      if (first == block.prose_before) continue;
      const uint32_t begin = markdown.prose[first].begin, end = markdown.prose[block.prose_before - 1].end;
      std::string where;
      const Coded coded = parts.within(block.begin, block.end, where);
      if (!coded.span.valid()) continue;
      const auto place = [&](size_t from, size_t to) {
        return Span{id, static_cast<uint32_t>(begin + from), static_cast<uint32_t>(begin + to)};
      };
      compare(stated_in(text.substr(begin, end - begin)), coded, place, "the prose", where);
    }
  }

  void remarks(SourceId id) {
    const std::vector<Remark> all = remarks_of(x_.sources[id]);
    if (all.empty()) return;
    const StatedParts parts(x_, id);
    for (const Remark& r : all) {
      std::string where;
      const Coded coded = parts.of(r, where);
      if (!coded.span.valid()) continue;
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
  static std::optional<std::pair<At<T>, T>> odd(const std::vector<At<T>>& said, const std::vector<T>& coded,
                                                bool several) {
    if (said.size() < (several ? 2 : 1) || said.size() != coded.size()) return std::nullopt;
    std::vector<At<T>> only_said;
    std::vector<T> only_coded;
    for (const At<T>& s : said) {
      if (std::find(coded.begin(), coded.end(), s.value) == coded.end()) only_said.push_back(s);
    }
    for (const T& c : coded) {
      if (std::none_of(said.begin(), said.end(), [&](const At<T>& s) { return s.value == c; }))
        only_coded.push_back(c);
    }
    if (only_said.size() != 1 || only_coded.size() != 1) return std::nullopt;
    return std::pair(only_said[0], only_coded[0]);
  }

  template <class Place>
  void compare(const Stated& said, const Coded& coded, const Place& place, const std::string& what,
               const std::string& where) {
    const auto differ = [&](size_t begin, size_t end, const std::string& one, const std::string& other) {
      report(place(begin, end), coded.span, what + " says " + one + ", and " + other, where);
    };
    durations(said, coded, differ);
    thresholds(said, coded, differ);
    if (const auto n = odd<int64_t>(said.members, sizes(coded), coded.several))
      differ(n->first.begin, n->first.end, std::to_string(n->first.value) + " members",
             "the body has " + std::to_string(n->second));
    for (const auto& [word, values] : coded.counts) {
      const auto fits = [&](const Amount& a) {
        return same_word(a.first, word) || same_word(a.second, word);
      };
      amounts(
          said, fits, [](const Amount& a) { return a.number; }, values, word, 1, coded.several, differ);
    }
    for (const auto& [quantity, values] : coded.quantities) {
      const model::Unit* unit = nullptr;
      const auto fits = [&](const Amount& a) { return unit_of(quantity, a.first) != nullptr; };
      for (const auto& a : said.amounts) unit = unit ? unit : unit_of(quantity, a.value.first);
      if (!unit) continue;
      const auto value = [&](const Amount& a) { return a.number * unit_of(quantity, a.first)->factor; };
      amounts(said, fits, value, values, unit->name, unit->factor, coded.several, differ);
    }
  }

  template <class Differ>
  void durations(const Stated& said, const Coded& coded, const Differ& differ) {
    for (const bool months : {false, true}) {
      const auto family = [&](const Duration& d) { return months ? d.ms == 0 : d.months == 0; };
      std::vector<Duration> own;
      std::copy_if(coded.durations.begin(), coded.durations.end(), std::back_inserter(own), family);
      if (const auto d = odd<Duration>(once<Duration>(said.durations, family), own, coded.several))
        differ(d->first.begin, d->first.end, format_duration(d->first.value),
               "the clause " + format_duration(d->second));
    }
  }

  template <class Differ>
  void thresholds(const Stated& said, const Coded& coded, const Differ& differ) {
    for (const bool count : {false, true}) {
      const auto family = [&](const Threshold& t) { return (t.of == 0) == count; };
      std::vector<Threshold> own;
      std::copy_if(coded.thresholds.begin(), coded.thresholds.end(), std::back_inserter(own), family);
      if (const auto t = odd<Threshold>(once<Threshold>(said.thresholds, family), own, coded.several))
        differ(t->first.begin, t->first.end, shown(t->first.value), "the clause " + shown(t->second));
    }
  }

  // Of one body that never changed, and decides by a number of votes.
  static std::vector<int64_t> sizes(const Coded& coded) {
    const bool by_number = std::any_of(coded.thresholds.begin(), coded.thresholds.end(),
                                       [](const Threshold& t) { return t.of == 0 && t.number > 1; });
    if (!by_number || coded.members.size() != 1 || coded.members.begin()->second.size() != 1) return {};
    return {static_cast<int64_t>(*coded.members.begin()->second.begin())};
  }

  template <class Fits, class Value, class Differ>
  static void amounts(const Stated& said, const Fits& fits, const Value& value,
                      const std::set<int64_t>& coded, const std::string& word, int64_t factor, bool several,
                      const Differ& differ) {
    std::vector<At<int64_t>> own;
    for (const auto& a : said.amounts) {
      if (fits(a.value)) own.push_back({value(a.value), a.begin, a.end});
    }
    const auto n = odd<int64_t>(once<int64_t>(own, [](const int64_t&) { return true; }),
                                {coded.begin(), coded.end()}, several);
    if (!n) return;
    const auto shown = [&](int64_t v) {
      return v % factor == 0 ? std::to_string(v / factor) + ' ' + word
                             : std::to_string(v) + '/' + std::to_string(factor) + ' ' + word;
    };
    differ(n->first.begin, n->first.end, shown(n->first.value), "the clause " + shown(n->second));
  }

  static bool same_word(std::string_view said, std::string_view coded) {
    return !said.empty() && said == singular(coded);
  }
  const model::Unit* unit_of(model::QuantityId q, std::string_view word) const {
    for (const model::Unit& u : x_.m[q].units) {
      if (same_word(word, u.name)) return &u;
    }
    return nullptr;
  }

  void report(Span at, Span code, const std::string& message, const std::string& where) {
    x_.add({.kind = Diag::number_drift,
            .span = at,
            .message = message,
            .where = where,
            .related = {{code, "stated here"}},
            .notes = {"make the two agree; where they speak of different things, name both in the prose"}});
  }

  Context& x_;
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
