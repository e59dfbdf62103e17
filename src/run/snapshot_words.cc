// SPDX-License-Identifier: Apache-2.0
// A state into words and back. The words name an instant by its place in Snapshot::moments, an occurrence by its new number, and everything
// else as it is. Saving goes twice over whatever names occurrences: once to find those that matter, once to write.
#include <algorithm>
#include <map>
#include <tuple>

#include "base/check.h"
#include "base/hash.h"
#include "run/snapshot.h"

namespace casus::run {

using model::no_value;
using program::ClausePlan;

namespace {

// A change on the agenda, as words: its own, then its effect's.
constexpr size_t change_args = model::max_fact_params, effect_args = model::max_event_params;

}  // namespace

class Snapshots::Saver {
 public:
  Saver(const Snapshots& s, const Engine& e, std::span<const Told> known, std::span<const int64_t> gone,
        Snapshot& out)
      : s_(s),
        e_(e),
        m_(*s.p_.model),
        known_(known),
        gone_(gone),
        out_(out),
        number_(known.size(), no_number) {}

  std::optional<std::string> run() {
    out_.words.clear();
    out_.ends.clear();
    out_.moments.clear();
    out_.occurrences.clear();
    out_.numbers.clear();
    motions_ = e_.motions_.open_ones();
    find_changes();
    find_kept();
    for (const uint32_t slot : s_.slots_) {
      if (names_occurrences(slot))
        table(slot);
      else
        e_.facts_.save(slot, out_.words);
      part();
    }
    sets();
    for (const uint32_t h : s_.histories_) history(h);
    for (const ClauseId id : s_.active_) duties(id);
    motions();
    changes();
    occurrences();
    return std::move(obstacle_);
  }

 private:
  void word(Value v) { out_.words.push_back(v); }
  void part() { out_.ends.push_back(static_cast<uint32_t>(out_.words.size())); }
  Value place(Moment::Kind kind, int64_t at) {
    const Moment m{kind, at};
    auto it = std::find(out_.moments.begin(), out_.moments.end(), m);
    if (it == out_.moments.end()) it = out_.moments.insert(it, m);
    return it - out_.moments.begin();
  }
  void moment(Moment::Kind kind, int64_t at) { word(place(kind, at)); }
  // When it happened, and until when what is counted from then can still begin in time.
  void past(int64_t at, bool kept, EventTypeId event) {
    moment(Moment::Kind::past, at);
    for (const Counted& c : s_.counted_) {
      if (c.kept != kept || (c.from && event && c.from != event)) continue;
      const int64_t over = add(Instant{at}, c.within).ms;
      // Instants of one second are told apart by their order alone, which `gone_` knows.
      if (seconds_of(over) < seconds_of(e_.now_) || std::find(gone_.begin(), gone_.end(), over) != gone_.end())
        continue;
      place(Moment::Kind::window, over);
    }
  }
  void typed(Sort sort, Value v) {
    if (v == no_value || sort == Sort::plain)
      word(v);
    else if (sort == Sort::instant)
      past(v, true, {});
    else
      word(renamed(v));
  }
  Value renamed(Value number) const {
    return static_cast<uint64_t>(number) < number_.size() ? Value{number_[static_cast<size_t>(number)]}
                                                          : no_value;
  }
  bool kept(Value number) const {
    return static_cast<uint64_t>(number) < number_.size() &&
           number_[static_cast<size_t>(number)] != no_number;
  }

  // ---- which occurrences matter ----

