// SPDX-License-Identifier: Apache-2.0
// Going on from a checkpoint: its moves are made again, and whatever does not fit is noticed by that.
#include <algorithm>

#include "explore/searcher.h"

namespace casus::explore {

using run::RunStatus;

namespace {

Failure does_not_fit(Checkpoint& c) {
  c.trouble = Checkpoint::Trouble::damaged;
  return {"what it holds does not fit the model", "explore anew, without --resume"};
}

}  // namespace

Result<Outcome> Searcher::go_on(Checkpoint& c) {
  if (!begin()) return std::move(out_);
  out_.moves = c.moves;
  out_.events = c.events;
  out_.ended = static_cast<Ended>(c.ended);
  obstacles_.insert(c.obstacles.begin(), c.obstacles.end());
  const bool finished = c.origins.empty();
  if (!finished) {
    if (auto failed = restore_states(c)) return std::move(*failed);
  }
  for (const Checkpoint::Story& s : c.stories) {
    if (!restore_story(s)) return does_not_fit(c);
  }
  for (size_t i = 0; !finished && i < open_.size(); ++i) {
    if ((open_[i] != 0) != (closed_[i] == no_state)) return does_not_fit(c);
  }
  if (!finished && !ended()) search();
  finish();
  if (finished) out_.states = c.states;
  return std::move(out_);
}

std::optional<Failure> Searcher::restore_states(Checkpoint& c) {
  const auto size = static_cast<uint32_t>(c.origins.size());
  at_ = c.position;
  if (c.closed.size() != open_.size() || at_.layer > at_.from || at_.from > at_.to || at_.to > size)
    return does_not_fit(c);
  // A property is decided by a state that there is.
  if (std::any_of(c.closed.begin(), c.closed.end(), [&](uint32_t n) { return n != no_state && n > size; }))
    return does_not_fit(c);
  closed_ = std::move(c.closed);
  origins_ = std::move(c.origins);
  for (uint32_t i = 1; i < size;) {
    uint32_t to = i;
    const auto limit = [&](uint32_t closed) { return closed <= i ? size : closed; };
    uint32_t most = std::min(size, i + static_cast<uint32_t>(chunk_size));
    for (const uint32_t closed : closed_) most = std::min(most, limit(closed));
    while (to < most && origins_[to].from < i) ++to;
    if (to == i || !restore_chunk(i, to)) return does_not_fit(c);
    i = to;
    if (progress_) progress_({i, size - i, at_.events, limits_.full(bytes())});
    const bool stopped = limits_.stop && limits_.stop->load();
    if (!stopped && states_->bytes() < limits_.bytes) continue;
    c.trouble = Checkpoint::Trouble::limit;
    if (stopped) return Failure{"interrupted before all that it holds was gone over", "it is as it was"};
    return Failure{"what it holds takes more memory than there may be", "--memory gives more"};
  }
  return std::nullopt;
}

bool Searcher::restore_chunk(uint32_t first, uint32_t last) {
  std::vector<uint8_t> open(closed_.size());
  for (size_t i = 0; i < open.size(); ++i) open[i] = first < closed_[i];
  // Neighbours that come from one state share the list of what was possible there.
  struct Group {
    uint32_t first = 0, last = 0;
    State input;
  };
  std::vector<Group> groups;
  const auto by_event = [&](uint32_t i) { return kind_of(origins_[i].move) == Move::Kind::event; };
  for (uint32_t i = first; i < last; ++i) {
    if (i == first || origins_[i].from != origins_[i - 1].from || by_event(i) != by_event(i - 1)) {
      groups.emplace_back().first = i;
      states_->get(origins_[i].from, groups.back().input);
    }
    groups.back().last = i + 1;
  }
  std::vector<State> made(last - first);
  std::vector<uint8_t> good(last - first);
  in_parallel(workers_, groups.size(), [&](Steps& steps, size_t g) {
    const Group& group = groups[g];
    std::vector<Move> moves;
    steps.moves(group.input, by_event(group.first), moves);
    std::vector<Hit> hits;
    Observed observed;
    for (uint32_t i = group.first; i < group.last; ++i) {
      State& next = made[i - first];
      const Move* move = find_move(moves, origins_[i].move);
      if (!move || move->kind == Move::Kind::end || !steps.make(group.input, *move, next, observed)) return;
      if (observed.status != RunStatus::done || observed.obstacle) return;
      properties_.after(steps, group.input, *move, next, observed, open, hits);
      good[i - first] = 1;
    }
  });
  for (uint32_t i = first; i < last; ++i) {
    if (!good[i - first]) return false;
    const PairTable::Found found = states_->put(made[i - first]);
    if (!found.fresh || found.number != i) return false;
  }
  return true;
}

bool Searcher::restore_story(const Checkpoint::Story& story) {
  if (story.property >= open_.size() || !open_[story.property]) return false;
  Decided told;
  told.closed = story.closed;
  std::vector<Hit> hits = at_beginning_;
  State at, next;
  states_->get(0, at);
  std::vector<Move> moves;
  Observed observed;
  for (size_t i = 0; i < story.moves.size(); ++i) {
    workers_[0]->moves(at, kind_of(story.moves[i]) == Move::Kind::event, moves);
    const Move* move = find_move(moves, story.moves[i]);
    if (!move || !workers_[0]->make(at, *move, next, observed)) return false;
    if (observed.status != RunStatus::done || observed.obstacle) return false;
    hits.clear();
    properties_.after(*workers_[0], at, *move, next, observed, told.open(i, open_.size()), hits);
    told.path.push_back(*move);
    if (move->kind == Move::Kind::end && i + 1 != story.moves.size()) return false;
    std::swap(at, next);
  }
  const auto hit =
      std::find_if(hits.begin(), hits.end(), [&](const Hit& h) { return h.property == story.property; });
  if (hit == hits.end()) return false;
  told.why = hit->why;
  return add_story(story.property, std::move(told));
}

}  // namespace casus::explore
