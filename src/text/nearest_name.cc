// SPDX-License-Identifier: Apache-2.0
// "did you mean": the restricted Damerau–Levenshtein distance (insert, delete, replace, swap neighbours, each
// 1, and no part edited twice). Three rows suffice, and a row whose least value passes the limit ends the
// search.
#include <algorithm>
#include <utility>

#include "text/diagnostic.h"

namespace casus {
namespace {

constexpr size_t longest_name = 200;  // a longer "name" is noise, and the cost is quadratic

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// The distance, or something above `limit` if it is above it.
size_t distance(std::string_view a, std::string_view b, size_t limit) {
  const size_t gap = a.size() < b.size() ? b.size() - a.size() : a.size() - b.size();
  if (gap > limit) return gap;
  std::vector<size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    if (*std::min_element(row.begin(), row.end()) > limit) return limit + 1;
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

}  // namespace

std::string nearest_name(std::string_view wrong, const std::vector<std::string_view>& known) {
  if (wrong.empty() || wrong.size() > longest_name) return {};
  const std::string wrong_lower = lower(wrong);
  size_t limit = std::max<size_t>(1, wrong.size() / 3);
  size_t best_exact = 0;
  std::string_view best;
  for (const std::string_view name : known) {
    if (name == wrong) continue;
    const size_t apart = distance(wrong_lower, lower(name), limit);
    // A distance of the whole length means that nothing is left of the name.
    if (apart > limit || apart >= std::max(wrong.size(), name.size())) continue;
    const size_t exact = distance(wrong, name, longest_name);
    if (!best.empty() && apart == limit && exact >= best_exact) continue;
    best = name;
    limit = apart;
    best_exact = exact;
  }
  return std::string(best);
}

std::string nearest_first(std::string_view wrong, std::vector<std::string_view> known) {
  constexpr size_t most = 8;
  const std::string lowered = lower(wrong.substr(0, longest_name));
  std::vector<std::pair<size_t, std::string_view>> order;
  for (const std::string_view name : known)
    order.emplace_back(distance(lowered, lower(name.substr(0, longest_name)), longest_name), name);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  const size_t shown = std::min(order.size(), most);
  const size_t others = order.size() - shown;
  std::string out;
  for (size_t i = 0; i < shown; ++i) {
    if (i > 0) out += i + 1 == shown && others == 0 ? " and " : ", ";
    out += '`' + std::string(order[i].second) + '`';
  }
  return others == 0 ? out : out + " and " + std::to_string(others) + (others == 1 ? " other" : " others");
}

}  // namespace casus
