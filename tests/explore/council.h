// SPDX-License-Identifier: Apache-2.0
// A pact of any number of parties as a text. Two of them are exposed to attacks; who is attacked makes a session of the council possible; the council
// decides by a majority, some have a veto; what it adopts makes aid due from each party; parties leave and come back. With
// two vetoes 727,710 states may be reached with 5 parties, 7,226,574 with 6, and about 7·10^15 with 15 (time left out: whatever is due may pass at
// any time). The scenario names each event that may happen once.
#pragma once

#include <fmt/format.h>

#include <string>

namespace casus::explore::test {

inline std::string council_model(int parties, int vetoes) {
  std::string all, guarantors, declared, events;
  const auto list = [](std::string& to, int i) { to += fmt::format("{}S{}", to.empty() ? "" : ", ", i); };
  for (int i = 1; i <= parties; ++i) {
    declared += fmt::format("state S{};\n", i);
    list(all, i);
    if (i <= vetoes) list(guarantors, i);
    for (const char* act : {"leave", "enter", "aid"})
      events += fmt::format("  2030-01-01 {}(by: S{});\n", act, i);
    for (const char* ballot : {"yes", "no", "abstain"})
      events += fmt::format("  2030-01-01 vote(by: S{}, on: session, as: {});\n", i, ballot);
    if (i > 2) continue;
    events += fmt::format(
        "  2030-01-01 attack(by: RIVAL, on: S{0});\n  2030-01-01 retreat(by: RIVAL, from: S{0});\n", i);
  }
  return fmt::format(R"(kind state is actor;
state RIVAL;
{}event attack(by: actor, on: state) {{ begins attacked(on); }}
event retreat(by: actor, from: state) {{ ends attacked(from); }}
event aid(by: actor);
event leave(by: actor);
event enter(by: actor);
event calm(by: actor) {{ ends mobilised(); }}
institutional event mobilise(by: actor) {{ begins mobilised(); }}
institutional event blockade(by: actor) {{ begins blockaded(); }}
event open_up(by: actor) {{ ends blockaded(); }}
fact attacked(who: state);
fact blockaded();
fact mobilised();
fact in_session();

when begins attacked(state s)
  RIVAL may blockade() until not attacked(s);

instrument Pact {{
  in force from 2020-01-01;
  party {};
  role guarantor: {};
  body Council {{
    members party;
    rule resolve: yes > no and no from guarantor = 0;
  }}
  article 1 {{
    Council may mobilise() by resolve within 72 h where not in_session() and not mobilised()
      and some state s where attacked(s);
    when propose(motion: mobilise())
      begins in_session();
    when decided mobilise()
      ends in_session();
    when rejected mobilise()
      ends in_session();
  }}
  article 2 {{
    when begins mobilised()
      each party shall aid() within 30 d until not mobilised();
  }}
  article 3 {{
    when leave(by: party p)
      p ceases to be party;
    when enter(by: state s) where s in founder
      s becomes party;
  }}
  article 4 {{
    each party shall not aid() unless mobilised();
  }}
  role founder: {};
}}

scenario council "What the council may come to" {{
  under Pact;
  from 2030-01-01;
  2030-01-01 propose(by: S1, in: Pact.Council, motion: mobilise()) as session;
  2030-01-01 calm(by: RIVAL);
  2030-01-01 blockade(by: RIVAL);
  2030-01-01 open_up(by: RIVAL);
{}
  expect holds mobilised() and attacked(S1);
  expect holds (count of state s where party(s, Pact)) >= 3;
}}
)",
                     declared, all, guarantors, all, events);
}

// The same as a question about all courses of its events for a time: `asked`, lines such as "never mobilised();".
inline std::string council_question(int parties, int vetoes, const std::string& asked,
                                    const std::string& time = "within 365 d") {
  std::string text = council_model(parties, vetoes);
  text.resize(text.find("\nscenario "));
  return text + fmt::format(R"(
explore "What the council may come to" {{
  under Pact;
  from 2030-01-01;
  may happen
    propose(by: S1, in: Pact.Council, motion: mobilise()),
    vote(by: founder, on: mobilise, as: any),
    attack(by: RIVAL, on: S1), attack(by: RIVAL, on: S2),
    retreat(by: RIVAL, from: S1), retreat(by: RIVAL, from: S2),
    leave(by: founder), enter(by: founder), aid(by: founder),
    calm(by: RIVAL), blockade(by: RIVAL), open_up(by: RIVAL);
  {};
  {}
}}
)",
                            time, asked);
}

}  // namespace casus::explore::test
