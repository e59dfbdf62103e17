// SPDX-License-Identifier: Apache-2.0
#include "explore/draft_problem.h"

#include "model/resolve.h"
#include "text/diagnostic.h"

namespace casus::explore::test {

namespace {

model::MayArg any(const model::Param& p) {
  model::MayArg a;
  if (p.label == "by") {
    a.kind = model::MayArg::Kind::in_domain;
    a.domain.kind = model::KindId(4u);  // state
  } else if (p.type.kind == model::TypeKind::event) {
    a.kind = model::MayArg::Kind::occurrence;
  } else {
    a.kind = model::MayArg::Kind::any_value;
  }
  return a;
}

}  // namespace

std::optional<model::Model> resolved(const std::string& text, std::string& messages) {
  Sources sources;
  Diagnostics diagnostics;
  const syntax::Tree tree = syntax::parse(sources.add("draft.casus", text), sources, diagnostics);
  const model::Input input{&tree, "draft"};
  model::Model m = model::resolve(std::span(&input, 1), sources, diagnostics);
  if (!diagnostics.has_errors()) return m;
  messages = render(diagnostics, sources, RenderOptions{});
  return std::nullopt;
}

run::Case case_of(const model::Model& m) {
  run::Case c;
  const model::Scenario& s = m.scenarios.front();
  c.under = s.under;
  c.from = s.from->at;
  c.until = s.until->at;
  c.givens = m.givens;
  c.givens.insert(c.givens.end(), s.givens.begin(), s.givens.end());
  c.agenda_limit = 100;
  return c;
}

std::vector<model::MayHappen> may_happen(const model::Model& m, uint64_t seed) {
  std::vector<model::MayHappen> out;
  const auto add = [&](const char* name) {
    model::MayHappen may;
    may.event = m.find_event(name);
    for (const model::Param& p : m[may.event].params) may.args.push_back(any(p));
    if (may.event == model::event_propose) {
      may.args[0].kind = model::MayArg::Kind::value;
      may.args[0].value = m.find_entity("A").value;
      may.args[1].kind = model::MayArg::Kind::value;
      may.args[1].value = m.find_entity("Council").value;
      may.content = m.find_event("act");
      may.content_args.resize(2);
      may.content_args[1].kind = model::MayArg::Kind::value;
      may.content_args[1].value = m.find_entity("B").value;
    }
    out.push_back(std::move(may));
  };
  const char* sets[][3] = {{"hit", "pay", ""},  {"ask", "pay", ""},  {"propose", "vote", ""},
                           {"hit", "help", ""}, {"ask", "quit", ""}, {"propose", "vote", "ask"},
                           {"ask", "hit", ""},  {"hit", "tell", ""}};
  for (const char* name : sets[seed % std::size(sets)]) {
    if (*name) add(name);
  }
  return out;
}

Problem draft_problem(const model::Model& m, uint64_t seed, std::vector<model::Property> asked) {
  Problem p;
  p.model = &m;
  p.kase = case_of(m);
  p.program = program::compile(m, p.kase.under, p.kase.view);
  p.start = p.kase.from.ms;
  p.may_happen = may_happen(m, seed);
  p.where.assign(p.may_happen.size(), -1);
  p.properties = std::move(asked);
  p.condition.assign(p.properties.size(), -1);
  p.at_most = 2;
  return p;
}

}  // namespace casus::explore::test
