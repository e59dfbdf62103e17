// SPDX-License-Identifier: Apache-2.0
// Clauses as sentences for readers who do not read models: for the page of an instrument.
#pragma once

#include <string>
#include <vector>

#include "diff/form.h"
#include "model/model.h"

namespace casus::report {

// "On an armed attack by an actor (attacker) on a party (victim): each party (ally) except victim must give aid and
// assistance to victim, within 72 h." One sentence, its reparation after it. Names of variables stand in italics
// (Markdown). Cost: linear in what is written.
std::string plain_words(const model::Model& model, model::ClauseId clause);
// One part of a clause: "each guarantor except *victim*", "within 24 h". Empty where the clause has no such part.
std::string plain_part(const model::Model& model, model::ClauseId clause, diff::Part part);
// A condition, with the names of the clause's variables.
std::string plain_condition(const model::Model& model, model::ClauseId clause, model::ExprId condition);
// "The North Atlantic Council may decide: … – by consensus, where …"
std::string plain_words(const model::Model& model, const model::Body& body, const model::Decision& decision);
// A fact of certain things, as a statement: "Crimean peninsula lies in Europe"; one with values: "the population of Aldia".
std::string plain_words(const model::Model& model, model::FactId fact, const std::vector<model::Value>& args);

}  // namespace casus::report
