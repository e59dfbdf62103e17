// SPDX-License-Identifier: Apache-2.0
// Whose assertions count: docs/semantics.md §1.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace casus::evidence {

enum class Acceptance : uint8_t { accepted, rejected, undecided, not_yet_known, outside_period };
// "accepted", "not accepted in these eyes", "disputed: left undecided" …
std::string_view acceptance_words(Acceptance acceptance);
// "asserted UKR, POL · denied RUS"; empty when nobody says anything.
std::string assertion_words(const model::Assertion& assertion, const model::Model& model);

// In the eyes of `view` (none: nobody's assertions are preferred), as known at `known_at` (none: now). The period is
// the replay's, which finds what lies outside.
Acceptance accept(const model::Assertion& assertion, const model::Model& model, model::ViewpointId view,
                  std::optional<Instant> known_at);

// Some answers of another view in place of one's own: for asking which of them a verdict turns on (replay/decisive.h).
struct Exchange {
  model::ViewpointId other;
  std::vector<bool> events;  // by the event's place in the order of time; shorter: the others are one's own
  std::vector<bool> givens;  // the model's, then the scenario's

  bool takes_event(size_t i) const { return i < events.size() && events[i]; }
  bool takes_given(size_t i) const { return i < givens.size() && givens[i]; }
};

struct SiftedFacts {
  std::vector<model::GivenFact>
      accepted;  // model's and scenario's, then overridden by the viewpoint's own (`holds`)
  std::vector<model::GivenFact> undecided;  // for the findings
  std::vector<model::GivenFact> rejected;
};
// A viewpoint's `holds` with the same fact and arguments (all but the value; for a contested relation with a functional reading such as
// sovereign(of, is): the first argument) replaces what is given over its interval.
SiftedFacts sift(const model::Model& model, const model::Scenario* scenario, model::ViewpointId view,
                 std::optional<Instant> known_at, const Exchange& exchange = {});

}  // namespace casus::evidence