  void keep(Value number) {
    if (number == no_value || static_cast<uint64_t>(number) >= number_.size()) return;
    uint32_t& n = number_[static_cast<size_t>(number)];
    if (n != no_number) return;
    n = 0;
    const Occurrence& o = known_[static_cast<size_t>(number)];
    for (size_t i = 0; i < m_[o.event].params.size(); ++i) {
      if (s_.sort_of(m_[o.event].params[i].type) == Sort::occurrence) keep(o.args[i]);
    }
    if (!o.content) return;
    for (size_t i = 0; i < m_[o.content].params.size(); ++i) {
      if (s_.sort_of(m_[o.content].params[i].type) == Sort::occurrence) keep(o.content_args[i]);
    }
  }
  bool names_occurrences(uint32_t slot) const {
    const model::Fact& f = m_.facts[slot];
    return s_.sort_of(f.result) == Sort::occurrence ||
           std::any_of(f.params.begin(), f.params.end(),
                       [&](const model::Param& p) { return s_.sort_of(p.type) == Sort::occurrence; });
  }
  void find_kept() {
    for (const ClauseId id : s_.active_) {
      const auto& sorts = s_.stored_[id.index()];
      const DutyPool& pool = e_.pools_[id.index()];
      for (uint32_t at = pool.first(); at != nowhere; at = pool.duty(at).next) {
        for (size_t i = 0; i < sorts.size(); ++i) {
          if (sorts[i] == Sort::occurrence) keep(pool.stored(at)[i]);
        }
      }
    }
    for (const uint32_t at : motions_) keep(e_.motions_[at].proposal);
    for (const auto& [due, c] : agenda_) {
      if (c->kind != Engine::ChangeKind::effect) continue;
      for (size_t i = 0; i < effect_args; ++i) {
        if (sort_of_effect(c->effect, i) == Sort::occurrence) keep(c->effect.args[i]);
      }
    }
    // Of equal occurrences that later events may name, the last one.
    std::map<std::pair<uint32_t, uint64_t>, Value> last;
    for (size_t n = 0; n < known_.size(); ++n) {
      if (!known_[n].told || !s_.referable_[known_[n].event.index()]) continue;
      if (known_[n].event == model::event_propose) continue;  // named while its motion is open
      last[{known_[n].event.value, content_key(n)}] = static_cast<Value>(n);
    }
    for (const auto& [key, n] : last) keep(n);
    number_kept();
  }
  // A hash of what happened, the numbers of occurrences that it names apart: those that are equal are told apart by their order alone.
  uint64_t content_key(size_t n) {
    const Occurrence& o = known_[n];
    Hasher h;
    h.add(uint64_t{o.event.value})
        .add(uint64_t{o.decided} | uint64_t{known_[n].told} << 1)
        .add(uint64_t{o.content.value});
    const auto add = [&](const std::vector<model::Param>& params, const auto& args) {
      for (size_t i = 0; i < params.size(); ++i) {
        const bool names = s_.sort_of(params[i].type) == Sort::occurrence && args[i] != no_value &&
                           static_cast<uint64_t>(args[i]) < n;
        h.add(names ? content_key(static_cast<size_t>(args[i])) : static_cast<uint64_t>(args[i]));
      }
    };
    add(m_[o.event].params, o.args);
    if (o.content) add(m_[o.content].params, o.content_args);
    return h.digest();
  }
  // New numbers in an order that does not depend on when they happened, unless they are alike.
  void number_kept() {
    std::vector<std::tuple<uint32_t, uint64_t, size_t>> order;
    for (size_t n = 0; n < number_.size(); ++n) {
      if (number_[n] != no_number) order.emplace_back(depth(n), content_key(n), n);
    }
    std::sort(order.begin(), order.end());
    for (size_t i = 0; i < order.size(); ++i) {
      number_[std::get<2>(order[i])] = static_cast<uint32_t>(i);
      order_.push_back(std::get<2>(order[i]));
    }
  }
  uint32_t depth(size_t n) const {  // those that are named come before those that name them
    const Occurrence& o = known_[n];
    uint32_t most = 0;
    const auto look = [&](const std::vector<model::Param>& params, const auto& args) {
      for (size_t i = 0; i < params.size(); ++i) {
        if (s_.sort_of(params[i].type) == Sort::occurrence && args[i] != no_value &&
            static_cast<uint64_t>(args[i]) < n)
          most = std::max(most, depth(static_cast<size_t>(args[i])) + 1);
      }
    };
    look(m_[o.event].params, o.args);
    if (o.content) look(m_[o.content].params, o.content_args);
    return most;
  }

  // ---- the parts ----

