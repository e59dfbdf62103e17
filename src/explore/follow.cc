// SPDX-License-Identifier: Apache-2.0
#include "explore/follow.h"

#include <algorithm>

namespace casus::explore {

namespace {

constexpr size_t most_states = 100'000;  // along one course: far more than orders of what falls due

class Follower {
 public:
  Follower(const Ground& ground, const NetProblem& problem, const std::vector<uint32_t>& events,
           uint32_t property)
      : g_(ground),
        p_(problem),
        events_(events),
        property_(property),
        open_(ground.problem().properties.size(), 0),
        steps_(ground),
        properties_(ground) {
    open_[property] = 1;
  }

  std::optional<Decided> run() {
    State first = g_.beginning();
    std::vector<Hit> hits;
    steps_.enter(first);
    properties_.begin(steps_, first, hits);
    for (Hit& h : hits) {
      if (h.property == property_) return Decided{{}, std::move(h.why)};
    }
    states_.emplace(first);
    states_->put(first);
    origins_.push_back({});
    std::vector<uint32_t> layer{0};
    for (size_t k = 0; k <= events_.size() && !layer.empty(); ++k) {
      for (size_t i = 0; i < layer.size(); ++i) {
        if (expand(layer[i], nullptr, layer)) return decided();
      }
      std::vector<uint32_t> next;
      for (size_t i = 0; k < events_.size() && i < layer.size(); ++i) {
        if (expand(layer[i], &events_[k], next)) return decided();
      }
      layer = std::move(next);
    }
    return std::nullopt;
  }

 private:
  struct Origin {
    uint32_t from = 0;
    Move move;
  };
  // By this event, or by what falls due. True: the property is decided by last_.
  bool expand(uint32_t number, const uint32_t* event, std::vector<uint32_t>& into) {
    State state, next;
    states_->get(number, state);
    std::vector<Move> moves;
    steps_.moves(state, event != nullptr, moves);
    Observed observed;
    std::vector<Hit> hits;
    for (const Move& move : moves) {
      const bool is = move.kind == Move::Kind::event;
      if (is != (event != nullptr)) continue;
      if (is && !is_event(p_, *g_.problem().model, *event, move.event, state.snapshot.occurrences)) continue;
      if (!steps_.make(state, move, next, observed)) continue;
      if (observed.status != run::RunStatus::done || observed.obstacle) continue;
      hits.clear();
      properties_.after(steps_, state, move, next, observed, open_, hits);
      if (!hits.empty()) {
        last_ = {number, move};
        why_ = std::move(hits.front().why);
        return true;
      }
      if (move.kind == Move::Kind::end || states_->size() >= most_states) continue;
      const auto found = states_->put(next);
      if (!found.fresh) continue;
      origins_.push_back({number, move});
      into.push_back(found.number);
    }
    return false;
  }
  Decided decided() const {
    Decided out;
    out.why = why_;
    out.path.push_back(last_.move);
    for (uint32_t at = last_.from; at != 0; at = origins_[at].from) out.path.push_back(origins_[at].move);
    std::reverse(out.path.begin(), out.path.end());
    return out;
  }

  const Ground& g_;
  const NetProblem& p_;
  const std::vector<uint32_t>& events_;
  const uint32_t property_;
  std::vector<uint8_t> open_;
  Steps steps_;
  Properties properties_;
  std::optional<States> states_;
  std::vector<Origin> origins_;
  Origin last_;
  std::string why_;
};

}  // namespace

std::optional<Decided> follow(const Ground& ground, const NetProblem& problem,
                              const std::vector<uint32_t>& events, uint32_t property) {
  return Follower(ground, problem, events, property).run();
}

}  // namespace casus::explore
