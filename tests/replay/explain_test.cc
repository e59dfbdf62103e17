// SPDX-License-Identifier: Apache-2.0
// Why, and why not: each way not to be bound has its reason, and the nearest way to being bound.
#include "replay/explain.h"

#include "replay/world.h"

namespace casus::replay {
namespace {

using test::World;

constexpr const char* pact = R"(
kind state is actor;
state ALFA; state BRAVO; state CHARLIE; state DELTA; state ECHO; state FOXTROT; state GOLF;
event attack(by: actor, on: state);
event help(by: actor, to: state);
event join(by: actor); event stop(by: actor); event go(by: actor); event end(by: actor);
fact weak(who: state);
institutional event enter(by: actor, to: instrument) { begins party(by, to); }
viewpoint East { accepts assertions by ALFA; }
viewpoint West { accepts assertions by BRAVO; }
given weak(who: GOLF);
instrument Pact "Pact of Help" {
  in force from 2000-01-01;
  party BRAVO, CHARLIE, DELTA, ECHO, GOLF;
  reservation by ECHO to article 1 from 2001-01-01;
  article 1 "Help" {
    when attack(on: party victim)
    each party ally except victim shall help(to: victim) within 1 day unless weak(ally);
  }
  article 2 "Peace" { each party shall not attack(on: party other); }
  article 3 "Accession" { when join(by: state s) s becomes party; }
  article 4 { when stop(by: party s) this is suspended for s; }
  article 5 { when go(by: party s) this resumes for s; }
  article 6 { when attack(by: actor enemy, on: party victim) victim may attack(on: enemy); }
  article 7 { when end(by: party s) this is suspended; }
  article 8 { each state s may enter(to: this) where weak(s); }
}
)";

void flatten(const std::vector<Reason>& reasons, const std::string& indent, std::string& out) {
  for (const Reason& r : reasons) {
    const char* mark = r.mark == Mark::yes ? "yes: " : r.mark == Mark::no ? "NO: " : "";
    out += indent + mark + r.text + (r.answer.empty() ? "" : " – " + r.answer) + "\n";
    flatten(r.below, indent + "  ", out);
  }
}

// What is told of one article of the pact and of one party (empty: of all), for these events.
std::string told(const std::string& events, const std::string& article, const std::string& party,
                 const Options& options = {}) {
  World w(std::string(pact) + "scenario S \"A story\" { under Pact; from 2002-01-01; until 2002-02-01;\n" +
          events + "}");
  const Replay r = w.run(options);
  Question q;
  const auto id = w.model().find_article(w.model().find_instrument("Pact"), article);
  q.clauses = w.model()[id].clauses;
  if (!party.empty()) q.bearer = w.model().find_entity(party);
  std::string out;
  for (const Explanation& e : explain(r, q, w.sources)) {
    out += "\n" + e.headline + "\n";
    flatten(e.reasons, "  ", out);
  }
  return out;
}

const std::string attack = "2002-01-05T06:00Z attack(by: ALFA, on: BRAVO);";
// How each story about that attack begins.
const std::string not_owed = R"(
not owed: help (Pact.1, Help)
  on the occasion of – ALFA: attack on BRAVO (5 Jan 2002 06:00)
  yes: Pact in force
  yes: BRAVO is party to Pact
)";

TEST(ExplainTest, WhoIsExceptedIsTold) {
  EXPECT_EQ(told(attack, "1", "BRAVO"),
            not_owed +
                R"(  NO: BRAVO is among those bound – BRAVO is excepted by the article: victim
  yes: unless: weak(BRAVO) – it does not hold
)");
  // Also where nobody in particular was asked for.
  EXPECT_NE(
      told(attack, "1", "").find("\n  BRAVO is excepted by the article – victim\n  yes: so the duty arose"),
      std::string::npos);
}

TEST(ExplainTest, WhoIsNoPartyHasTheArticlesThatMakeOne) {
  const std::string text = told(attack, "1", "ALFA");
  EXPECT_EQ(text.substr(0, text.find("  yes: unless")), not_owed +
                                                            R"(  NO: ALFA is party to Pact
    it would change by Pact.8 – each state s may enter(to: this) where weak(s);
    it would change by Pact.3 (Accession) – on: join(by: state s)
)");
}

