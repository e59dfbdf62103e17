// SPDX-License-Identifier: Apache-2.0
#include "explore/packed.h"

#include <algorithm>
#include <numeric>

#include "explore/packed_layers.h"
#include "explore/packed_near.h"
#include "explore/packed_story.h"
#include "explore/parallel.h"

namespace casus::explore {

namespace {

constexpr uint32_t most_words = 16;
// States that one worker expands at once.
constexpr size_t fewest_of_unit = 4096, most_of_unit = 65536;
constexpr size_t most_units = 64;                // between two looks at what waits
constexpr size_t round_moves = 32'000'000;       // whose states after them wait in memory
constexpr size_t filter_size = size_t{1} << 16;  // states that a worker has seen last

constexpr size_t ahead = 32;  // what will be looked at is fetched so long before

enum class Ending : uint8_t { done, split, widen };

template <size_t W>
class Search {
 public:
  Search(const NetProblem& problem, const Symmetry& symmetry, const PackedForm& form, const Limits& limits,
         const std::function<void(const Progress&)>& progress)
      : p_(problem),
        symmetry_(symmetry),
        form_(form),
        limits_(limits),
        progress_(progress),
        near_(form),
        timings_(problem.net, problem.groups, problem.span),
        due_(problem, true, true, false),
        events_(problem, false, false, limits.reductions.order && symmetry.classes.empty()),
        open_(problem.asked.size(), 1),
        workers_(workers(problem, form, timings_, limits.threads)),
        story_(problem, symmetry, due_, events_, layers_, workers_[0]->step) {
    out.stories.resize(open_.size());
    const size_t rules = std::max<size_t>(1, problem.net.rules.size());
    const size_t moves = std::min(round_moves, limits.bytes / 4 / (W * sizeof(uint64_t)));
    round_ = moves / rules;
    waiting_ = moves * (W * sizeof(uint64_t) + 1);
    buffers_.resize(most_units);
  }

  Ending run() {
    for (uint32_t i = 0; i < open_.size(); ++i) {
      if (p_.asked[i].at_first) decide(i, {});
    }
    uint64_t first[W] = {};
    for (uint32_t b = 0; b < form_.bits; ++b) first[b / 64] |= uint64_t{p_.net.initial[b]} << b % 64;
    uint64_t hash = 0;
    workers_[0]->step.hash(first, 1, &hash);
    layers_.begin_level(false, 0);
    PackedShard<W>& shard = layers_[layers_.shard_of(hash)];
    shard.reserve(1, hash_by(*workers_[0]));
    shard.put(first, 0, hash);
    search();
    finish();
    return ending_;
  }

  NetOutcome out;
  std::set<uint32_t> apart;  // groups

 private:
  static constexpr size_t shards = PackedLayers<W>::shards;
  using Range = typename PackedLayers<W>::Range;

  struct Buffer {
    std::array<PackedQueue<W>, shards> states;
    std::vector<std::pair<PackedHit, PackedState<W>>> hits;
    PackedFound found;
  };
  struct Worker {
    Worker(const NetProblem& problem, const PackedForm& form, Timings& timings)
        : step(problem, form, timings), filter(filter_size * W, ~uint64_t{0}) {}
    PackedStep step;
    std::vector<uint64_t> filter;
    PackedQueue<W> unit,
        found;  // the states that are being expanded, near ones side by side; and as they were found
    std::vector<uint16_t> keys;
  };
  using Workers = std::vector<std::unique_ptr<Worker>>;
  static Workers workers(const NetProblem& problem, const PackedForm& form, Timings& timings,
                         uint32_t count) {
    Workers out;
    for (uint32_t i = 0; i < std::max(1u, count); ++i)
      out.push_back(std::make_unique<Worker>(problem, form, timings));
    return out;
  }
  static auto hash_by(Worker& worker) {
    return [&worker](const uint64_t* states, size_t n, uint64_t* to) { worker.step.hash(states, n, to); };
  }

