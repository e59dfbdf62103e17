// SPDX-License-Identifier: Apache-2.0
// A model as text → what `check` finds in it, as lines "12: message" for one code.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "check/check.h"
#include "model/loader.h"

namespace casus::check::test {

inline constexpr std::string_view vocabulary = R"(
kind state is actor;
state ALFA; state BRAVO; state CHARLIE; state DELTA; state ECHO;
event attack(by: actor, on: state);
event help(by: actor, to: state);
event ask(by: actor, about: event);
event pay(by: actor, to: state);
event tell(by: actor, of: event);
event measures(by: actor, on: event attack);
event admit(by: actor, who: state);
fact disarmed(who: state);
fact size(who: state) is count;
)";

struct Found {
  Diagnostics diagnostics;
  Sources sources;

  // All findings with this code; lines are those of the file that is checked.
  std::string only(std::string_view code) const {
    std::string out;
    for (const Diagnostic& d : diagnostics.all()) {
      if (info(d.kind).code != code) continue;
      out += d.span.valid() ? std::to_string(sources.locate(d.span.source, d.span.begin).line) + ": " : "";
      out += d.message + '\n';
    }
    return out;
  }
  // The lines of the places beside the first finding with this code.
  std::string beside(std::string_view code) const {
    std::string out;
    for (const Diagnostic& d : diagnostics.all()) {
      if (info(d.kind).code != code) continue;
      for (const RelatedSpan& r : d.related)
        out += std::to_string(sources.locate(r.span.source, r.span.begin).line) + ' ';
      break;
    }
    return out;
  }
  // Everything that stands around the message.
  std::string notes(std::string_view code) const {
    std::string out;
    for (const Diagnostic& d : diagnostics.all()) {
      if (info(d.kind).code != code) continue;
      for (const std::string& n : d.notes) out += n + '\n';
    }
    return out;
  }
};

// The vocabulary is a module of its own, so that only `text` is checked. A text that is wrong fails the test.
inline Found lint(std::string_view text, std::string path = "test.casus") {
  Found out;
  const model::ReadModule read = [](const std::string& name,
                                    const std::string&) -> std::optional<model::ModuleText> {
    if (name != "prelude") return std::nullopt;
    return model::ModuleText{"prelude.casus", std::string(vocabulary)};
  };
  const model::Loaded loaded = model::load(path, std::string(text), read, out.sources, out.diagnostics);
  if (out.diagnostics.has_errors()) {
    ADD_FAILURE() << render(out.diagnostics, out.sources, RenderOptions{});
    return out;
  }
  check(loaded.model, out.sources, std::span(&path, 1), out.diagnostics, out.diagnostics);
  return out;
}

inline std::string lint_only(std::string_view code, std::string_view text) { return lint(text).only(code); }

}  // namespace casus::check::test
