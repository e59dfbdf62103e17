// SPDX-License-Identifier: Apache-2.0
#include "diff/properties.h"

#include <map>
#include <set>
#include <utility>

namespace casus::diff {

std::vector<PropertyChange> property_changes(const std::vector<PropertyResult>& before,
                                             const std::vector<PropertyResult>& after) {
  using Key = std::pair<std::string, std::string>;
  std::map<Key, const PropertyResult*> known;
  for (const PropertyResult& r : before) known.try_emplace({r.of, r.property}, &r);
  std::set<Key> asked;
  std::vector<PropertyChange> out;
  for (const PropertyResult& r : after) {
    if (!asked.insert({r.of, r.property}).second) continue;
    const auto it = known.find({r.of, r.property});
    if (it == known.end())
      out.push_back({r.of, r.property, "", r.verdict, "", r.story});
    else if (it->second->verdict != r.verdict)
      out.push_back({r.of, r.property, it->second->verdict, r.verdict, it->second->story, r.story});
  }
  for (const PropertyResult& r : before) {
    if (asked.insert({r.of, r.property}).second)
      out.push_back({r.of, r.property, r.verdict, "", r.story, ""});
  }
  return out;
}

}  // namespace casus::diff
