// SPDX-License-Identifier: Apache-2.0
#include "explore/timing.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "base/check.h"
#include "base/hash.h"
#include "explore/net_rebuild.h"

namespace casus::explore {

namespace {

// By bit, the timers whose running depends on it.
std::vector<std::vector<uint32_t>> timers_by_bit(const Net& net) {
  std::vector<std::vector<uint32_t>> out(net.bits.size());
  std::vector<uint32_t> seen(net.circuit.size(), UINT32_MAX);
  for (uint32_t t = 0; t < net.timers.size(); ++t) {
    std::vector<uint32_t> stack{net.timers[t].running.node()};
    while (!stack.empty()) {
      const uint32_t n = stack.back();
      stack.pop_back();
      if (n == 0 || seen[n] == t) continue;
      seen[n] = t;
      const Circuit::Gate& g = net.circuit.gate(n);
      if (net.circuit.is_input(n))
        out[g.b.code].push_back(t);
      else
        stack.insert(stack.end(), {g.a.node(), g.b.node()});
    }
  }
  return out;
}

auto words_of(const Due& d) {
  return std::tuple(d.absolute, d.absolute ? 0 : d.after.months, d.absolute ? 0 : d.after.ms,
                    d.absolute ? d.at : 0);
}
bool same(const Due& a, const Due& b) { return words_of(a) == words_of(b); }

class Grouping {
 public:
  Grouping(Net& net, const std::set<uint32_t>& split)
      : net_(net),
        split_(split),
        part_(net.timers.size()),
        timers_by_bit_(timers_by_bit(net)),
        inputs_(net.circuit.input_literals()),
        after_(net.circuit, net.circuit) {
    std::iota(part_.begin(), part_.end(), 0u);
  }

  Groups run() {
    for (const Rule& rule : net_.rules) join(rule);
    separate();
    std::map<uint32_t, uint32_t> number;
    out_.of_timer.resize(net_.timers.size());
    for (uint32_t t = 0; t < net_.timers.size(); ++t) {
      const auto [it, fresh] = number.try_emplace(part(t), static_cast<uint32_t>(out_.groups.size()));
      if (fresh) out_.groups.push_back({net_.timers[t].kind, net_.timers[t].clause, {}});
      out_.groups[it->second].timers.push_back(t);
      out_.of_timer[t] = it->second;
    }
    for (const Rule& rule : net_.rules) out_.rules.push_back(timing_of(rule));
    return std::move(out_);
  }

 private:
  uint32_t part(uint32_t t) {
    while (part_[t] != t) t = part_[t] = part_[part_[t]];
    return t;
  }
  // Those that a rule starts together for equally long.
  void join(const Rule& rule) {
    for (size_t i = 0; i < rule.timers.size(); ++i) {
      const TimerStart& a = rule.timers[i];
      for (size_t k = 0; k < i; ++k) {
        const TimerStart& b = rule.timers[k];
        const Timer &ta = net_.timers[a.timer], &tb = net_.timers[b.timer];
        if (ta.kind != tb.kind || ta.clause != tb.clause || !same(a.due, b.due)) continue;
        const uint32_t pa = part(a.timer), pb = part(b.timer);
        part_[std::max(pa, pb)] = std::min(pa, pb);
        break;
      }
    }
  }
  // Groups that are asked to be single timers, and those of which at first one runs longer than another.
  void separate() {
    std::set<uint32_t> single;
    std::map<uint32_t, int64_t> first;
    for (const uint32_t t : split_) single.insert(part(t));
    for (const TimerStart& s : net_.running_at_first) {
      const auto [it, fresh] = first.try_emplace(part(s.timer), s.due.at);
      if (!fresh && it->second != s.due.at) single.insert(it->first);
    }
    std::vector<uint32_t> parts(part_.size());
    for (uint32_t t = 0; t < part_.size(); ++t) parts[t] = single.count(part(t)) ? t : part(t);
    part_ = std::move(parts);
  }

  RuleTiming timing_of(const Rule& rule) {
    Circuit& c = net_.circuit;
    RuleTiming out;
    out.enabled = rule.enabled;
    std::set<uint32_t> concerned;
    if (rule.is_timer) {
      out.passes = out_.of_timer[rule.index];
      concerned.insert(out.passes);
      for (const uint32_t t : out_.groups[out.passes].timers) {
        if (t < rule.index) out.enabled = c.land(out.enabled, !net_.timers[t].running);
      }
    }
    for (const Write& w : rule.writes) {
      for (const uint32_t t : timers_by_bit_[w.bit]) concerned.insert(out_.of_timer[t]);
    }
    // A timer that is started twice runs from the last start on.
    std::map<uint32_t, Literal> later;
    std::map<uint32_t, std::vector<TimerStart>> starts;  // by group
    for (size_t i = rule.timers.size(); i-- > 0;) {
      TimerStart s = rule.timers[i];
      Literal& after = later.try_emplace(s.timer, never).first->second;
      s.starts = c.land(s.starts, !after);
      after = c.lor(after, s.starts);
      if (s.starts == never) continue;
      starts[out_.of_timer[s.timer]].push_back(s);
      concerned.insert(out_.of_timer[s.timer]);
    }
    std::vector<Literal> next = inputs_;
    for (const Write& w : rule.writes) next[w.bit] = w.next;
    after_.with(next);
    for (const uint32_t g : concerned) group_after(rule, g, starts[g], out);
    if (out.signature_bits() > 64 && out_.too_many.empty())
      out_.too_many = rule.is_timer ? net_.timers[rule.index].name : "an event";
    return out;
  }