  void search() {
    size_t layer = 0;  // its first level
    for (uint32_t events = 0;; ++events) {
      out.events = events;
      // Whatever can come about without a further event; and what is asked of states is asked of all of them there.
      for (size_t level = layers_.levels().size() - 1;; ++level) {
        if (!expand(due_, range(level, level + 1), level, false)) return;
        if (range(level + 1, level + 2).size == 0) break;
      }
      layers_.end_empty_level();
      if (p_.at_most && events == *p_.at_most) {
        out.ended = Ended::at_most;
        return;
      }
      if (!expand(events_, range(layer, layers_.levels().size()), layer, true)) return;
      layer = layers_.levels().size() - 1;
      if (range(layer, layer + 1).size != 0) continue;
      out.ended = Ended::complete;
      return;
    }
  }

  // Makes a new level of what follows from the range, which begins with level `from`. False: the search has ended.
  bool expand(const PackedRules& rules, const Range& r, size_t from, bool by_event) {
    layers_.begin_level(by_event, from);
    for (size_t at = 0, units; at < r.units(); at += units) {
      units = std::min(units_at_once(r), r.units() - at);
      learn();
      in_parallel(workers_, units, [&](Worker& worker, size_t u) {
        gather(r, at + u, worker);
        expand_unit(rules, worker, buffers_[u]);
      });
      in_parallel(workers_, shards, [&](Worker& worker, size_t s) {
        for (size_t u = 0; u < units; ++u) insert(layers_[s], buffers_[u].states[s], worker);
      });
      if (!merge(units, from)) return false;
      if (progress_)
        progress_({layers_.states(), (r.units() - at - units) * r.unit, out.events, limits_.full(bytes())});
      if (ended()) return false;
    }
    return true;
  }

  void learn() {
    std::vector<uint64_t> changes(form_.bits);
    for (const auto& worker : workers_) {
      for (uint32_t b = 0; b < form_.bits; ++b) changes[b] += worker->step.changes()[b];
    }
    near_.learn(changes);
  }

  // What waits is small against what is stored, and does not lead far beyond the budget: most states lead to a few new ones.
  uint64_t left() const { return limits_.states - std::min(limits_.states, layers_.states()); }
  Range range(size_t from_level, size_t to_level) const {
    const uint64_t few = std::min<uint64_t>(left() / 32, round_);
    return layers_.range(from_level, to_level, std::clamp<uint64_t>(few, fewest_of_unit, most_of_unit));
  }
  size_t units_at_once(const Range& r) const {
    const uint64_t small = std::max<uint64_t>(4 * most_of_unit, layers_.states() / 16),
                   few = std::min({small, left() / 8, uint64_t{round_}});
    return std::clamp<size_t>(few / r.unit, 1, most_units);
  }

