// SPDX-License-Identifier: Apache-2.0
// Replays side by side, for readers: where they part, where they agree, and which single answer decides.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "replay/decisive.h"

namespace casus::report {

// "armed attack by RUS · on UKR (24 Feb 2022 03:00; asserted UKR · denied RUS)"
std::string question_words(const std::vector<const replay::Replay*>& columns,
                           const replay::ViewQuestion& question);
// What one column answers: "happened", "members only", "none held", …
std::string answer_words(const std::vector<const replay::Replay*>& columns,
                         const replay::ViewQuestion& question, size_t column);

std::string compare_text(const std::vector<const replay::Replay*>& columns,
                         const replay::Comparison& comparison,
                         const std::optional<replay::Decisions>& decisions, size_t width, bool colour);

}  // namespace casus::report