  void group_after(const Rule& rule, uint32_t g, const std::vector<TimerStart>& starts, RuleTiming& out) {
    Circuit& c = net_.circuit;
    const auto started = [&](uint32_t timer) {
      Literal any = never;
      for (const TimerStart& s : starts) any = s.timer == timer ? c.lor(any, s.starts) : any;
      return any;
    };
    const auto& timers = out_.groups[g].timers;
    Literal runs = never, as_before = never, any_started = never;
    for (const uint32_t t : timers) {
      const Literal running = after_(net_.timers[t].running), start = started(t);
      const bool passed = rule.is_timer && rule.index == t;
      const Literal still = passed ? never : c.land(running, !start);
      runs = c.lor(runs, c.lor(still, c.land(running, start)));
      as_before = c.lor(as_before, still);
      any_started = c.lor(any_started, c.land(running, start));
    }
    std::vector<std::pair<Due, Literal>> dues;
    for (const TimerStart& s : starts) {
      auto it = std::find_if(dues.begin(), dues.end(), [&](const auto& d) { return same(d.first, s.due); });
      if (it == dues.end()) it = dues.insert(it, {s.due, never});
      it->second = c.lor(it->second, s.starts);
    }
    std::sort(dues.begin(), dues.end(),
              [](const auto& a, const auto& b) { return words_of(a.first) < words_of(b.first); });
    Literal apart = c.land(any_started, as_before);
    for (size_t i = 0; i < dues.size(); ++i) {
      out.starts.push_back({g, dues[i].first, dues[i].second});
      for (size_t k = 0; k < i; ++k) apart = c.lor(apart, c.land(dues[i].second, dues[k].second));
    }
    if (timers.size() > 1 && apart != never) out.apart.push_back({g, apart});
    out.after.push_back({g, runs});
  }

