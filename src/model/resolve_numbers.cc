// SPDX-License-Identifier: Apache-2.0
// Reckoning with numbers and quantities: which units come out.
#include "model/resolver.h"

namespace casus::model {

ExprId Resolver::arithmetic(NodeId n, Op op) {
  const ExprId a = expr(nth(n, 0)), b = expr(nth(n, 1));
  if (!a || !b) return {};
  const Type t = m_[a].type, u = m_[b].type;
  const auto number = [](Type x) { return x.kind == TypeKind::count || x.kind == TypeKind::quantity; };
  if (!number(t) || !number(u)) {
    const Type odd = number(t) ? u : t;
    error(Diag::type_mismatch, span(number(t) ? nth(n, 1) : nth(n, 0)),
          "numbers are wanted here, and this is " + type_name(odd),
          odd.kind == TypeKind::instant
              ? "a length of time stands in `within`, `after` or `happened … within`"
              : remedy_for(count_type));
    return {};
  }
  std::optional<Type> out;
  if (op == Op::add || op == Op::sub) {
    if (t == u) out = t;
  } else if (op == Op::mul) {
    if (t == count_type)
      out = u;
    else if (u == count_type)
      out = t;
  } else {
    if (t == u)
      out = count_type;
    else if (u == count_type)
      out = t;
  }
  if (!out) {
    const std::string_view verb = op == Op::add   ? " and "
                                  : op == Op::sub ? " less "
                                  : op == Op::mul ? " times "
                                                  : " divided by ";
    error(Diag::units_differ, span(n), type_name(t) + std::string(verb) + type_name(u) + " has no unit",
          "add and compare what has one unit; multiply and divide by plain numbers");
    return {};
  }
  return make(op, *out, span(n), {a, b});
}

ExprId Resolver::negative(NodeId n) {
  const ExprId e = expr(nth(n, 0));
  if (!e) return {};
  const Type t = m_[e].type;
  if (t.kind != TypeKind::count && t.kind != TypeKind::quantity) {
    error(Diag::type_mismatch, span(n), "a number is wanted after `-`, and this is " + type_name(t),
          remedy_for(count_type));
    return {};
  }
  if (m_[e].op == Op::constant) return make_constant(t, -m_[e].value, span(n));
  return make(Op::neg, t, span(n), {e});
}

// 55 % of x, rounded down as all division is.
ExprId Resolver::percent(NodeId n) {
  const auto share = decimal(nth(n, 0));
  const ExprId e = expr(nth(n, 1));
  if (!share || !e) return {};
  int64_t hundred = 100;
  for (int i = 0; i < share->scale; ++i) {
    const auto more = times(hundred, 10);
    if (!more) {
      error(Diag::number_too_large, span(nth(n, 0)), "the share has too many decimals", "round it");
      return {};
    }
    hundred = *more;
  }
  const Type t = m_[e].type;
  if (t.kind != TypeKind::count && t.kind != TypeKind::quantity) {
    error(Diag::type_mismatch, span(nth(n, 1)), "a share is taken of a number, and this is " + type_name(t),
          remedy_for(count_type));
    return {};
  }
  const ExprId product = make(Op::mul, t, span(n), {e, make_constant(count_type, share->mantissa, span(n))});
  return make(Op::div, t, span(n), {product, make_constant(count_type, hundred, span(n))});
}

ExprId Resolver::quantity(NodeId n) {
  const NodeId number = nth(n, 0), unit = nth(n, 1);
  const std::string word(name(unit));
  if (const auto it = units_.find(word); it != units_.end()) {
    const UnitRef u = it->second;
    const auto value = in_units(number, u.factor, span(n), m_[u.quantity].units.front().name);
    return value ? make_constant({TypeKind::quantity, u.quantity.value}, *value, span(n)) : ExprId();
  }
  if (is_time_unit(word)) {
    error(Diag::duration_as_value, span(n), "a length of time is not compared or reckoned with",
          "it stands after `within`, `after`, or `happened … within`");
    return {};
  }
  std::vector<std::string_view> known;
  for (const auto& [u, ref] : units_) known.push_back(u);
  unknown(Diag::unknown_unit, unit, "unit", known);
  return {};
}

}  // namespace casus::model