TEST(ExplainTest, WhoAccedesTooLateIsToldSinceWhen) {
  EXPECT_NE(told(attack + "2002-01-06T07:00Z join(by: FOXTROT);", "1", "FOXTROT")
                .find("  NO: FOXTROT is party to Pact – only from 6 Jan 2002 07:00 on\n    it would change "
                      "by Pact.8"),
            std::string::npos);
}

TEST(ExplainTest, ASuspensionIsToldWithWhatEndsIt) {
  EXPECT_NE(told("2002-01-03 stop(by: DELTA);" + attack, "1", "DELTA")
                .find("  NO: Pact applies to DELTA – it is suspended for this party since 3 Jan 2002\n    it "
                      "would change by Pact.5\n"),
            std::string::npos);
  EXPECT_NE(told("2002-01-03 end(by: DELTA);" + attack, "1", "CHARLIE")
                .find("  NO: Pact applies to CHARLIE – it is suspended for all since 3 Jan 2002\n"),
            std::string::npos);
  // Where it has been resumed it stands in nobody's way.
  EXPECT_EQ(told("2002-01-03 stop(by: DELTA); 2002-01-04 go(by: DELTA);" + attack, "1", "DELTA")
                .find("\nbreach: DELTA – help"),
            0u);
}

TEST(ExplainTest, AReservationIsTold) {
  EXPECT_NE(told(attack, "1", "ECHO")
                .find("  NO: article 1 binds ECHO – it has a reservation to this article since 1 Jan 2001\n"
                      "    it would change by – withdrawing it\n"),
            std::string::npos);
}

TEST(ExplainTest, AnInstrumentOutsideTheCaseIsToldToBeOutside) {
  World w(std::string(pact) +
          "instrument Other { in force from 2000-01-01; party ALFA; article 1 { when attack() each party "
          "shall help; } }\n"
          "scenario S \"A story\" { under Pact; from 2002-01-01; until 2002-02-01; " +
          attack + " }");
  const Replay r = w.run();
  Question q;
  q.clauses = w.model()[w.model().find_instrument("Other")].clauses;
  const auto told = explain(r, q, w.sources);
  ASSERT_EQ(told.size(), 1u);
  std::string text;
  flatten(told[0].reasons, "", text);
  EXPECT_EQ(text,
            "NO: Other is among the instruments of this case\n  it would change with --under Other – a "
            "replay under it\n");
}

TEST(ExplainTest, AReadingThatIsNotTakenIsTold) {
  World w(std::string(pact) +
          "reading scope { narrow; wide; } viewpoint Wide { reading scope = wide; }\n"
          "when attack() under reading scope = wide ALFA shall help;\n"
          "scenario S \"A story\" { under Pact; from 2002-01-01; until 2002-02-01; " +
          attack + " }");
  Question q;
  q.clauses = {model::ClauseId(w.model().clauses.size() - 1)};
  for (const char* view : {"East", "Wide"}) {
    const Replay r = w.run({}, view);
    std::string text;
    for (const auto& e : explain(r, q, w.sources)) flatten(e.reasons, "", text);
    const bool told = text ==
                      "NO: the reading scope = wide is taken – not in these eyes\n  it would change under "
                      "--as Wide – which takes it\n";
    EXPECT_EQ(told, std::string(view) == "East") << text;
  }
}

TEST(ExplainTest, AConditionOfTheBearerIsTold) {
  EXPECT_NE(told(attack, "1", "GOLF").find("  NO: unless: weak(GOLF) – it holds already\n"),
            std::string::npos);
}

