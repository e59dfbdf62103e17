// SPDX-License-Identifier: Apache-2.0
#include "report/compare_text.h"

#include <algorithm>
#include <map>

#include "report/layout.h"
#include "report/phrases.h"
#include "text/words.h"

namespace casus::report {

using replay::QuestionKind;
using replay::Replay;
using replay::ViewQuestion;

namespace {

std::string fact_words(const model::Model& m, const model::GivenFact& g, size_t args) {
  const model::Fact& fact = m[g.fact];
  std::string out = spaced(fact.name) + " (";
  for (size_t i = 0; i < args; ++i)
    out += (i ? ", " : "") + spaced(fact.params[i].label) + " " + m.show(g.args[i], fact.params[i].type);
  return out + ")";
}

const model::GivenFact& given_of(const Replay& r, uint32_t index) {
  const model::Model& m = *r.model;
  return index < m.givens.size() ? m.givens[index] : m[r.scenario].givens[index - m.givens.size()];
}

std::string assertions(const model::Model& m, const model::Assertion& a) {
  const std::string who = evidence::assertion_words(a, m);
  return who.empty() ? "" : " (" + who + ")";
}

// Events that it refers to are named where they were taken: in a column that accepts it.
std::string event_question(const std::vector<const Replay*>& columns, const ViewQuestion& q) {
  size_t c = 0;
  while (c + 1 < columns.size() && q.answers[c] == 0) ++c;
  const Replay& r = *columns[c];
  const replay::EventNote& e = r.events[q.index];
  return event_words(*r.model, e.occurrence.event) + " " + arguments(r, e.occurrence, true) + ", " +
         format_short(Instant{e.at}) + assertions(*r.model, e.assertion);
}

std::string held_words(const model::Model& m, model::ViewpointId view, const model::GivenFact& question) {
  std::string out;
  if (!view) return out;
  for (const model::GivenFact& h : m[view].holds) {
    if (h.fact != question.fact || h.args[0] != question.args[0]) continue;
    const model::Fact& fact = m[h.fact];
    if (!out.empty()) out += "; ";
    if (fact.result.kind != model::TypeKind::truth)
      out += m.show(h.value, fact.result);
    else
      out += (h.value == 0 ? "not " : "") + fact_words(m, h, fact.params.size());
  }
  return out;
}

std::string bearers_words(const std::vector<std::string>& bearers) {
  std::string who;
  for (size_t i = 0; i < bearers.size() && i < 3; ++i) who += (i ? " " : "") + bearers[i];
  if (bearers.size() > 3) who += " +" + std::to_string(bearers.size() - 3);
  return who;
}

// Columns that answer alike share an answer: "Kyiv: members only; Moscow, Riga: any recognised state".
std::string answers_words(const std::vector<const Replay*>& columns, const std::vector<std::string>& titles,
                          const ViewQuestion& q) {
  std::vector<std::pair<uint32_t, std::string>> by_answer;
  for (size_t c = 0; c < columns.size(); ++c) {
    auto it = std::find_if(by_answer.begin(), by_answer.end(),
                           [&](const auto& a) { return a.first == q.answers[c]; });
    if (it == by_answer.end())
      by_answer.emplace_back(q.answers[c], titles[c]);
    else
      it->second += ", " + titles[c];
  }
  std::string out;
  for (const auto& [answer, who] : by_answer) {
    const auto c =
        static_cast<size_t>(std::find(q.answers.begin(), q.answers.end(), answer) - q.answers.begin());
    out += (out.empty() ? "" : "; ") + who + ": " + answer_words(columns, q, c);
  }
  return out;
}

// Which verdicts turn on the same questions, and between whom: "Kyiv ⇄ Moscow".
class Deciding {
 public:
  Deciding(const std::vector<const Replay*>& columns, const replay::Comparison& comparison,
           const replay::Decisions& decisions)
      : columns_(columns), comparison_(comparison), decisions_(decisions) {
    for (size_t row = 0; row < decisions.turns.size(); ++row) {
      for (const replay::Turn& t : decisions.turns[row]) add(row, t);
    }
  }

