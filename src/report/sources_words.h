// SPDX-License-Identifier: Apache-2.0
// Internal to the room: words that all of casus sources' reports share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "claims/claims.h"
#include "report/plain_words.h"

namespace casus::report {

// "Russia holds sovereignty over Crimean peninsula", "the state of alert of Aldia"
std::string matter_words(const model::Model& model, const claims::Matter& matter);
// "for", "against"; of a fact with values "raised", "not raised".
std::string side_words(const model::Model& model, const claims::Matter& matter, const claims::Side& side);
// Empty for a claim without words.
std::string_view stance_word(const model::Claim& claim);
// "doc002.1 doc002.7"
std::string claim_ids(const model::Model& model, const std::vector<claims::Index>& some);
std::string title_of(const model::Named& named);  // else its name, with blanks

}  // namespace casus::report