TEST(ExplainTest, AChangeOfThatVeryInstantIsSeen) {
  const std::string story = "given weak(CHARLIE) from 2002-01-05T06:00Z;\n" + attack;
  EXPECT_NE(told(story, "1", "CHARLIE").find("  NO: unless: weak(CHARLIE) – it holds already\n"),
            std::string::npos);
  const std::string later = "given weak(CHARLIE) from 2002-01-05T06:01Z;\n" + attack;
  EXPECT_EQ(told(later, "1", "CHARLIE").find("NO: unless"), std::string::npos);
}

TEST(ExplainTest, WhoIsNotMeantIsTold) {
  EXPECT_NE(told(attack, "6", "CHARLIE").find("  NO: CHARLIE bears it – it is borne by BRAVO\n"),
            std::string::npos);
  EXPECT_EQ(told(attack, "6", "BRAVO").find("\npermitted: BRAVO – attack (Pact.6)\n"), 0u);
}

TEST(ExplainTest, AStandingNormBindsOnlyWhomItBinds) {
  EXPECT_EQ(told(attack, "2", "BRAVO"),
            "\nforbidden, and not done: attack (Pact.2, Peace)\n  yes: Pact in force\n  yes: BRAVO is party "
            "to Pact\n");
  EXPECT_EQ(told(attack, "2", "ALFA")
                .find("\ndoes not bind at the end of this story: attack (Pact.2, Peace)\n  yes: Pact in "
                      "force\n  NO: ALFA is party"),
            0u);
  EXPECT_EQ(told(attack, "2", ""),
            "\nforbidden, and not done: attack (Pact.2, Peace)\n  yes: Pact in force\n");
  EXPECT_NE(
      told("2002-01-03 end(by: DELTA);", "2", "").find("NO: Pact applies to BRAVO – it is suspended for all"),
      std::string::npos);
}

TEST(ExplainTest, AnEventThatWasNotTakenIsToldWithWhatWouldTakeIt) {
  const std::string disputed =
      "2002-01-05T06:00Z attack(by: ALFA, on: BRAVO) asserted by BRAVO, CHARLIE denied by ALFA;";
  EXPECT_NE(told(disputed, "1", "CHARLIE")
                .find("    one is told of on 5 Jan 2002 06:00 – disputed: left undecided · asserted BRAVO, "
                      "CHARLIE · denied ALFA\n"
                      "    it would change under --as West – which accepts it\n"),
            std::string::npos);
  Options early;
  early.known_at = Instant{parse_instant("2002-01-10")->at};
  EXPECT_NE(told("2002-01-05T06:00Z attack(by: ALFA, on: BRAVO) known 2002-01-20;", "1", "CHARLIE", early)
                .find("not yet known then\n    it would change with --known-at 2002-01-20"),
            std::string::npos);
  Options until;
  until.until = Instant{parse_instant("2002-01-03")->at};
  EXPECT_NE(told(attack, "1", "CHARLIE", until)
                .find("outside the period\n    it would change with another period – this one is 1 Jan 2002 "
                      "to 3 Jan 2002\n"),
            std::string::npos);
}

// Part by part it is asked before the event is taken, whose parameters it may ask for all the same.
TEST(Explain, conditions_on_what_the_event_says) {
  World w(R"(
kind state is actor; state ALFA; state BRAVO; state CHARLIE;
event hit(by: actor, on: actor, level: count);
event help(by: actor, to: actor);
fact weak(who: actor);
instrument Pact { in force from 2000-01-01; party ALFA, BRAVO;
  article 1 { when hit(on: party victim) as x where x.level >= 4 and weak(x.by) each party except victim shall help(to: victim); }
}
scenario S "A story" { under Pact; 2001-01-01 hit(by: CHARLIE, on: ALFA, level: 5); })");
  const Replay r = w.run();
  Question q;
  q.clauses = {model::ClauseId(size_t{0})};
  const auto told = explain(r, q, w.sources);
  ASSERT_EQ(told.size(), 1u);
  std::string out;
  flatten(told[0].reasons, "", out);
  EXPECT_NE(out.find("yes: 5 \u2265 4"), std::string::npos) << out;
  EXPECT_NE(out.find("NO: weak(CHARLIE)"), std::string::npos) << out;
}

}  // namespace
}  // namespace casus::replay
