// SPDX-License-Identifier: Apache-2.0
// The moves are made again, and one zone is kept over all instants of the path, so that one timing is found for the whole.
#include "explore/story.h"

#include <algorithm>

#include "base/check.h"

namespace casus::explore {

namespace {

constexpr uint32_t derived = 0xFFFFFFFFu;  // an occurrence that no event of a story stands for

// The path's instants under the wish that events lie `gap` seconds apart and before what falls due. Empty: it can not be so.
class Timing {
 public:
  Timing(const State& first, int64_t gap) : gap_(gap), all_(first.zone) {
    for (size_t i = 0; i < first.zone.size(); ++i) at_.push_back(i);
  }

  bool add(const State& before, const Move& move, const Observed& observed, const State& after) {
    size_t now = 0;
    const auto due = [&](size_t place, int64_t margin) { return all_.at_most(now, at_[place], -margin); };
    if (move.kind == Move::Kind::event) {
      now = all_.add();
      if (!all_.at_most(at_[zone_last], now, before.after_due ? -std::max<int64_t>(gap_, 1) : -gap_))
        return false;
      for (size_t p = 0; p < at_.size(); ++p) {
        if (falls_due(before, p) && !due(p, gap_ > 1 ? gap_ : 0)) return false;
      }
    } else {
      const size_t place = place_of(before, move);
      now = at_[place];
      const auto key = [&](size_t p) { return std::pair(rank_of(before, p), p); };
      for (size_t p = 0; p < at_.size(); ++p) {
        if (p == place || !falls_due(before, p)) continue;
        if (!due(p, key(p) < key(place) ? 1 : 0)) return false;
      }
    }
    moves_.push_back(now);
    changes_.push_back(move.kind == Move::Kind::due &&
                       before.snapshot.moments[move.index].kind == run::Moment::Kind::change);
    if (move.kind == Move::Kind::end) return true;
    std::vector<size_t> next{at_[zone_end], now};
    const size_t moments = after.snapshot.moments.size();
    for (size_t i = 0; i < moments; ++i) next.push_back(linked(observed.links[i], now));
    // Watches: those that were left by the move, and those that properties have begun.
    std::vector<Watch> left = before.watches;
    if (move.kind == Move::Kind::watch) left.erase(left.begin() + move.index);
    for (size_t i = 0; i < after.watches.size(); ++i) {
      const auto same = std::find(left.begin(), left.end(), after.watches[i]);
      const Link begun{.after = after.zone.bound(zone_moments + moments + i, zone_last)};
      const auto place = static_cast<size_t>(same - left.begin());
      next.push_back(linked(same == left.end() ? begun : observed.links[moments + place], now));
    }
    at_ = std::move(next);
    return true;
  }

  // Of each move, in seconds.
  std::vector<int64_t> instants(int64_t end) const {
    const std::vector<int64_t> all = all_.earliest(end);
    std::vector<int64_t> out;
    for (size_t i = 0; i < moves_.size(); ++i) out.push_back(all[moves_[i]] + (changes_[i] ? 1 : 0));
    return out;
  }

 private:
  static size_t place_of(const State& s, const Move& m) {
    return m.kind == Move::Kind::end   ? zone_end
           : m.kind == Move::Kind::due ? zone_moments + m.index
                                       : zone_moments + s.snapshot.moments.size() + m.index;
  }
  size_t linked(const Link& link, size_t now) {
    if (link.old != Link::none) return at_[link.old];
    const size_t made = all_.add();
    all_.equal(made, link.base == Link::none ? now : at_[link.base], link.after);
    return made;
  }
  int64_t gap_;
  Zone all_;
  std::vector<size_t> at_, moves_;
  std::vector<bool> changes_;
};

}  // namespace

DatedStory tell(const Ground& ground, const Decided& decided) {
  const Problem& p = ground.problem();
  DatedStory story;
  story.why = decided.why;
  story.before = p.before.size();
  for (const run::Occurrence& o : p.before) story.events.push_back({o.at, o});
  const auto names_events = [&](EventTypeId type, auto& args, const std::vector<uint32_t>& of_state) {
    if (!type) return;
    for (size_t i = 0; i < (*p.model)[type].params.size(); ++i) {
      if ((*p.model)[type].params[i].type.kind != model::TypeKind::event || args[i] == model::no_value)
        continue;
      args[i] = of_state[static_cast<size_t>(args[i])];
    }
  };
  for (StoryEvent& e : story.events) {
    names_events(e.occurrence.event, e.occurrence.args, ground.event_of_number());
    names_events(e.occurrence.content, e.occurrence.content_args, ground.event_of_number());
  }

  // The states on the way, and which event each of their occurrences is.
  Steps steps(ground);
  Properties properties(ground);
  std::vector<State> states{ground.beginning()};
  std::vector<Hit> hits;
  steps.enter(states[0]);
  properties.begin(steps, states[0], hits);
  std::vector<Observed> observed(decided.path.size());
  std::vector<uint32_t> event_of;
  for (const uint32_t n : states[0].snapshot.numbers) event_of.push_back(ground.event_of_number()[n]);
  for (size_t i = 0; i < decided.path.size(); ++i) {
    const Move& move = decided.path[i];
    State next;
    CASUS_CHECK(steps.make(states.back(), move, next, observed[i]), "a path can be gone again");
    std::vector<uint32_t> all = event_of;
    all.resize(observed[i].known.size(), derived);
    if (move.kind == Move::Kind::event) {
      StoryEvent e{0, move.event};
      names_events(e.occurrence.event, e.occurrence.args, event_of);
      names_events(e.occurrence.content, e.occurrence.content_args, event_of);
      for (size_t n = event_of.size(); n < all.size(); ++n) {
        if (observed[i].known[n].told) all[n] = static_cast<uint32_t>(story.events.size());
      }
      story.events.push_back(e);
    }
    properties.after(steps, states.back(), move, next, observed[i], decided.open(i, p.properties.size()),
                     hits);
    event_of.clear();
    for (const uint32_t n : next.snapshot.numbers) event_of.push_back(all[n]);
    states.push_back(std::move(next));
  }

  const int64_t end = p.kase.until.ms / 1000;
  std::vector<int64_t> instants;
  for (const int64_t gap : {86'400, 21'600, 3'600, 600, 60, 10, 1, 0}) {
    Timing timing(states[0], gap);
    bool good = true;
    for (size_t i = 0; good && i < decided.path.size(); ++i)
      good = timing.add(states[i], decided.path[i], observed[i], states[i + 1]);
    if (!good) continue;
    instants = timing.instants(end);
    break;
  }
  CASUS_CHECK(instants.size() == decided.path.size(), "some timing of a path can be told");
  size_t event = story.before;
  for (size_t i = 0; i < instants.size(); ++i) {
    if (decided.path[i].kind == Move::Kind::event) story.events[event++].at = instants[i] * 1000;
  }
  story.decided_at = instants.empty() ? p.start : instants.back() * 1000;
  story.by_event = !decided.path.empty() && decided.path.back().kind == Move::Kind::event;
  // What falls due by the last second of a day does so at the end of it.
  if (!story.by_event && (story.decided_at + 1000) % ms_per_day == 0) story.decided_at += 999;
  story.until = story.decided_at;
  if (!observed.empty()) {
    story.last = std::move(observed.back().records);
    story.known = std::move(observed.back().known);
  }
  return story;
}

}  // namespace casus::explore
