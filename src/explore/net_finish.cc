// SPDX-License-Identifier: Apache-2.0
// What a net is made of in the end: bits that nothing changes have become constants, gates that nothing asks for are left out,
// and everything has a name.
#include <fmt/format.h>

#include "explore/net_compile.h"
#include "explore/net_rebuild.h"

namespace casus::explore {

using model::no_value;

Net NetCompiler::finish() {
  Net net;
  net.from = from_;
  std::vector<Literal> inputs(bits_.size());
  std::vector<uint32_t> number(bits_.size());
  for (size_t i = 0; i < bits_.size(); ++i) {
    if (!bits_[i].varying) {
      if (bits_[i].initial) net.always_so.push_back(bits_[i].bit);
      continue;
    }
    inputs[i] = net.circuit.input();
    number[i] = static_cast<uint32_t>(net.bits.size());
    net.bits.push_back(bits_[i].bit);
    net.bits.back().name = name_of(bits_[i].bit);
    if (!net.bits.back().party) net.bits.back().party = whose(bits_[i].bit);
    net.initial.push_back(bits_[i].initial);
  }
  Substitution substitute(circuit_, net.circuit);
  substitute.with(inputs);
  const auto copy = [&](Literal& l) { l = substitute(l); };
  net.rules = rules_;
  for (Rule& r : net.rules) {
    for (Write& w : r.writes) w.bit = number[w.bit];
    each_literal(r, copy);
  }
  net.conditions = conditions_;
  for (Literal& l : net.conditions) copy(l);
  net.timers = timers_;
  for (Timer& t : net.timers) {
    copy(t.running);
    t.name = t.kind <= TimerKind::reached  ? name_of(bits_[t.slot].bit)
             : t.kind == TimerKind::change ? change_name(t.slot)
             : t.kind <= TimerKind::expiry ? slot_name(t.slot)
                                           : motion_name(t.slot);
    if (t.kind <= TimerKind::reached) t.slot = bits_[t.slot].varying ? number[t.slot] : none;
  }
  net.running_at_first = first_timers_;
  for (uint32_t i = 0; i < timers_.size(); ++i) {
    if (timers_[i].kind == TimerKind::reached && !told_)  // after a story they are running as it left them
      net.running_at_first.push_back({i, always, Due{true, {}, bits_[timers_[i].slot].bit.value}});
  }
  for (const Slot& s : slots_) {
    net.duties.push_back(s);
    for (Value& v : net.duties.back().stored) v = is_instant(v) ? no_value : v;
  }
  net.motions = motions_;
  finish_names(net);
  return net;
}

void NetCompiler::finish_names(Net& net) const {
  for (size_t i = 0; i < contents_.size(); ++i)
    net.names[first_content + static_cast<Value>(i)] = contents_[i];
  for (size_t i = 0; i < names_.size(); ++i) {
    Occurrence& o = net.names[first_motion + static_cast<Value>(i)].occurrence;
    net.names[first_motion + static_cast<Value>(i)].place = names_[i].place;
    o.event = model::event_propose;
    o.content = names_[i].content;
    o.args.fill(no_value);
    o.args[1] = names_[i].in.value;
    o.content_args = names_[i].args;
  }
}

// What is said of an actor first of all is said to be its own.
EntityId NetCompiler::whose(const Bit& b) const {
  const auto actor = [&](Value v, model::Type type) {
    return type.kind == model::TypeKind::entity && bit_of(v) != program::Program::no_bit;
  };
  if (b.kind == BitKind::fact) {
    const auto& params = p_.model->facts[b.fact.index()].params;
    for (size_t i = 0; i < params.size(); ++i) {
      if (actor(b.args[i], params[i].type)) return EntityId(static_cast<size_t>(b.args[i]));
    }
  }
  if (b.kind == BitKind::happened) {
    const program::HistoryPlan& h = p_.histories[b.slot];
    const auto& params = p_.model->events[h.pattern.event.index()].params;
    for (size_t i = 0; i < h.key_params.size(); ++i) {
      if (actor(b.args[i], params[h.key_params[i]].type)) return EntityId(static_cast<size_t>(b.args[i]));
    }
  }
  return EntityId();
}

// ---- names ----

namespace {
// Which of several that are alike.
std::string numbered(uint32_t place) { return place == 0 ? "" : fmt::format(" #{}", place); }
}  // namespace

// As Model::show(), and an occurrence by what it was.
std::string NetCompiler::show(Value v, model::Type type) const {
  if (type.kind != model::TypeKind::event) return p_.model->show(v, type);
  if (!is_occurrence(v)) return "?";
  if (v < first_content) {
    const MotionName& n = names_[static_cast<size_t>(v - first_motion)];
    return "motion " + described(n.content, n.args) + numbered(n.place);
  }
  const auto& [o, place] = contents_[static_cast<size_t>(v - first_content)];
  return described(o.event, o.args) + numbered(place);
}

std::string NetCompiler::described(EventTypeId event, const Args& args) const {
  const model::EventType& e = p_.model->events[event.index()];
  std::string out = e.name;
  for (size_t i = 0; i < e.params.size(); ++i) {
    if (args[i] != no_value) out += " " + show(args[i], e.params[i].type);
  }
  return out;
}

std::string NetCompiler::slot_name(uint32_t slot) const {
  const Slot& s = slots_[slot];
  const model::Clause& c = p_.model->clauses[s.clause.index()];
  const ClausePlan& plan = p_.clauses[s.clause.index()];
  std::string out = p_.model->cite(s.clause);
  for (size_t i = 0; i < plan.stored.size(); ++i) {
    const program::VarIndex v = plan.stored[i];
    if (s.stored[i] == no_value || is_instant(s.stored[i])) continue;
    out += " " + (v < c.var_types.size() ? show(s.stored[i], c.var_types[v]) : std::to_string(s.stored[i]));
  }
  return out + numbered(s.place);
}

std::string NetCompiler::change_name(uint32_t change) const {
  const Change& c = changes_[change];
  return fmt::format("{}change {}", c.clause ? p_.model->cite(c.clause) + " " : "", change);
}

std::string NetCompiler::motion_name(uint32_t slot) const {
  const MotionSlot& m = motions_[slot];
  const std::string out = p_.model->entities[m.name.in.index()].name + " " +
                          described(m.name.content, m.name.args) + numbered(m.name.place);
  return m.decision == 0 ? out : fmt::format("{} by {}", out, m.decision);
}

std::string NetCompiler::name_of(const Bit& b) const {
  static constexpr const char* kinds[] = {"fact",     "pending", "suspended", "breached", "done",
                                          "born for", "truth",   "happened",  "open",     "asked",
                                          "member",   "recused", "grouped",   "yes",      "no",
                                          "abstain",  "waiting", "to come",   "reached",  "occurred"};
  std::string out = kinds[static_cast<size_t>(b.kind)];
  if (b.party) out += " " + p_.model->entities[b.party.index()].name;
  switch (b.kind) {
    case BitKind::fact: {
      const model::Fact& f = p_.model->facts[b.fact.index()];
      out = f.name + "(";
      for (size_t i = 0; i < f.params.size(); ++i)
        out += (i == 0 ? "" : ", ") + show(b.args[i], f.params[i].type);
      out += ")";
      if (f.result.kind != model::TypeKind::truth) out += " = " + show(b.value, f.result);
      return out;
    }
    case BitKind::pending:
    case BitKind::suspended:
    case BitKind::breached:
      return out + " " + slot_name(b.slot);
    case BitKind::done:
      return fmt::format("{} {} act {}", out, slot_name(b.slot), b.value + 1);
    case BitKind::born_for:
    case BitKind::truth:
      return out + " " + p_.model->cite(ClauseId(b.slot));
    case BitKind::happened: {
      const program::HistoryPlan& h = p_.histories[b.slot];
      const model::EventType& e = p_.model->events[h.pattern.event.index()];
      out += " " + e.name;
      for (size_t i = 0; i < h.key_params.size(); ++i)
        out += " " + show(b.args[i], e.params[h.key_params[i]].type);
      return out;
    }
    case BitKind::open:
    case BitKind::asked:
    case BitKind::member:
    case BitKind::recused:
    case BitKind::grouped:
    case BitKind::yes:
    case BitKind::no:
    case BitKind::abstain:
      return out + " " + motion_name(b.slot);
    case BitKind::waiting:
    case BitKind::to_come:
      return fmt::format("{} {}", out, change_name(b.slot));
    case BitKind::occurred:
      return out + " " + show(b.args[0], {model::TypeKind::event, model::EventTypeId().value});
    case BitKind::reached:
      return out + " " + format_iso(Instant{b.value});
  }
  return out;
}

}  // namespace casus::explore
