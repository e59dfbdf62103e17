// SPDX-License-Identifier: Apache-2.0
// The tokens of one line of JSON. simdjson finds where they begin, for as many whole lines at a time as lie in
// the buffer (its first stage: SIMD, UTF-8 checked, quotes paired); what stands between two such places is then
// one token, and the reader walks from one to the next. No line can disturb another: a batch with a fault in it
// (a quote left open, say) is done again line by line. Nothing here recurses: the reader knows the few shapes
// that it takes, and stops at anything else.
#pragma once

#include <simdjson.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/check.h"
#include "evidence/line_reader.h"

namespace casus::evidence {

bool has_backslash(std::string_view text);
bool is_json_number(std::string_view text);  // RFC 8259 §6

class JsonLine {
 public:
  explicit JsonLine(uint32_t max_depth) : max_depth_(max_depth) {}

  enum class Fault : uint8_t { none, not_utf8, open_quote, control_character };
  // Goes to the present line of `lines`, which is not blank and stays where it is while its tokens are in use.
  // `alone`: it is not likely that the lines after it will be asked for.
  Fault start(const LineReader& lines, bool alone);

  bool at_end() const { return *at_ >= line_end_; }
  // The first byte of the next token; '\0' at the end of the line.
  char peek() const { return at_end() ? '\0' : base_[*at_]; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  // Takes a token that begins with '"': what it says. false: it holds an escape that stands for nothing.
  bool take_string(std::string_view& text) {
    const char* from = base_ + *at_ + 1;
    // Between a closing quote and the next token is nothing but white space.
    const char* end = token_end() - 1;
    while (end > from && *end != '"') --end;
    CASUS_CHECK(end >= from, "a text that the first stage passed is closed");
    ++at_;
    text = {from, static_cast<size_t>(end - from)};
    return !line_escapes_ || !has_backslash(text) || unescape(text);
  }
  // Takes a token of any other sort, as written.
  std::string_view take_scalar();

  // Where the next token begins, in bytes of the line.
  size_t offset() const { return (at_end() ? line_end_ : *at_) - line_begin_; }

 private:
  simdjson::error_code stage(std::string_view bytes);
  bool unescape(std::string_view& text);
  const char* token_end() const { return base_ + (at_[1] < line_end_ ? at_[1] : line_end_); }

  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage_;
  uint32_t max_depth_;
  uint64_t generation_ = ~uint64_t{0};  // of the buffer, at the last batch
  const char* batch_end_ = nullptr;
  bool one_by_one_ = false;  // the batch has a fault
  bool batch_escapes_ = false;
  bool line_escapes_ = false;
  const char* base_ = nullptr;    // what was staged last: the batch, or a line
  const uint32_t* at_ = nullptr;  // the next token's place, from base_
  size_t line_begin_ = 0;
  size_t line_end_ = 0;
  std::string unescaped_;  // of this line; does not move while the line lasts
  size_t unescaped_size_ = 0;
};

}  // namespace casus::evidence
