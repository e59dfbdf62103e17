// SPDX-License-Identifier: Apache-2.0
#include "run/text_parts.h"

#include <utility>

namespace casus::run::test {

Part word(std::string text) {
  Part p;
  p.before = std::move(text);
  return p;
}

Part phrase(std::initializer_list<Part> parts) {
  Part p;
  p.parts = parts;
  return p;
}

Part list(std::string before, std::string between, std::vector<Part> parts, std::string after) {
  Part p;
  p.before = std::move(before);
  p.between = std::move(between);
  p.parts = std::move(parts);
  p.after = std::move(after);
  return p;
}

Part optional(Part part) {
  part.plain = "";
  return part;
}

namespace {

void append(const Part& part, std::string& out) {
  out += part.before;
  bool first = true;
  for (const Part& p : part.parts) {
    const size_t end = out.size();
    if (!first) out += part.between;
    const size_t begin = out.size();
    append(p, out);
    if (out.size() == begin)
      out.resize(end);
    else
      first = false;
  }
  out += part.after;
}

}  // namespace

std::string print(const Part& part) {
  std::string out;
  append(part, out);
  return out;
}

namespace {

void collect(Part& part, std::vector<Part*>& out) {  // from the outside in
  out.push_back(&part);
  for (Part& p : part.parts) collect(p, out);
}

// What may stand in the part's place, simplest first.
std::vector<Part> simpler(Part& part) {
  std::vector<Part> out;
  if (part.plain) out.push_back(word(*part.plain));
  if (part.sort == Sort::other) return out;
  std::vector<Part*> inside;
  collect(part, inside);
  for (size_t i = 1; i < inside.size(); ++i) {
    if (inside[i]->sort == part.sort) out.push_back(*inside[i]);
  }
  return out;
}

}  // namespace

Part shrink(Part text, const std::function<bool(const std::string&)>& shows, size_t attempts) {
  for (bool smaller = true; smaller;) {
    smaller = false;
    for (size_t i = 0;; ++i) {
      std::vector<Part*> all;
      collect(text, all);
      if (i >= all.size()) break;
      Part& place = *all[i];
      for (Part& candidate : simpler(place)) {
        if (attempts == 0) return text;
        --attempts;
        std::swap(place, candidate);
        if (shows(print(text))) {
          smaller = true;
          break;
        }
        std::swap(place, candidate);
      }
    }
  }
  return text;
}

}  // namespace casus::run::test