  void tell(Page& page) const {
    if (comparison_.different == 0) return;
    page.heading("What decides");
    if (decisions_.questions.empty()) page.line("  ", "nothing contested: the views answer alike");
    for (const bool alone : {true, false}) {
      for (const auto& [questions, by_row] : groups_) {
        if ((questions.size() == 1) == alone) group(page, questions, by_row);
      }
    }
    if (decisions_.cut_short)
      page.line("  ",
                "The search ended at its limit after " + std::to_string(decisions_.replays) +
                    " replays: what else decides was not looked for.",
                Ink::yellow);
    else if (!groups_.empty())
      page.line(
          "  ",
          "A → B: answering this as B does, and all else as before, A comes to B's verdict; ⇄ both ways.",
          Ink::dim);
  }

 private:
  struct Way {
    size_t a, b;
    bool there = false, back = false;  // a → b, b → a
  };
  using ByRow = std::map<size_t, std::vector<Way>>;

  void add(size_t row, const replay::Turn& t) {
    std::vector<Way>& ways = groups_[t.questions][row];
    const size_t a = std::min(t.from, t.to), b = std::max(t.from, t.to);
    auto it = std::find_if(ways.begin(), ways.end(), [&](const Way& w) { return w.a == a && w.b == b; });
    if (it == ways.end()) it = ways.insert(ways.end(), {a, b});
    (t.from == a ? it->there : it->back) = true;
  }

  // Between whom: "Kyiv, Riga ⇄ Moscow; Paris → Moscow". Those of whom the same is to be said share a side; of both ways, the one
  // who answers the first question as the first column does stands on the left.
  std::string pairs_words(const std::vector<Way>& ways, uint32_t question) const {
    const std::vector<uint32_t>& answers = decisions_.questions[question].answers;
    std::map<std::pair<bool, size_t>, std::vector<size_t>> rights;  // by both ways or not, then by the left
    for (const Way& w : ways) {
      const bool both = w.there && w.back;
      const bool turn = both ? answers[w.a] != answers.front() : w.back;
      rights[{!both, turn ? w.b : w.a}].push_back(turn ? w.a : w.b);
    }
    std::vector<std::pair<std::pair<bool, std::vector<size_t>>, std::vector<size_t>>>
        sides;  // (one way, rights), lefts
    for (auto& [key, right] : rights) {
      std::pair<bool, std::vector<size_t>> side{key.first, right};
      std::sort(side.second.begin(), side.second.end());
      auto it = std::find_if(sides.begin(), sides.end(), [&](const auto& s) { return s.first == side; });
      if (it == sides.end()) it = sides.insert(sides.end(), {std::move(side), {}});
      it->second.push_back(key.second);
    }
    std::string out;
    for (const auto& [side, lefts] : sides)
      out += (out.empty() ? "" : "; ") + titles(lefts) + (side.first ? " → " : " ⇄ ") + titles(side.second);
    return out;
  }

  std::string titles(const std::vector<size_t>& columns) const {
    std::string out;
    for (size_t c : columns) out += (out.empty() ? "" : ", ") + comparison_.columns[c];
    return out;
  }

  // With the answers, where "accepted or not" does not say them.
  std::string words(uint32_t question) const {
    const ViewQuestion& q = decisions_.questions[question];
    const std::string text = question_words(columns_, q);
    const bool plain = q.kind == QuestionKind::event || q.kind == QuestionKind::given;
    return plain ? text : text + " – " + answers_words(columns_, comparison_.columns, q);
  }

  void group(Page& page, const std::vector<uint32_t>& questions, const ByRow& by_row) const {
    if (questions.size() == 1) {
      page.line("  alone: ", words(questions.front()), Ink::plain, "    ");
    } else {
      page.line("  ", "no single one; together:");
      for (uint32_t q : questions) page.line("    · ", words(q));
    }
    // By the pairs between whom verdicts turn: clauses, and who bears their duties.
    std::map<std::string, std::map<std::string, std::vector<std::string>>> verdicts;
    std::vector<std::string> order;
    for (const auto& [row, ways] : by_row) {
      const std::string pairs = pairs_words(ways, questions.front());
      if (!verdicts.contains(pairs)) order.push_back(pairs);
      const replay::ComparedRow& r = comparison_.rows[row];
      auto& bearers = verdicts[pairs][r.basis];
      bearers.insert(bearers.end(), r.bearers.begin(), r.bearers.end());
    }
    for (const std::string& pairs : order) {
      std::string list;
      for (const auto& [basis, bearers] : verdicts[pairs])
        list += (list.empty() ? "" : "; ") + basis + " " + bearers_words(bearers);
      page.line("      ", pairs + ": " + list);
    }
  }

