// SPDX-License-Identifier: Apache-2.0
// A text as a tree of its parts, some of which can be taken away or put more plainly: what a generator makes, and what is
// shrunk to the least that still shows a fault.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace casus::run::test {

enum class Sort : uint8_t { other, condition, value, norm };

struct Part {
  std::string before, after, between = " ";
  std::vector<Part> parts;
  std::optional<std::string> plain;  // what may stand in its place; empty: it may be left out
  Sort sort = Sort::other;           // a part inside of the same sort may stand in its place
};

Part word(std::string text);
Part phrase(std::initializer_list<Part> parts);
Part list(std::string before, std::string between, std::vector<Part> parts, std::string after);
Part optional(Part part);

std::string print(const Part& part);

// Parts are left out and put more plainly for as long as `shows` says that the text still shows what is looked for; at most so
// many attempts. Precondition: shows(print(text)).
Part shrink(Part text, const std::function<bool(const std::string&)>& shows, size_t attempts);

}  // namespace casus::run::test
