// SPDX-License-Identifier: Apache-2.0
#include "replay/package.h"

#include <algorithm>

#include "model/choose.h"

namespace casus::replay {

using model::Chosen;
using model::Package;

Package package_of(const model::Scenario& scenario, const Package& asked) {
  Package out = scenario.with;
  for (const Chosen& c : asked) {
    std::erase_if(out, [&](const Chosen& before) { return before.choice == c.choice; });
    out.push_back(c);
  }
  std::sort(out.begin(), out.end(), [](const Chosen& a, const Chosen& b) { return a.choice < b.choice; });
  return out;
}

namespace {

bool told(const model::Model& m, model::ChoiceId choice, const Package& package) {
  return std::any_of(package.begin(), package.end(), [&](const Chosen& c) {
    return c.choice == choice && c.parameters.size() == m[choice].options[c.option].parameters.size();
  });
}

}  // namespace

std::optional<Diagnostic> left_open(const model::Model& m, std::span<const model::InstrumentId> instruments,
                                    std::span<const model::Expectation> expectations, const Package& package,
                                    Span at) {
  std::vector<model::ChoiceId> open = model::open_choices(m, instruments, expectations);
  std::erase_if(open, [&](model::ChoiceId c) { return told(m, c, package); });
  if (open.empty()) return std::nullopt;
  const std::string example = model::words(m, model::packages(m, open, package, 1).list.front());
  Diagnostic d;
  d.kind = Diag::package_open;
  d.span = at;
  d.message =
      open.size() == 1
          ? "the choice `" + model::words(m, open.front()) + "` is open here, and one draft is read at a time"
          : std::to_string(open.size()) + " choices are open here, and one draft is read at a time";
  d.label = "say which options are meant";
  for (model::ChoiceId c : open)
    d.notes.push_back('`' + model::words(m, c) + "`: " + model::options_words(m[c]));
  d.notes.push_back("write `with " + example + ";` in the scenario, or --package '" + example +
                    "' after the verb");
  return d;
}

}  // namespace casus::replay
