// SPDX-License-Identifier: Apache-2.0
// Drift. A number stands twice: in the words about an article and in its clause; when one is mended the other
// is forgotten. The lint reads the prose between a block and the heading above it, and the titles of
// articles, and compares only where both sides state exactly one duration (or one threshold) of the same
// family: hours with days, months with years; counts with counts, shares with shares. A block with several
// articles is not compared with its prose. What can not be seen: numbers said otherwise ("a fortnight", "half
// a year"), and prose that speaks of another article's number.
#include <algorithm>
#include <cstdlib>
#include <map>

#include "check/context.h"
#include "check/markdown.h"
#include "check/stated.h"

namespace casus::check {

namespace {

constexpr int64_t most_votes = 1'000'000;  // beyond it no text spells the number out

// What the clauses and decisions of an article or a block state, each number once.
struct Coded {
  std::vector<Duration> durations;
  std::vector<Threshold> thresholds;
  Span span;  // the first of them

  void add(Duration d) {
    if (!d.zero() && std::find(durations.begin(), durations.end(), d) == durations.end())
      durations.push_back(d);
  }
  void add(const Threshold& t) {
    if (std::find(thresholds.begin(), thresholds.end(), t) == thresholds.end()) thresholds.push_back(t);
  }
  void stands_at(Span s) {
    if (!span.valid()) span = s;
  }
};

// Of a deadline that a package settles, the shortest and the longest.
void add_within(const model::Model& m, const model::Deadline& d, Coded& out) {
  if (!d.open) return out.add(d.within);
  const model::ChoiceParameter& p = model::choice_parameter(m, m[d.open->count]);
  for (const int64_t n : {p.low, p.high})
    out.add(Duration{static_cast<int32_t>(d.open->unit.months * n), d.open->unit.ms * n});
}

void add_clause(const Context& x, const Clause& c, Coded& out) {
  out.stands_at(c.span);
  add_within(x.m, c.deadline, out);
  out.add(c.after);
  out.add(c.takes_effect);
  for (ExprId root : conditions_of(c)) {
    visit(x.m, root, [&](ExprId id) {
      const model::Expr& e = x.m[id];
      if (e.op == model::Op::happened && e.value != model::no_value) out.add(Duration{0, e.value});
    });
  }
}

// A comparison of votes with a number, or with a share of other votes. What asks for none (`no = 0`) states
// no threshold.
void add_rule(const model::Rule& r, Coded& out) {
  for (const model::Comparison& c : r.comparisons) {
    if (c.terms.size() == 1 && c.constant != 0 && std::abs(c.constant / 2) < most_votes) {
      const int64_t by = c.terms[0].coefficient;
      if (by != 0 && c.constant % by == 0) out.add(Threshold{std::abs(c.constant / by), 0});
    } else if (c.terms.size() == 2 && c.constant == 0) {
      const int64_t a = c.terms[0].coefficient, b = c.terms[1].coefficient;
      if (a > 0 && b < 0 && b > -a) out.add(share(-b, a));
    }
  }
}

void add_decision(const Context& x, const Decision& d, Coded& out) {
  out.stands_at(d.span);
  add_within(x.m, d.within, out);
  add_rule(x.m[d.rule], out);
}

bool same_family(const Duration& a, const Duration& b) {
  return (a.months == 0) == (b.months == 0) && (a.ms == 0) == (b.ms == 0);
}

std::string shown(const Threshold& t) {
  if (t.of == 0) return std::to_string(t.number) + (t.number == 1 ? " vote" : " votes");
  if (100 % t.of == 0) return std::to_string(t.number * (100 / t.of)) + " %";
  return std::to_string(t.number) + '/' + std::to_string(t.of);
}

class Drift {
 public:
  explicit Drift(Context& x) : x_(x) {}

