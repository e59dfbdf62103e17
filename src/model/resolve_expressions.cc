// SPDX-License-Identifier: Apache-2.0
// Conditions and values.
#include "model/resolver.h"

namespace casus::model {

namespace {
constexpr int depth_limit = 300;      // of nested conditions: engines evaluate them by recursion
constexpr int range_limit = 4;        // of ranges whose value asks for a range
constexpr size_t width_limit = 1000;  // of one chain of `and` or `or`
}  // namespace

ExprId Resolver::make(Op op, Type t, Span at, std::vector<ExprId> args, uint32_t a, Value value) {
  for (ExprId arg : args) {
    if (!arg) return {};  // what is made of a thing that was reported is not reported again
  }
  Expr e;
  e.op = op;
  e.type = t;
  e.a = a;
  e.value = value;
  e.args = std::move(args);
  e.span = at;
  m_.exprs.push_back(std::move(e));
  return ExprId(m_.exprs.size() - 1);
}

ExprId Resolver::make_var(VarIndex var, Span at) {
  return var == no_var ? ExprId() : make(Op::var, frame_->types[var], at, {}, var);
}

ExprId Resolver::entity_constant(EntityId id, Span at) {
  return id ? make_constant(entity_type(m_[id].kind), id.value, at) : ExprId();
}

ExprId Resolver::both(ExprId a, ExprId b) {
  if (!a || !b) return a ? a : b;
  return make(Op::logical_and, truth_type, m_[b].span, {a, b});
}

ExprId Resolver::condition(NodeId n) {
  const ExprId e = expr(n, truth_type);
  if (!e || m_[e].type == truth_type) return e;
  not_a_condition(n, e, {});
  return {};
}

// `before`: what it is joined with by `and` or `or`.
void Resolver::not_a_condition(NodeId n, ExprId e, NodeId before) {
  const Type t = m_[e].type;
  std::string remedy = "compare it, as in `x = " + std::string(text(n)) + '`';
  if (kind(before) == NodeKind::Compare && operator_of(before) == "=") {
    remedy = "write `" + std::string(text(nth(before, 0))) + " = " + std::string(text(n)) + '`';
  } else if (t.kind == TypeKind::event) {
    remedy = "write `happened …`";
  }
  error(Diag::not_a_condition, span(n), "a condition is wanted here, and this is " + type_name(t),
        std::move(remedy));
}

ExprId Resolver::actor(NodeId n, std::string_view what) {
  const ExprId e = expr(n, entity_type(kind_actor));
  return expect_type(e, entity_type(kind_actor), span(n), what) ? e : ExprId();
}

void Resolver::too_deep(NodeId n) {
  if (!depth_reported_) {
    const syntax::Token& first = tree().tokens[tree()[n].first_token];  // the whole may be the file
    error(Diag::expression_too_deep, {tree().source, first.begin, first.end},
          "the condition is too long to be followed", "name parts of it as derived facts");
  }
  depth_reported_ = true;
}

ExprId Resolver::expr(NodeId n, std::optional<Type> wanted) {
  if (depth_ == 0) depth_reported_ = false;
  if (depth_ == depth_limit) return too_deep(n), ExprId();
  ++depth_;
  const ExprId e = expr_at_depth(n, wanted);
  --depth_;
  return e;
}

ExprId Resolver::expr_at_depth(NodeId n, std::optional<Type> wanted) {
  switch (kind(n)) {
    case NodeKind::Paren:
      return expr(nth(n, 0), wanted);
    case NodeKind::Or:
      return junction(n, Op::logical_or);
    case NodeKind::And:
      return junction(n, Op::logical_and);
    case NodeKind::Not:
      return make(Op::logical_not, truth_type, span(n), {condition(nth(n, 0))});
    case NodeKind::True:
      return make_constant(truth_type, 1, span(n));
    case NodeKind::False:
      return make_constant(truth_type, 0, span(n));
    case NodeKind::Compare:
      return compare(n);
    case NodeKind::In:
      return in_domain(n, nth(n, 0), nth(n, 1), false);
    case NodeKind::IsKind:
      return in_domain(n, nth(n, 0), child(n, NodeKind::Name), child(n, NodeKind::NotWord).valid());
    case NodeKind::InRange:
      return in_range(n);
    case NodeKind::Infix:
      return infix(n);
    case NodeKind::HasDecided:
      return has_decided(n);
    case NodeKind::Add:
      return arithmetic(n, Op::add);
    case NodeKind::Sub:
      return arithmetic(n, Op::sub);
    case NodeKind::Mul:
      return arithmetic(n, Op::mul);
    case NodeKind::Div:
      return arithmetic(n, Op::div);
    case NodeKind::Neg:
      return negative(n);
    case NodeKind::Field:
      return field(n);
    case NodeKind::PercentOf:
      return percent(n);
    case NodeKind::Quantity:
      return quantity(n);
    case NodeKind::Number: {
      const auto number = whole(n);
      return number ? make_constant(count_type, *number, span(n)) : ExprId();
    }
    case NodeKind::String:
      return make_constant(text_type, intern(syntax::string_value(text(n))).value, span(n));
    case NodeKind::Instant: {
      const auto w = instant_of(n);
      return w ? make_constant(instant_type, w->at.ms, span(n)) : ExprId();
    }
    case NodeKind::Some:
    case NodeKind::None:
    case NodeKind::Every:
    case NodeKind::CountOf:
      return quantifier(n);
    case NodeKind::Happened:
      return happened(n);
    case NodeKind::ReadingIs:
      return reading_is(n);
    case NodeKind::Call:
      return call(n);
    case NodeKind::NameRef:
      return name_ref(n, wanted);
    case NodeKind::TallyFrom:
    case NodeKind::TallyWeight:
      error(Diag::not_a_tally, span(n), "votes are counted in the rules of a body only",
            "write a `rule` in the body");
      return {};
    default:
      return {};
  }
}

// ---- names ----

ExprId Resolver::name_ref(NodeId n, std::optional<Type> wanted) {
  const NodeId leaf = name_node(n);
  const std::string_view word = text(leaf);
  VarIndex v = find_var(word);
  if (v == no_var && word == "it") v = frame_ ? frame_->it : no_var;
  if (v != no_var && word == "it" && frame_->act_hidden && v >= frame_->act_begin && v < frame_->act_end)
    v = no_var;
  if (v != no_var) {
    if (!frame_->act_hidden || v < frame_->act_begin || v >= frame_->act_end) return make_var(v, span(n));
    error(Diag::act_variable_early, span(n), '`' + std::string(word) + "` is known only when the act is done",
          "ask for it in the `where` after the act");
    return {};
  }
  if (word == "it") {
    error(Diag::nothing_for_it, span(n), "there is no event here that `it` could mean",
          std::string(frame_ ? frame_->no_it : Frame().no_it));
    return {};
  }
  if (word == "this")
    return entity_constant(this_instrument(leaf, "`this`", "name the instrument meant, as in `NATO`"),
                           span(n));
  if (word == "now") return make(Op::now, instant_type, span(n));
  if (wanted && wanted->kind == TypeKind::category) {
    if (const ExprId e = category_value(n, wanted, false)) return e;
  }
  if (const EntityId id = find_entity(leaf, false)) return entity_constant(id, span(n));
  if (values_.contains(std::string(word))) return category_value(n, wanted, true);
  if (const FactId f = find_fact(leaf, false); f && m_[f].params.empty()) return fact_of(f, {}, span(n));
  if (bodies_.contains(std::string(word))) return entity(leaf), ExprId();  // says that it is ambiguous
  if (const ChoiceId c = find_choice(leaf, false)) {
    error(Diag::wrong_sort, span(n), '`' + std::string(word) + "` is a choice, and its option is asked for",
          "write `" + std::string(word) + " = " + first_option(c) + '`', declared(m_[c].span));
    return {};
  }
  std::vector<std::string_view> known = known_entities();
  for (const auto& [value, categories] : values_) known.push_back(value);
  for (std::string_view choice : known_choices()) known.push_back(choice);
  unknown(Diag::unknown_entity, leaf, "actor or thing", known);
  return {};
}

ExprId Resolver::category_value(NodeId n, std::optional<Type> wanted, bool report) {
  const NodeId leaf = name_node(n);
  const auto it = values_.find(std::string(text(leaf)));
  if (it == values_.end()) return {};
  for (const auto& [category, value] : it->second) {
    if (wanted && wanted->kind == TypeKind::category && wanted->id == category.value) {
      return make_constant(*wanted, value, span(n));
    }
  }
  if (!report) return {};
  const auto [category, value] = it->second.front();
  if (it->second.size() == 1) return make_constant({TypeKind::category, category.value}, value, span(n));
  ambiguous(leaf, "value", "compare it with something of its category", m_[category].values[value].span,
            m_[it->second[1].first].values[it->second[1].second].span);
  return {};
}

// ---- truths ----

ExprId Resolver::junction(NodeId n, Op op) {
  if (children(n).size() > width_limit) return too_deep(n), ExprId();
  std::vector<ExprId> args;
  bool whole_one = true, said = false;
  NodeId before;
  for (NodeId part : children(n)) {
    args.push_back(expr(part, truth_type));
    if (args.back() && m_[args.back()].type != truth_type) {
      if (!said) not_a_condition(part, args.back(), before);
      said = true;
      args.back() = {};
    }
    whole_one = whole_one && args.back();
    before = part;
  }
  return whole_one ? make(op, truth_type, span(n), std::move(args)) : ExprId();
}

std::string_view Resolver::operator_of(NodeId n) const {
  const syntax::Token& op = tree().tokens[tree()[nth(n, 0)].end_token];
  return sources_.slice({tree().source, op.begin, op.end});
}

// A bare name whose category only the other side of a comparison can tell.
bool Resolver::known_by_value_only(NodeId n) {
  return kind(n) == NodeKind::NameRef && find_var(name(n)) == no_var && !find_entity(n, false) &&
         values_.contains(std::string(name(n)));
}

ExprId Resolver::compare(NodeId n) {
  const NodeId left = nth(n, 0), right = nth(n, 1);
  if (const ChoiceId c = asked_choice(left)) return chosen(c, n);
  const auto type_of = [this](ExprId e) { return e ? std::optional(m_[e].type) : std::nullopt; };
  ExprId a, b;
  if (known_by_value_only(left)) {
    b = expr(right);
    a = b ? expr(left, type_of(b)) : ExprId();
  } else {
    a = expr(left);
    b = a ? expr(right, type_of(a)) : (expr(right), ExprId());
  }
  if (!a || !b) return {};
  const std::string_view op = operator_of(n);
  const bool equality = op == "=" || op == "!=";
  const Type t = m_[a].type, u = m_[b].type;
  if (!expr_fits(a, u) || !expr_fits(b, t)) {
    const bool units = t.kind == TypeKind::quantity && u.kind == TypeKind::quantity;
    error(units ? Diag::units_differ : Diag::type_mismatch, span(n),
          type_name(t) + " is compared with " + type_name(u),
          t.kind == u.kind && t.kind == TypeKind::entity ? "no thing is both" : remedy_for(t));
    return {};
  }
  const bool ordered =
      t.kind == TypeKind::count || t.kind == TypeKind::quantity || t.kind == TypeKind::instant;
  if (!equality && !ordered) {
    error(Diag::type_mismatch, span(n), type_name(t) + " is neither more nor less than another",
          "compare with `=` or `!=`");
    return {};
  }
  const Op which = op == "="    ? Op::eq
                   : op == "!=" ? Op::ne
                   : op == "<"  ? Op::lt
                   : op == "<=" ? Op::le
                   : op == ">"  ? Op::gt
                                : Op::ge;
  return make(which, truth_type, span(n), {a, b});
}

ExprId Resolver::member(ExprId subject, const Domain& d, Span at) {
  if (!d.fact) return make(Op::is_kind, truth_type, at, {subject}, d.kind.value);
  std::vector<ExprId> args{subject};
  if (d.second) args.push_back(entity_constant(d.second, at));
  return make(Op::fact, truth_type, at, std::move(args), d.fact.value);
}

// `x in P5`, `x is state`, `x is not state`.
ExprId Resolver::in_domain(NodeId n, NodeId subject, NodeId domain_name, bool negated) {
  const ExprId e = expr(subject);
  if (kind(domain_name) != NodeKind::NameRef && kind(domain_name) != NodeKind::Name) {
    error(Diag::wrong_sort, span(domain_name),
          "after `in` stands a kind, a role, a group, or a range such as `500 km .. 5500 km`",
          "for one of several write `x = A or x = B`, or declare a group");
    return {};
  }
  if (find_var(name(domain_name)) != no_var || find_entity(domain_name, false)) {
    const std::string word(name(domain_name));
    error(Diag::wrong_sort, span(domain_name),
          '`' + word + "` is one thing, and a kind, role or group is wanted here",
          "write `" + std::string(text(subject)) + (negated ? " != " : " = ") + word + '`');
    return {};
  }
  const auto d = find_domain(domain_name, true);
  if (!e || !d || !expect_type(e, entity_type(domain_kind(*d)), span(subject), "what is asked for here"))
    return {};
  const ExprId is = member(e, *d, span(n));
  return negated ? make(Op::logical_not, truth_type, span(n), {is}) : is;
}

// The value stands in two comparisons, so that ranges inside ranges would double at every level.
ExprId Resolver::in_range(NodeId n) {
  if (ranges_ == range_limit) return too_deep(n), ExprId();
  ++ranges_;
  const ExprId x = expr(nth(n, 0));
  --ranges_;
  const ExprId low = expr(nth(n, 1)), high = expr(nth(n, 2));
  if (!x || !low || !high) return {};
  const Type t = m_[x].type;
  if (t.kind != TypeKind::count && t.kind != TypeKind::quantity && t.kind != TypeKind::instant) {
    error(Diag::type_mismatch, span(nth(n, 0)), type_name(t) + " lies in no range",
          "ask for `=`, or for membership of a group");
    return {};
  }
  if (!expect_type(low, t, span(nth(n, 1)), "the lower end") ||
      !expect_type(high, t, span(nth(n, 2)), "the upper end"))
    return {};
  return make(Op::logical_and, truth_type, span(n),
              {make(Op::ge, truth_type, span(n), {x, low}), make(Op::le, truth_type, span(n), {x, high})});
}

// ---- parts ----

ExprId Resolver::field(NodeId n) {
  const NodeId of = nth(n, 0), part = nth(n, 1);
  if (const ChoiceId c = asked_choice(of)) return chosen_number(c, n);
  if (kind(of) == NodeKind::NameRef && find_var(name(of)) == no_var) {
    const std::string full = std::string(name(of)) + '.' + std::string(name(part));
    if (const EntityId body = m_.find_entity(full)) return entity_constant(body, span(n));
  }
  const ExprId e = expr(of);
  if (!e) return {};
  if (m_[e].type.kind == TypeKind::event) return field_of_event(e, n);
  if (m_[e].type.kind != TypeKind::entity) {
    error(Diag::unknown_field, span(part), type_name(m_[e].type) + " has no parts",
          "`.` follows an event, an actor or a thing");
    return {};
  }
  const FactId f = fact(part);
  if (!f) return {};
  if (m_[f].params.size() != 1) {
    error(Diag::unknown_field, span(part),
          '`' + m_[f].name + "` is asked of " + std::to_string(m_[f].params.size()) + " things, not of one",
          "write `" + m_[f].name + "(…)`", declared(m_[f].span));
    return {};
  }
  if (!expect_type(e, m_[f].params[0].type, span(of), "`" + m_[f].name + "` is asked of what")) return {};
  return fact_of(f, {e}, span(n));
}

ExprId Resolver::field_of_event(ExprId of, NodeId n) {
  const NodeId part = nth(n, 1);
  const std::string_view label = name(part);
  const EventTypeId id(m_[of].type.id);
  if (!id) {
    if (label == "time") return occurrence_part(of, Op::event_time, 0, instant_type, span(n));
    error(Diag::event_type_unknown, span(nth(n, 0)),
          "which event this is, and so whether it has `" + std::string(label) + "`, is open",
          "declare the parameter as `event armed_attack` or the like");
    return {};
  }
  const EventType& e = m_[id];
  std::vector<std::string_view> known{"time"};
  for (uint32_t i = 0; i < e.params.size(); ++i) {
    if (e.params[i].label == label) return occurrence_part(of, Op::event_field, i, e.params[i].type, span(n));
    known.push_back(e.params[i].label);
  }
  if (label == "time") return occurrence_part(of, Op::event_time, 0, instant_type, span(n));
  const std::string near = nearest_name(label, known);
  error(Diag::unknown_field, span(part), '`' + e.name + "` has no parameter `" + std::string(label) + '`',
        near.empty() ? "" : "did you mean `" + near + "`?", declared(e.span), near);
  return {};
}

// An occurrence that is at hand when its pattern matches can be read then; any other must be remembered.
ExprId Resolver::occurrence_part(ExprId of, Op op, uint32_t param, Type t, Span at) {
  const Expr& e = m_[of];
  bool captured = false;
  for (VarIndex v : frame_ ? frame_->captured : std::vector<VarIndex>())
    captured |= e.op == Op::var && e.a == v;
  const EventTypeId id(e.type.id);
  if (!captured && id) m_.events[id.index()].remembered = true;
  if (!captured && !id) {
    for (EventType& any : m_.events) any.remembered = true;  // its instant only, but nobody knows of which
  }
  return make(op, t, at, {of}, param);
}

}  // namespace casus::model
