// SPDX-License-Identifier: Apache-2.0
// Every course of events, second by second, on the reference interpreter, against the exploration: the same states, the same shortest stories.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/many_models.h"
#include "explore/draft_problem.h"
#include "explore/search.h"
#include "run/reference.h"

namespace casus::explore::test {
namespace {

using model::no_value;
using run::Record;
using run::RecordKind;
using run::RunStatus;

// What of a state both can tell: live duties without numbers, and facts that something asks about.
using Summary = std::vector<int64_t>;
template <class Holds>
Summary summary(const model::Model& m, const std::vector<uint32_t>& facts,
                const std::vector<run::LiveDuty>& live, Holds holds) {
  std::vector<Summary> rows;
  for (const run::LiveDuty& d : live) {
    Summary row{d.clause.value, d.bearer.value, static_cast<int64_t>(d.state)};
    for (size_t v = 0; v < d.vars.size(); ++v) {
      if (m[d.clause].var_types[v].kind == model::TypeKind::entity) row.push_back(d.vars[v]);
    }
    rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end());
  Summary out;
  for (const Summary& r : rows) {
    out.insert(out.end(), r.begin(), r.end());
    out.push_back(-1);
  }
  for (const uint32_t f : facts) {
    for (size_t e = 0; e < m.entities.size(); ++e)
      out.push_back(holds(model::FactId(f), static_cast<Value>(e)));
  }
  return out;
}

struct Seen {
  std::map<Summary, std::string> states;                                 // and how it came about
  std::map<std::tuple<RecordKind, uint32_t, uint32_t>, uint32_t> first;  // record → fewest events before it
  void record(const Record& r, uint32_t events) {
    if (r.kind != RecordKind::breach && r.kind != RecordKind::fulfilled && r.kind != RecordKind::adopted &&
        r.kind != RecordKind::unperformed && r.kind != RecordKind::late)
      return;
    const auto [it, fresh] = first.try_emplace({r.kind, r.clause.value, r.bearer.value}, events);
    if (!fresh) it->second = std::min(it->second, events);
  }
};

// ---- by the reference, second by second ----

class Oracle final : public run::Sink {
 public:
  Oracle(const model::Model& m, const run::Case& c, const std::vector<model::MayHappen>& may, uint32_t most,
         const std::vector<uint32_t>& facts)
      : m_(m), case_(c), may_(may), most_(most), facts_(facts) {}

  // False: some story has no end.
  bool run(bool offset, Seen& seen) {
    offset_ = offset;
    seen_ = &seen;
    Story story;
    follow(story);
    return good_;
  }

  void record(std::span<const Record> some) override {
    records_.insert(records_.end(), some.begin(), some.end());
  }
  void occurred(run::OccurrenceNo, const run::Occurrence& o) override { occurrences_.push_back(o); }
  void fact_changed(uint32_t, const run::FactChange&) override {}