  void table(uint32_t slot) {
    const model::Fact& f = m_.facts[slot];
    std::vector<Value> raw;
    e_.facts_.save(slot, raw);
    const size_t arity = f.params.size();
    std::vector<std::vector<Value>> rows;
    for (size_t at = 1; at < raw.size(); at += arity + 1) {
      std::vector<Value> row(raw.begin() + static_cast<ptrdiff_t>(at),
                             raw.begin() + static_cast<ptrdiff_t>(at + arity + 1));
      bool matters = true;
      for (size_t i = 0; i < arity; ++i) {
        if (s_.sort_of(f.params[i].type) != Sort::occurrence) continue;
        matters &= kept(row[i]);
        row[i] = renamed(row[i]);
      }
      if (s_.sort_of(f.result) == Sort::occurrence) {
        matters &= kept(row[arity]);
        row[arity] = renamed(row[arity]);
      }
      if (matters) rows.push_back(std::move(row));
    }
    std::sort(rows.begin(), rows.end());
    word(static_cast<Value>(rows.size()));
    for (const auto& row : rows) out_.words.insert(out_.words.end(), row.begin(), row.end());
  }
  void sets() {
    for (const ClauseId id : s_.standing_) {
      for (const uint64_t w : e_.standing_[id.index()]) word(static_cast<Value>(w));
    }
    part();
    for (const ClauseId id : s_.moments_) word(e_.truth_[id.index()]);
    part();
  }
  void history(uint32_t h) {
    const program::HistoryPlan& plan = s_.p_.histories[h];
    const auto& params = m_[plan.pattern.event].params;
    const int64_t within = s_.window_[h];
    std::vector<std::pair<std::vector<Value>, Value>> rows;
    e_.history_[h].for_each([&](const Value* key, Value at) {
      std::vector<Value> row;
      for (size_t i = 0; i < plan.key_params.size(); ++i) {
        const bool names = s_.sort_of(params[plan.key_params[i]].type) == Sort::occurrence;
        if (names && !kept(key[i])) return;
        row.push_back(names ? renamed(key[i]) : key[i]);
      }
      if (within != no_value && e_.now_ - at > within) return;
      rows.emplace_back(std::move(row), at);
    });
    std::sort(rows.begin(), rows.end());
    word(static_cast<Value>(rows.size()));
    for (const auto& [row, at] : rows) {
      out_.words.insert(out_.words.end(), row.begin(), row.end());
      if (within != no_value) moment(Moment::Kind::window, at + within);
    }
    part();
  }

