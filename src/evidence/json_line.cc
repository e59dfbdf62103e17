// SPDX-License-Identifier: Apache-2.0
#include "evidence/json_line.h"

#include <algorithm>
#include <cstring>

#include "base/unicode.h"

namespace casus::evidence {
namespace {

static_assert(LineReader::padding >= simdjson::SIMDJSON_PADDING);

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

bool has_backslash(std::string_view text) { return std::memchr(text.data(), '\\', text.size()) != nullptr; }

bool is_json_number(std::string_view text) {
  size_t at = 0;
  const auto digits = [&] {
    const size_t from = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - from;
  };
  const auto skip = [&](std::string_view any) {
    const bool there = at < text.size() && any.find(text[at]) != std::string_view::npos;
    if (there) ++at;
    return there;
  };
  skip("-");
  const bool leading_zero = at < text.size() && text[at] == '0';
  const size_t whole = digits();
  if (whole == 0 || (leading_zero && whole > 1)) return false;
  if (skip(".") && digits() == 0) return false;
  if (skip("eE")) {
    skip("+-");
    if (digits() == 0) return false;
  }
  return at == text.size();
}

// Finds where the tokens of `bytes` begin. At least one place, when it succeeds; behind the last, two more at
// the end of the bytes.
simdjson::error_code JsonLine::stage(std::string_view bytes) {
  if (!stage_ || stage_->capacity() < bytes.size()) {
    const size_t capacity = std::max(bytes.size(), size_t{1} << 16);
    const auto error =
        simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, max_depth_, stage_);
    CASUS_CHECK(error == simdjson::SUCCESS, "there is memory for the places of a batch's tokens");
  }
  base_ = bytes.data();
  const auto* first = reinterpret_cast<const uint8_t*>(bytes.data());
  const auto error = stage_->stage1(first, bytes.size(), simdjson::stage1_mode::regular);
  at_ = stage_->structural_indexes.get();
  return error;
}

JsonLine::Fault JsonLine::start(const LineReader& lines, bool alone) {
  const std::string_view line = lines.text();
  simdjson::error_code error = simdjson::SUCCESS;
  if (lines.generation() != generation_ || line.data() >= batch_end_) {
    const std::string_view batch = alone ? line : lines.whole_lines();
    generation_ = lines.generation();
    batch_end_ = batch.data() + batch.size();
    batch_escapes_ = has_backslash(batch);
    one_by_one_ = stage(batch) != simdjson::SUCCESS;
  }
  if (one_by_one_) error = stage(line);
  switch (error) {
    case simdjson::SUCCESS:
      break;
    case simdjson::UTF8_ERROR:
      return Fault::not_utf8;
    case simdjson::UNESCAPED_CHARS:
      return Fault::control_character;
    default:
      return Fault::open_quote;
  }
  line_begin_ = static_cast<size_t>(line.data() - base_);
  line_end_ = line_begin_ + line.size();
  while (*at_ < line_begin_) ++at_;
  line_escapes_ = batch_escapes_ && has_backslash(line);
  if (line_escapes_) {
    unescaped_size_ = 0;
    unescaped_.resize(std::max(unescaped_.size(), line.size() + simdjson::SIMDJSON_PADDING));
  }
  return Fault::none;
}

bool JsonLine::unescape(std::string_view& text) {
  auto* into = reinterpret_cast<uint8_t*>(unescaped_.data()) + unescaped_size_;
  const uint8_t* stop = stage_->parse_string(reinterpret_cast<const uint8_t*>(text.data()), into);
  if (stop == nullptr) return false;
  const auto size = static_cast<size_t>(stop - into);
  CASUS_CHECK(size <= text.size(), "an escape is no shorter than what it stands for");
  text = {reinterpret_cast<const char*>(into), size};
  unescaped_size_ += text.size();
  return is_valid_utf8(text);  // half of a surrogate pair stands for no character
}

std::string_view JsonLine::take_scalar() {
  const char* from = base_ + *at_;
  const char* end = token_end();
  while (end > from && is_space(end[-1])) --end;
  ++at_;
  return {from, static_cast<size_t>(end - from)};
}

}  // namespace casus::evidence