  const std::vector<const Replay*>& columns_;
  const replay::Comparison& comparison_;
  const replay::Decisions& decisions_;
  std::map<std::vector<uint32_t>, ByRow> groups_;
};

void table(Page& page, const replay::Comparison& c, const char* title, bool differs) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : c.rows) {
    if (row.differs != differs) continue;
    std::vector<std::string> cells{bearers_words(row.bearers), row.act, row.basis};
    cells.insert(cells.end(), row.verdicts.begin(), row.verdicts.end());
    rows.push_back(std::move(cells));
  }
  if (rows.empty()) return;
  page.heading(title);
  std::vector<std::string> header{"WHO", "OWES", "BASIS"};
  header.insert(header.end(), c.columns.begin(), c.columns.end());
  page.table(header, rows, {});
}

}  // namespace

std::string question_words(const std::vector<const Replay*>& columns, const ViewQuestion& q) {
  const Replay& first = *columns.front();
  const model::Model& m = *first.model;
  switch (q.kind) {
    case QuestionKind::event:
      return event_question(columns, q);
    case QuestionKind::given: {
      const model::GivenFact& g = given_of(first, q.index);
      return fact_words(m, g, m[g.fact].params.size()) + assertions(m, g.assertion);
    }
    case QuestionKind::reading:
      return "the reading " + spaced(m[q.reading].name) +
             (m[q.reading].title.empty() ? "" : " (" + m[q.reading].title + ")");
    case QuestionKind::held:
      return "what a view itself holds of " + fact_words(m, q.held, 1);
  }
  return {};
}

std::string answer_words(const std::vector<const Replay*>& columns, const ViewQuestion& q, size_t column) {
  const Replay& r = *columns[column];
  const uint32_t answer = q.answers[column];
  switch (q.kind) {
    case QuestionKind::event:
    case QuestionKind::given:
      return answer ? "accepted" : "not accepted";
    case QuestionKind::reading:
      return answer ? spaced((*r.model)[q.reading].options[answer - 1].name) : "none held";
    case QuestionKind::held: {
      const std::string held = held_words(*r.model, r.view, q.held);
      return held.empty() ? "nothing held" : held;
    }
  }
  return {};
}

std::string compare_text(const std::vector<const Replay*>& columns, const replay::Comparison& c,
                         const std::optional<replay::Decisions>& decisions, size_t width, bool colour) {
  Page page(width, colour);
  const Replay& first = *columns.front();
  page.line("", (*first.model)[first.scenario].title, Ink::bold);
  for (size_t i = 0; i < columns.size(); ++i) {
    const Replay& r = *columns[i];
    std::string under;
    for (const auto& u : r.kase.under) under += (under.empty() ? "" : ", ") + (*r.model)[u.instrument].name;
    page.line("  " + c.columns[i] + ": ", "under " + under + " · " + eyes_words(r) + " · run " + r.run_id,
              Ink::dim);
    std::string alike;
    for (const std::string& other : i < c.alike.size() ? c.alike[i] : std::vector<std::string>())
      alike += (alike.empty() ? "" : ", ") + other;
    if (!alike.empty()) page.line("    so too: ", alike, Ink::dim);
  }
  table(page, c, "Where they part", true);
  table(page, c, "Where they agree", false);
  if (decisions) Deciding(columns, c, *decisions).tell(page);
  page.blank();
  page.line("", std::to_string(c.different) + " of " + std::to_string(c.rows.size()) + " verdicts differ");
  return page.take();
}

}  // namespace casus::report
