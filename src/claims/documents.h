// SPDX-License-Identifier: Apache-2.0
// Claims against the documents they are from, which the user keeps: nothing of them is in the project.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace casus::claims {

// SHA-256 in 64 hexadecimal digits (OpenSSL).
std::string sha256_hex(std::string_view bytes);

// A source's property, as "file" or "sha256"; empty: it has none.
std::string_view property(const model::SourceRecord& source, std::string_view name);

// A document's text, in which passages are found by characters (Unicode code points from 0).
class Document {
 public:
  // nullopt: it is not UTF-8; `at` is then the first byte that is not.
  static std::optional<Document> of(std::string bytes, size_t& at);
  uint32_t characters() const { return static_cast<uint32_t>(starts_.size() - 1); }
  // The characters from `from` to `to`, the latter not in it; cut at the document's end.
  std::string_view text(uint32_t from, uint32_t to) const;

 private:
  std::string bytes_;
  std::vector<uint32_t> starts_;  // of each character, and the end
};

// What is wrong with a claim's passage; empty: nothing.
std::string fault(const model::Claim& claim, const Document& document);

}  // namespace casus::claims
