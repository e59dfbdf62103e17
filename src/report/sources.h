// SPDX-License-Identifier: Apache-2.0
// What casus sources shows: sources, claims, contradictions, the matrix of parties and matters, and how documents bear
// claims out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "claims/claims.h"
#include "claims/documents.h"
#include "report/run_text.h"
#include "text/source.h"

namespace casus::report {

// A document of a source that the user has, or nullptr.
using DocumentOf = std::function<const claims::Document*(model::SourceRefId)>;

// One source against its document.
struct Verified {
  model::SourceRefId source;
  std::string wrong;  // with the document itself; empty: found, and its digest is the one stated
  std::vector<std::pair<claims::Index, std::string>> faults;
  size_t claims = 0;
  bool good() const { return wrong.empty() && faults.empty(); }
};

// Every source that the model declares, and those of the claims, with how many of these.
std::string sources_text(const model::Model& model, const std::vector<claims::Index>& some,
                         const TextOptions& options);
// Each claim: who, when, in what way, what in our words, what it says of which fact; of one alone also who says the same
// and who the opposite. With a document, its passage between the words around it; what is wrong with a document is told.
std::string claims_text(const model::Model& model, const std::vector<claims::Index>& some,
                        const std::vector<Verified>& verified, const DocumentOf& documents,
                        const TextOptions& options);
// By matter: who is for it and who against it, when, with claims. Only matters on which two claims cannot both be so.
std::string contradictions_text(const model::Model& model, const std::vector<claims::Positions>& positions,
                                const TextOptions& options);
// A row for each matter on which several parties speak (with `all`, or when there is none, each), a column for each party that speaks on one.
// Cells name the claims when all columns fit beside each other so, else they count them; what still does not fit gets
// tables below.
std::string matrix_text(const model::Model& model, const std::vector<claims::Positions>& positions, bool all,
                        const TextOptions& options);
// All matters. Header: matter, fact, and a column for each party; cells: "for: doc.1 doc.2; against: doc.3".
std::string matrix_csv(const model::Model& model, const std::vector<claims::Positions>& positions);
std::string verified_text(const model::Model& model, const Sources& sources, const std::vector<Verified>& all,
                          const TextOptions& options);

// docs/schema/sources.schema.json: the sources, claims and positions (of `parties`, when some are named) of `some`, and
// what was verified.
std::string sources_json(const model::Model& model, const Sources& sources,
                         const std::vector<claims::Index>& some, const std::vector<model::EntityId>& parties,
                         const std::vector<Verified>& verified);

}  // namespace casus::report
