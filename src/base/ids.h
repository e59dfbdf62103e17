// SPDX-License-Identifier: Apache-2.0
// Typed 32-bit ids. Tables are vectors; an id is an index into exactly one of them, and the type says which.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace casus {

template <class Tag>
struct Id {
  static constexpr uint32_t none_value = 0xFFFFFFFFu;
  uint32_t value = none_value;

  constexpr Id() = default;
  constexpr explicit Id(uint32_t v) : value(v) {}
  constexpr explicit Id(size_t v) : value(static_cast<uint32_t>(v)) {}
  constexpr bool valid() const { return value != none_value; }
  constexpr explicit operator bool() const { return valid(); }
  constexpr size_t index() const { return value; }
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

}  // namespace casus

template <class Tag>
struct std::hash<casus::Id<Tag>> {
  size_t operator()(const casus::Id<Tag>& id) const noexcept { return std::hash<uint32_t>{}(id.value); }
};
