// SPDX-License-Identifier: Apache-2.0
// Patterns of events and facts: which argument goes to which parameter, what is bound, what must match.
#include <algorithm>

#include "model/resolver.h"

namespace casus::model {

// ---- variables ----

VarIndex Resolver::add_var(std::string_view word, Type t, Span at) {
  if (!word.empty()) {
    if (const VarIndex before = find_var(word); before != no_var) {
      if (rebinding_ && before >= frame_->act_begin) return before;
      error(Diag::duplicate_variable, at, '`' + std::string(word) + "` already names something here",
            "choose another name", {{frame_->vars[before].span, "first named here"}});
      return no_var;
    }
  }
  if (frame_->vars.size() == max_vars) {
    if (!frame_->overflow) {
      error(Diag::too_many_variables, at, "a clause has at most " + std::to_string(max_vars) + " variables",
            "split it, or name part of it as a derived fact");
    }
    frame_->overflow = true;
    return no_var;
  }
  const auto var = static_cast<VarIndex>(frame_->vars.size());
  frame_->vars.push_back({std::string(word), {}, at});
  frame_->types.push_back(t);
  if (!word.empty()) frame_->visible.push_back({word, var});
  return var;
}

VarIndex Resolver::find_var(std::string_view word) const {
  if (!frame_) return no_var;
  for (size_t i = frame_->visible.size(); i-- > 0;) {
    if (frame_->visible[i].name == word) return frame_->visible[i].var;
  }
  return no_var;
}

// ---- arguments to parameters ----

// `armed_attack(on = UKR)`
bool Resolver::label_with_equals(NodeId value, const std::vector<Param>& params, const Named& of) {
  const NodeId left = nth(value, 0);
  if (kind(value) != NodeKind::Compare || kind(left) != NodeKind::NameRef || operator_of(value) != "=")
    return false;
  const std::string word(name(left));
  const auto same = [&](const Param& p) { return p.label == word; };
  if (std::none_of(params.begin(), params.end(), same) || find_var(word) != no_var ||
      find_entity(left, false))
    return false;
  error(Diag::unknown_entity, span(left),
        '`' + word + "` names a parameter of `" + of.name + "`, and no actor or thing",
        "write `" + word + ": " + std::string(text(nth(value, 1))) + '`');
  return true;
}

// False when an argument finds no place (reported). Of events `by` is filled by its label only.
bool Resolver::slots(NodeId call, const std::vector<Param>& params, bool of_event, const Named& of,
                     Slots& out) {
  out.values.assign(params.size(), NodeId());
  std::vector<NodeId> unlabelled;
  bool good = true;
  const bool propose = of_event && of.name == "propose" && !of.span.valid();
  for (NodeId arg : all(call, NodeKind::Arg)) {
    const NodeId label_node = child(arg, NodeKind::ArgLabel);
    if (!label_node && label_with_equals(last(arg), params, of)) {
      good = false;
      continue;
    }
    if (!label_node) {
      unlabelled.push_back(last(arg));
      continue;
    }
    const std::string_view word = name(label_node);
    if (propose && word == "motion") {
      out.motion = last(arg);
      continue;
    }
    const auto at =
        std::find_if(params.begin(), params.end(), [&](const Param& p) { return p.label == word; });
    if (at == params.end()) {
      std::vector<std::string_view> known;
      for (const Param& p : params) known.push_back(p.label);
      unknown_part(Diag::unknown_label, label_node,
                   '`' + of.name + "` has no parameter `" + std::string(word) + '`', of, known);
      good = false;
      continue;
    }
    NodeId& place = out.values[static_cast<size_t>(at - params.begin())];
    if (place) {
      error(Diag::argument_twice, span(arg), '`' + std::string(word) + "` is given twice",
            "take one of the two away");
      good = false;
    }
    place = last(arg);
  }
  size_t next = 0;
  for (NodeId value : unlabelled) {
    while (next < params.size() && (out.values[next] || (of_event && params[next].label == "by"))) ++next;
    if (next == params.size()) {
      error(Diag::too_many_arguments, span(value), '`' + of.name + "` has no further parameter for this",
            "name its parameter, as in `by: …`", declared(of.span));
      return false;
    }
    out.values[next++] = value;
  }
  return good;
}

// ---- patterns of events ----

PatternId Resolver::pattern(NodeId n, Mode mode) {
  const EventTypeId e = event(child(n, NodeKind::Name));
  return e ? pattern_of(e, n, mode) : PatternId();
}

// n: a Pattern or Call with the arguments.
PatternId Resolver::pattern_of(EventTypeId id, NodeId n, Mode mode) {
  const std::vector<Param> params = m_[id].params;
  Slots given;
  if (!slots(n, params, true, m_[id], given)) return {};
  Pattern p;
  p.event = id;
  p.span = span(n);
  std::vector<size_t> rest;
  bool good = bind_args(params, given, mode, p.args, rest);
  if (given.motion) {
    p.content = content_pattern(given.motion, mode);
    good = good && p.content;
  }
  if (!match_args(params, given, rest, p.args) || !good) return {};
  m_.patterns.push_back(std::move(p));
  return PatternId(m_.patterns.size() - 1);
}

// The motion of `propose`: an event with or without arguments.
PatternId Resolver::content_pattern(NodeId n, Mode mode) {
  if (kind(n) == NodeKind::Call || kind(n) == NodeKind::NameRef) {
    const EventTypeId e = event(n);
    return e ? pattern_of(e, n, mode) : PatternId();
  }
  error(Diag::wrong_sort, span(n), "a motion is an event, and this is none",
        "write `motion: measures(on: attack)`");
  return {};
}

// First what is bound, then what must match: a match may use any variable of the pattern. `rest`: the
// parameters to match.
bool Resolver::bind_args(const std::vector<Param>& params, const Slots& given, Mode mode,
                         std::vector<PatternArg>& out, std::vector<size_t>& rest) {
  out.assign(params.size(), PatternArg());
  bool good = true;
  std::vector<size_t> order;
  for (size_t i = 0; i < params.size(); ++i) {
    if (given.values[i]) order.push_back(i);
  }
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return span(given.values[a]).begin < span(given.values[b]).begin; });
  for (size_t i : order) {
    bool bound = false;
    good = bind_arg(given.values[i], params[i], mode, out[i], bound) && good;
    if (!bound) rest.push_back(i);
  }
  if (mode == Mode::binds) frame_->bound = static_cast<VarIndex>(frame_->vars.size());
  return good;
}

