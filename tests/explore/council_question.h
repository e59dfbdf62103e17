// SPDX-License-Identifier: Apache-2.0
// The council as a question that is ready to be explored.
#pragma once

#include "explore/council.h"
#include "explore/questions.h"

namespace casus::explore::test {

struct CouncilQuestion {
  CouncilQuestion(int parties, const std::string& asked, const std::string& time) {
    Diagnostics diagnostics;
    const syntax::Tree tree = syntax::parse(
        sources.add("council.casus", council_question(parties, 2, asked, time)), sources, diagnostics);
    const model::Input input{&tree, "council"};
    model = model::resolve(std::span(&input, 1), sources, diagnostics);
    EXPECT_FALSE(diagnostics.has_errors()) << render(diagnostics, sources, RenderOptions{});
    Question question;
    question.model = &model;
    question.exploration = model::ExplorationId(0u);
    prepared = std::move(prepare(question, {}, files).value());
    ground = std::move(Ground::make(prepared->problem).value());
  }
  Sources sources;
  model::Model model;
  NoFiles files;
  std::unique_ptr<Prepared> prepared;
  std::unique_ptr<Ground> ground;
};

}  // namespace casus::explore::test
