// SPDX-License-Identifier: Apache-2.0
// Two drafts from texts: what comes before the instrument is the same in both.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "diff/stories.h"
#include "model/loader.h"
#include "text/diagnostic.h"

namespace casus::diff::test {

inline constexpr const char* words = R"(
kind state is actor;
state ALD "Aldia"; state BRE "Brenia"; state COR "Corland"; state DEL "Delland";
fact armed(who: actor) "is armed";
event attack(by: actor, on: actor) "attack";
event ask(by: actor, about: event attack) "ask for help";
event help(by: actor, to: actor) "help";
event pay(by: actor, to: actor) "pay";
event enter(by: actor) "enter";
institutional event quit(by: actor) "give notice";
institutional event activate(by: actor, about: event attack) "activation";
)";

// The words, and an instrument with four parties.
inline std::string pact(const std::string& body, const std::string& name = "Pact") {
  return std::string(words) + "instrument " + name + " {\n  draft since 2020-01-01;\n" +
         "  party ALD, BRE, COR, DEL from 2020-01-01;\n  role helper: BRE, COR, DEL from 2020-01-01;\n" +
         body + "}\n";
}

struct One {
  Sources sources;
  Diagnostics diagnostics;
  model::Loaded loaded;
  Draft draft() const {
    return {&loaded.model,
            &sources,
            {"draft.casus"},
            loaded.model.instruments.empty() ? InstrumentId() : InstrumentId(0u)};
  }
};

inline std::unique_ptr<One> load(const std::string& text) {
  auto out = std::make_unique<One>();
  const model::ReadModule none = [](const std::string&, const std::string&) { return std::nullopt; };
  out->loaded = model::load("draft.casus", text, none, out->sources, out->diagnostics);
  EXPECT_FALSE(out->diagnostics.has_errors()) << render(out->diagnostics, out->sources, {}) << text;
  return out;
}

struct Two {
  std::unique_ptr<One> before, after;
  Difference difference;
  Two(const std::string& a, const std::string& b) : before(load(a)), after(load(b)) {
    difference = compare(before->draft(), after->draft(), pair_instruments(before->draft(), after->draft()));
  }
  const InstrumentPair& pact() const { return difference.instruments.front(); }
  // The one pair of clauses that is not the same.
  const ClausePair* changed() const {
    for (const InstrumentPair& p : difference.instruments) {
      for (const ArticlePair& a : p.articles) {
        for (const ClausePair& c : a.clauses) {
          if (!c.same()) return &c;
        }
      }
    }
    return nullptr;
  }
  Stories stories() const { return tell_stories(before->draft(), after->draft(), difference); }
};

}  // namespace casus::diff::test
