// SPDX-License-Identifier: Apache-2.0
// What may happen: of each event the values that its parameters range over.
#include <algorithm>

#include "model/resolver.h"

namespace casus::model {

void Resolver::may_happen(Exploration& e, NodeId n) {
  MayHappen m;
  m.span = span(n);
  Frame frame;
  frame.no_it = "what may happen follows on no one event: name one, an event's sort, or `any`";
  frame_ = &frame;
  const NodeId pattern_node = child(n, NodeKind::Pattern);
  m.event = event(child(pattern_node, NodeKind::Name));
  NodeId motion;
  bool good = m.event && may_args(pattern_node, m.event, m.args, &motion);
  if (good && m.event == event_propose) good = may_motion(m, pattern_node, motion);
  const NodeId where = child(n, NodeKind::Where);
  if (good && where) {
    m.where = condition(last(where));
    good = m.where.valid();
  }
  frame_ = nullptr;
  m.vars = std::move(frame.vars);
  m.var_types = std::move(frame.types);
  if (good) e.may_happen.push_back(std::move(m));
}

bool Resolver::may_motion(MayHappen& m, NodeId propose, NodeId motion) {
  if (!motion) {
    error(Diag::missing_argument, span(propose), "a proposal without a motion",
          "add `motion: measures(on: attack)` or the like");
    return false;
  }
  if (kind(motion) != NodeKind::Call && kind(motion) != NodeKind::NameRef) {
    error(Diag::wrong_sort, span(motion), "a motion is an event, and this is none",
          "write `motion: measures(on: attack)`");
    return false;
  }
  m.content = event(motion);
  return m.content && may_args(motion, m.content, m.content_args, nullptr);
}

bool Resolver::may_args(NodeId call, EventTypeId id, std::vector<MayArg>& out, NodeId* motion) {
  const std::vector<Param> params = m_[id].params;
  Slots given;
  if (!slots(call, params, true, m_[id], given)) return false;
  if (motion) *motion = given.motion;
  out.assign(params.size(), MayArg());
  bool good = true;
  for (size_t i = 0; i < params.size(); ++i) {
    if (given.values[i]) good = may_arg(given.values[i], params[i], m_[id], out[i]) && good;
  }
  return good;
}

bool Resolver::may_arg(NodeId value, const Param& param, const Named& of, MayArg& out) {
  const std::string what = "`" + param.label + "` of `" + of.name + '`';
  const NodeKind k = kind(value);
  if (k == NodeKind::NameRef && find_var(name(value)) != no_var) {
    error(Diag::not_constant, span(value), what + " is told by a name that is given here",
          "give it a name of its own, and compare the two in `where`");
    return false;
  }
  if (param.type.kind == TypeKind::event) return may_event(value, param.type, what, out);
  if (k == NodeKind::Any || k == NodeKind::Binder) return may_range(value, param, what, out);
  if (param.type.kind == TypeKind::entity) {
    if (k == NodeKind::TallyWeight) {
      const auto d = domain_of(value);
      return d && may_domain(*d, value, {}, param.type, out);
    }
    const bool set = k == NodeKind::NameRef && text(value) != "this" && !find_entity(value, false);
    if (set) {
      const auto d = may_set(value);
      return d && may_domain(*d, value, {}, param.type, out);
    }
  }
  const auto v = constant(value, param.type, what);
  if (!v) return false;
  out.kind = MayArg::Kind::value;
  out.value = *v;
  return true;
}

// `any`, or a set and a name: of entities, of a category, of truths. What has no end does not range.
bool Resolver::may_range(NodeId value, const Param& param, const std::string& what, MayArg& out) {
  const bool binder = kind(value) == NodeKind::Binder;
  const NodeId set = nth(value, 0), var = nth(value, 1);
  const TypeKind t = param.type.kind;
  if (t == TypeKind::entity && binder) {
    const auto d = may_set(set);
    return d && may_domain(*d, set, var, param.type, out);
  }
  if (t != TypeKind::entity && t != TypeKind::category && t != TypeKind::truth) {
    error(Diag::open_range, span(value), what + " is " + type_name(param.type) + ", of which there is no end",
          "write a value: `" + param.label + ": " + (t == TypeKind::count ? "500" : "…") + '`');
    return false;
  }
  out.kind = MayArg::Kind::any_value;
  if (!binder) return true;
  const auto type = named_type(set, param.type);
  if (!type) return false;
  out.var = add_var(name(var), *type, span(var));
  return out.var != no_var;
}

// A kind, a role, a group, or `party` of the only instrument that is explored.
std::optional<Domain> Resolver::may_set(NodeId at) {
  if (name(at) == "party" && !instrument_) {
    error(Diag::outside_instrument, span(at), "several instruments are explored, and each has parties",
          "write `party of NATO`, or `state s` and `where party(s, NATO)`");
    return std::nullopt;
  }
  if (const auto d = find_domain(at, false)) return d;
  if (find_fact(at, false) || roles_.contains(std::string(name(at)))) return find_domain(at, true);
  std::vector<std::string_view> known = known_domains();
  for (const Entity& e : m_.entities) known.push_back(e.name);
  unknown(Diag::unknown_entity, at, "actor, thing, kind, role or group", known);
  return std::nullopt;
}

// `party of NATO`, `guarantor of KyivCompact`
std::optional<Domain> Resolver::domain_of(NodeId n) {
  const NodeId set = nth(n, 0);
  const InstrumentId of = instrument(nth(n, 1));
  if (!of) return std::nullopt;
  if (text(set) == "party") return Domain{{}, fact_party, m_[of].entity};
  std::vector<std::string_view> known{"party"};
  for (FactId role : m_[of].roles) {
    if (m_[role].name == text(set)) return Domain{{}, role, {}};
    known.push_back(m_[role].name);
  }
  unknown_part(Diag::unknown_group, set, '`' + m_[of].name + "` has no role `" + std::string(text(set)) + '`',
               m_[of], known);
  return std::nullopt;
}

bool Resolver::may_domain(const Domain& d, NodeId set, NodeId var, Type wanted, MayArg& out) {
  const Type member = entity_type(domain_kind(d));
  if (!fits(member, wanted)) {
    error(Diag::type_mismatch, span(set),
          "nothing here can be " + article_name(text(set)) + ": the parameter is " + type_name(wanted),
          "write `any`, or " + type_name(wanted));
    return false;
  }
  const bool wider = wanted != poison_type && m_.is_kind(KindId(wanted.id), KindId(member.id));
  out.kind = MayArg::Kind::in_domain;
  out.domain = !d.fact && wider ? Domain{KindId(wanted.id), {}, {}} : d;
  if (!var) return true;
  out.var = add_var(name(var), wider ? wanted : member, span(var));
  return out.var != no_var;
}

// An event that has happened: one of the story by its name, one of a sort, or `any`; of a vote, one that
// proposes this.
bool Resolver::may_event(NodeId value, Type wanted, const std::string& what, MayArg& out) {
  const NodeId sort = kind(value) == NodeKind::Binder ? nth(value, 0) : value;
  const NodeId var = kind(value) == NodeKind::Binder ? nth(value, 1) : NodeId();
  if (kind(value) == NodeKind::NameRef && labels_.contains(std::string(name(value)))) {
    const auto v = event_reference(value, wanted, what);
    out.kind = MayArg::Kind::value;
    out.value = v.value_or(no_value);
    return v.has_value();
  }
  out.kind = MayArg::Kind::occurrence;
  Type named = wanted;
  if (kind(value) != NodeKind::Any && !(var && name(sort) == "event")) {
    const EventTypeId id = may_event_sort(sort, what);
    if (!id) return false;
    const bool of_motion = wanted == event_type(event_propose) && id != event_propose;
    if (!of_motion && !fits(event_type(id), wanted)) {
      error(Diag::type_mismatch, span(sort),
            what + " is " + type_name(wanted) + ", and this is " + type_name(event_type(id)),
            "name one that fits, or write `any`", declared(m_[id].span));
      return false;
    }
    if (!of_motion) named = event_type(id);
    if (of_motion || event_type(id) != wanted) out.event = id;
  }
  if (!var) return true;
  out.var = add_var(name(var), named, span(var));
  return out.var != no_var;
}

EventTypeId Resolver::may_event_sort(NodeId at, const std::string& what) {
  if (kind(at) != NodeKind::NameRef && kind(at) != NodeKind::Name) {
    error(Diag::wrong_sort, span(at), what + " is an event that has happened",
          "name one of the story, the sort of one, or write `any`");
    return {};
  }
  if (const EventTypeId id = m_.find_event(name(at))) return id;
  std::vector<std::string_view> known;
  for (const auto& [label_name, index] : labels_) known.push_back(label_name);
  for (const EventType& e : m_.events) known.push_back(e.name);
  const std::string near = nearest_name(name(at), known);
  error(Diag::unknown_event_label, span(at),
        what + " is an event, and none is called `" + std::string(name(at)) + '`',
        near.empty() ? "name one of the story with `as`, or write `any`" : "did you mean `" + near + "`?", {},
        near);
  return {};
}

}  // namespace casus::model
