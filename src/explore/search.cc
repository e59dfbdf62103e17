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

namespace {

constexpr uint32_t no_state = 0xFFFFFFFFu;
constexpr size_t chunk_size = 64;  // states whose successors are held at once, beside what --memory counts

// How a state was reached first.
struct Origin {
  uint32_t from = no_state;
  uint32_t move = 0;  // Move::Kind in the two low bits, then the index
};

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

class Searcher {
 public:
  Searcher(const Ground& ground, const Limits& limits, const std::function<void(const Progress&)>& progress,
           std::vector<uint8_t> open)
      : g_(ground),
        limits_(limits),
        progress_(progress),
        properties_(ground),
        asked_(std::move(open)),
        open_(asked_) {
    for (uint32_t i = 0; i < std::max(1u, limits.threads); ++i)
      workers_.push_back(std::make_unique<Steps>(ground));
    out_.properties.resize(open_.size());
    out_.event_ways = ground.events().templates();
  }

  Outcome run() {
    out_.obstacles = g_.obstacles();
    if (!out_.obstacles.empty()) {
      out_.ended = Ended::obstacle;
      return std::move(out_);
    }
    State first = g_.beginning();
    std::vector<Hit> hits;
    workers_[0]->enter(first);
    properties_.begin(*workers_[0], first, hits);
    states_.emplace(first);
    states_->put(first);
    origins_.push_back({});
    for (const Hit& h : hits) decide(h, no_state, 0);
    search();
    finish();
    return std::move(out_);
  }

 private:
  void search() {
    std::vector<uint32_t> layer{0};
    const auto& most = g_.problem().at_most;
    for (uint32_t events = 0;; ++events) {
      out_.events = events;
      // Whatever can come about without a further event.
      for (size_t from = 0; from < layer.size();) {
        const size_t to = layer.size();
        if (!expand(layer, from, to, false, layer)) return;
        from = to;
      }
      if (most && events == *most) {
        out_.ended = Ended::at_most;
        return;
      }
      std::vector<uint32_t> next;
      if (!expand(layer, 0, layer.size(), true, next)) return;
      if (next.empty()) {
        out_.ended = obstacles_.empty() ? Ended::complete : Ended::obstacle;
        return;
      }
      layer = std::move(next);
    }
  }

  // The successors of layer[from, to) by events, or by what falls due; the new ones are added to `into`. False: the search has ended.
  bool expand(const std::vector<uint32_t>& layer, size_t from, size_t to, bool events,
              std::vector<uint32_t>& into) {
    std::vector<Expanded> done;
    for (; from < to; from += chunk_size) {
      const size_t count = std::min(chunk_size, to - from);
      const std::vector<uint32_t> chunk(layer.begin() + static_cast<std::ptrdiff_t>(from),
                                        layer.begin() + static_cast<std::ptrdiff_t>(from + count));
      done.assign(count, {});
      std::vector<State> inputs(count);
      for (size_t i = 0; i < count; ++i) states_->get(chunk[i], inputs[i]);
      in_parallel(count, [&](Steps& steps, size_t i) { successors(steps, inputs[i], events, done[i]); });
      for (size_t i = 0; i < count; ++i) {
        merge(done[i], chunk[i], into);
        done[i] = {};
      }
      if (progress_) progress_({states_->size(), into.size(), out_.events});
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

  void merge(Expanded& done, uint32_t from, std::vector<uint32_t>& into) {
    out_.moves += done.moves;
    obstacles_.insert(done.obstacles.begin(), done.obstacles.end());
    for (const auto& [move, hit] : done.hits) decide(hit, from, move);
    for (const Successor& s : done.successors) {
      const PairTable::Found found = states_->put(s.state);
      if (!found.fresh) continue;
      CASUS_CHECK(found.number == origins_.size(), "states are numbered as they come");
      origins_.push_back({from, s.move});
      into.push_back(found.number);
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
    PropertyOutcome& p = out_.properties[hit.property];
    Decided story;
    story.why = hit.why;
    if (from != no_state) story.path = path(from, move);
    // Another order of the same events is no other story.
    if (!known_[hit.property].insert(events_of(story)).second) return;
    p.stories.push_back(std::move(story));
    if (p.stories.size() == limits_.stories) open_[hit.property] = 0;
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

  // The moves from the beginning to the state, then that one.
  std::vector<Move> path(uint32_t state, uint32_t last) {
    std::vector<std::pair<uint32_t, uint32_t>> steps{{state, last}};
    for (uint32_t at = state; origins_[at].from != no_state; at = origins_[at].from)
      steps.emplace_back(origins_[at].from, origins_[at].move);
    std::reverse(steps.begin(), steps.end());
    std::vector<Move> out;
    State s;
    std::vector<Move> moves;
    for (const auto& [from, packed] : steps) {
      Move m{static_cast<Move::Kind>(packed & 3), packed >> 2, {}};
      if (m.kind == Move::Kind::event) {
        states_->get(from, s);
        workers_[0]->moves(s, true, moves);
        m.event = moves[m.index].event;
      }
      out.push_back(m);
    }
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
      else if (asked_[i] && all && obstacles_.empty())
        p.answer = possible ? Answer::violated : Answer::holds;
    }
  }

  const Ground& g_;
  const Limits& limits_;
  const std::function<void(const Progress&)>& progress_;
  Properties properties_;
  const std::vector<uint8_t> asked_;
  std::vector<uint8_t> open_;
  std::vector<std::unique_ptr<Steps>> workers_;
  std::optional<States> states_;
  std::vector<Origin> origins_;
  std::set<std::string> obstacles_;
  std::map<uint32_t, std::set<std::vector<std::vector<Value>>>> known_;
  Outcome out_;
};

}  // namespace

Outcome search(const Ground& ground, const Limits& limits,
               const std::function<void(const Progress&)>& progress, std::vector<uint8_t> open) {
  if (open.empty()) open.assign(ground.problem().properties.size(), 1);
  return Searcher(ground, limits, progress, std::move(open)).run();
}

}  // namespace casus::explore
