// SPDX-License-Identifier: Apache-2.0
// Reasons for which a net has no room that somebody can do something about.
#pragma once

namespace casus::explore {

// More room is NetLimits::capacity.
inline constexpr const char* too_many_alike = "two of its duties about the same would be live at once";

}  // namespace casus::explore
