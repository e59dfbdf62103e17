// SPDX-License-Identifier: Apache-2.0
// From bytes to tokens. White space and comments are not tokens: they are what lies between the tokens.
#pragma once

#include <vector>

#include "syntax/tree.h"

namespace casus::syntax {

// Reads `SourceFile::code` (prose is blank there already). Always ends with one `end` token at the file's
// end; a file beyond the limits has no other. Bytes that no token starts with become `error` tokens, already
// reported.
// Cost: linear.
std::vector<Token> lex(SourceId source, const Sources& sources, const ParseLimits& limits,
                       Diagnostics& diagnostics);

inline bool starts_name(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool continues_name(char c) { return starts_name(c) || is_digit(c); }

}  // namespace casus::syntax
