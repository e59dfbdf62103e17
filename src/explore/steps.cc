// SPDX-License-Identifier: Apache-2.0
#include "explore/steps.h"

#include <algorithm>

#include "base/check.h"

namespace casus::explore {

using run::Moment;
using run::RunStatus;

namespace {

// Milliseconds of a second tell whose instant it is: deadlines are whole seconds away from where they are counted from, so a new instant shows
// what it was counted from. Instants that a text gives have 0, or the last of a day.
constexpr int64_t tag_due_now = 1, tag_event = 2, first_tag = 3, last_tag = 899;

int64_t tag_of(int64_t ms) { return ms - seconds_of(ms) * 1000; }
// An instant of the kind, as the zone keeps it.
int64_t kept_second(Moment::Kind kind, int64_t ms) {
  return seconds_of(ms) - (kind == Moment::Kind::change ? 1 : 0);
}

}  // namespace

Rank rank_of(const State& state, size_t at) {
  if (at == zone_end) return Rank::end;
  const size_t moment = at - zone_moments;
  if (moment >= state.snapshot.moments.size()) {
    const Watch& w = state.watches[moment - state.snapshot.moments.size()];
    return w.property < 0 ? Rank::due : Rank::watch;
  }
  return state.snapshot.moments[moment].kind == Moment::Kind::change ? Rank::change : Rank::due;
}

bool falls_due(const State& state, size_t at) {
  if (at == zone_last) return false;
  if (at == zone_end) return true;
  const size_t moment = at - zone_moments;
  return moment >= state.snapshot.moments.size() || state.snapshot.moments[moment].kind != Moment::Kind::past;
}

namespace {

std::optional<Rank> due_rank(const State& state, size_t at) {
  return falls_due(state, at) ? std::optional(rank_of(state, at)) : std::nullopt;
}

}  // namespace

bool lasts(const State& state, const State& before, const Move& move) {
  return lasts(
      state.zone, [&](size_t at) { return due_rank(state, at); },
      move.kind == Move::Kind::due && before.snapshot.moments[move.index].kind == Moment::Kind::change);
}

// ---- what all share ----

Result<std::unique_ptr<Ground>> Ground::make(const Problem& problem) {
  std::unique_ptr<Ground> g(new Ground(problem));
  g->snapshots_ =
      std::make_unique<run::Snapshots>(problem.program, problem.kase, referable(problem), problem.in_play);
  run::Ledger ledger;
  run::Engine engine(problem.program, problem.kase, ledger);
  g->status_ = engine.start();
  for (const run::Occurrence& o : problem.before) {
    if (g->status_ != RunStatus::done) break;
    const run::Stepped stepped = engine.step(o);
    g->status_ = stepped.status;
    if (stepped.number == run::no_number) continue;
    g->event_of_number_.resize(ledger.occurrences.size(), run::no_number);
    g->event_of_number_[stepped.number] = static_cast<uint32_t>(&o - problem.before.data());
  }
  if (g->status_ == RunStatus::done) g->status_ = engine.advance(problem.start);
  if (g->status_ != RunStatus::done) return g;
  g->event_of_number_.resize(ledger.occurrences.size(), run::no_number);
  std::vector<run::Told> known(ledger.occurrences.size());
  for (size_t i = 0; i < known.size(); ++i) {
    static_cast<run::Occurrence&>(known[i]) = ledger.occurrences[i];
    known[i].told = g->event_of_number_[i] != run::no_number;
  }
  State& s = g->beginning_;
  g->obstacles_ = g->snapshots_->obstacles();
  if (auto obstacle = g->snapshots_->save(engine, known, s.snapshot))
    g->obstacles_.push_back(std::move(*obstacle));
  auto events = Events::make(problem, engine, g->snapshots_->changing_facts());
  if (!events) return events.failure();
  g->events_ = std::move(events.value());
  g->find_obstacles();

  s.after_due = true;  // what happens at the beginning's own instant has happened
  // Every instant is known at the beginning.
  const int64_t end = seconds_of(problem.kase.until.ms);
  s.zone = Zone(zone_moments);
  s.zone.equal(zone_last, zone_end, seconds_of(problem.start) - end);
  for (const Moment& m : s.snapshot.moments)
    s.zone.equal(s.zone.add(), zone_end, kept_second(m.kind, m.at) - end);
  for (const int64_t turn : g->snapshots_->turning_points()) {
    if (turn <= problem.start) continue;
    s.watches.push_back({-1, static_cast<int64_t>(s.watches.size())});
    s.zone.equal(s.zone.add(), zone_end, seconds_of(turn - 1) - end);
  }
  return g;
}

void Ground::find_obstacles() {
  const auto whole = [&](Duration d, const std::string& where) {
    if (d.ms % 1000 != 0) obstacles_.push_back(where + ": a time limit finer than a second");
  };
  const model::Model& m = *problem_.model;
  for (size_t i = 0; i < problem_.program.clauses.size(); ++i) {
    const auto& c = problem_.program.clauses[i];
    if (!c.active || !problem_.in_play.has(model::ClauseId(i))) continue;
    const std::string where = m.cite(model::ClauseId(i));
    whole(c.within, where);
    whole(c.after, where);
    whole(c.takes_effect, where);
  }
  for (const auto& b : problem_.program.bodies) {
    if (!b.active) continue;
    for (const auto& d : b.decisions) whole(d.within, m[b.entity].name);
  }
}

// ---- one worker ----

Steps::Steps(const Ground& ground)
    : g_(ground),
      engine_(std::make_unique<run::Engine>(ground.problem().program, ground.problem().kase, listener_)) {
  engine_->start();
}

void Steps::moves(const State& state, bool events, std::vector<Move>& out) {
  out.clear();
  if (events) {
    enter(state);
    std::vector<run::Occurrence> all;
    g_.events().list(*engine_, state.snapshot.occurrences, all);
    for (size_t i = 0; i < all.size(); ++i)
      out.push_back({Move::Kind::event, static_cast<uint32_t>(i), std::move(all[i])});
  }
  const size_t moments = state.snapshot.moments.size();
  for (size_t i = 0; i < moments; ++i) {
    if (falls_due(state, zone_moments + i)) out.push_back({Move::Kind::due, static_cast<uint32_t>(i), {}});
  }
  for (size_t i = 0; i < state.watches.size(); ++i)
    out.push_back({Move::Kind::watch, static_cast<uint32_t>(i), {}});
  out.push_back({Move::Kind::end, 0, {}});
}

// The timings by which the move can be the next one.
bool Steps::constrain(const State& state, const Move& move, Zone& zone, size_t& now) const {
  const auto rank = [&](size_t at) { return due_rank(state, at); };
  if (move.kind == Move::Kind::event) return event_next(zone, rank, state.after_due, g_.problem().gap, now);
  now = move.kind == Move::Kind::end   ? zone_end
        : move.kind == Move::Kind::due ? zone_moments + move.index
                                       : zone_moments + state.snapshot.moments.size() + move.index;
  return due_next(zone, rank, now);
}

int64_t Steps::timing(const State& state, const Zone& zone, size_t now, bool of_event) {
  seconds_ = zone.earliest(seconds_of(g_.problem().kase.until.ms));
  instants_.assign(seconds_.size(), 0);
  CASUS_CHECK(static_cast<int64_t>(seconds_.size()) + first_tag < last_tag, "instants of a state have tags");
  for (size_t at = 0; at < seconds_.size(); ++at) {
    const bool change = at != zone_last && at < state.zone.size() && rank_of(state, at) == Rank::change;
    const int64_t tag = at != now ? first_tag + static_cast<int64_t>(at) : of_event ? tag_event : tag_due_now;
    instants_[at] = (seconds_[at] + (change ? 1 : 0)) * 1000 + tag;
  }
  instants_[zone_last] = seconds_[zone_last] * 1000;
  return now < instants_.size() ? instants_[now] : 0;
}

void Steps::load(const State& state, int64_t before) {
  const auto first = instants_.begin() + zone_moments;
  moments_.assign(first, first + static_cast<std::ptrdiff_t>(state.snapshot.moments.size()));
  listener_.records = nullptr;
  listener_.known = nullptr;
  g_.snapshots().load(state.snapshot, moments_, before, *engine_);
}

void Steps::enter(const State& state) {
  timing(state, state.zone, SIZE_MAX, false);
  load(state, instants_[zone_last]);
}

bool Steps::make(const State& state, const Move& move, State& next, Observed& observed) {
  Zone zone = state.zone;
  size_t now = 0;
  if (!constrain(state, move, zone, now)) return false;
  const bool event = move.kind == Move::Kind::event;
  const int64_t at = timing(state, zone, now, event);
  load(state, instants_[zone_last]);
  observed.records.clear();
  run::Snapshots::known(state.snapshot, moments_, observed.known);
  observed.obstacle.reset();
  listener_.records = &observed.records;
  listener_.known = &observed.known;
  if (event) {
    run::Occurrence o = move.event;
    o.at = at;
    const run::Stepped stepped = engine_->step(o);
    observed.status = stepped.status;
    if (stepped.number != run::no_number) observed.known[stepped.number].told = true;
    if (observed.status == RunStatus::done) observed.status = engine_->advance(at);
  } else {
    const bool window =
        move.kind == Move::Kind::due && state.snapshot.moments[move.index].kind == Moment::Kind::window;
    observed.status = engine_->advance(at + (window ? 1 : 0));
  }
  if (observed.status != RunStatus::done) return true;
  const std::vector<int64_t> gone = event ? std::vector<int64_t>() : over_now(state, zone, now);
  observed.obstacle = g_.snapshots().save(*engine_, observed.known, next.snapshot, gone);
  next.notes = state.notes;
  next.after_due = !event && rank_of(state, now) != Rank::change;
  next.watches = state.watches;
  if (move.kind == Move::Kind::watch) next.watches.erase(next.watches.begin() + move.index);
  zone_after(state, zone, now, next, observed.links);
  return true;
}

// Of what has happened: the ends of time limits from it that are this very instant, by every timing.
std::vector<int64_t> Steps::over_now(const State& state, const Zone& zone, size_t now) const {
  std::vector<int64_t> out;
  for (size_t i = 0; i < state.snapshot.moments.size(); ++i) {
    const size_t from = zone_moments + i;
    if (state.snapshot.moments[i].kind != Moment::Kind::past) continue;
    for (const auto& limit : g_.snapshots().counted()) {
      const int64_t over = add(Instant{instants_[from]}, limit.within).ms;
      const int64_t after = seconds_of(over) - seconds_[from];
      if (zone.bound(now, from) == after && zone.bound(from, now) == -after) out.push_back(over);
    }
  }
  return out;
}

// The timings after the move: old instants that are still waited for, and new ones at their distance from what they are counted from.
void Steps::zone_after(const State& state, const Zone& zone, size_t now, State& next,
                       std::vector<Link>& links) const {
  links.clear();
  Zone all = zone;
  std::vector<size_t> kept{zone_end, now};
  for (const Moment& m : next.snapshot.moments) {
    const int64_t tag = tag_of(m.at), second = kept_second(m.kind, m.at);
    const auto known = static_cast<size_t>(tag - first_tag);
    if (tag >= first_tag && tag <= last_tag) {
      CASUS_CHECK(known < instants_.size(), "an instant is counted from one that is known");
      if (instants_[known] == m.at) {
        kept.push_back(known);
        links.push_back({.old = known});
        continue;
      }
      const size_t made = all.add();
      all.equal(made, known, second - seconds_[known]);
      links.push_back({.base = known, .after = second - seconds_[known]});
      kept.push_back(made);
      continue;
    }
    const size_t made = all.add();
    const bool from_now = tag == tag_due_now || tag == tag_event;
    const size_t base = from_now ? now : zone_end;
    all.equal(made, base, second - seconds_[base]);
    links.push_back({.base = from_now ? Link::none : zone_end, .after = second - seconds_[base]});
    kept.push_back(made);
  }
  for (const Watch& w : next.watches) {
    const auto before = std::find(state.watches.begin(), state.watches.end(), w);
    kept.push_back(zone_moments + state.snapshot.moments.size() +
                   static_cast<size_t>(before - state.watches.begin()));
    links.push_back({.old = kept.back()});
  }
  for (size_t i = zone_moments; i < kept.size(); ++i) {
    const bool dated = i - zone_moments < next.snapshot.moments.size() &&
                       next.snapshot.moments[i - zone_moments].kind == Moment::Kind::change;
    put_after_the_end(all, kept[i], dated ? Rank::change : Rank::due);
  }
  next.zone = all.only(kept);
}

void add_watch(State& state, Watch watch, int64_t after, size_t from) {
  const size_t made = state.zone.add();
  state.zone.equal(made, from, after);
  state.watches.push_back(watch);
}

void drop_watch(State& state, size_t watch) {
  std::vector<size_t> kept;
  for (size_t at = 0; at < state.zone.size(); ++at) {
    if (at != zone_moments + state.snapshot.moments.size() + watch) kept.push_back(at);
  }
  state.zone = state.zone.only(kept);
  state.watches.erase(state.watches.begin() + static_cast<std::ptrdiff_t>(watch));
}

RunStatus Steps::try_event(const State& state, const run::Occurrence& event,
                           std::vector<run::Record>& records) {
  Zone zone = state.zone;
  size_t now = 0;
  records.clear();
  if (!constrain(state, {Move::Kind::event, 0, {}}, zone, now)) return RunStatus::done;
  const int64_t at = timing(state, zone, now, true);
  load(state, instants_[zone_last]);
  listener_.records = &records;
  run::Occurrence o = event;
  o.at = at;
  RunStatus status = engine_->step(o).status;
  if (status == RunStatus::done) status = engine_->advance(at);
  return status;
}

void Steps::try_votes(const State& state, std::span<const run::Occurrence> votes,
                      std::vector<run::Record>& records) {
  Zone zone = state.zone;
  size_t now = 0;
  records.clear();
  if (!constrain(state, {Move::Kind::event, 0, {}}, zone, now)) return;
  const int64_t at = timing(state, zone, now, true);
  load(state, instants_[zone_last]);
  listener_.records = &records;
  for (run::Occurrence vote : votes) {
    vote.at = at;
    if (engine_->step(vote).status != RunStatus::done) return;
  }
  engine_->advance(add(Instant{g_.problem().kase.until.ms}, {.months = 12}).ms);
}

}  // namespace casus::explore
