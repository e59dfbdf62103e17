// SPDX-License-Identifier: Apache-2.0
#include "explore/search.h"

#include <algorithm>
#include <map>
#include <set>
#include <thread>

#include "base/check.h"

namespace casus::explore {

using model::PropertyMode;
using model::StandardProperty;
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

namespace {

constexpr size_t chunk_size = 64;  // states whose successors are held at once, beside what --memory counts

struct Successor {
  State state;
  uint32_t move = 0;
};
struct Expanded {
  std::vector<Successor> successors;
  std::vector<std::pair<uint32_t, Hit>> hits;  // by move
  std::set<std::string> obstacles;
  uint64_t moves = 0;
};

uint32_t pack(const Move& m) { return m.index << 2 | static_cast<uint32_t>(m.kind); }
Move::Kind kind_of(uint32_t packed) { return static_cast<Move::Kind>(packed & 3); }

// The move among those that are possible; nullptr: it is none of them.
const Move* find_move(const std::vector<Move>& moves, uint32_t packed) {
  if (kind_of(packed) == Move::Kind::event)  // they stand first
    return packed >> 2 < moves.size() && pack(moves[packed >> 2]) == packed ? &moves[packed >> 2] : nullptr;
  const auto at = std::find_if(moves.begin(), moves.end(), [&](const Move& m) { return pack(m) == packed; });
  return at == moves.end() ? nullptr : &*at;
}

class Searcher {
 public:
  Searcher(const Ground& ground, const Limits& limits, const std::function<void(const Progress&)>& progress)
      : g_(ground),
        limits_(limits),
        progress_(progress),
        properties_(ground),
        open_(ground.problem().properties.size(), 1),
        closed_(open_.size(), no_state) {
    for (uint32_t i = 0; i < std::max(1u, limits.threads); ++i)
      workers_.push_back(std::make_unique<Steps>(ground));
    out_.properties.resize(open_.size());
    out_.event_ways = ground.events().templates();
  }

  Outcome run() {
    if (!begin()) return std::move(out_);
    for (const Hit& h : at_beginning_) decide(h, no_state, 0);
    note_closed();
    search();
    finish();
    return std::move(out_);
  }

