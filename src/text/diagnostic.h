// SPDX-License-Identifier: Apache-2.0
// Diagnostics: what is wrong with the user's text, where, and how to mend it. Each kind is declared once, in
// diagnostic_kinds.def (code, severity, title); each has a page in docs/diagnostics/ and a golden test that
// fires it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/source.h"

namespace casus {

enum class Severity : uint8_t { error, warning, note };

enum class Diag : uint16_t {
#define CASUS_DIAGNOSTIC(name, code, severity, title) name,
#include "text/diagnostic_kinds.def"
#undef CASUS_DIAGNOSTIC
};

struct DiagInfo {
  std::string_view code;  // "CAS0203"
  Severity severity;
  std::string_view title;  // for the docs' index
  std::string_view name;   // "unknown_event": for machines
};
const DiagInfo& info(Diag kind);
size_t diag_kind_count();

struct RelatedSpan {
  Span span;
  std::string message;
};

// Every member has an initializer, so that `{.kind = …, .span = …, .message = …}` is complete.
struct Diagnostic {
  Diag kind{};
  Span span{};                         // the narrowest; may be invalid for a whole-run matter
  std::string message{};               // one sentence in the field's words, no full stop
  std::string label{};                 // beside the carets: "did you mean `armed_attack`?"; may be empty
  std::string where{};                 // "Kyiv Security Compact, article Consultation"; may be empty
  std::vector<RelatedSpan> related{};  // "declared here"
  std::vector<std::string> notes{};    // after "= "
  std::string replacement{};           // an edit of `span` that mends it; empty when there is none
};

class Diagnostics {
 public:
  void add(Diagnostic d);
  const std::vector<Diagnostic>& all() const { return list_; }
  size_t errors() const { return errors_; }    // the dropped ones count too
  size_t dropped() const { return dropped_; }  // how many were added after the limit
  bool has_errors() const { return errors_ != 0; }
  bool full() const { return list_.size() >= limit; }  // after `limit` the rest is dropped and said so
  static constexpr size_t limit = 500;

 private:
  std::vector<Diagnostic> list_;
  size_t errors_ = 0;
  size_t dropped_ = 0;
};

struct RenderOptions {
  bool colour = false;
  int width = 80;
};
// The form of docs/cli: "error[CAS0203]: …", an arrow with path:line:column and article, the line, carets,
// notes. Sorted by place.
std::string render(const Diagnostics& diagnostics, const Sources& sources, const RenderOptions& options);
std::string render(const Diagnostic& diagnostic, const Sources& sources, const RenderOptions& options);

// The nearest of `known` by Damerau–Levenshtein distance (of bytes, case apart), within a third of the length
// and at least 1; of equally near ones that with the nearest case, then the first. `wrong` itself is never
// the answer. Empty when none is near.
std::string nearest_name(std::string_view wrong, const std::vector<std::string_view>& known);
// All of `known`, the nearest to `wrong` first, at most eight of them: "`by`, `on` and `at`", "`a`, … and 3
// others". Empty when there are none.
std::string nearest_first(std::string_view wrong, std::vector<std::string_view> known);

}  // namespace casus
