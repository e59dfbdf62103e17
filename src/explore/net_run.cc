// SPDX-License-Identifier: Apache-2.0
#include "explore/net_run.h"

#include <algorithm>

namespace casus::explore {

NetRun::NetRun(const Net& net) : net_(net), rule_of_(net.timers.size()), state_(net.initial), now_(net.from) {
  for (uint32_t r = 0; r < net.rules.size(); ++r) {
    if (net.rules[r].is_timer) rule_of_[net.rules[r].index] = r;
  }
  net.circuit.evaluate(state_, values_);
  start(net.running_at_first);
}

void NetRun::start(const std::vector<TimerStart>& starts) {
  for (const TimerStart& s : starts) {
    if (!holds(s.starts)) continue;
    std::erase_if(agenda_, [&](const Entry& e) { return e.timer == s.timer; });
    const int64_t at = s.due.absolute ? s.due.at : add(Instant{now_}, s.due.after).ms;
    agenda_.push_back({at, order_++, s.timer});
  }
}

bool NetRun::take(const Rule& rule) {
  if (holds(rule.beyond)) {
    for (const Beyond& b : rule.reasons) {
      if (holds(b.when)) beyond_ = b;
    }
    return false;
  }
  for (const Observation& o : rule.records) {
    if (!holds(o.when)) continue;
    ++seen[{o.kind, o.clause.value, o.bearer.value}];
    if (o.kind == RecordKind::occurred) named.push_back(o.name);
  }
  start(rule.timers);
  for (const Write& w : rule.writes) state_[w.bit] = holds(w.next);
  net_.circuit.evaluate(state_, values_);
  std::erase_if(agenda_, [&](const Entry& e) { return !holds(net_.timers[e.timer].running); });
  return true;
}

int NetRun::rank(const Entry& e) const {
  const TimerKind k = net_.timers[e.timer].kind;
  return k < TimerKind::change ? 0 : k == TimerKind::change ? 1 : 2;
}

int64_t NetRun::next_due() const {
  int64_t out = INT64_MAX;
  for (const Entry& e : agenda_) out = std::min(out, e.at);
  return out;
}

std::vector<TimerStart> NetRun::agenda() const {
  std::vector<Entry> entries = agenda_;
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.order < b.order; });
  std::vector<TimerStart> out;
  for (const Entry& e : entries) out.push_back({e.timer, always, Due{true, {}, e.at}});
  return out;
}

bool NetRun::go_to(int64_t t, bool all_at_t) {
  constexpr size_t most =
      100'000;  // timers that pass before the next event: more is a course that goes on by itself
  for (size_t passed = 0;; ++passed) {
    const Entry* first = nullptr;
    const auto key = [&](const Entry& e) { return std::tuple(e.at, rank(e), e.order); };
    for (const Entry& e : agenda_) {
      if (e.at > t || (e.at == t && rank(e) == 2 && !all_at_t)) continue;
      if (first == nullptr || key(e) < key(*first)) first = &e;
    }
    if (first == nullptr) break;
    if (passed > most) {
      beyond_ = {ClauseId(), "it goes on by itself", always};
      return false;
    }
    const Entry taken = *first;
    std::erase_if(agenda_, [&](const Entry& e) { return e.timer == taken.timer; });
    now_ = std::max(now_, taken.at);
    if (!take(net_.rules[rule_of_[taken.timer]])) return false;
  }
  now_ = std::max(now_, t);
  return true;
}

}  // namespace casus::explore