  void duties(ClauseId id) {
    const ClausePlan& plan = s_.p_.clauses[id.index()];
    if (plan.kind == model::ClauseKind::consequence) return;
    const DutyPool& pool = e_.pools_[id.index()];
    const auto& sorts = s_.stored_[id.index()];
    // In order of what they are about, those that are alike in order of birth.
    std::vector<std::pair<std::vector<Value>, uint32_t>> order;
    for (uint32_t at = pool.first(); at != nowhere; at = pool.duty(at).next) {
      std::vector<Value> about;
      for (size_t i = 0; i < sorts.size(); ++i) {
        const Value v = pool.stored(at)[i];
        about.push_back(sorts[i] == Sort::occurrence && v != no_value ? renamed(v)
                        : sorts[i] == Sort::instant                   ? 0
                                                                      : v);
      }
      order.emplace_back(std::move(about), at);
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    word(static_cast<Value>(order.size()));
    for (const auto& [about, at] : order) {
      const Duty& d = pool.duty(at);
      for (size_t i = 0; i < sorts.size(); ++i) typed(sorts[i], pool.stored(at)[i]);
      for (uint32_t i = 0; i < pool.set_words(); ++i) word(static_cast<Value>(pool.sets(at)[i]));
      for (uint32_t i = 0; i < pool.done_words(); ++i) word(static_cast<Value>(pool.acts_done(at)[i]));
      word(d.together);
      const bool waits = d.deadline != no_value && !d.odd && anybody(pool, at, Hold::pending);
      if (waits)
        moment(Moment::Kind::due, d.deadline);
      else
        word(no_value);
      odd(id, at, d);
      if (plan.until_instant != INT64_MAX) moment(Moment::Kind::due, plan.until_instant);
    }
    part();
  }
  static bool anybody(const DutyPool& pool, uint32_t at, Hold hold) {
    const uint64_t* set = pool.set(at, hold);
    return std::any_of(set, set + pool.set_words() / 3, [](uint64_t w) { return w != 0; });
  }
  // Deadlines of their own, after a suspension.
  void odd(ClauseId id, uint32_t at, const Duty& d) {
    const DutyPool& pool = e_.pools_[id.index()];
    word(d.odd);
    if (!d.odd) return;
    for (uint32_t b = 0; b < s_.p_.actors.size(); ++b) {
      if (pool.has(at, Hold::suspended, b)) {
        const auto it = e_.odd_.find(uint64_t{d.number} << 32 | b);
        const int64_t left = it == e_.odd_.end() ? no_value : it->second;
        if (left != no_value && !obstacle_)
          obstacle_ = m_.cite(id) + ": a deadline stands still while the duty is suspended";
        word(left);
      } else if (pool.has(at, Hold::pending, b)) {
        const int64_t deadline = e_.bearer_deadline(id, at, b);
        if (deadline == no_value)
          word(no_value);
        else
          moment(Moment::Kind::due, deadline);
      }
    }
  }

  void motions() {
    std::vector<std::pair<uint32_t, uint32_t>> order;
    for (const uint32_t at : motions_) order.emplace_back(number_[e_.motions_[at].proposal], at);
    std::sort(order.begin(), order.end());
    word(static_cast<Value>(order.size()));
    for (const auto& [number, at] : order) {
      const Motion& m = e_.motions_[at];
      word(number);
      word(m.body);
      word(m.rule);
      for (const uint64_t w : e_.motions_.votes(at)) word(static_cast<Value>(w));
      if (m.deadline == no_value)
        word(no_value);
      else
        moment(Moment::Kind::due, m.deadline);
    }
    part();
  }

  // ---- the agenda of changes ----

  void find_changes() {
    std::vector<Due> dues;
    e_.changes_.for_each([&](const Due& due) {
      const bool dated = e_.change_pool_[due.index].kind != Engine::ChangeKind::effect;
      if (!dated || due.at <= e_.case_.until.ms) dues.push_back(due);
    });
    std::sort(dues.begin(), dues.end(),
              [](const Due& a, const Due& b) { return a.at != b.at ? a.at < b.at : a.order < b.order; });
    for (const Due& due : dues) agenda_.emplace_back(due, &e_.change_pool_[due.index]);
  }
  Sort sort_of_effect(const Engine::ReadyEffect& e, size_t i) const {
    if (e.kind == model::EffectKind::counts_as)
      return i < m_[e.event].params.size() ? s_.sort_of(m_[e.event].params[i].type) : Sort::plain;
    if (e.kind == model::EffectKind::begin_fact || e.kind == model::EffectKind::end_fact ||
        e.kind == model::EffectKind::set_fact)
      return i < m_.facts[e.slot].params.size() ? s_.sort_of(m_.facts[e.slot].params[i].type) : Sort::plain;
    return Sort::plain;
  }
  void changes() {
    word(static_cast<Value>(agenda_.size()));
    for (const auto& [due, c] : agenda_) {
      moment(Moment::Kind::change, due.at);
      word(static_cast<Value>(c->kind));
      word(c->slot);
      for (const Value v : c->args) word(v);
      word(c->value);
      word(c->clause.value);
      if (c->kind != Engine::ChangeKind::effect) continue;
      const Engine::ReadyEffect& e = c->effect;
      word(static_cast<Value>(e.kind));
      word(e.event.value);
      word(e.slot);
      for (size_t i = 0; i < effect_args; ++i) typed(sort_of_effect(e, i), e.args[i]);
      word(e.value);
      word(e.clause.value);
    }
    part();
  }

  void occurrences() {
    for (const size_t n : order_) {
      Told o = known_[n];
      const auto rename = [&](const std::vector<model::Param>& params, auto& args) {
        for (size_t i = 0; i < params.size(); ++i) {
          if (s_.sort_of(params[i].type) == Sort::occurrence && args[i] != no_value)
            args[i] = renamed(args[i]);
        }
      };
      rename(m_[o.event].params, o.args);
      if (o.content) rename(m_[o.content].params, o.content_args);
      word(o.event.value);
      word(Value{o.decided} | Value{o.told} << 1);
      for (size_t i = 0; i < m_[o.event].params.size(); ++i) word(o.args[i]);
      if (o.content) {
        word(o.content.value);
        for (size_t i = 0; i < m_[o.content].params.size(); ++i) word(o.content_args[i]);
      }
      if (s_.timed_[o.event.index()]) {
        past(o.at, false, o.event);
        o.at = out_.words.back() + 1;
      } else {
        o.at = 0;
      }
      out_.occurrences.push_back(o);
      out_.numbers.push_back(static_cast<uint32_t>(n));
    }
    part();
  }

  const Snapshots& s_;
  const Engine& e_;
  const model::Model& m_;
  std::span<const Told> known_;
  std::span<const int64_t> gone_;
  Snapshot& out_;
  std::vector<uint32_t> number_;  // by old number: 0 while it is only known to matter
  std::vector<size_t> order_;     // old numbers in order of the new ones
  std::vector<uint32_t> motions_;
  std::vector<std::pair<Due, const Engine::Change*>> agenda_;
  std::optional<std::string> obstacle_;
};

// Reads the same words in the same order.
class Snapshots::Loader {
 public:
  Loader(const Snapshots& s, const Snapshot& in, std::span<const int64_t> moments, Engine& e)
      : s_(s), in_(in), moments_(moments), e_(e) {}

