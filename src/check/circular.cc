// SPDX-License-Identifier: Apache-2.0
// Circles. One clause brings another about when its effect, its act, or the way in which it ends is what the
// other waits for: an event that counts as the other's trigger, a duty whose performance is the other's
// trigger, a breach. A chain that comes back to its beginning has no end: of effects alone it stops a replay,
// of duties it leaves somebody owing for ever. A fact that only begins is no circle (the second time nothing
// changes), so facts count where the circle both begins and ends one. What can not be seen: conditions that
// break the circle after some rounds, and circles that run through people's choices.
#include <algorithm>
#include <map>
#include <set>

#include "check/norms.h"

namespace casus::check {

using model::EffectKind;
using model::Pattern;

namespace {

class Circles {
 public:
  explicit Circles(Context& x)
      : x_(x),
        next_(x.m.clauses.size()),
        trigger_args_(next_.size()),
        number_(next_.size(), unseen),
        low_(next_.size()),
        group_(next_.size(), unseen) {}

  void find() {
    index();
    for (size_t i = 0; i < next_.size(); ++i) {
      if (!edges_of(i)) return;
    }
    for (size_t i = 0; i < next_.size(); ++i) {
      if (number_[i] == unseen) components(static_cast<uint32_t>(i));
    }
    std::map<uint32_t, std::vector<uint32_t>> groups;
    for (uint32_t i = 0; i < group_.size(); ++i) groups[group_[i]].push_back(i);
    for (const auto& [group, clauses] : groups) circle(clauses);
  }

 private:
  static constexpr uint32_t unseen = 0xFFFFFFFF;

  void index() {
    for (uint32_t i = 0; i < next_.size(); ++i) {
      const Clause& c = x_.m.clauses[i];
      const TriggerKind k = c.trigger.kind;
      if (k == TriggerKind::event && !x_.m[c.trigger.pattern].decided) {
        waits_for_event_[x_.m[c.trigger.pattern].event].push_back(i);
        trigger_args_[i] = pattern_args(c, x_.m[c.trigger.pattern]);
      }
      if (k == TriggerKind::fact_begins || k == TriggerKind::fact_ends) {
        waits_for_fact_[{c.trigger.fact_pattern.fact, k == TriggerKind::fact_begins}].push_back(i);
      }
      if (k == TriggerKind::outcome) {
        for (ClauseId t : c.trigger.targets) next_[t.index()].push_back(i);
      }
      if (c.otherwise) next_[i].push_back(c.otherwise.value);
      for (const model::Effect& e : c.effects) {
        if (e.kind == EffectKind::begin_fact || e.kind == EffectKind::set_fact) begun_.insert(e.fact);
        if (e.kind == EffectKind::end_fact || e.kind == EffectKind::set_fact) ended_.insert(e.fact);
      }
    }
  }

  bool edges_of(size_t i) {
    const Clause& c = x_.m.clauses[i];
    for (const model::Effect& e : c.effects) {
      if (e.kind == EffectKind::counts_as) {
        if (!to_events(i, e.event, effect_args(c, e))) return false;
      } else if (e.kind == EffectKind::begin_fact || e.kind == EffectKind::end_fact ||
                 e.kind == EffectKind::set_fact) {
        if (!begun_.contains(e.fact) || !ended_.contains(e.fact)) continue;
        if (e.kind != EffectKind::end_fact && !to_facts(i, e.fact, true)) return false;
        if (e.kind != EffectKind::begin_fact && !to_facts(i, e.fact, false)) return false;
      }
    }
    if (c.kind != ClauseKind::obligation) return true;
    for (PatternId p : c.acts) {
      if (!to_events(i, x_.m[p].event, pattern_args(c, x_.m[p]))) return false;
    }
    return true;
  }

  bool to_facts(size_t from, FactId fact, bool begins) {
    const auto it = waits_for_fact_.find({fact, begins});
    if (it == waits_for_fact_.end()) return true;
    next_[from].insert(next_[from].end(), it->second.begin(), it->second.end());
    return x_.spend(it->second.size());
  }

  bool to_events(size_t from, model::EventTypeId event, const std::vector<Range>& args) {
    const auto it = waits_for_event_.find(event);
    if (it == waits_for_event_.end()) return true;
    for (uint32_t to : it->second) {
      const std::vector<Range>& wanted = trigger_args_[to];
      size_t steps = 1;
      bool fits = true;
      for (size_t i = 0; i < wanted.size() && fits; ++i)
        fits = x_.sets.meet(args[i], wanted[i], steps).possible;
      if (!x_.spend(steps)) return false;
      if (fits) next_[from].push_back(to);
    }
    return true;
  }

