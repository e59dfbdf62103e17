// SPDX-License-Identifier: Apache-2.0
// Reasons for which a net has no room that somebody can do something about.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace casus::explore {

inline constexpr const char* too_many_alike = "two of its duties about the same would be live at once";
inline constexpr const char* too_many_motions = "two motions with the same content would be open at once";
inline constexpr const char* occurs_again = "something refers to an occurrence, and the same occurs again";
inline constexpr const char* effect_again = "it would have the same effect twice, each at its time";

// Whether there is room with more of NetLimits::capacity.
inline bool more_room_helps(std::string_view why) {
  constexpr std::array<std::string_view, 4> all{too_many_alike, too_many_motions, occurs_again, effect_again};
  return std::any_of(all.begin(), all.end(),
                     [&](std::string_view one) { return why.find(one) != std::string_view::npos; });
}

inline constexpr const char* interrupted = "it was interrupted";

}  // namespace casus::explore