 private:
  using Story = std::vector<std::pair<int, run::Occurrence>>;
  Summary look(const run::Reference& r) {
    return summary(m_, facts_, r.live(), [&](model::FactId f, Value who) {
      if (f != model::fact_party) return int64_t{r.holds(f, std::array{who})};
      return int64_t{r.holds(f, std::array{who, Value{m_.instruments[0].entity.value}})};
    });
  }
  // Plays the story; `offset` ms earlier for each event than the one before, so that it comes before what the earlier ones made due.
  bool play(const Story& story, bool offset, Seen& seen, std::vector<run::Occurrence>* known) {
    records_.clear();
    occurrences_.clear();
    run::Reference r(m_, case_, *this);
    if (r.start() != RunStatus::done) return good_ = false;
    seen.states.try_emplace(look(r));
    size_t counted = records_.size();
    uint32_t events = 0;
    const auto count = [&] {
      for (; counted < records_.size(); ++counted) seen.record(records_[counted], events);
    };
    const int64_t start = case_.from.ms;
    size_t next = 0;
    for (int t = 1; t <= draft_seconds; ++t) {
      const int64_t second = start + t * 1000;
      if (next < story.size() && story[next].first == t) {
        const int64_t at = second - (offset ? static_cast<int64_t>(next) + 1 : 0);
        if (r.advance(at - 1) != RunStatus::done) return good_ = false;
        count();
        seen.states.try_emplace(look(r));
        run::Occurrence o = story[next].second;
        o.at = at;
        ++events;
        if (r.step(o).status != RunStatus::done) return good_ = false;
        if (r.advance(at) != RunStatus::done) return good_ = false;
        count();
        seen.states.try_emplace(look(r));
        ++next;
      }
      // What the events of earlier seconds made due comes apart by milliseconds.
      for (int64_t ms = offset ? -static_cast<int64_t>(next) : 0; ms <= 0; ++ms) {
        if (r.advance(std::max(r.now(), second + ms)) != RunStatus::done) return good_ = false;
        count();
        seen.states.try_emplace(look(r));
      }
    }
    *known = occurrences_;
    return true;
  }
  void follow(Story& story) {
    std::vector<run::Occurrence> known;
    if (!good_ || !play(story, offset_, *seen_, &known)) return;
    if (story.size() == most_) return;
    for (int t = story.empty() ? 1 : story.back().first + 1; t <= draft_seconds; ++t) {
      for (const run::Occurrence& o : events(known)) {
        story.emplace_back(t, o);
        follow(story);
        story.pop_back();
        if (!good_) return;
      }
    }
  }
  std::vector<run::Occurrence> events(const std::vector<run::Occurrence>& known) const {
    std::vector<run::Occurrence> out;
    for (const model::MayHappen& may : may_) {
      run::Occurrence o;
      o.event = may.event;
      o.content = may.content;
      o.args.fill(no_value);
      o.content_args.fill(no_value);
      std::vector<run::Occurrence> all{o};
      const auto& params = m_[may.event].params;
      for (size_t k = 0; k < params.size(); ++k) {
        std::vector<run::Occurrence> next;
        for (const run::Occurrence& base : all) {
          const auto put = [&](Value v) {
            next.push_back(base);
            next.back().args[k] = v;
          };
          if (may.args[k].kind == model::MayArg::Kind::value) {
            put(may.args[k].value);
          } else if (params[k].type.kind == model::TypeKind::event) {
            for (size_t n = 0; n < known.size(); ++n) {
              if (known[n].event.value == params[k].type.id) put(static_cast<Value>(n));
            }
          } else if (params[k].type.kind == model::TypeKind::category) {
            for (Value v = 0; v < 3; ++v) put(v);
          } else {
            for (const char* name : {"A", "B", "C"}) put(m_.find_entity(name).value);
          }
        }
        all = std::move(next);
      }
      for (run::Occurrence& made : all) {
        for (size_t k = 0; k < may.content_args.size(); ++k) made.content_args[k] = may.content_args[k].value;
        out.push_back(made);
      }
    }
    return out;
  }