  void titles() {
    std::multimap<ArticleId, const Decision*> decisions;
    for (const model::Body& b : x_.m.bodies) {
      for (const Decision& d : b.decisions) decisions.emplace(d.article, &d);
    }
    for (size_t i = 0; i < x_.m.articles.size(); ++i) {
      const model::Article& a = x_.m.articles[i];
      if (a.title.empty() || !x_.here(a.span)) continue;
      Coded coded;
      for (ClauseId c : a.clauses) add_clause(x_, x_.m[c], coded);
      const auto [begin, end] = decisions.equal_range(ArticleId(i));
      for (auto d = begin; d != end; ++d) add_decision(x_, *d->second, coded);
      // A title stands as a string after the label: the place of its number is the label's.
      compare(
          stated_in(a.title), coded, [&](size_t, size_t) { return a.span; }, "the title",
          x_.where(a.instrument, ArticleId(i)));
    }
  }

  void file(SourceId id) {
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
      ArticleId article;
      const auto coded = block_numbers(id, block, article);
      if (!coded) continue;
      const auto place = [&](size_t from, size_t to) {
        return Span{id, static_cast<uint32_t>(begin + from), static_cast<uint32_t>(begin + to)};
      };
      compare(stated_in(text.substr(begin, end - begin)), *coded, place, "the prose",
              article ? x_.where(x_.m[article].instrument, article) : std::string());
    }
  }

 private:
  static bool within(const Span& s, SourceId id, const CodeBlock& b) {
    return s.source == id && s.begin >= b.begin && s.begin < b.end;
  }

  // nullopt when the block has several articles, or nothing.
  std::optional<Coded> block_numbers(SourceId id, const CodeBlock& block, ArticleId& article) {
    if (!x_.spend(x_.m.articles.size() + x_.m.clauses.size() + x_.m.bodies.size())) return std::nullopt;
    for (size_t i = 0; i < x_.m.articles.size(); ++i) {
      if (!within(x_.m.articles[i].span, id, block)) continue;
      if (article) return std::nullopt;
      article = ArticleId(i);
    }
    Coded out;
    for (const Clause& c : x_.m.clauses) {
      if (within(c.span, id, block)) add_clause(x_, c, out);
    }
    for (const model::Body& b : x_.m.bodies) {
      for (const Decision& d : b.decisions) {
        if (within(d.span, id, block)) add_decision(x_, d, out);
      }
    }
    return out.span.valid() ? std::optional<Coded>(out) : std::nullopt;
  }

  template <class Place>
  void compare(const Stated& said, const Coded& coded, const Place& place, const std::string& what,
               const std::string& where) {
    std::vector<At<Duration>> durations;
    for (const auto& d : said.durations) {
      const bool again =
          std::any_of(durations.begin(), durations.end(), [&](const auto& o) { return o.value == d.value; });
      if (!again) durations.push_back(d);
    }
    if (durations.size() == 1 && coded.durations.size() == 1) {
      const Duration &a = durations[0].value, &b = coded.durations[0];
      if (a != b && same_family(a, b))
        report(place(durations[0].begin, durations[0].end), coded.span, what, format_duration(a),
               format_duration(b), where);
    }
    std::vector<At<Threshold>> thresholds;
    for (const auto& t : said.thresholds) {
      const bool again = std::any_of(thresholds.begin(), thresholds.end(),
                                     [&](const auto& o) { return o.value == t.value; });
      if (!again) thresholds.push_back(t);
    }
    if (thresholds.size() != 1 || coded.thresholds.size() != 1) return;
    const Threshold &a = thresholds[0].value, &b = coded.thresholds[0];
    if (a != b && (a.of == 0) == (b.of == 0))
      report(place(thresholds[0].begin, thresholds[0].end), coded.span, what, shown(a), shown(b), where);
  }

  void report(Span at, Span code, const std::string& what, const std::string& said, const std::string& coded,
              const std::string& where) {
    x_.add({.kind = Diag::number_drift,
            .span = at,
            .message = what + " says " + said + ", and the clause " + coded,
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
    if (x.sources[id].literate) drift.file(id);
  }
}

}  // namespace casus::check
