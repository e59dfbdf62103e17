// SPDX-License-Identifier: Apache-2.0
#include "evidence/acceptance.h"

#include <algorithm>

namespace casus::evidence {

using model::GivenFact;

namespace {

bool any_of_them(const std::vector<model::EntityId>& some, const std::vector<model::EntityId>& others) {
  return std::find_first_of(some.begin(), some.end(), others.begin(), others.end()) != some.end();
}

// Whether what the viewpoint holds takes the place of what is given. Of a contested relation of two places, the second
// is the answer to a question about the first (whose is Crimea): who holds one answer does not hold another. That an
// answer does *not* hold says nothing about the others.
bool replaces(const GivenFact& held, const GivenFact& given, const model::Model& model) {
  if (held.fact != given.fact) return false;
  const model::Fact& fact = model[held.fact];
  const bool one_answer =
      fact.contested && fact.result.kind == model::TypeKind::truth && fact.params.size() == 2;
  const size_t compared = one_answer && held.value != 0 ? 1 : fact.params.size();
  return std::equal(held.args.begin(), held.args.begin() + static_cast<std::ptrdiff_t>(compared),
                    given.args.begin());
}

// What is left of the facts outside the interval of what is held: up to two pieces of each, in its place.
void cut_out(const GivenFact& held, const model::Model& model, std::vector<GivenFact>& facts) {
  std::vector<GivenFact> left;
  for (GivenFact& given : facts) {
    if (!replaces(held, given, model) || given.until <= held.from || held.until <= given.from) {
      left.push_back(std::move(given));
      continue;
    }
    if (given.from < held.from) {
      left.push_back(given);
      left.back().until = held.from;
    }
    if (held.until < given.until) {
      left.push_back(std::move(given));
      left.back().from = held.until;
    }
  }
  facts.swap(left);
}

}  // namespace

std::string_view acceptance_words(Acceptance acceptance) {
  switch (acceptance) {
    case Acceptance::accepted:
      return "accepted";
    case Acceptance::rejected:
      return "not accepted in these eyes";
    case Acceptance::undecided:
      return "disputed: left undecided";
    case Acceptance::not_yet_known:
      return "not yet known then";
    case Acceptance::outside_period:
      return "outside the period";
  }
  return "";
}

std::string assertion_words(const model::Assertion& a, const model::Model& model) {
  std::string out;
  const auto list = [&](const char* verb, const std::vector<model::EntityId>& who) {
    if (who.empty()) return;
    if (!out.empty()) out += " · ";
    out += verb;
    for (size_t i = 0; i < who.size(); ++i) out += (i ? ", " : " ") + model[who[i]].name;
  };
  list("asserted", a.asserted_by);
  list("denied", a.denied_by);
  return out;
}

Acceptance accept(const model::Assertion& assertion, const model::Model& model, model::ViewpointId view,
                  std::optional<Instant> known_at) {
  if (known_at && assertion.known && *known_at < *assertion.known) return Acceptance::not_yet_known;
  const std::vector<model::EntityId> nobody;
  const auto& trusted = view ? model[view].accepts : nobody;
  const bool asserted = any_of_them(assertion.asserted_by, trusted);
  const bool denied = any_of_them(assertion.denied_by, trusted);
  if (asserted != denied) return asserted ? Acceptance::accepted : Acceptance::rejected;
  return !asserted && assertion.denied_by.empty() ? Acceptance::accepted : Acceptance::undecided;
}

SiftedFacts sift(const model::Model& model, const model::Scenario* scenario, model::ViewpointId view,
                 std::optional<Instant> known_at, const Exchange& exchange) {
  SiftedFacts out;
  size_t number = 0;
  const auto take = [&](const std::vector<GivenFact>& givens) {
    for (const GivenFact& given : givens) {
      const bool others = exchange.takes_given(number++);
      switch (accept(given.assertion, model, others ? exchange.other : view, known_at)) {
        case Acceptance::accepted:
          out.accepted.push_back(given);
          break;
        case Acceptance::undecided:
          out.undecided.push_back(given);
          break;
        case Acceptance::rejected:
          out.rejected.push_back(given);
          break;
        case Acceptance::not_yet_known:
        case Acceptance::outside_period:
          break;
      }
    }
  };
  take(model.givens);
  if (scenario != nullptr) take(scenario->givens);
  if (!view) return out;
  for (const GivenFact& held : model[view].holds) {
    cut_out(held, model, out.accepted);
    cut_out(held, model, out.undecided);
  }
  // That a relation does not hold needs no fact of its own: what said otherwise is gone.
  for (const GivenFact& held : model[view].holds) {
    const bool absent = model[held.fact].result.kind == model::TypeKind::truth && held.value == 0;
    if (!absent) out.accepted.push_back(held);
  }
  return out;
}

}  // namespace casus::evidence
