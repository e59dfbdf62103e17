// SPDX-License-Identifier: Apache-2.0
#include "model/describe.h"

#include <fmt/format.h>

#include <array>

#include "model/describer.h"

namespace casus::model {

// ---- conditions ----

std::string Describer::var(VarIndex v) const {
  if (v == no_var) return "?";
  if (vars_ && v < vars_->size() && !(*vars_)[v].name.empty()) return (*vars_)[v].name;
  return fmt::format("${}", v);
}

std::string Describer::domain(const Domain& d) const {
  if (d.fact && d.second) return fmt::format("{}({})", m_[d.fact].name, m_[d.second].name);
  if (d.fact) return m_[d.fact].name;
  return d.kind ? m_[d.kind].name : "?";
}

std::string Describer::list(const std::vector<ExprId>& args, std::string_view between) const {
  std::string out;
  for (ExprId a : args) out += (out.empty() ? "" : std::string(between)) + expr(a);
  return out;
}

std::string Describer::quantifier(const Expr& e, std::string_view word) const {
  const Quantifier& q = m_.quantifiers[e.a];
  std::string out = fmt::format("({} {} {}", word, domain(q.domain), var(q.var));
  if (!e.args.empty()) out += " where " + expr(e.args[0]);
  if (e.args.size() > 1) out += " has " + expr(e.args[1]);
  return out + ')';
}

std::string Describer::expr(ExprId id) const {
  if (!id) return "?";
  const Expr& e = m_[id];
  constexpr std::array<std::string_view, 6> comparisons{"=", "!=", "<", "<=", ">", ">="};
  const auto binary = [&](std::string_view op) {
    return fmt::format("({})", list(e.args, fmt::format(" {} ", op)));
  };
  switch (e.op) {
    case Op::constant:
      return m_.show(e.value, e.type);
    case Op::var:
      return var(static_cast<VarIndex>(e.a));
    case Op::event_field: {
      const Type t = m_[e.args[0]].type;
      return expr(e.args[0]) + '.' + m_.events[t.id].params[e.a].label;
    }
    case Op::event_time:
      return expr(e.args[0]) + ".time";
    case Op::now:
      return "now";
    case Op::fact:
      return fmt::format("{}({})", m_.facts[e.a].name, list(e.args, ", "));
    case Op::is_kind:
      return fmt::format("({} is {})", expr(e.args[0]), m_.kinds[e.a].name);
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      return binary(comparisons[static_cast<size_t>(e.op) - static_cast<size_t>(Op::eq)]);
    case Op::logical_and:
      return binary("and");
    case Op::logical_or:
      return binary("or");
    case Op::logical_not:
      return "not " + expr(e.args[0]);
    case Op::add:
      return binary("+");
    case Op::sub:
      return binary("-");
    case Op::mul:
      return binary("*");
    case Op::div:
      return binary("/");
    case Op::neg:
      return "-" + expr(e.args[0]);
    case Op::some:
      return quantifier(e, "some");
    case Op::every:
      return quantifier(e, "every");
    case Op::count:
      return quantifier(e, "count of");
    case Op::happened:
      return "happened " + pattern(PatternId(e.a)) +
             (e.value == no_value ? "" : " within " + format_duration({0, e.value}));
    case Op::reading:
      return fmt::format("reading {} = {}", m_.readings[e.a].name,
                         m_.readings[e.a].options[static_cast<size_t>(e.value)].name);
    case Op::chosen:
      return fmt::format("{} = {}", m_.choices[e.a].name,
                         m_.choices[e.a].options[static_cast<size_t>(e.value)].name);
    case Op::choice_parameter:
      return fmt::format("{}.{}", m_.choices[e.a].name, choice_parameter(m_, e).name);
  }
  return "?";
}

// ---- patterns ----

std::string Describer::arg(const PatternArg& a) const {
  if (a.mode == ArgMode::any) return "any";
  if (a.mode == ArgMode::match) return expr(a.match);
  return (a.filter ? domain(*a.filter) + ' ' : "bind ") + var(a.var);
}

std::string Describer::args(const std::vector<Param>& params, const std::vector<PatternArg>& args) const {
  std::string out;
  for (size_t i = 0; i < args.size(); ++i) {
    if (args[i].mode == ArgMode::any) continue;
    out += (out.empty() ? "" : ", ") + params[i].label + ": " + arg(args[i]);
  }
  return '(' + out + ')';
}

std::string Describer::pattern(PatternId id) const {
  if (!id) return "?";
  const Pattern& p = m_[id];
  std::string out = p.decided_by ? m_[p.decided_by].name + " decided " : p.decided ? "decided " : "";
  out += m_[p.event].name + args(m_[p.event].params, p.args);
  if (p.content) out += " motion " + pattern(p.content);
  if (p.as != no_var) out += " as " + var(p.as);
  return out;
}

// ---- vocabulary ----

std::string Describer::params(const std::vector<Param>& params) const {
  std::string out;
  for (const Param& p : params) out += (out.empty() ? "" : ", ") + p.label + ": " + m_.type_words(p.type);
  return '(' + out + ')';
}

void Describer::line(int depth, std::string text) {
  out_.append(static_cast<size_t>(depth) * 2, ' ');
  out_ += text;
  out_ += '\n';
}

std::string Describer::head(std::string_view sort, const Named& n) const {
  return fmt::format("{}{}{}", sort, n.name.empty() ? "" : ' ' + n.name,
                     n.title.empty() ? "" : " \"" + n.title + '"');
}

void Describer::vocabulary() {
  for (const Kind& k : m_.kinds) line(0, head("kind", k) + (k.parent ? " is " + m_[k.parent].name : ""));
  for (const Category& c : m_.categories) {
    line(0, head("category", c));
    for (const Named& v : c.values) line(1, head("value", v));
  }
  for (const Quantity& q : m_.quantities) {
    line(0, head("quantity", q));
    for (const Unit& u : q.units) line(1, fmt::format("{} = {}", u.name, u.factor));
  }
  for (const EventType& e : m_.events) {
    line(0, head(e.institutional ? "institutional event" : "event", e) + params(e.params) +
                (e.remembered ? " remembered" : ""));
  }
  for (const Fact& f : m_.facts) fact(f);
  for (const Entity& e : m_.entities) line(0, head(m_[e.kind].name, e));
}

void Describer::fact(const Fact& f) {
  constexpr std::array<std::string_view, 8> roles{"fact",     "derived",  "built-in", "built-in",
                                                  "built-in", "built-in", "role",     "group"};
  std::string text = head(roles[static_cast<size_t>(f.role)], f) + params(f.params);
  if (f.result.kind != TypeKind::truth) text += " is " + m_.type_words(f.result);
  if (f.contested) text += " contested";
  if (f.instrument) text += " of " + m_[f.instrument].name;
  if (f.role == FactRole::derived)
    text += fmt::format(" stratum {}{}", f.stratum, f.recursive ? " recursive" : "");
  line(0, std::move(text));
  for (const DerivedRule& r : f.rules) {
    std::vector<Named> names;
    for (const Param& p : f.params) names.push_back({p.label, {}, {}});
    vars_ = &names;
    line(1, "when " + expr(r.condition));
    vars_ = nullptr;
  }
}

std::string describe(const Model& model) { return Describer(model).run(); }

std::string describe(const Model& model, ExprId expr, const std::vector<Named>& vars) {
  return Describer(model, vars).expr(expr);
}

}  // namespace casus::model