bool Resolver::match_args(const std::vector<Param>& params, const Slots& given,
                          const std::vector<size_t>& rest, std::vector<PatternArg>& out) {
  bool good = true;
  for (size_t i : rest) {
    const ExprId e = expr(given.values[i], params[i].type);
    out[i].mode = ArgMode::match;
    out[i].match = e;
    good = expect_type(e, params[i].type, span(given.values[i]), "`" + params[i].label + '`') && good;
  }
  return good;
}

// `any`, `state s`, or a bare kind, role or group (somebody of it). Else `bound` stays false and nothing is
// said.
bool Resolver::bind_arg(NodeId value, const Param& param, Mode mode, PatternArg& out, bool& bound) {
  NodeId set = value, var;
  if (kind(value) == NodeKind::Any) return bound = true;
  if (kind(value) == NodeKind::Binder) {
    set = nth(value, 0);
    var = nth(value, 1);
  } else if (kind(value) != NodeKind::NameRef || param.type.kind != TypeKind::entity ||
             find_var(name(value)) != no_var || find_entity(value, false) || !find_domain(value, false)) {
    return true;
  }
  bound = true;
  if (mode != Mode::past) return bind(set, var, param.type, out);
  error(Diag::cannot_bind_here, span(value), "what has happened is asked of somebody named",
        "name whom it is about, or write `any`");
  return false;
}

bool Resolver::bind(NodeId set, NodeId var, Type param_type, PatternArg& out) {
  out.mode = ArgMode::bind;
  Type type = param_type;
  if (param_type.kind != TypeKind::entity) {
    const auto t = named_type(set, param_type);
    if (!t) return false;
    type = *t;
  } else {
    const auto d = find_domain(set, true);
    if (!d) return false;
    const Type member = entity_type(domain_kind(*d));
    if (!fits(member, param_type)) {
      error(Diag::type_mismatch, span(set),
            "nothing here can be " + article_name(name(set)) + ": the parameter is " + type_name(param_type),
            "write `any`, or `" + type_word(param_type) + "` and a name for it");
      return false;
    }
    const bool wider = m_.is_kind(KindId(param_type.id), KindId(member.id));
    if (d->fact || !wider) out.filter = *d;
    if (!wider) type = member;
  }
  out.var = add_var(name(var), type, span(var ? var : set));
  return out.var != no_var;
}

// The type that a binder gives to what is no actor or thing: `event attack`, `armed_attack attack`, `count
// n`.
std::optional<Type> Resolver::named_type(NodeId set, Type param_type) {
  const std::string word(name(set));
  if (param_type.kind == TypeKind::event && word != "event") {
    const EventTypeId e = event(set);
    if (!e) return std::nullopt;
    if (param_type == event_type(e)) return param_type;
    if (param_type == event_type(EventTypeId())) {
      error(Diag::event_type_unknown, span(set), "the parameter may be any event, not only `" + word + '`',
            "declare the parameter as `event " + word + "`; as it is, only `event` and a name can stand here",
            {}, "event");
      return std::nullopt;
    }
  } else if (word == type_word(param_type)) {
    return param_type;
  }
  error(Diag::type_mismatch, span(set),
        "nothing here can be " + article_name(word) + ": the parameter is " + type_name(param_type),
        "write `any`, or `" + type_word(param_type) + "` and a name for it");
  return std::nullopt;
}

// As a binder names it: any event is `event`.
std::string Resolver::type_word(Type t) const {
  if (t.kind == TypeKind::event) return "event";
  return t == poison_type ? "thing" : m_.type_words(t);
}

// ---- patterns of facts ----

// In a trigger: parameters that are not given match anything; the instrument of `party` is the one at hand.
std::optional<FactPattern> Resolver::fact_pattern(NodeId n) {
  const FactId id = fact(child(n, NodeKind::Name));
  if (!id) return std::nullopt;
  if (m_[id].role == FactRole::derived) {
    error(Diag::derived_not_changed, span(n),
          '`' + m_[id].name + "` follows from other facts, and nobody sees it begin or end",
          "write `once " + m_[id].name + "(…)`", declared(m_[id].span));
    return std::nullopt;
  }
  const std::vector<Param> params = m_[id].params;
  Slots given;
  if (!slots(n, params, false, m_[id], given)) return std::nullopt;
  FactPattern p;
  p.fact = id;
  std::vector<size_t> rest;
  const bool bound = bind_args(params, given, Mode::binds, p.args, rest);
  if (!match_args(params, given, rest, p.args) || !bound) return std::nullopt;
  if (id == fact_party && !given.values[1] && instrument_) {
    p.args[1].mode = ArgMode::match;
    p.args[1].match = entity_constant(m_[instrument_].entity, span(n));
  }
  return p;
}

}  // namespace casus::model
