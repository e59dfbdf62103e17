// SPDX-License-Identifier: Apache-2.0
// Conditions over sets, facts called by name, and what has happened.
#include "model/resolver.h"

namespace casus::model {

// some | no | every | count of: a set, perhaps a name for its member, conditions.
ExprId Resolver::quantifier(NodeId n) {
  const auto d = find_domain(child(n, NodeKind::Name), true);
  if (!d) return {};
  Frame local;  // where no clause is at hand: a fact given, a constant
  Frame* const outer = frame_;
  if (!frame_) frame_ = &local;
  const size_t before = frame_->visible.size();
  const NodeId var_node = child(n, NodeKind::VarName);
  const VarIndex var = add_var(name(var_node), entity_type(domain_kind(*d)), span(var_node ? var_node : n));
  if (var == no_var) {  // what is said of it would repeat one cause
    frame_ = outer;
    return {};
  }
  const auto index = static_cast<uint32_t>(m_.quantifiers.size());
  m_.quantifiers.push_back({var, *d});
  const auto where = [this](NodeId w) { return condition(last(w)); };
  ExprId out;
  switch (kind(n)) {
    case NodeKind::Some:
      out = make(Op::some, truth_type, span(n), {condition(last(n))}, index);
      break;
    case NodeKind::None:
      out = make(Op::logical_not, truth_type, span(n),
                 {make(Op::some, truth_type, span(n), {condition(last(n))}, index)});
      break;
    case NodeKind::Every: {
      const NodeId w = child(n, NodeKind::Where);
      const ExprId asked = w ? where(w) : make_constant(truth_type, 1, span(n));
      out = make(Op::every, truth_type, span(n), {asked, condition(last(n))}, index);
      break;
    }
    default: {
      const NodeId w = child(n, NodeKind::Where);
      out = w ? make(Op::count, count_type, span(n), {where(w)}, index)
              : make(Op::count, count_type, span(n), {}, index);
    }
  }
  frame_->visible.resize(before);
  frame_ = outer;
  return out;
}

ExprId Resolver::fact_of(FactId id, std::vector<ExprId> args, Span at) {
  return make(Op::fact, m_[id].result, at, std::move(args), id.value);
}

ExprId Resolver::call(NodeId n) {
  const NodeId leaf = name_node(n);
  if (m_.find_event(text(leaf)) && !find_fact(leaf, false)) {
    error(Diag::wrong_sort, span(leaf),
          '`' + std::string(text(leaf)) + "` is an event, and a condition or value is wanted here",
          "write `happened " + std::string(text(leaf)) + "(…)`",
          declared(m_[m_.find_event(text(leaf))].span));
    return {};
  }
  if (exploration_ && is_verdict(text(leaf)) && !find_fact(leaf, false)) {
    error(Diag::property_form, span(n), '`' + std::string(text(leaf)) + "` is a verdict, and no condition",
          "it stands alone, with labels, as in `never breach(by: UKR)`");
    return {};
  }
  const FactId id = fact(leaf);
  if (!id) return {};
  auto args = fact_args(id, n);
  return args ? fact_of(id, std::move(*args), span(n)) : ExprId();
}

// Every parameter's value; `party(s)` inside an instrument is of that instrument.
std::optional<std::vector<ExprId>> Resolver::fact_args(FactId id, NodeId call) {
  const std::vector<Param> params = m_[id].params;
  const Named of = m_[id];
  Slots slots;
  if (!this->slots(call, params, false, of, slots)) return std::nullopt;
  std::vector<ExprId> out;
  bool good = true;
  for (size_t i = 0; i < params.size(); ++i) {
    const NodeId value = slots.values[i];
    ExprId e;
    if (value && (kind(value) == NodeKind::Binder || kind(value) == NodeKind::Any)) {
      error(Diag::cannot_bind_here, span(value),
            "a condition about `" + of.name + "` needs its `" + params[i].label + "` named",
            "for anybody write `some actor x where " + of.name + "(…)`");
    } else if (value) {
      e = expr(value, params[i].type);
      if (!expect_type(e, params[i].type, span(value), "the `" + params[i].label + "` of `" + of.name + '`'))
        e = {};
    } else if (id == fact_party && i == 1) {
      e = entity_constant(this_instrument(call, "`party` of one", "say of which, as in `party(s, NATO)`"),
                          span(call));
    } else {
      error(Diag::missing_argument, span(call),
            '`' + of.name + "` is asked without its `" + params[i].label + '`',
            "add `" + params[i].label + ": …`", declared(of.span));
    }
    good = good && e;
    out.push_back(e);
  }
  return good ? std::optional(std::move(out)) : std::nullopt;
}

// `a within b`: a fact of two places between them.
ExprId Resolver::infix(NodeId n) {
  const NodeId word = child(n, NodeKind::InfixName);
  const ExprId a = expr(nth(n, 0));
  const FactId id = find_fact(word, false);
  if (!id) {  // also a misspelt keyword is read as a fact's name
    std::vector<std::string_view> known = known_facts();
    for (std::string_view w :
         {"within", "promptly", "while", "until", "unless", "from", "owed", "otherwise", "shall"})
      known.push_back(w);
    return unknown(Diag::unknown_fact, word, "fact", known), ExprId();
  }
  const Fact& f = m_[id];
  if (f.params.size() != 2) {
    error(Diag::wrong_sort, span(word),
          '`' + f.name + "` is a fact of " + std::to_string(f.params.size()) +
              " things, and between two stands a fact of two",
          "write `" + f.name + "(…)`", declared(f.span));
    return {};
  }
  const std::vector<Param> params = f.params;
  const std::string of = "` of `" + f.name + '`';
  const ExprId b = expr(last(n), params[1].type);
  const bool first = expect_type(a, params[0].type, span(nth(n, 0)), "the `" + params[0].label + of);
  const bool second = expect_type(b, params[1].type, span(last(n)), "the `" + params[1].label + of);
  return first && second ? fact_of(id, {a, b}, span(n)) : ExprId();
}

ExprId Resolver::happened(NodeId n) {
  const PatternId p = pattern(child(n, NodeKind::Pattern), Mode::past);
  Value within = no_value;
  if (const NodeId w = child(n, NodeKind::Within)) {
    const auto d = duration(child(w, NodeKind::Duration));
    if (!d) return {};
    if (d->months != 0) {
      error(Diag::calendar_duration, span(w), "a month is no fixed length of time to look back",
            "count in days, as in `180 days`");
      return {};
    }
    within = d->ms;
  }
  return p ? make(Op::happened, truth_type, span(n), {}, p.value, within) : ExprId();
}

ExprId Resolver::has_decided(NodeId n) {
  const ExprId who = expr(nth(n, 0), entity_type(kind_body));
  const PatternId p = pattern(child(n, NodeKind::Pattern), Mode::past);
  if (!who || !p) return {};
  const Expr& e = m_[who];
  if (e.op != Op::constant || e.type.kind != TypeKind::entity ||
      !m_.entities[static_cast<size_t>(e.value)].body) {
    error(Diag::not_a_body, span(nth(n, 0)), "only a body decides", "name a body declared with `body`");
    return {};
  }
  if (!decidable(p, span(child(n, NodeKind::Pattern)))) return {};
  m_.patterns[p.index()].decided = true;
  m_.patterns[p.index()].decided_by = EntityId(static_cast<size_t>(e.value));
  return make(Op::happened, truth_type, span(n), {}, p.value, no_value);
}

ExprId Resolver::reading_is(NodeId n) {
  const ReadingId id = reading(nth(n, 0));
  if (!id) return {};
  const auto option = reading_option(id, nth(n, 1));
  return option ? make(Op::reading, truth_type, span(n), {}, id.value, *option) : ExprId();
}

}  // namespace casus::model
