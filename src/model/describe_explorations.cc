// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>

#include "model/choose.h"
#include "model/describer.h"

namespace casus::model {

void Describer::choice(const DraftChoice& c) {
  line(0, head("choice", c) + (c.instrument ? " of " + m_[c.instrument].name : ""));
  for (const ChoiceOption& o : c.options) {
    line(1, head("option", o));
    for (const ChoiceParameter& p : o.parameters) line(2, p.name + ' ' + range_words(p));
  }
}

void Describer::exploration(const Exploration& e) {
  line(0, head("explore", e));
  if (e.from_scenario) line(1, "from scenario \"" + m_[e.from_scenario].title + '"');
  story(e.start);
  if (e.at) line(1, "at " + format_iso(*e.at));
  if (!e.with.empty()) line(1, "with " + words(m_, e.with));
  if (e.within) line(1, "within " + format_duration(*e.within));
  if (e.at_most) line(1, fmt::format("at most {}", *e.at_most));
  for (const MayHappen& m : e.may_happen) {
    vars_ = &m.vars;
    std::string text = "may happen " + m_[m.event].name + may_args(m_[m.event].params, m.args);
    if (m.content) text += " motion " + m_[m.content].name + may_args(m_[m.content].params, m.content_args);
    if (m.where) text += " where " + expr(m.where);
    line(1, std::move(text));
    vars_ = nullptr;
  }
  for (const Property& p : e.properties) line(1, property(p));
}

std::string Describer::may_args(const std::vector<Param>& params, const std::vector<MayArg>& args) const {
  std::string out;
  for (size_t i = 0; i < args.size(); ++i) {
    if (args[i].kind == MayArg::Kind::missing) continue;
    out += (out.empty() ? "" : ", ") + params[i].label + ": " + may_arg(args[i], params[i].type);
    if (args[i].var != no_var) out += " as " + var(args[i].var);
  }
  return '(' + out + ')';
}

std::string Describer::may_arg(const MayArg& a, Type type) const {
  switch (a.kind) {
    case MayArg::Kind::missing:
      return "missing";
    case MayArg::Kind::value:
      return m_.show(a.value, type);
    case MayArg::Kind::in_domain:
      return "in " + domain(a.domain);
    case MayArg::Kind::any_value:
      return "any value";
    case MayArg::Kind::occurrence:
      return a.event ? "an occurrence of " + m_[a.event].name : std::string("any occurrence");
  }
  return "?";
}

std::string Describer::property(const Property& p) const {
  constexpr std::array<std::string_view, 4> modes{"never", "always", "possible", "eventually"};
  std::string out(modes[static_cast<size_t>(p.mode)]);
  if (p.standard != StandardProperty::none) out += fmt::format(" standard {}", static_cast<int>(p.standard));
  if (p.condition) out += ' ' + expr(p.condition);
  if (p.verdict) out += expectation(*p.verdict);
  if (p.content) out += " motion " + m_[p.content].name;
  if (p.within) out += " within " + format_duration(*p.within);
  return fmt::format("{}{} \"{}\"", out, p.at_the_end ? " at the end" : "", p.words);
}

}  // namespace casus::model