  // What is left of it in `c` is of no use any more.
  Result<Outcome> go_on(Checkpoint& c) {
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

  // After run() or go_on(), of which `outcome` came.
  Checkpoint checkpoint(const Outcome& outcome) {
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
    if (outcome.ended != Ended::states && outcome.ended != Ended::memory && outcome.ended != Ended::stopped)
      return c;
    c.origins = std::move(origins_);
    c.closed = std::move(closed_);
    c.position = at_;
    return c;
  }

 private:
  // False: this can not be explored.
  bool begin() {
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

  static Failure does_not_fit(Checkpoint& c) {
    c.trouble = Checkpoint::Trouble::damaged;
    return {"what it holds does not fit the model", "explore anew, without --resume"};
  }

  // Makes the move by which each state was reached first.
  std::optional<Failure> restore_states(Checkpoint& c) {
    const auto size = static_cast<uint32_t>(c.origins.size());
    at_ = c.position;
    if (c.closed.size() != open_.size() || at_.layer > at_.from || at_.from > at_.to || at_.to > size)
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
      if (progress_) progress_({i, size - i, at_.events});
      const bool stopped = limits_.stop && limits_.stop->load();
      if (!stopped && states_->bytes() < limits_.bytes) continue;
      c.trouble = Checkpoint::Trouble::limit;
      if (stopped) return Failure{"interrupted before all that it holds was gone over", "it is as it was"};
      return Failure{"what it holds takes more memory than there may be", "--memory gives more"};
    }
    return std::nullopt;
  }

  // The states [first, last), which come from ones before `first` and were made while the same properties were open.
  bool restore_chunk(uint32_t first, uint32_t last) {
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
    in_parallel(groups.size(), [&](Steps& steps, size_t g) {
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

  // Goes through the story's moves, the last of which must decide it.
  bool restore_story(const Checkpoint::Story& story) {
    if (story.property >= open_.size() || !open_[story.property]) return false;
    Decided told;
    told.closed = story.closed;
    std::vector<Hit> hits = at_beginning_;
    State at = g_.beginning(), next;
    workers_[0]->enter(at);
    std::vector<Hit> ignored;
    properties_.begin(*workers_[0], at, ignored);
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

  void search() {
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

  // The successors of the states from at_.from up to at_.to, by events or by what falls due. False: the search has ended.
  bool expand() {
    std::vector<Expanded> done;
    while (at_.from < at_.to) {
      const auto count = std::min<uint32_t>(chunk_size, at_.to - at_.from);
      done.assign(count, {});
      std::vector<State> inputs(count);
      for (uint32_t i = 0; i < count; ++i) states_->get(at_.from + i, inputs[i]);
      in_parallel(count,
                  [&](Steps& steps, size_t i) { successors(steps, inputs[i], at_.by_event, done[i]); });
      for (uint32_t i = 0; i < count; ++i) {
        merge(done[i], at_.from + i);
        done[i] = {};
      }
      note_closed();
      at_.from += count;
      if (progress_) progress_({states_->size(), states_->size() - at_.from, out_.events});
      if (ended()) return false;
    }
    return true;
  }

  template <class F>
  void in_parallel(size_t count, F work) {
    std::atomic<size_t> next{0};
    const auto loop = [&](Steps& steps) {
      for (size_t i; (i = next.fetch_add(1)) < count;) work(steps, i);
    };
    std::vector<std::thread> threads;
    for (size_t t = 1; t < workers_.size() && t < count; ++t)
      threads.emplace_back(loop, std::ref(*workers_[t]));
    loop(*workers_[0]);
    for (std::thread& t : threads) t.join();
  }

  void successors(Steps& steps, const State& state, bool events, Expanded& out) const {
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

  void merge(Expanded& done, uint32_t from) {
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

  bool ended() {
    const size_t bytes = states_->bytes() + origins_.capacity() * sizeof(Origin);
    out_.bytes = std::max(out_.bytes, bytes);
    if (std::none_of(open_.begin(), open_.end(), [](uint8_t o) { return o != 0; })) {
      out_.ended = Ended::decided;
    } else if (limits_.stop && limits_.stop->load()) {
      out_.ended = Ended::stopped;
    } else if (states_->size() >= limits_.states) {
      out_.ended = Ended::states;
    } else if (bytes >= limits_.bytes) {
      out_.ended = Ended::memory;
    } else {
      return false;
    }
    return true;
  }

  void decide(const Hit& hit, uint32_t from, uint32_t move) {
    if (!open_[hit.property]) return;
    Decided story = from == no_state ? Decided{} : path(from, move);
    story.why = hit.why;
    add_story(hit.property, std::move(story));
  }

  // False: it is known already.
  bool add_story(uint32_t property, Decided story) {
    // Another order of the same events is no other story.
    if (!known_[property].insert(events_of(story)).second) return false;
    PropertyOutcome& p = out_.properties[property];
    p.stories.push_back(std::move(story));
    if (p.stories.size() == limits_.stories) open_[property] = 0;
    return true;
  }

  std::vector<std::vector<Value>> events_of(const Decided& story) const {
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

  // Once a property is decided, the states that are made then wait for nothing on its account.
  void note_closed() {
    for (size_t i = 0; i < open_.size(); ++i) {
      if (open_[i] == 0 && closed_[i] == no_state) closed_[i] = states_->size();
    }
  }

  // The moves from the beginning to the state, then that one.
  Decided path(uint32_t state, uint32_t last) {
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

  void finish() {
    out_.states = states_->size();
    out_.obstacles.assign(obstacles_.begin(), obstacles_.end());
    const bool all = out_.ended == Ended::complete || out_.ended == Ended::at_most;
    for (size_t i = 0; i < out_.properties.size(); ++i) {
      PropertyOutcome& p = out_.properties[i];
      const bool possible = g_.problem().properties[i].mode == PropertyMode::possible;
      if (!p.stories.empty())
        p.answer = possible ? Answer::holds : Answer::violated;
      else if (all && obstacles_.empty())
        p.answer = possible ? Answer::violated : Answer::holds;
    }
  }

  const Ground& g_;
  const Limits& limits_;
  const std::function<void(const Progress&)>& progress_;
  Properties properties_;
  std::vector<uint8_t> open_;
  std::vector<uint32_t> closed_;  // Checkpoint::closed
  std::vector<std::unique_ptr<Steps>> workers_;
  std::optional<States> states_;
  std::vector<Origin> origins_;
  Position at_;
  std::vector<Hit> at_beginning_;
  std::set<std::string> obstacles_;
  std::map<uint32_t, std::set<std::vector<std::vector<Value>>>> known_;
  Outcome out_;
};

}  // namespace

Outcome search(const Ground& ground, const Limits& limits,
               const std::function<void(const Progress&)>& progress) {
  return Searcher(ground, limits, progress).run();
}

Result<Outcome> search(const Ground& ground, const Limits& limits,
                       const std::function<void(const Progress&)>& progress, Checkpoint& checkpoint,
                       bool goes_on) {
  Searcher searcher(ground, limits, progress);
  auto outcome = goes_on ? searcher.go_on(checkpoint) : Result<Outcome>(searcher.run());
  if (outcome) checkpoint = searcher.checkpoint(outcome.value());
  return outcome;
}

}  // namespace casus::explore
