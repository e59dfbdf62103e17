// SPDX-License-Identifier: Apache-2.0
// casus fmt: the canonical form, in place.
#include <cstdio>

#include "app/session.h"
#include "syntax/tree.h"

namespace casus::app {

int verb_fmt(Session& s) {
  size_t changed = 0;
  for (const std::string& path : s.line.paths) {
    auto files = model_files(path);
    if (!files) return s.fail(files.failure());
    for (const std::string& file : files.value()) {
      auto text = read_file(file, syntax::ParseLimits{}.max_bytes + size_t{1});
      if (!text) return s.fail(text.failure());
      const SourceId id = s.sources.add(file, text.value());
      Diagnostics found;
      const syntax::Tree tree = syntax::parse(id, s.sources, found);
      if (found.has_errors()) {
        const std::string shown =
            render(found, s.sources, {s.screen.colour, static_cast<int>(s.screen.width)});
        std::fwrite(shown.data(), 1, shown.size(), stderr);
        s.fail(model_wrong, file + " was left as it is", "a file with errors has no canonical form");
        continue;
      }
      const std::string formatted = syntax::format(tree, s.sources);
      if (formatted == text.value()) continue;
      ++changed;
      std::printf("%s %s\n", s.line.check_only ? "would change" : "formatted", file.c_str());
      if (s.line.check_only) continue;
      if (auto written = write_file(file, formatted); !written) return s.fail(written.failure());
    }
  }
  if (s.code != done) return s.code;
  return s.line.check_only && changed != 0 ? findings : done;
}

}  // namespace casus::app
