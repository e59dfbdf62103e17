// SPDX-License-Identifier: Apache-2.0
// casus check: what is wrong with models before anything happens.
#include <cstdio>
#include <vector>

#include "app/session.h"
#include "check/check.h"
#include "report/sarif.h"

namespace casus::app {

namespace {

struct Checked {
  Sources sources;
  Diagnostics diagnostics;
};

struct Tally {
  size_t errors = 0, warnings = 0, notes = 0;
  bool limited = false;  // not everything was looked at
};

void add(Tally& to, const Diagnostics& diagnostics) {
  to.errors += diagnostics.errors();
  for (const Diagnostic& d : diagnostics.all()) {
    to.warnings += info(d.kind).severity == Severity::warning;
    to.notes += info(d.kind).severity == Severity::note;
    to.limited |= d.kind == Diag::check_limit;
  }
}

std::string counted(size_t n, const char* what) {
  return std::to_string(n) + ' ' + what + (n == 1 ? "" : "s");
}

// False when the world failed; Session::code says how.
bool check_file(Session& s, const std::string& file, std::vector<Checked>& out) {
  // Each file by itself, as it is used.
  Session one(s.line);
  const bool loaded = one.load({file});
  if (!loaded && one.code != model_wrong) return s.code = one.code, false;
  if (loaded) {
    const std::string files[] = {file};
    check::check(one.model(), one.sources, files, one.diagnostics);
    if (!s.line.json && !one.diagnostics.all().empty()) {
      const std::string text =
          render(one.diagnostics, one.sources, {s.screen.colour, static_cast<int>(s.screen.width)});
      std::fputs((text + '\n').c_str(), stdout);
    }
  }
  out.push_back({std::move(one.sources), std::move(one.diagnostics)});
  return true;
}

}  // namespace

int verb_check(Session& s) {
  std::vector<Checked> checked;
  for (const std::string& path : s.line.paths) {
    auto files = model_files(path);
    if (!files) return s.fail(files.failure());
    for (const std::string& file : files.value()) {
      if (!check_file(s, file, checked)) return s.code;
    }
  }
  Tally tally;
  for (const Checked& c : checked) add(tally, c.diagnostics);
  if (s.line.json) {
    std::vector<report::SarifInput> inputs;
    for (const Checked& c : checked) inputs.push_back({&c.sources, &c.diagnostics});
    std::fputs(report::sarif(inputs).c_str(), stdout);
  } else {
    const std::string last = counted(tally.errors, "error") + ", " + counted(tally.warnings, "warning") +
                             ", " + counted(tally.notes, "note");
    std::puts(last.c_str());
  }
  if (tally.errors != 0) return model_wrong;
  if (tally.warnings != 0) return findings;
  return tally.limited ? inconclusive : done;
}

}  // namespace casus::app
