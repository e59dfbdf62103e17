// SPDX-License-Identifier: Apache-2.0
// The page of an instrument, for readers who have the treaty in hand: Markdown.
#pragma once

#include <string>

#include "model/model.h"
#include "text/source.h"

namespace casus::report {

// Its life, parties by date, bodies and who can block them, each article with every norm in a sentence, and the prose
// of the document in which it stands (what is covered, modelling choices, readings, limits, sources). Cost: linear in
// the model, and one walk over the document.
std::string instrument_page(const model::Model& model, const Sources& sources,
                            model::InstrumentId instrument);
// All of a model's instruments in one table, each with a link to its page.
std::string instrument_index(const model::Model& model);

}  // namespace casus::report
