// SPDX-License-Identifier: Apache-2.0
// casus check: what is wrong with models before anything happens.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "app/session.h"
#include "check/check.h"
#include "report/check_report.h"

namespace casus::app {
namespace fs = std::filesystem;

namespace {

// Files that are read as one model, and what was found in them.
struct Reading {
  explicit Reading(const CommandLine& line) : session(line) {}
  Session session;  // its diagnostics: errors, then findings
  Diagnostics notes;
  bool loaded = false;
};
using Readings = std::vector<std::unique_ptr<Reading>>;

// Null when the world failed; Session::code says how.
std::unique_ptr<Reading> read(Session& s, const std::vector<std::string>& files, bool quiet) {
  auto out = std::make_unique<Reading>(s.line);
  out->loaded = out->session.load(files, quiet);
  if (out->loaded) {
    check::check(out->session.model(), out->session.sources, files, out->session.diagnostics, out->notes);
  } else if (out->session.code != model_wrong) {
    s.code = out->session.code;
    return nullptr;
  }
  return out;
}

std::optional<std::vector<std::string>> all_files(Session& s) {
  std::vector<std::string> out;
  for (const std::string& path : s.line.paths) {
    auto files = model_files(path);
    if (!files) return s.fail(files.failure()), std::nullopt;
    for (std::string& file : files.value()) {
      if (std::find(out.begin(), out.end(), file) == out.end()) out.push_back(std::move(file));
    }
  }
  return out;
}

// As one model, where that can be; else each file by itself. `apart`: the first error that keeps them apart.
bool read_all(Session& s, Readings& out, std::string& apart) {
  const auto files = all_files(s);
  if (!files) return false;
  if (files->size() > 1) {
    auto together = read(s, *files, true);
    if (!together) return false;
    if (together->loaded) return out.push_back(std::move(together)), true;
    apart = together->session.diagnostics.all().front().message;
  }
  bool whole = true;  // each is right by itself
  for (const std::string& file : *files) {
    auto one = read(s, {file}, false);
    if (!one) return false;
    whole = whole && one->loaded;
    out.push_back(std::move(one));
  }
  if (!apart.empty() && !whole) apart = "not all of them can be read";
  return true;
}

report::CheckSummary summary_of(const Readings& readings, bool together) {
  report::CheckSummary out;
  out.together = together;
  for (const auto& r : readings) {
    out.errors += r->session.diagnostics.errors();
    out.notes += r->notes.all().size() + r->notes.dropped();  // and what is no fault among the findings
    for (const Diagnostic& d : r->session.diagnostics.all()) {
      out.warnings += info(d.kind).severity == Severity::warning;
      out.notes += info(d.kind).severity == Severity::note;
      out.limited |= d.kind == Diag::check_limit;
    }
  }
  return out;
}

std::string counted(size_t n, const char* what) {
  return std::to_string(n) + ' ' + what + (n == 1 ? "" : "s");
}

std::string text_of(const Session& s, const Readings& readings, const report::CheckSummary& summary,
                    const std::string& apart) {
  std::string out;
  size_t hidden = 0;
  const RenderOptions options{s.screen.colour, static_cast<int>(s.screen.width)};
  for (const auto& r : readings) {
    const std::vector<const Diagnostics*> shown{r->loaded ? &r->session.diagnostics : nullptr,
                                                s.line.notes ? &r->notes : nullptr};
    if (!s.line.notes) hidden += r->notes.all().size() + r->notes.dropped();
    for (const Diagnostics* d : shown) {
      if (d && !d->all().empty()) out += render(*d, r->session.sources, options) + '\n';
    }
  }
  if (!apart.empty())
    out += "Each file was checked by itself, and clauses of one were not compared with another's: " + apart +
           "\n\n";
  out += counted(summary.errors, "error") + ", " + counted(summary.warnings, "warning") + ", " +
         counted(summary.notes, "note");
  if (hidden != 0) out += hidden == 1 ? " (--notes shows it)" : " (--notes shows them)";
  return out + '\n';
}

// The pages about codes lie beside the library. Empty where they are not there.
std::string page_of(std::string_view code) {
  const fs::path page = fs::path(library_folder()) / "../docs/diagnostics" / (std::string(code) + ".md");
  auto text = read_file(page.lexically_normal().string(), 1 << 20);
  return text ? std::move(text.value()) : std::string();
}

}  // namespace

int verb_check(Session& s) {
  Readings readings;
  std::string apart;
  if (!read_all(s, readings, apart)) return s.code;
  const report::CheckSummary summary = summary_of(readings, apart.empty());
  std::vector<report::Checked> inputs;
  for (const auto& r : readings) {
    const model::Model* model = r->loaded ? &r->session.model() : nullptr;
    inputs.push_back({&r->session.sources, &r->session.diagnostics, model});
    if (s.line.notes) inputs.push_back({&r->session.sources, &r->notes, model});
  }
  const int answer = summary.errors != 0     ? model_wrong
                     : summary.warnings != 0 ? findings
                     : summary.limited       ? inconclusive
                                             : done;
  if (s.line.format == "sarif") return s.emit(report::sarif(inputs, page_of), answer);
  if (s.line.format == "json" || (s.line.json && s.line.format.empty()))
    return s.emit(report::check_json(inputs, summary), answer);
  return s.emit(text_of(s, readings, summary, apart), answer);
}

}  // namespace casus::app
