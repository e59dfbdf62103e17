// SPDX-License-Identifier: Apache-2.0
// The two laws of the formatter, over every text that parses without errors: the result has the same shape,
// and formatting it again changes nothing.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "syntax/tree.h"

namespace {

using namespace casus;

void run(const char* path, std::string text) {
  Sources sources;
  Diagnostics diagnostics;
  const SourceId id = sources.add(path, std::move(text));
  const syntax::Tree tree = syntax::parse(id, sources, diagnostics);
  if (diagnostics.has_errors()) return;
  const std::string once = syntax::format(tree, sources);
  const SourceId again = sources.add(path, once);
  const syntax::Tree reparsed = syntax::parse(again, sources, diagnostics);
  CASUS_CHECK(!diagnostics.has_errors(), "the formatted text parses");
  CASUS_CHECK(syntax::dump(reparsed, sources) == syntax::dump(tree, sources), "the shape is the same");
  CASUS_CHECK(syntax::format(reparsed, sources) == once, "formatting again changes nothing");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  run("fuzz.casus", text);
  run("fuzz.casus.md", text);
  return 0;
}