  // The states of a unit, near ones side by side.
  void gather(const Range& r, size_t unit, Worker& worker) const {
    PackedQueue<W>& found = worker.found;
    layers_.gather(r, unit, found);
    const size_t n = found.size();
    std::vector<uint16_t>& keys = worker.keys;
    keys.resize(n);
    near_.keys(found[0], n, keys.data());
    std::vector<uint32_t> places((size_t{1} << Nearness::key_bits) + 1, 0);
    for (const uint16_t key : keys) ++places[key + 1u];
    std::partial_sum(places.begin(), places.end(), places.begin());
    worker.unit.resize(n);
    for (size_t i = 0; i < n; ++i) worker.unit.set(places[keys[i]]++, found[i], *found.by(i));
  }
  void expand_unit(const PackedRules& rules, Worker& worker, Buffer& buffer) const {
    buffer.found = {};
    buffer.hits.clear();
    for (auto& states : buffer.states) states.clear();
    const PackedQueue<W>& unit = worker.unit;
    for (size_t at = 0; at < unit.size(); at += lanes) {
      buffer.found.hits.clear();
      worker.step.template run<W>(rules, unit[at], unit.by(at), std::min(lanes, unit.size() - at), open_,
                                  buffer.found, [&](uint32_t, size_t n) { keep(n, worker, buffer); });
      for (const PackedHit& h : buffer.found.hits) {
        if (std::none_of(buffer.hits.begin(), buffer.hits.end(),
                         [&](const auto& known) { return known.first.asked == h.asked; }))
          buffer.hits.emplace_back(h, packed_state<W>(unit[at + h.lane]));
      }
      if (buffer.found.beyond) {
        buffer.hits.assign(1, {*buffer.found.beyond, packed_state<W>(unit[at + buffer.found.beyond->lane])});
        return;
      }
    }
  }
  // States that this worker has passed on before need not be passed on again.
  void keep(size_t n, Worker& worker, Buffer& buffer) const {
    std::array<uint64_t, lanes + ahead> hashes;
    for (size_t i = 0; i < n && !symmetry_.classes.empty(); ++i)
      symmetry_.canonical({worker.step.template state<W>(i), W});
    worker.step.hash(worker.step.template state<W>(0), n, hashes.data());
    std::fill_n(&hashes[n], ahead, 0);
    uint64_t* const filter = worker.filter.data();
    for (size_t i = 0; i < ahead; ++i) __builtin_prefetch(filter + hashes[i] % filter_size * W);
    for (size_t i = 0; i < n; ++i) {
      __builtin_prefetch(filter + hashes[i + ahead] % filter_size * W);
      const uint64_t* const next = worker.step.template state<W>(i);
      uint64_t* const seen = filter + hashes[i] % filter_size * W;
      buffer.states[layers_.shard_of(hashes[i])].put(next, worker.step.by(i),
                                                     !PackedShard<W>::same(seen, next));
      std::copy_n(next, W, seen);
    }
  }

  void insert(PackedShard<W>& shard, const PackedQueue<W>& states, Worker& worker) const {
    shard.reserve(states.size(), hash_by(worker));
    uint64_t hashes[2][ahead];  // of those that are fetched, and of those that are put meanwhile
    const auto fetch = [&](size_t from) {
      uint64_t* const to = hashes[from / ahead % 2];
      const size_t count = std::min(ahead, states.size() - std::min(states.size(), from));
      if (count != 0) worker.step.hash(states[from], count, to);
      for (size_t k = 0; k < count; ++k) shard.prefetch(to[k]);
      return count;
    };
    for (size_t i = 0, count = fetch(0), next; count != 0; i += count, count = next) {
      next = fetch(i + ahead);
      const uint64_t* const of = hashes[i / ahead % 2];
      for (size_t k = 0; k < count; ++k) shard.prefetch_state(of[k]);
      for (size_t k = 0; k < count; ++k) shard.put(states[i + k], *states.by(i + k), of[k]);
    }
  }

  // What the units found, in order. False: the search has ended.
  bool merge(size_t units, size_t level) {
    for (size_t u = 0; u < units; ++u) {
      const PackedFound& found = buffers_[u].found;
      out.moves += found.moves;
      out.moves_left_out += found.left_out;
      if (found.beyond) {
        out.beyond = why_beyond(buffers_[u].hits[0]);
        return false;
      }
      apart.insert(found.apart.begin(), found.apart.end());
      if (found.narrow) ending_ = Ending::widen;
    }
    if (!apart.empty()) ending_ = Ending::split;
    if (timings_.overdue()) out.beyond = "a time limit by a date that may have passed before";
    if (ending_ != Ending::done || !out.beyond.empty()) return false;
    for (size_t u = 0; u < units; ++u) {
      for (const auto& [hit, state] : buffers_[u].hits) {
        if (open_[hit.asked]) decide(hit.asked, story_.tell(hit, state, level));
      }
    }
    return true;
  }
  std::string why_beyond(const std::pair<PackedHit, PackedState<W>>& at) const {
    std::vector<bool> truths(form_.bits);
    for (uint32_t b = 0; b < form_.bits; ++b) truths[b] = (at.second[b / 64] >> b % 64 & 1) != 0;
    std::vector<uint8_t> values;
    p_.net.circuit.evaluate(truths, values);
    const std::string why = why_beyond_room(p_, at.first.rule, values);
    return why.empty() ? "there is no room for what may happen" : why;
  }

