// SPDX-License-Identifier: Apache-2.0
// Questions as texts, for tests.
#pragma once

#include <gtest/gtest.h>

#include "explore/explore.h"
#include "model/resolve.h"
#include "text/diagnostic.h"

namespace casus::explore::test {

inline constexpr const char* words = R"(
kind state is actor;
state A; state B; state C; state D;
event hit(by: actor, on: state);
event ask(by: actor);
event help(by: actor, to: state, against: actor);
event pay(by: actor);
event meet(by: actor, about: event hit);
institutional event act(by: actor, against: state);
institutional event quit(by: actor);
fact calm(who: state);
)";

class NoFiles final : public replay::Files {
 public:
  Result<std::unique_ptr<evidence::Input>> open(const std::string&) override {
    return Failure{"no files here", ""};
  }
};

struct Loaded {
  Sources sources;
  model::Model model;
};

// Words, then `text`. Fails the test when it does not resolve.
inline Loaded load(const std::string& text) {
  Loaded out;
  Diagnostics diagnostics;
  const syntax::Tree tree =
      syntax::parse(out.sources.add("test.casus", std::string(words) + text), out.sources, diagnostics);
  const model::Input input{&tree, "test"};
  out.model = model::resolve(std::span(&input, 1), out.sources, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors()) << render(diagnostics, out.sources, RenderOptions{});
  return out;
}

inline std::vector<Explored> explored(const Loaded& l, const Limits& limits = {}) {
  Question q;
  q.model = &l.model;
  q.exploration = model::ExplorationId(0u);
  NoFiles files;
  auto r = explore(q, limits, files);
  EXPECT_TRUE(bool(r)) << (r ? "" : r.failure().what);
  return r ? std::move(r.value()) : std::vector<Explored>();
}

// A pact of three with these articles, explored from 2024-01-01 with these lines.
inline std::string pact(const std::string& articles, const std::string& question) {
  return "instrument Pact { in force from 2020-01-01; party A, B, C; " + articles +
         " } explore \"q\" { under Pact; from 2024-01-01; " + question + " }";
}

}  // namespace casus::explore::test
