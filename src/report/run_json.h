// SPDX-License-Identifier: Apache-2.0
// A replay for machines, by docs/schema/run.schema.json: its events, the whole ledger, and what the ledger
// comes to.
#pragma once

#include <string>
#include <vector>

#include "report/digest.h"

namespace casus::report {

// One document, UTF-8 whatever the bytes of the model. Cost: linear in the ledger.
std::string run_json(const replay::Replay& replay, const Digest& digest, const Sources& sources);

// Several documents of run_json() or explain_json() as one, by docs/schema/replays.schema.json; a single one
// stays what it is.
std::string replays_json(const std::vector<std::string>& documents);

}  // namespace casus::report