  Net& net_;
  const std::set<uint32_t>& split_;
  std::vector<uint32_t> part_;
  std::vector<std::vector<uint32_t>> timers_by_bit_;
  std::vector<Literal> inputs_;
  Substitution after_;  // what literals of the state after a rule are in the state before it
  Groups out_;
};

}  // namespace

Groups group_timers(Net& net, const std::set<uint32_t>& split) { return Grouping(net, split).run(); }

// ---- timings ----

size_t Timings::KeyHash::operator()(const std::vector<int64_t>& key) const {
  uint64_t h = golden64;
  for (const int64_t w : key) h = mix64(h ^ static_cast<uint64_t>(w));
  return h;
}

size_t Timings::AskedHash::operator()(const Asked& a) const {
  return mix64(mix64(a.signature ^ golden64) ^ (uint64_t{a.id} << 32 | a.rule));
}

auto Timings::rank_in(const Timing& t) const {
  return [this, &t](size_t place) -> std::optional<Rank> {
    if (place == zone_end) return Rank::end;
    if (place == zone_last) return std::nullopt;
    return groups_.groups[t.groups[place - zone_moments]].rank();
  };
}

// The second by which an instant of the group is kept: what passes just after a second is kept by that second.
int64_t Timings::second_of(const TimerGroup& group, int64_t ms) const {
  if (group.kind == TimerKind::change) return seconds_of(ms) - 1;
  return seconds_of(group.kind <= TimerKind::reached ? ms - 1 : ms);
}

Timings::Timings(const Net& net, const Groups& groups, Span span)
    : groups_(groups),
      span_(span),
      blocks_(std::make_unique<std::unique_ptr<Timing[]>[]>((most >> block_bits) + 1)) {
  Timing t;
  const int64_t end = seconds_of(span.until);
  t.after_due = true;  // what happens at the beginning's own instant has happened
  t.zone = Zone(zone_moments);
  t.zone.equal(zone_last, zone_end, seconds_of(span.start) - end);
  std::map<uint32_t, int64_t> first;
  for (const TimerStart& s : net.running_at_first) first[groups.of_timer[s.timer]] = s.due.at;
  std::vector<size_t> kept{zone_end, zone_last};
  for (const auto& [g, at] : first) {
    t.groups.push_back(g);
    kept.push_back(t.zone.add());
    t.zone.equal(kept.back(), zone_end, second_of(groups.groups[g], at) - end);
  }
  for (size_t i = 0; i < t.groups.size(); ++i)
    put_after_the_end(t.zone, kept[zone_moments + i], groups.groups[t.groups[i]].rank());
  t.zone = t.zone.only(kept);
  put(std::move(t), false);
}

bool Timings::may_pass(TimingId id, uint32_t group) const {
  const Timing& t = at(id);
  const auto it = std::lower_bound(t.groups.begin(), t.groups.end(), group);
  return it != t.groups.end() && *it == group &&
         t.passes[zone_moments + static_cast<size_t>(it - t.groups.begin())] != 0;
}

std::optional<TimingId> Timings::after(TimingId id, uint32_t rule, uint64_t signature) {
  const Asked asked{id, rule, signature};
  const std::lock_guard<std::mutex> guard(lock_);
  const auto it = memo_.find(asked);
  if (it != memo_.end()) return it->second;
  std::optional<TimingId> out;
  if (auto made = make(at(id), rule, signature)) {
    const uint32_t passed = groups_.rules[rule].passes;
    const bool change = passed != RuleTiming::none && groups_.groups[passed].kind == TimerKind::change;
    if (full()) return std::nullopt;
    out = put(std::move(*made), change);
  }
  memo_.emplace(asked, out);
  bytes_ += sizeof(Asked) + sizeof(out) + 4 * sizeof(void*);
  return out;
}

std::optional<Timings::Timing> Timings::make(const Timing& t, uint32_t rule, uint64_t signature) {
  const RuleTiming& r = groups_.rules[rule];
  const bool event = r.passes == RuleTiming::none;
  Zone zone = t.zone;
  size_t now = 0;
  if (event) {
    if (!event_next(zone, rank_in(t), t.after_due, span_.gap, now)) return std::nullopt;
  } else {
    const auto it = std::lower_bound(t.groups.begin(), t.groups.end(), r.passes);
    if (it == t.groups.end() || *it != r.passes) return std::nullopt;
    now = zone_moments + static_cast<size_t>(it - t.groups.begin());
    if (!due_next(zone, rank_in(t), now)) return std::nullopt;
  }
  // Months are as long as from one instant at which the move may be made; the first.
  const bool change = !event && groups_.groups[r.passes].rank() == Rank::change;
  const int64_t end = seconds_of(span_.until), kept_now = zone.earliest(end)[now],
                moved = kept_now + (change ? 1 : 0);
  std::map<uint32_t, size_t> place;  // of each group that runs, in `zone`
  for (size_t i = 0; i < t.groups.size(); ++i) place[t.groups[i]] = zone_moments + i;
  for (size_t i = 0; i < r.starts.size(); ++i) {
    if ((signature >> i & 1) == 0) continue;
    const Due& due = r.starts[i].due;
    const int64_t ms = due.absolute ? due.at : add(Instant{moved * 1000}, due.after).ms;
    const int64_t second = second_of(groups_.groups[r.starts[i].group], ms);
    const size_t base = due.absolute ? zone_end : now;
    const size_t made = place[r.starts[i].group] = zone.add();
    zone.equal(made, base, second - (due.absolute ? end : kept_now));
    if (due.absolute && zone.bound(now, made) > 0) overdue_ = true;
  }
  for (size_t i = 0; i < r.after.size(); ++i) {
    if ((signature >> (r.starts.size() + i) & 1) == 0) place.erase(r.after[i].group);
  }
  Timing out;
  out.after_due = !event && !change;
  std::vector<size_t> kept{zone_end, now};
  for (const auto& [g, at] : place) {
    out.groups.push_back(g);
    kept.push_back(at);
    put_after_the_end(zone, kept.back(), groups_.groups[g].rank());
  }
  out.zone = zone.only(kept);
  return out;
}

TimingId Timings::put(Timing t, bool after_change) {
  const auto rank = rank_in(t);
  t.lasts = explore::lasts(t.zone, rank, after_change);
  // Only after a change can it not last although its zone would: then it is another timing.
  const bool fleeting = after_change && !t.lasts && explore::lasts(t.zone, rank, false);
  std::vector<int64_t> key{t.after_due | fleeting << 1, static_cast<int64_t>(t.groups.size())};
  key.insert(key.end(), t.groups.begin(), t.groups.end());
  key.insert(key.end(), t.zone.words().begin(), t.zone.words().end());
  const auto id = static_cast<TimingId>(size());
  const auto [it, fresh] = known_.try_emplace(key, id);
  if (!fresh) return it->second;
  t.hash = KeyHash()(key);
  size_t now = 0;
  Zone zone = t.zone;
  t.event = event_next(zone, rank, t.after_due, span_.gap, now);
  for (size_t place = 0; place < t.zone.size(); ++place) {
    zone = t.zone;
    t.passes.push_back(rank(place) && due_next(zone, rank, place));
  }
  t.end = t.passes[zone_end] != 0;
  bytes_ += sizeof(Timing) + 3 * key.size() * sizeof(int64_t) + 64;
  auto& block = blocks_[id >> block_bits];
  if (!block) block = std::make_unique<Timing[]>(block_mask + 1);
  block[id & block_mask] = std::move(t);
  size_.store(id + 1, std::memory_order_release);
  return id;
}

}  // namespace casus::explore
