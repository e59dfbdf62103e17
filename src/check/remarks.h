// SPDX-License-Identifier: Apache-2.0
// Remarks in the code (`// …`), and the part of the model that each stands at.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "check/coded.h"

namespace casus::check {

// Lines of remarks that follow each other, or one at the end of a line of code.
struct Remark {
  uint32_t begin = 0;   // in the file
  std::string words;    // from there on, byte for byte, with the marks and what stands between them blanked
  bool beside = false;  // it stands after code
  uint32_t at = 0;      // beside: the last byte of that code; else the first after the remark
};
std::vector<Remark> remarks_of(const SourceFile& file);

// The clauses, decisions, rules, derived facts and articles of each file that state numbers, in their order.
class StatedParts {
 public:
  explicit StatedParts(Context& x);
  // What stands there all together. `where`: the article, where it is one.
  Coded within(SourceId file, uint32_t begin, uint32_t end, std::string& where) const;
  // What a remark is about: the part that it stands in, or before.
  Coded of(SourceId file, const Remark& r, std::string& where) const;

 private:
  struct Part {
    uint32_t begin = 0, end = 0;
    InstrumentId instrument;
    ArticleId article;
    bool whole_article = false;  // then `end` is that of its name
    std::function<void(Coded&)> add;
  };
  std::string where(const Part& p) const;
  // Where the word is that introduces what is named there.
  uint32_t keyword(const Span& name, std::string_view word) const;

  Context& x_;
  std::vector<std::vector<Part>> parts_;  // by file
};

}  // namespace casus::check
