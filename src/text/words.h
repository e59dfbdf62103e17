// SPDX-License-Identifier: Apache-2.0
// Names and pieces of models as they read in a sentence.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace casus {

std::string spaced(std::string_view name);    // `armed_attack` → "armed attack"
std::string singular(std::string_view name);  // `parties` → "party", `guarantors` → "guarantor"
std::string quoted(
    std::string_view text);  // in backquotes, cut to 40 columns: a name may be as long as its file
std::string counted(size_t n, std::string_view what);  // "1 case", "2 cases"
std::string thousands(uint64_t n);                     // "1,234,567"
std::string capitalised(
    std::string text);  // a small letter of the alphabet at its beginning becomes a capital
std::string one_line(std::string_view text);  // runs of white space become one blank; none at the ends

}  // namespace casus
