// SPDX-License-Identifier: Apache-2.0
// A model from text with a scheme, an instrument named Scheme, and treaties coded by it.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "coding/against.h"
#include "model/loader.h"

namespace casus::coding::test {

// Words of its own, none of the library's: the code must know none.
inline constexpr const char* words = R"(
kind state is actor;
kind area;
state ALFA; state BRAVO; state CHARLIE; state DELTA;
area Coast;
area World;
event strike(by: actor, on: actor, at: area);
event call(by: actor, about: event strike);
event aid(by: actor, to: actor, against: actor);
event arm(by: actor, to: actor);
event talk(by: actor);
event fight(by: actor, against: actor);
institutional event leave(by: actor, what: instrument);
institutional event join(by: actor, what: instrument);
institutional event find(by: actor, about: event strike, whom: actor);
fact inside(place: area, region: area);
fact wicked(who: actor);
fact near(place: area, who: actor);
fact atop(of: instrument) is count;
fact atop_phase(of: instrument) is count;
instrument Scheme {
  binding none;
  article DEFENSE {
    when strike(by: actor adversary, on: party partner, at: area location) each party member shall aid(to: partner);
    when call(by: party partner, about: strike s) each party member shall aid(to: partner);
    when decided find(about: strike s, whom: actor adversary) each party member shall aid(to: s.on);
  }
  article OFFENSE { when strike(by: party partner, on: actor adversary) each party member shall aid(to: partner); }
  article NEUTRAL { when strike(by: actor adversary, on: party partner) each party member shall not aid(to: adversary); }
  article NONAGG { each party member shall not fight(against: party partner); }
  article CONSUL { when strike(on: party partner, at: area location) each party member shall talk; }
  article PROADD { each state newcomer may join(what: this); }
  article RENOUNCE { each party member may leave(what: this); }
  article MILAID(2) { each party member shall arm(to: party partner); }
}
)";

struct World {
  explicit World(const std::string& treaties) {
    const model::ReadModule none = [](const std::string&, const std::string&) { return std::nullopt; };
    loaded = model::load("test.casus", words + treaties, none, sources, diagnostics);
    EXPECT_FALSE(diagnostics.has_errors()) << render(diagnostics, sources, {});
    scheme.instruments.push_back(model().find_instrument("Scheme"));
  }
  const model::Model& model() const { return loaded.model; }
  Coding code(const std::string& name, Instant at = Instant::far_future()) const {
    return code_atop(model(), model().find_instrument(name), scheme, at);
  }
  // "1", "not 0", "–" of a variable; "?" when there is none.
  std::string of(const std::string& name, const std::string& variable) const {
    const Coding c = code(name);
    const Coded* found = c.find(variable);
    return found ? code_words(*found) : "?";
  }

  Sources sources;
  Diagnostics diagnostics;
  model::Loaded loaded;
  Scheme scheme;
};

// A treaty of ALFA and BRAVO with these clauses.
inline std::string treaty(const std::string& clauses) {
  return "instrument T { signed 2000-01-01; in force from 2000-01-01; party ALFA, BRAVO from 2000-01-01; "
         "role ward: BRAVO; " +
         clauses + " }";
}

}  // namespace casus::coding::test
