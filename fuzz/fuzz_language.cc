// SPDX-License-Identifier: Apache-2.0
// Any bytes, as a plain and as a literate file: the parser ends, and its tree covers the file.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "syntax/tree.h"

namespace {

using namespace casus;

void check_cover(const syntax::Tree& tree, const SourceFile& file) {
  uint32_t at = 0;
  for (const syntax::Token& token : tree.tokens) {
    CASUS_CHECK(token.begin >= at && token.end >= token.begin, "tokens do not overlap");
    at = token.end;
  }
  CASUS_CHECK(at == file.text.size(), "the end token ends the file");
  const syntax::Node& root = tree[tree.root];
  CASUS_CHECK(root.first_token == 0 && root.end_token + 1 == tree.tokens.size(),
              "the root covers all tokens");
  for (size_t i = 0; i < tree.nodes.size(); ++i) {
    const syntax::Node& node = tree.nodes[i];
    uint32_t next = node.first_token;
    for (const syntax::NodeId child : tree.children_of(syntax::NodeId(i))) {
      CASUS_CHECK(tree[child].first_token >= next, "children are in order");
      CASUS_CHECK(tree[child].end_token <= node.end_token || tree[child].first_token == tree[child].end_token,
                  "children lie in their parent");
      next = tree[child].end_token;
    }
  }
}

void run(const char* path, std::string text) {
  Sources sources;
  const SourceId id = sources.add(path, std::move(text));
  Diagnostics diagnostics;
  const syntax::Tree tree = syntax::parse(id, sources, diagnostics);
  check_cover(tree, sources[id]);
  CASUS_CHECK(!syntax::dump(tree, sources).empty(), "the root is shown");
  RenderOptions options;
  CASUS_CHECK(render(diagnostics, sources, options).empty() == diagnostics.all().empty(), "each is rendered");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  run("fuzz.casus", text);
  run("fuzz.casus.md", text);
  return 0;
}
