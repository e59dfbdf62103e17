// SPDX-License-Identifier: Apache-2.0
// A model from a text, for tests.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include "model/describe.h"
#include "model/loader.h"

namespace casus::model {

struct Resolved {
  Sources sources;
  Diagnostics diagnostics;
  Loaded loaded;
  const Model& model() const { return loaded.model; }
  std::string messages() const { return render(diagnostics, sources, {}); }
};

// Without a library: the text is all there is.
inline Resolved resolved(const std::string& text) {
  Resolved r;
  const ReadModule nothing = [](const std::string&, const std::string&) { return std::nullopt; };
  r.loaded = load("test.casus", text, nothing, r.sources, r.diagnostics);
  return r;
}

inline std::string file_text(const std::string& path) {
  std::ifstream in(std::string(CASUS_SOURCE_DIR) + '/' + path);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

// Kinds, events and facts that the tests speak of.
inline const std::string vocabulary = R"(
kind state is actor; kind area; kind weapon;
category basing { ground; sea; }
category colour { red; green; }
category flag { red; }
quantity length { m; km = 1000 m; }
quantity mass { kg; }
event attack(by: actor, on: state, at: area);
event consult(by: actor, about: event);
event request(by: actor, about: event attack);
event assist(by: actor, to: state);
event supply(by: actor, to: state);
event possess(by: actor, what: weapon);
event quake(at: area);
institutional event activate(by: actor, about: event attack);
institutional event invite(by: actor, whom: state);
fact hurt(who: state); fact calm(); fact within(what: area, in: area);
fact population(of: state) is count; fact range(of: weapon) is length; fact weight(of: weapon) is mass;
fact mounted(of: weapon) is basing; fact stock(of: state, what: weapon) is count;
derived safe(who: state) when not hurt(who);
state USA; state GBR; state UKR; area Europe; weapon Lance;
group P5 = { USA, GBR };
)";

// The text inside an instrument with parties, a role and a body.
inline std::string in_treaty(const std::string& text) {
  return vocabulary + "instrument Pact \"The Pact\" { party USA, GBR; role guarantor: USA;\n" + text + "\n}";
}

}  // namespace casus::model