  void run(int64_t now) {
    empty(now);
    for (const uint32_t slot : s_.slots_) at_ += e_.facts_.load(slot, &in_.words[at_]);
    for (const ClauseId id : s_.standing_) {
      for (uint64_t& w : e_.standing_[id.index()]) w = static_cast<uint64_t>(word());
    }
    for (const ClauseId id : s_.moments_) e_.truth_[id.index()] = static_cast<uint8_t>(word());
    for (const uint32_t h : s_.histories_) history(h);
    occurrences();
    for (const ClauseId id : s_.active_) duties(id);
    motions();
    changes();
  }

 private:
  Value word() { return in_.words[at_++]; }
  int64_t instant(Value moment) const { return moments_[static_cast<size_t>(moment)]; }
  void empty(int64_t now) {
    for (const ClauseId id : s_.active_) e_.pools_[id.index()].clear();
    for (const uint32_t h : s_.histories_) e_.history_[h].clear();
    e_.motions_.clear();
    e_.deadlines_.clear();
    e_.changes_.clear();
    e_.change_pool_.clear();
    e_.change_free_.clear();
    e_.odd_.clear();
    e_.remembered_.clear();
    e_.tables_.clear();
    e_.buffered_ = 0;
    e_.queue_.clear();
    e_.queue_head_ = 0;
    e_.queued_.clear();
    e_.frames_.clear();
    e_.ready_.clear();
    e_.entered_ = 0;
    e_.self_made_ = 0;
    e_.by_agenda_ = false;
    e_.live_ = 0;
    e_.next_duty_ = 0;
    e_.fact_changes_ = 0;
    e_.now_ = now;
    e_.status_ = RunStatus::done;
    e_.next_ = static_cast<OccurrenceNo>(in_.occurrences.size());
  }
  void occurrences() {
    for (size_t n = 0; n < in_.occurrences.size(); ++n) {
      Occurrence o = in_.occurrences[n];
      if (!s_.p_.events[o.event.index()].remembered) continue;
      o.at = o.at > 0 ? instant(o.at - 1) : e_.now_;
      e_.remembered_.emplace(static_cast<Value>(n), o);
    }
  }
  void history(uint32_t h) {
    const size_t keys = s_.p_.histories[h].key_params.size();
    const int64_t within = s_.window_[h];
    const Value rows = word();
    for (Value r = 0; r < rows; ++r) {
      Value key[model::max_event_params] = {};
      for (size_t i = 0; i < keys; ++i) key[i] = word();
      const int64_t at = within == no_value ? e_.now_ : instant(word()) - within;
      e_.history_[h].at(key, at) = at;
    }
  }
  void duties(ClauseId id) {
    const ClausePlan& plan = s_.p_.clauses[id.index()];
    if (plan.kind == model::ClauseKind::consequence) return;
    DutyPool& pool = e_.pools_[id.index()];
    const auto& sorts = s_.stored_[id.index()];
    const Value count = word();
    for (Value n = 0; n < count; ++n) {
      const uint32_t number = e_.next_duty_++;
      const uint32_t at = pool.make(number);
      std::vector<Value> stored;
      for (const Sort sort : sorts) {
        const Value v = word();
        stored.push_back(sort == Sort::instant && v != no_value ? instant(v) : v);
      }
      pool.restore(at, stored.data());
      for (uint32_t i = 0; i < pool.set_words(); ++i) pool.sets(at)[i] = static_cast<uint64_t>(word());
      for (uint32_t i = 0; i < pool.done_words(); ++i) pool.acts_done(at)[i] = static_cast<uint64_t>(word());
      Duty& d = pool.duty(at);
      d.trigger = no_number;
      d.born = e_.now_;
      d.together = word() != 0;
      ++e_.live_;
      if (const Value deadline = word(); deadline != no_value) {
        d.deadline = instant(deadline);
        e_.put_deadline(d.deadline, Engine::DueKind::deadline, at, number, id);
      }
      odd(id, at, number);
      if (plan.until_instant != INT64_MAX)
        e_.put_deadline(instant(word()), Engine::DueKind::expiry, at, number, id);
    }
  }
  void odd(ClauseId id, uint32_t at, uint32_t number) {
    DutyPool& pool = e_.pools_[id.index()];
    Duty& d = pool.duty(at);
    d.odd = word() != 0;
    if (!d.odd) return;
    for (uint32_t b = 0; b < s_.p_.actors.size(); ++b) {
      const uint64_t key = uint64_t{number} << 32 | b;
      if (pool.has(at, Hold::suspended, b)) {
        e_.odd_[key] = word();
      } else if (pool.has(at, Hold::pending, b)) {
        const Value deadline = word();
        e_.odd_[key] = deadline == no_value ? no_value : instant(deadline);
        if (deadline != no_value)
          e_.put_deadline(instant(deadline), Engine::DueKind::deadline, at, number, id);
      }
    }
  }
  void motions() {
    const size_t words = size_t{5} * s_.p_.actor_words;
    const Value count = word();
    for (Value n = 0; n < count; ++n) {
      Motion m;
      m.proposal = static_cast<OccurrenceNo>(word());
      m.body = static_cast<uint32_t>(word());
      m.rule = static_cast<uint32_t>(word());
      const Occurrence& o = in_.occurrences[m.proposal];
      m.content = o.content;
      m.args = o.content_args;
      std::vector<uint64_t> votes;
      for (size_t i = 0; i < words; ++i) votes.push_back(static_cast<uint64_t>(word()));
      const Value deadline = word();
      if (deadline != no_value) m.deadline = instant(deadline);
      const auto index = static_cast<uint32_t>(n);
      e_.motions_.restore(m, votes.data());
      if (deadline != no_value) e_.put_deadline(m.deadline, Engine::DueKind::motion, index);
    }
  }
  void changes() {
    const Value count = word();
    for (Value n = 0; n < count; ++n) {
      const int64_t at = instant(word());
      Engine::Change c;
      c.kind = static_cast<Engine::ChangeKind>(word());
      c.slot = static_cast<uint32_t>(word());
      for (size_t i = 0; i < change_args; ++i) c.args[i] = word();
      c.value = word();
      c.clause.value = static_cast<uint32_t>(word());
      if (c.kind == Engine::ChangeKind::effect) {
        Engine::ReadyEffect& e = c.effect;
        e.kind = static_cast<model::EffectKind>(word());
        e.event.value = static_cast<uint32_t>(word());
        e.slot = static_cast<uint32_t>(word());
        for (size_t i = 0; i < effect_args; ++i) e.args[i] = word();
        e.value = word();
        e.clause.value = static_cast<uint32_t>(word());
      }
      e_.schedule(at, c);
    }
  }

  const Snapshots& s_;
  const Snapshot& in_;
  std::span<const int64_t> moments_;
  Engine& e_;
  size_t at_ = 0;
};

std::optional<std::string> Snapshots::save(const Engine& engine, std::span<const Told> known, Snapshot& out,
                                           std::span<const int64_t> gone) const {
  CASUS_CHECK(known.size() == engine.next_, "every occurrence since the state was put in is known");
  return Saver(*this, engine, known, gone, out).run();
}

void Snapshots::known(const Snapshot& snapshot, std::span<const int64_t> moments, std::vector<Told>& out) {
  out.assign(snapshot.occurrences.begin(), snapshot.occurrences.end());
  for (Told& o : out) {
    if (o.at > 0) o.at = moments[static_cast<size_t>(o.at - 1)];
  }
}

void Snapshots::load(const Snapshot& snapshot, std::span<const int64_t> moments, int64_t now,
                     Engine& engine) const {
  Loader(*this, snapshot, moments, engine).run(now);
}

}  // namespace casus::run
