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

std::string sources_text(const model::Model& model, const std::vector<claims::Index>& some, const TextOptions& options);
// Each claim: who, when, in what way, what in our words, what it says of which fact; with a document, its passage between
// the words around it.
std::string claims_text(const model::Model& model, const std::vector<claims::Index>& some, const DocumentOf& documents,
                        const TextOptions& options);
// By matter: who is for it and who against it, with claims. Only matters on which both are found.
std::string contradictions_text(const model::Model& model, const std::vector<claims::Positions>& positions,
                                const TextOptions& options);
// A row for each matter, a column for each party that speaks; parties that do not fit beside each other get tables below.
std::string matrix_text(const model::Model& model, const std::vector<claims::Positions>& positions, const TextOptions& options);
// Header: matter, fact, and a column for each party; cells: "+doc.1 +doc.2 -doc.3".
std::string matrix_csv(const model::Model& model, const std::vector<claims::Positions>& positions);

// One source against its document.
struct Verified {
  model::SourceRefId source;
  std::string wrong;    // with the document itself; empty: found, and its digest is the one stated
  std::vector<std::pair<claims::Index, std::string>> faults;
  size_t claims = 0;
  bool good() const { return wrong.empty() && faults.empty(); }
};
std::string verified_text(const model::Model& model, const Sources& sources, const std::vector<Verified>& all,
                          const TextOptions& options);

// docs/schema/sources.schema.json: the sources, claims and positions of `some`, and what was verified.
std::string sources_json(const model::Model& model, const std::vector<claims::Index>& some,
                         const std::vector<Verified>& verified);

}  // namespace casus::report
