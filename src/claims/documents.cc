// SPDX-License-Identifier: Apache-2.0
#include "claims/documents.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/unicode.h"

namespace casus::claims {

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  CASUS_CHECK(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1,
              "SHA-256 is there");
  std::string out;
  for (unsigned i = 0; i < size; ++i) out += fmt::format("{:02x}", digest[i]);
  return out;
}

std::string_view property(const model::SourceRecord& source, std::string_view name) {
  const auto it = std::find_if(source.properties.begin(), source.properties.end(),
                               [&](const auto& p) { return p.first == name; });
  return it == source.properties.end() ? std::string_view() : std::string_view(it->second);
}

std::optional<Document> Document::of(std::string bytes, size_t& at) {
  at = utf8_prefix(bytes);
  if (at != bytes.size()) return std::nullopt;
  Document d;
  d.bytes_ = std::move(bytes);
  for (size_t i = 0; i < d.bytes_.size(); ++i) {
    if ((static_cast<unsigned char>(d.bytes_[i]) & 0xC0) != 0x80)
      d.starts_.push_back(static_cast<uint32_t>(i));
  }
  d.starts_.push_back(static_cast<uint32_t>(d.bytes_.size()));
  return d;
}

std::string_view Document::text(uint32_t from, uint32_t to) const {
  to = std::min(to, characters());
  from = std::min(from, to);
  return std::string_view(bytes_).substr(starts_[from], starts_[to] - starts_[from]);
}

std::string fault(const model::Claim& c, const Document& d) {
  if (!c.passage) return "it names no passage";
  const auto [from, to] = *c.passage;
  if (from == to) return fmt::format("its passage {}..{} is empty", from, to);
  if (to > d.characters()) {
    return fmt::format("its passage {}..{} ends beyond the document, which has {} characters", from, to,
                       d.characters());
  }
  if (d.text(from, to).find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return fmt::format("its passage {}..{} is blank", from, to);
  }
  const auto splits = [&](uint32_t at) {
    return at > 0 && begins_in_word(d.text(at - 1, at)) && begins_in_word(d.text(at, at + 1));
  };
  if (splits(from)) return fmt::format("its passage {}..{} begins within a word", from, to);
  if (splits(to)) return fmt::format("its passage {}..{} ends within a word", from, to);
  return {};
}

}  // namespace casus::claims