  std::vector<Range> pattern_args(const Clause& c, const Pattern& p) const {
    std::vector<Range> out;
    for (size_t i = 0; i < p.args.size(); ++i)
      out.push_back(range(x_, c, p.args[i], x_.m[p.event].params[i].type));
    return out;
  }

  std::vector<Range> effect_args(const Clause& c, const model::Effect& e) const {
    std::vector<Range> out;
    for (size_t i = 0; i < x_.m[e.event].params.size(); ++i) {
      const bool given = i < e.args.size() && e.args[i];
      out.push_back(given ? range(x_, c, e.args[i]) : Range{x_.m[e.event].params[i].type, {}, {}, {}});
    }
    return out;
  }

  // Tarjan's strongly connected components, with a stack of its own: a chain of clauses may be as long as the
  // file.
  void components(uint32_t root) {
    struct Frame {
      uint32_t node = 0;
      size_t edge = 0;
    };
    std::vector<Frame> work{{root, 0}};
    while (!work.empty()) {
      auto& [node, edge] = work.back();
      if (edge == 0 && number_[node] == unseen) {
        number_[node] = low_[node] = count_++;
        stack_.push_back(node);
      }
      if (edge < next_[node].size()) {
        const uint32_t to = next_[node][edge++];
        if (number_[to] == unseen)
          work.push_back({to, 0});
        else if (group_[to] == unseen)
          low_[node] = std::min(low_[node], number_[to]);
        continue;
      }
      const uint32_t done = node;
      work.pop_back();
      if (!work.empty()) low_[work.back().node] = std::min(low_[work.back().node], low_[done]);
      if (low_[done] != number_[done]) continue;
      for (uint32_t member = unseen; member != done;) {
        member = stack_.back();
        stack_.pop_back();
        group_[member] = done;
      }
    }
  }

  // The shortest way from the first clause that stands here back to itself.
  void circle(const std::vector<uint32_t>& clauses) {
    const auto first = std::find_if(clauses.begin(), clauses.end(),
                                    [&](uint32_t i) { return x_.here(x_.m.clauses[i].span); });
    if (first == clauses.end()) return;
    std::map<uint32_t, uint32_t> came_from;
    std::vector<uint32_t> queue{*first};
    for (size_t i = 0; i < queue.size(); ++i) {
      for (uint32_t to : next_[queue[i]]) {
        if (group_[to] != group_[*first] || came_from.contains(to)) continue;
        came_from[to] = queue[i];
        if (to == *first) return report(*first, came_from);
        queue.push_back(to);
      }
    }
  }

  void report(uint32_t first, const std::map<uint32_t, uint32_t>& came_from) {
    std::vector<uint32_t> way{first};
    for (uint32_t at = came_from.at(first); at != first; at = came_from.at(at)) way.push_back(at);
    std::reverse(way.begin() + 1, way.end());
    const bool at_once =
        std::none_of(way.begin(), way.end(), [&](uint32_t i) { return is_norm(x_.m.clauses[i]); });
    Diagnostic d{
        .kind = Diag::circular, .span = x_.m.clauses[first].span, .where = x_.where(x_.m.clauses[first])};
    std::string circle;
    constexpr size_t shown = 8;
    for (size_t i = 0; i < std::min(way.size(), shown); ++i) {
      circle += x_.m.cite(ClauseId(static_cast<size_t>(way[i]))) + " → ";
      if (i > 0) d.related.push_back({x_.m.clauses[way[i]].span, "by way of this"});
    }
    if (way.size() > shown) circle += "… → ";
    circle += x_.m.cite(ClauseId(static_cast<size_t>(first)));
    d.message = "these bring each other about without end: " + circle;
    d.notes.push_back(at_once ? "a replay that comes here stops; break the circle with a condition"
                              : "somebody would owe for ever; break the circle with a condition, or leave "
                                "the first act out of the trigger");
    x_.add(std::move(d));
  }

  Context& x_;
  std::vector<std::vector<uint32_t>> next_;  // what each clause brings about
  std::vector<std::vector<Range>> trigger_args_;
  std::map<model::EventTypeId, std::vector<uint32_t>> waits_for_event_;
  std::map<std::pair<FactId, bool>, std::vector<uint32_t>> waits_for_fact_;
  std::set<FactId> begun_, ended_;
  std::vector<uint32_t> number_, low_, group_, stack_;
  uint32_t count_ = 0;
};

}  // namespace

void check_circular(Context& x) { Circles(x).find(); }

}  // namespace casus::check