  void decide(uint32_t asked, std::vector<uint32_t> events) {
    open_[asked] = 0;
    out.stories[asked] = std::move(events);
  }

  size_t bytes() const {
    size_t n = layers_.bytes() + timings_.bytes() + workers_.size() * filter_size * W * sizeof(uint64_t);
    for (const Buffer& b : buffers_) {
      for (const auto& s : b.states) n += s.bytes();
    }
    return n;
  }
  // The same for any number of threads: as much as may wait, whatever of it does.
  size_t bytes_at_most() const { return layers_.bytes() + timings_.bytes() + waiting_; }
  bool ended() {
    out.bytes = std::max(out.bytes, bytes());
    if (std::none_of(open_.begin(), open_.end(), [](uint8_t o) { return o != 0; }))
      out.ended = Ended::decided;
    else if (limits_.stop && limits_.stop->load())
      out.ended = Ended::stopped;
    else if (layers_.states() >= limits_.states)
      out.ended = Ended::states;
    else if (bytes_at_most() >= limits_.bytes || timings_.full())
      out.ended = Ended::memory;
    else
      return false;
    return true;
  }
  void finish() {
    out.states = layers_.states();
    out.bytes = std::max(out.bytes, bytes());
    out.exchanged = symmetry_.parties;
    out.bits = form_.bits;
    for (size_t n = timings_.size() - 1; n != 0; n >>= 1) ++out.bits;
  }

  const NetProblem& p_;
  const Symmetry& symmetry_;
  const PackedForm form_;
  const Limits& limits_;
  const std::function<void(const Progress&)>& progress_;
  Nearness near_;
  Timings timings_;
  const PackedRules due_, events_;
  std::vector<uint8_t> open_;
  Workers workers_;
  PackedLayers<W> layers_;
  PackedStory<W> story_;
  std::vector<Buffer> buffers_;
  size_t round_ = 1;    // states
  size_t waiting_ = 0;  // bytes
  Ending ending_ = Ending::done;
};

template <size_t W>
NetOutcome searched(NetProblem& problem, const Symmetry& symmetry, const PackedForm& form,
                    const Limits& limits, const std::function<void(const Progress&)>& progress,
                    Ending& ending, std::set<uint32_t>& split) {
  Search<W> search(problem, symmetry, form, limits, progress);
  ending = search.run();
  for (const uint32_t group : search.apart) split.insert(problem.groups.name(group));
  return std::move(search.out);
}

}  // namespace

NetOutcome explore_packed(NetProblem& problem, const Limits& limits,
                          const std::function<void(const Progress&)>& progress) {
  std::set<uint32_t> split;
  uint32_t timing_bits = PackedForm::fewest_timing_bits;
  for (;;) {
    const auto bits = static_cast<uint32_t>(problem.net.bits.size());
    const auto form = PackedForm::of(bits, timing_bits, most_words);
    NetOutcome out;
    if (!form) {
      out.stories.resize(problem.asked.size());
      out.beyond = "a state takes " + std::to_string(bits) + " bits";
      return out;
    }
    // Groups are told apart by it, so it is found again when they are split.
    const bool looks = limits.reductions.symmetry && problem.model != nullptr;
    const Symmetry symmetry = looks ? find_symmetry(problem, *problem.model) : Symmetry();
    Ending ending = Ending::done;
    switch (form->words) {
      case 1:
        out = searched<1>(problem, symmetry, *form, limits, progress, ending, split);
        break;
      case 2:
        out = searched<2>(problem, symmetry, *form, limits, progress, ending, split);
        break;
      case 3:
        out = searched<3>(problem, symmetry, *form, limits, progress, ending, split);
        break;
      case 4:
        out = searched<4>(problem, symmetry, *form, limits, progress, ending, split);
        break;
      default:
        out = searched<most_words>(problem, symmetry, form->widened(most_words), limits, progress, ending,
                                   split);
    }
    if (ending == Ending::done) return out;
    if (ending == Ending::split)
      problem.split(split);
    else
      timing_bits = PackedForm::most_timing_bits;
  }
}

}  // namespace casus::explore