  const model::Model& m_;
  const run::Case& case_;
  const std::vector<model::MayHappen>& may_;
  uint32_t most_;
  const std::vector<uint32_t>& facts_;
  bool offset_ = false;
  Seen* seen_ = nullptr;
  std::vector<Record> records_;
  std::vector<run::Occurrence> occurrences_;
  bool good_ = true;
};

// ---- by exploration ----

// Facts with one place, which both engines can be asked about in the same way, and membership.
std::vector<uint32_t> asked_facts(const model::Model& m, const Ground& g) {
  std::vector<uint32_t> out;
  for (const uint32_t f : g.snapshots().changing_facts()) {
    const model::Fact& fact = m.facts[f];
    if (f == model::fact_party.value || (fact.params.size() == 1 && fact.role != model::FactRole::in_force))
      out.push_back(f);
  }
  return out;
}

bool explored(const Ground& g, const std::vector<uint32_t>& asked, Seen& seen, std::string& obstacle) {
  const Problem& problem = g.problem();
  if (!g.obstacles().empty()) {
    obstacle = g.obstacles().front();
    return false;
  }
  Steps steps(g);
  State first = g.beginning();
  first.notes.assign(1, 0);
  States states(first);
  states.put(first);
  const model::Model& m = *problem.model;
  std::vector<std::string> how{""};
  const auto look = [&](const std::string& by) {
    seen.states.try_emplace(summary(m, asked, steps.engine().live(),
                                    [&](model::FactId f, Value who) {
                                      model::Domain d;
                                      d.fact = f;
                                      if (f == model::fact_party) d.second = m.instruments[0].entity;
                                      return int64_t{steps.engine().in(d, who)};
                                    }),
                            by);
  };
  steps.enter(first);
  look("");
  std::vector<uint32_t> layer{0};
  for (uint32_t events = 0;; ++events) {
    std::vector<uint32_t> next;
    for (const bool by_event : {false, true}) {
      if (by_event && events == *problem.at_most) return true;
      std::vector<uint32_t>& into = by_event ? next : layer;
      for (size_t i = 0; i < layer.size(); ++i) {
        State s, after;
        states.get(layer[i], s);
        std::vector<Move> moves;
        steps.moves(s, by_event, moves);
        for (const Move& move : moves) {
          if ((move.kind == Move::Kind::event) != by_event) continue;
          Observed observed;
          if (!steps.make(s, move, after, observed)) continue;
          if (observed.status != RunStatus::done) return false;
          if (observed.obstacle) {
            obstacle = *observed.obstacle;
            return false;
          }
          std::string by = how[layer[i]] + (by_event ? " event " + m[move.event.event].name : " due");
          if (by_event) {
            for (const Value v : move.event.args) by += v == no_value ? "" : " " + std::to_string(v);
          } else {
            by += " " + std::to_string(static_cast<int>(move.kind)) + ":" + std::to_string(move.index);
          }
          if (lasts(after, s, move)) look(by);
          for (const Record& r : observed.records) seen.record(r, events + by_event);
          if (move.kind == Move::Kind::end) continue;
          if (const auto found = states.put(after); found.fresh) {
            into.push_back(found.number);
            how.push_back(by);
          }
        }
      }
    }
    layer = std::move(next);
    if (layer.empty()) return true;
  }
}

struct Compared {
  std::string difference;  // empty: none
  bool counted = false;
  size_t states = 0;
  std::string messages, obstacle;
};

Compared compare(const Draft& draft, uint64_t seed) {
  Compared out;
  const auto m = resolved(draft.text(), out.messages);
  if (!m) return out;
  Problem p = draft_problem(*m, seed);
  p.gap = 1;  // as the oracle has it
  Seen exact, fine, found;
  auto ground = Ground::make(p);
  if (!ground || ground.value()->status() != RunStatus::done) return out;
  const std::vector<uint32_t> asked = asked_facts(*m, *ground.value());
  Oracle oracle(*m, p.kase, p.may_happen, *p.at_most, asked);
  if (!oracle.run(false, exact)) return out;
  if (!explored(*ground.value(), asked, found, out.obstacle)) return out;
  out.counted = true;
  out.states = found.states.size();
  const auto name = [&](const auto& key) {
    const auto [kind, clause, bearer] = key;
    return std::to_string(static_cast<int>(kind)) + " " +
           (clause == Id<void>::none_value ? "-" : m->cite(model::ClauseId(clause))) + " " +
           (bearer == Id<void>::none_value ? "-" : m->entities[bearer].name);
  };
  for (const auto& [key, events] : exact.first) {
    const auto at = found.first.find(key);
    if (at == found.first.end())
      out.difference += "not explored: " + name(key) + "\n";
    else if (at->second > events)
      out.difference += "explored later: " + name(key) + "\n";
  }
  const auto too_much = [&] {
    std::string what;
    for (const auto& [key, events] : found.first) {
      uint32_t fewest = UINT32_MAX;
      for (const Seen* seen : {&exact, &fine}) {
        const auto at = seen->first.find(key);
        if (at != seen->first.end()) fewest = std::min(fewest, at->second);
      }
      if (fewest == UINT32_MAX)
        what += "never happens: " + name(key) + "\n";
      else if (fewest > events)
        what += "explored too early: " + name(key) + "\n";
    }
    size_t more = 0;
    for (const auto& [s, by] : found.states) {
      if (exact.states.contains(s) || fine.states.contains(s)) continue;
      if (++more == 1) what += "by" + by + "\n";
    }
    return more == 0 ? what : what + std::to_string(more) + " states that never come about\n";
  };
  // Two things that fall due in one second come in either order: by milliseconds, which are asked for only where they matter.
  if (!too_much().empty() && !oracle.run(true, fine)) return out;
  out.difference += too_much();
  size_t missing = 0;
  for (const auto& [s, by] : exact.states) missing += !found.states.contains(s);
  if (missing) out.difference += std::to_string(missing) + " states not explored\n";
  return out;
}

TEST(Oracle, exploration_finds_what_the_reference_finds_second_by_second) {
  const auto [first, count] = casus::test::many_models(300);
  size_t counted = 0, failures = 0, wrong = 0, states = 0;
  std::map<std::string, size_t> obstacles;
  for (uint64_t seed = first; seed < first + count && failures < 3; ++seed) {
    const Draft draft = random_draft(seed, draft_seconds, true);
    const Compared c = compare(draft, seed);
    if (!c.messages.empty() && ++wrong <= 2) ADD_FAILURE() << c.messages;
    if (!c.obstacle.empty()) ++obstacles[c.obstacle];
    counted += c.counted;
    states += c.states;
    if (c.difference.empty()) continue;
    ++failures;
    const Draft small = shrunk(draft, [&](const Draft& d) { return !compare(d, seed).difference.empty(); });
    ADD_FAILURE() << "seed " << seed << "\n" << small.text() << "\n" << compare(small, seed).difference;
  }
  printf("%zu of %zu models compared, %zu states\n", counted, static_cast<size_t>(count), states);
  for (const auto& [what, times] : obstacles) printf("%zu: %s\n", times, what.c_str());
  if (failures == 0) {
    EXPECT_GT(counted * 10, count * 8);
  }
}

}  // namespace
}  // namespace casus::explore::test
