// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/check.h"
#include "explore/searcher.h"

namespace casus::explore {

using model::PropertyMode;
using run::RunStatus;

std::string_view answer_word(Answer answer) {
  switch (answer) {
    case Answer::violated:
      return "violated";
    case Answer::holds:
      return "holds";
    case Answer::unknown:
      break;
  }
  return "unknown";
}

std::vector<uint8_t> Decided::open(size_t move, size_t properties) const {
  std::vector<uint8_t> out(properties, 1);
  for (size_t i = 0; i < std::min(properties, closed.size()); ++i) out[i] = move < closed[i];
  return out;
}

const Move* find_move(const std::vector<Move>& moves, uint32_t packed) {
  if (kind_of(packed) == Move::Kind::event)  // they stand first
    return packed >> 2 < moves.size() && pack(moves[packed >> 2]) == packed ? &moves[packed >> 2] : nullptr;
  const auto at = std::find_if(moves.begin(), moves.end(), [&](const Move& m) { return pack(m) == packed; });
  return at == moves.end() ? nullptr : &*at;
}

Searcher::Searcher(const Ground& ground, const Limits& limits,
                   const std::function<void(const Progress&)>& progress, std::vector<uint8_t> open)
    : g_(ground),
      limits_(limits),
      progress_(progress),
      properties_(ground),
      asked_(std::move(open)),
      open_(asked_),
      closed_(open_.size(), no_state) {
  for (size_t i = 0; i < open_.size(); ++i) {
    if (open_[i] == 0) closed_[i] = 0;
  }
  for (uint32_t i = 0; i < std::max(1u, limits.threads); ++i)
    workers_.push_back(std::make_unique<Steps>(ground));
  out_.properties.resize(open_.size());
  out_.event_ways = ground.events().templates();
}

Outcome Searcher::run() {
  if (!begin()) return std::move(out_);
  for (const Hit& h : at_beginning_) decide(h, no_state, 0);
  note_closed();
  search();
  finish();
  return std::move(out_);
}

Checkpoint Searcher::checkpoint(const Outcome& outcome) {
  Checkpoint c;
  c.ended = static_cast<uint8_t>(outcome.ended);
  c.states = outcome.states;
  c.moves = outcome.moves;
  c.events = outcome.events;
  c.obstacles = outcome.obstacles;
  for (uint32_t i = 0; i < outcome.properties.size(); ++i) {
    for (const Decided& d : outcome.properties[i].stories) {
      c.stories.push_back({i, {}, d.closed});
      for (const Move& m : d.path) c.stories.back().moves.push_back(pack(m));
    }
  }
  if (!is_unfinished(outcome.ended)) return c;
  c.origins = std::move(origins_);
  c.closed = std::move(closed_);
  c.position = at_;
  return c;
}

bool Searcher::begin() {
  out_.obstacles = g_.obstacles();
  if (!out_.obstacles.empty()) {
    out_.ended = Ended::obstacle;
    return false;
  }
  State first = g_.beginning();
  workers_[0]->enter(first);
  properties_.begin(*workers_[0], first, at_beginning_);
  states_.emplace(first);
  states_->put(first);
  origins_.push_back({});
  return true;
}

void Searcher::search() {
  const auto& most = g_.problem().at_most;
  while (true) {
    out_.events = at_.events;
    if (!expand()) return;
    const uint32_t size = states_->size();
    if (!at_.by_event && size > at_.to) {  // whatever else can come about without a further event
      at_.to = size;
    } else if (!at_.by_event) {
      if (most && at_.events >= *most) {
        out_.ended = Ended::at_most;
        return;
      }
      at_.by_event = true;
      at_.from = at_.layer;
    } else if (size == at_.to) {
      out_.ended = obstacles_.empty() ? Ended::complete : Ended::obstacle;
      return;
    } else {
      at_ = {at_.events + 1, false, at_.to, at_.to, size};
    }
  }
}

bool Searcher::expand() {
  std::vector<Expanded> done;
  while (at_.from < at_.to) {
    const auto count = std::min<uint32_t>(chunk_size, at_.to - at_.from);
    done.assign(count, {});
    std::vector<State> inputs(count);
    for (uint32_t i = 0; i < count; ++i) states_->get(at_.from + i, inputs[i]);
    in_parallel(workers_, count,
                [&](Steps& steps, size_t i) { successors(steps, inputs[i], at_.by_event, done[i]); });
    for (uint32_t i = 0; i < count; ++i) {
      merge(done[i], at_.from + i);
      done[i] = {};
    }
    note_closed();
    at_.from += count;
    if (progress_) progress_({states_->size(), states_->size() - at_.from, out_.events, limits_.full(bytes())});
    if (ended()) return false;
  }
  return true;
}

void Searcher::successors(Steps& steps, const State& state, bool events, Expanded& out) const {
  std::vector<Move> moves;
  steps.moves(state, events, moves);
  Observed observed;
  std::vector<Hit> hits;
  for (const Move& move : moves) {
    if ((move.kind == Move::Kind::event) != events) continue;
    Successor made;
    if (!steps.make(state, move, made.state, observed)) continue;
    ++out.moves;
    if (observed.status != RunStatus::done) {
      out.obstacles.insert(
          "a run that has no end: what follows from one event brings about more without end");
      continue;
    }
    if (observed.obstacle) {
      out.obstacles.insert(*observed.obstacle);
      continue;
    }
    hits.clear();
    properties_.after(steps, state, move, made.state, observed, open_, hits);
    for (Hit& h : hits) out.hits.emplace_back(pack(move), std::move(h));
    if (move.kind == Move::Kind::end) continue;
    made.move = pack(move);
    out.successors.push_back(std::move(made));
  }
}

void Searcher::merge(Expanded& done, uint32_t from) {
  out_.moves += done.moves;
  obstacles_.insert(done.obstacles.begin(), done.obstacles.end());
  for (const auto& [move, hit] : done.hits) decide(hit, from, move);
  for (const Successor& s : done.successors) {
    const PairTable::Found found = states_->put(s.state);
    if (!found.fresh) continue;
    CASUS_CHECK(found.number == origins_.size(), "states are numbered as they come");
    origins_.push_back({from, s.move});
  }
}

bool Searcher::ended() {
  out_.bytes = std::max(out_.bytes, bytes());
  if (std::none_of(open_.begin(), open_.end(), [](uint8_t o) { return o != 0; })) {
    out_.ended = Ended::decided;
  } else if (limits_.stop && limits_.stop->load()) {
    out_.ended = Ended::stopped;
  } else if (states_->size() >= limits_.states) {
    out_.ended = Ended::states;
  } else if (bytes() >= limits_.bytes) {
    out_.ended = Ended::memory;
  } else {
    return false;
  }
  return true;
}

void Searcher::decide(const Hit& hit, uint32_t from, uint32_t move) {
  if (!open_[hit.property]) return;
  Decided story = from == no_state ? Decided{} : path(from, move);
  story.why = hit.why;
  add_story(hit.property, std::move(story));
}

bool Searcher::add_story(uint32_t property, Decided story) {
  // Another order of the same events is no other story.
  if (!known_[property].insert(events_of(story)).second) return false;
  PropertyOutcome& p = out_.properties[property];
  p.stories.push_back(std::move(story));
  if (p.stories.size() == limits_.stories) open_[property] = 0;
  return true;
}

std::vector<std::vector<Value>> Searcher::events_of(const Decided& story) {
  std::vector<std::vector<Value>> out;
  for (const Move& m : story.path) {
    if (m.kind != Move::Kind::event) continue;
    std::vector<Value> words{Value{m.event.event.value}, Value{m.event.content.value}};
    words.insert(words.end(), m.event.args.begin(), m.event.args.end());
    words.insert(words.end(), m.event.content_args.begin(), m.event.content_args.end());
    out.push_back(std::move(words));
  }
  std::sort(out.begin(), out.end());
  return out;
}

void Searcher::note_closed() {
  for (size_t i = 0; i < open_.size(); ++i) {
    if (open_[i] == 0 && closed_[i] == no_state) closed_[i] = states_->size();
  }
}

Decided Searcher::path(uint32_t state, uint32_t last) {
  std::vector<uint32_t> reached;  // from the last back to the first
  for (uint32_t at = state; origins_[at].from != no_state; at = origins_[at].from) reached.push_back(at);
  std::reverse(reached.begin(), reached.end());
  Decided out;
  for (const uint32_t closed : closed_) {
    const auto before = std::lower_bound(reached.begin(), reached.end(), closed) - reached.begin();
    out.closed.push_back(static_cast<uint32_t>(before) + (closed == no_state ? 1 : 0));
  }
  State s;
  std::vector<Move> moves;
  const auto add = [&](uint32_t from, uint32_t packed) {
    states_->get(from, s);
    workers_[0]->moves(s, kind_of(packed) == Move::Kind::event, moves);
    const Move* move = find_move(moves, packed);
    CASUS_CHECK(move, "a move that was made is possible");
    out.path.push_back(*move);
  };
  for (const uint32_t at : reached) add(origins_[at].from, origins_[at].move);
  add(state, last);
  return out;
}

void Searcher::finish() {
  out_.states = states_->size();
  out_.obstacles.assign(obstacles_.begin(), obstacles_.end());
  const bool all = out_.ended == Ended::complete || out_.ended == Ended::at_most;
  for (size_t i = 0; i < out_.properties.size(); ++i) {
    PropertyOutcome& p = out_.properties[i];
    const bool possible = g_.problem().properties[i].mode == PropertyMode::possible;
    if (!p.stories.empty())
      p.answer = possible ? Answer::holds : Answer::violated;
    else if (asked_[i] && all && obstacles_.empty())
      p.answer = possible ? Answer::violated : Answer::holds;
  }
}

Outcome search(const Ground& ground, const Limits& limits,
               const std::function<void(const Progress&)>& progress, std::vector<uint8_t> open) {
  if (open.empty()) open.assign(ground.problem().properties.size(), 1);
  return Searcher(ground, limits, progress, std::move(open)).run();
}

Result<Outcome> search(const Ground& ground, const Limits& limits,
                       const std::function<void(const Progress&)>& progress, Checkpoint& checkpoint,
                       bool goes_on) {
  Searcher searcher(ground, limits, progress, std::vector<uint8_t>(ground.problem().properties.size(), 1));
  auto outcome = goes_on ? searcher.go_on(checkpoint) : Result<Outcome>(searcher.run());
  if (outcome) checkpoint = searcher.checkpoint(outcome.value());
  return outcome;
}

}  // namespace casus::explore
