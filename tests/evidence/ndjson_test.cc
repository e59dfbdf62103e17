// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <simdjson.h>

#include "reading.h"

namespace casus::evidence {
namespace {

using Lines = std::vector<std::string>;

Reading read(std::string_view text, size_t step = ~size_t{0}, const ReadLimits& limits = {}) {
  return read_all(&read_ndjson, text, step, limits);
}

Diagnostic rejected(std::string_view text, Diag kind, std::string_view message,
                    const ReadLimits& limits = {}) {
  return only_reject(&read_ndjson, text, kind, message, limits);
}

Lines events(std::string_view text) {
  const Reading r = read(text);
  EXPECT_TRUE(r.rejects.empty()) << r.all();
  EXPECT_EQ(r.status, ReadStatus::end);
  return r.events;
}

constexpr std::string_view vote =
    R"({"at":"2022-02-25T22:00Z","event":"vote","args":{"by":"RUS","on":"m","as":"no"}})";

std::string test_with(const std::string& label, const std::string& value) {
  return R"({"at":"2022-02-25","event":"flight_test","args":{")" + label + R"(":)" + value + "}}";
}

TEST(Ndjson, ReadsEveryKey) {
  EXPECT_EQ(
      events(
          R"({"at":"2022-02-25T22:00Z","event":"vote","id":"v1","args":{"by":"RUS","on":"S2022_155","as":"no"},)"
          R"("asserted_by":["UKR","USA"],"denied_by":["RUS"],"known":"2022-03-01","source":"S/PV.8979"})"),
      Lines{"2022-02-25T22:00Z vote(by:RUS on:@S2022_155 as:no) id=v1 +UKR +USA -RUS "
            "known=2022-03-01T00:00:00Z "
            "source=S/PV.8979 line 1"});
}

TEST(Ndjson, ReadsAProposalWithItsMotion) {
  EXPECT_EQ(events(R"({"at":"2022-02-25","event":"propose","args":{"by":"USA","in":"UNSC"},)"
                   R"("motion":{"event":"condemn","args":{"what":"a1"}},"id":"m"})"),
            Lines{"2022-02-25 propose(by:USA in:UNSC) motion condemn(what:@a1) id=m line 1"});
}

TEST(Ndjson, TakesKeysInAnyOrderAndWhiteSpaceBetweenTokens) {
  EXPECT_EQ(events("  { \"args\" : { \"as\" : \"no\" , \"by\" : \"RUS\" } , \"event\" : \"vote\" ,\t\"at\" : "
                   "\"2022-02-25\" } \t"),
            Lines{"2022-02-25 vote(by:RUS as:no) line 1"});
}

TEST(Ndjson, ReadsAValueOfEveryType) {
  EXPECT_EQ(
      events(
          R"({"at":"2022-02-25T10:00:30.250+02:00","event":"flight_test","args":{"by":"RUS","range":"2.5 km",)"
          R"("shots":-3,"announced":true,"until":"2022-03-01T00:00:05Z","note":"known text"}})"),
      Lines{"2022-02-25T08:00:30.250Z flight_test(by:RUS range:2500 m shots:-3 announced:true "
            "until:2022-03-01T00:00:05Z note:known text) line 1"});
  EXPECT_EQ(events(test_with("range", "750")), Lines{"2022-02-25 flight_test(range:750 m) line 1"});
  EXPECT_EQ(events(test_with("range", "\"5km\"")), Lines{"2022-02-25 flight_test(range:5 km) line 1"});
  EXPECT_EQ(events(test_with("shots", "\"12\"")), Lines{"2022-02-25 flight_test(shots:12) line 1"});
  EXPECT_EQ(events(test_with("announced", "\"false\"")),
            Lines{"2022-02-25 flight_test(announced:false) line 1"});
  EXPECT_EQ(events(test_with("note", "\"new text\"")),
            Lines{"2022-02-25 flight_test(note:'new text') line 1"});
}

TEST(Ndjson, NullIsNotGiven) {
  EXPECT_EQ(
      events(R"({"at":"2022-02-25","event":"vote","id":null,"args":{"by":"RUS","on":null},"motion":null,)"
             R"("asserted_by":null,"denied_by":[],"known":null,"source":null})"),
      Lines{"2022-02-25 vote(by:RUS) line 1"});
}

TEST(Ndjson, AnIdMayBeANumberAndASingleActorNeedsNoList) {
  EXPECT_EQ(events(R"({"at":"2022-02-25","event":"vote","id":17,"args":{"on":16},"asserted_by":"UKR"})"),
            Lines{"2022-02-25 vote(on:@16) id=17 +UKR line 1"});
}

TEST(Ndjson, ReadsEscapesInKeysAndValues) {
  EXPECT_EQ(
      events(
          R"({"\u0061t":"2022-02-25","event":"\u0076ote","id":"\"a\\\n\u00e9\ud83d\ude00","args":{"b\u0079":"RUS"}})"
          "\n"
          R"({"at":"2022-02-25","event":"vote","source":"plain"})"),
      (Lines{"2022-02-25 vote(by:RUS) id=\"a\\\n\xC3\xA9\xF0\x9F\x98\x80 line 1",
             "2022-02-25 vote() source=plain line 2"}));
}

TEST(Ndjson, ReusesAnEventWithoutLeavingTraces) {
  EXPECT_EQ(
      events(R"({"at":"2022-02-25T22:00:01Z","event":"propose","id":"m","args":{"by":"USA"},)"
             R"("motion":{"event":"condemn","args":{"what":"a"}},"asserted_by":["UKR"],"denied_by":["RUS"],)"
             R"("known":"2022-03-01","source":"s"})"
             "\n"
             R"({"at":"2022-02-26","event":"consult"})")
          .back(),
      "2022-02-26 consult() line 2");
}

TEST(Ndjson, SkipsBlankLinesTakesCrLfAMissingLastEndAndAByteOrderMark) {
  const std::string text = "\xEF\xBB\xBF" + std::string(vote) + "\r\n\r\n \t \n" + std::string(vote);
  EXPECT_EQ(events(text), (Lines{"2022-02-25T22:00Z vote(by:RUS on:@m as:no) line 1",
                                 "2022-02-25T22:00Z vote(by:RUS on:@m as:no) line 4"}));
}

TEST(Ndjson, AnEmptyFileIsNoError) {
  EXPECT_TRUE(events("").empty());
  EXPECT_TRUE(events("\n\n").empty());
  EXPECT_TRUE(events("\xEF\xBB\xBF").empty());
}

// One line of every sort, good and bad, as a stream may mix them.
std::string mixture() {
  std::string text = "\xEF\xBB\xBF";
  text += std::string(vote) + "\r\n";
  text += "{\"at\":\"2022-02-25\",\"event\":\"vote\",\"id\":\"open}\n";
  text += R"({"at":"2022-02-25","event":"vote","id":"\u00e9\\"})"
          "\n\n";
  text += "{\"at\":\"2022-02-25\",\"id\":\"\xFF\"}\n";
  text += R"({"at":"2022-02-25","event":"consult","source":"after the fault"})"
          "\n";
  text += std::string("{\"at\":\"2022\0\"}\n", 15);
  text += "{\"at\":\"2022-02-25\",\"event\":\"vote\",\"source\":\"" + std::string(300, 'x') + "\"}\n";
  text += "{\"event\":true e}\n";
  text += "[[[[\n}{\n\"\n\\\n";
  text += vote;
  return text;
}

TEST(Ndjson, GivesTheSameForEveryChunkSize) {
  const ReadLimits limits{.max_line_bytes = 200};
  const std::string text = mixture();
  const Reading whole = read(text, ~size_t{0}, limits);
  EXPECT_EQ(whole.events.size(), 4U) << whole.all();
  EXPECT_EQ(whole.rejects.size(), 9U) << whole.all();
  for (size_t step = 1; step <= text.size(); ++step) {
    ASSERT_EQ(read(text, step, limits).all(), whole.all()) << "at most " << step << " bytes at a time";
  }
}

// The places of tokens come from whichever code fits the processor: all of them must agree.
TEST(Ndjson, GivesTheSameForEveryImplementationOfSimdjson) {
  const simdjson::implementation* best = simdjson::get_active_implementation();
  const ReadLimits limits{.max_line_bytes = 200};
  const std::string whole = read(mixture(), ~size_t{0}, limits).all();
  for (const auto* implementation : simdjson::get_available_implementations()) {
    if (!implementation->supported_by_runtime_system()) continue;
    simdjson::get_active_implementation() = implementation;
    EXPECT_EQ(read(mixture(), ~size_t{0}, limits).all(), whole) << implementation->name();
  }
  simdjson::get_active_implementation() = best;
}

TEST(Ndjson, ReadsLinesAcrossManyBuffers) {
  std::string text;
  for (int i = 0; i < 3000; ++i) {
    text += R"({"at":"2022-02-25","event":"vote","id":")" + std::to_string(i) + R"(","source":")" +
            std::string(static_cast<size_t>(i) % 200, 's') + "\"}\n";
  }
  text += R"({"at":"2022-02-25","event":"vote","source":")" + std::string(300'000, 'l') + "\"}\n" +
          std::string(vote);
  for (const size_t step : {size_t{1000}, size_t{65'536}, ~size_t{0}}) {
    const Reading r = read(text, step);
    ASSERT_EQ(r.events.size(), 3002U);
    EXPECT_TRUE(r.rejects.empty());
    EXPECT_EQ(r.events[2999].substr(0, 26), "2022-02-25 vote() id=2999 ");
    EXPECT_EQ(r.events.back(), "2022-02-25T22:00Z vote(by:RUS on:@m as:no) line 3002");
  }
}

TEST(Ndjson, SaysWhereALineIsNoJson) {
  const auto bad = [](std::string_view text, std::string_view reason, std::string_view where) {
    const Diagnostic why =
        rejected(text, Diag::event_bad_json, "the line is not JSON: " + std::string(reason));
    EXPECT_EQ(why.where, where);
  };
  bad(R"({"at":"2022-02-25" "event":"vote"})", "a comma or a closing brace is missing",
      "events.x, line 1, column 20");
  bad(R"({"at" "2022-02-25"})", "a colon is missing after the key `at`", "events.x, line 1, column 7");
  bad(R"({"at":"2022-02-25",})", "a key in quotes is missing", "events.x, line 1, column 20");
  bad(R"({at:"2022-02-25"})", "a key in quotes is missing", "events.x, line 1, column 2");
  bad(R"({"at":})", "a value is missing", "events.x, line 1, column 7");
  bad(R"({"at":)", "it ends in the middle of the event", "events.x, line 1, column 7");
  bad(R"({"at":"2022-02-25")", "a comma or a closing brace is missing", "events.x, line 1, column 19");
  bad(R"({"at":"2022-02-25"}{})", "something follows the closing brace: one event a line",
      "events.x, line 1, column 20");
  bad(R"({"asserted_by":["UKR" "USA"]})", "a comma or a closing bracket is missing",
      "events.x, line 1, column 23");
  bad(R"({"source":"é\q","at":1})", "a text before this place holds an escape that stands for no character",
      "events.x, line 1, column 16");
  bad(R"({"source":"\ud800"})", "a text before this place holds an escape that stands for no character",
      "events.x, line 1, column 19");
  bad(R"({"source":"\udc00\ud800"})", "a text before this place holds an escape that stands for no character",
      "events.x, line 1, column 25");
  bad(R"({"id":01})", "`01` is no text in quotes, number, true, false or null", "events.x, line 1, column 7");
  bad(R"({"id":1.})", "`1.` is no text in quotes, number, true, false or null", "events.x, line 1, column 7");
  bad(R"({"id":-})", "`-` is no text in quotes, number, true, false or null", "events.x, line 1, column 7");
  bad(R"({"id":1e+})", "`1e+` is no text in quotes, number, true, false or null",
      "events.x, line 1, column 7");
  bad(R"({"id":None})", "`None` is no text in quotes, number, true, false or null",
      "events.x, line 1, column 7");
  bad(R"({"id":"a})", "a quote is not closed", "events.x, line 1");
  bad("{\"id\":\"a\x01\"}", "a quote is not closed, or a text holds a control character", "events.x, line 1");
}

TEST(Ndjson, ALineThatIsNoObject) {
  rejected("[1,2]", Diag::event_not_object,
           "the line is a list: every event is an object on a line of its own");
  rejected("17", Diag::event_not_object, "the line is one value, and an event is an object in braces");
  rejected("\"at\"", Diag::event_not_object, "the line is one value, and an event is an object in braces");
}

TEST(Ndjson, ALineThatIsTooLong) {
  const ReadLimits limits{.max_line_bytes = 40};
  const std::string text = std::string(vote) + "\n" + R"({"at":"2022-02-25","event":"consult"})";
  const Reading r = read(text, ~size_t{0}, limits);
  ASSERT_EQ(r.rejects.size(), 1U);
  EXPECT_EQ(r.rejects[0].why.kind, Diag::event_line_too_long);
  EXPECT_EQ(r.rejects[0].why.message, "the line is longer than 40 bytes");
  EXPECT_EQ(r.rejects[0].line, vote.substr(0, 40));
  EXPECT_EQ(r.events, Lines{"2022-02-25 consult() line 2"});
}

TEST(Ndjson, BytesThatAreNoText) {
  EXPECT_EQ(rejected("{\"at\":\"\xC3\xA9\xC3\"}", Diag::event_not_utf8, "the line is not UTF-8").where,
            "events.x, line 1, column 9");
  EXPECT_EQ(
      rejected(std::string("{\"at\":\"\0\"}", 10), Diag::event_nul_byte, "the line holds a NUL byte").where,
      "events.x, line 1, column 8");
  EXPECT_EQ(rejected(std::string("{\0}", 3), Diag::event_nul_byte, "the line holds a NUL byte").where,
            "events.x, line 1, column 2");
}

TEST(Ndjson, KeysThatAreMissingWrongOrTwice) {
  rejected(R"({"event":"vote"})", Diag::event_missing_key,
           "the event has no `at`: when it happened, such as \"2022-02-24T06:00Z\"");
  rejected(R"({"at":5,"event":"vote"})", Diag::event_missing_key,
           "`at` is a date or time in quotes, such as \"2022-02-24T06:00Z\"");
  rejected(R"({"at":"2022-02-25"})", Diag::event_missing_key,
           "the event has no `event`: the name of what happened");
  rejected(R"({"at":"2022-02-25","event":7})", Diag::event_missing_key,
           "`event` is the name of what happened, in quotes");
  EXPECT_EQ(rejected(R"({"At":"2022-02-25"})", Diag::event_unknown_key, "an event has no key `At`").label,
            "did you mean `at`?");
  rejected(R"({"motion":{"what":1}})", Diag::event_unknown_key, "a motion has no key `what`");
  rejected(R"({"at":"2022-02-25","at":"2022-02-26"})", Diag::event_duplicate_key, "`at` is given twice");
  rejected(R"({"motion":{"event":"vote","event":"vote"}})", Diag::event_duplicate_key,
           "`event` is given twice");
  rejected(R"({"at":"2022-02-25","event":"vote","args":{"by":"RUS","as":"no","by":"USA"}})",
           Diag::event_duplicate_key, "`by` of `vote` is given twice");
}

TEST(Ndjson, InstantsThatAreNone) {
  for (const std::string wrong :
       {"2022-02-30", "2022-02-30T10:00Z", "2022-02-25T24:00Z", "2022-02-25T10:60Z", "2022-02-25T10:00:60Z",
        "2022-02-25T1x:00Z", "2022-02-25T10:00", "yesterday"}) {
    rejected(R"({"at":")" + wrong + R"(","event":"vote"})", Diag::event_bad_instant,
             "`" + wrong + "` is not a date or time, such as 2022-02-24 or 2022-02-24T06:00Z");
  }
  rejected(R"({"at":"","event":"vote"})", Diag::event_bad_instant,
           "an empty text is not a date or time, such as 2022-02-24 or 2022-02-24T06:00Z");
  rejected(R"({"at":"\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000T10:00Z","event":"vote"})",
           Diag::event_bad_instant,
           "`··········T10:00Z` is not a date or time, such as 2022-02-24 or 2022-02-24T06:00Z");
  rejected(R"({"at":"2022-02-25","event":"vote","known":"soon"})", Diag::event_bad_instant,
           "`soon` in `known` is not a date or time, such as 2022-02-24 or 2022-02-24T06:00Z");
}

TEST(Ndjson, InstantsOfOtherDaysAreNotTakenForTheDayBefore) {
  EXPECT_EQ(events(R"({"at":"1969-12-31T23:59Z","event":"vote"})"
                   "\n"
                   R"({"at":"1970-01-01T00:00:01Z","event":"vote"})"
                   "\n"
                   R"({"at":"2024-02-29T10:00Z","event":"vote"})"
                   "\n"
                   R"({"at":"2024-03-01T10:00Z","event":"vote"})"),
            (Lines{"1969-12-31T23:59Z vote() line 1", "1970-01-01T00:00:01Z vote() line 2",
                   "2024-02-29T10:00Z vote() line 3", "2024-03-01T10:00Z vote() line 4"}));
}

TEST(Ndjson, NamesThatTheModelDoesNotKnow) {
  EXPECT_EQ(rejected(R"({"at":"2022-02-25","event":"armed_atack"})", Diag::event_unknown_event,
                     "no event is called `armed_atack`")
                .label,
            "did you mean `armed_attack`?");
  const Diagnostic parameter = rejected(R"({"at":"2022-02-25","event":"vote","args":{"bye":"RUS"}})",
                                        Diag::event_unknown_parameter, "`vote` has no parameter `bye`");
  EXPECT_EQ(parameter.label, "did you mean `by`?");
  EXPECT_EQ(parameter.notes, Lines{"its parameters: by, on, as"});
  EXPECT_EQ(
      rejected(R"({"at":"2022-02-25","event":"vote","args":{"by":"Kiribatti"}})", Diag::event_unknown_name,
               "`by` of `vote` names `Kiribatti`, which the model does not know")
          .label,
      "did you mean `Kiribati`?");
  EXPECT_EQ(rejected(R"({"at":"2022-02-25","event":"vote","asserted_by":["UKK"]})", Diag::event_unknown_name,
                     "`asserted_by` names `UKK`, whom the model does not know")
                .label,
            "did you mean `UKR`?");
}

TEST(Ndjson, ValuesThatDoNotFit) {
  const auto bad = [](std::string_view text, std::string_view message) {
    return rejected(text, Diag::event_bad_value, message).label;
  };
  bad(R"({"at":"2022-02-25","event":"armed_attack","args":{"on":"Crimea"}})",
      "`on` of `armed_attack` takes the kind `state`, and `Crimea` is of the kind `area`");
  EXPECT_EQ(bad(R"({"at":"2022-02-25","event":"vote","args":{"as":"abstein"}})",
                "`as` of `vote` takes one of yes, no, abstain, not `abstein`"),
            "did you mean `abstain`?");
  bad(R"({"at":"2022-02-25","event":"vote","denied_by":["Crimea"]})",
      "`denied_by` names actors, and `Crimea` is of the kind `area`");
  bad(test_with("shots", "2.5"), "`shots` of `flight_test` takes a whole number, not `2.5`");
  bad(test_with("shots", "99999999999999999999"),
      "`shots` of `flight_test` takes a whole number, not `99999999999999999999`");
  bad(test_with("announced", "1"), "`announced` of `flight_test` takes true or false, not `1`");
  bad(test_with("until", "20220301"),
      "`until` of `flight_test` takes a date or time such as 2022-02-24T06:00Z, not `20220301`");
  bad(test_with("note", "true"), "`note` of `flight_test` takes a text, not `true`");
  for (const std::string wrong :
       {"5 miles", "2.5", "1.2345 km", ".5 km", "1. km", "-.5 km", "km", "10000000000000000000 m",
        "9223372036854775807 km", "1.0000000000000000000 km"}) {
    EXPECT_EQ(bad(test_with("range", "\"" + wrong + "\""),
                  "`range` of `flight_test` takes a length such as \"5 m\", in whole m, not `" + wrong + "`"),
              "its units: m, km");
  }
  bad(R"({"at":"2022-02-25","event":"vote","args":{"on":""}})",
      "`on` of `vote` takes the `id` of an event, not an empty text");
  bad(R"({"at":"2022-02-25","event":"vote","args":{"on":true}})",
      "`on` of `vote` takes the `id` of an event, not `true`");
  bad(R"({"at":"2022-02-25","event":"vote","id":""})", "`id` is empty: leave it out, or name the event");
  bad(R"({"id":true})", "`id` takes a text in quotes, not `true`");
  bad(R"({"at":{}})", "`at` takes one value, not a list or an object");
  bad(R"({"args":{"by":["RUS"]}})", "`by` takes one value, not a list or an object");
  bad(R"({"args":[]})", "`args` takes an object in braces");
  bad(R"({"args":"RUS"})", "`args` takes an object in braces");
}

TEST(Ndjson, MotionsBelongToProposals) {
  rejected(R"({"at":"2022-02-25","event":"propose"})", Diag::event_bad_motion,
           "a proposal says what it proposes");
  rejected(R"({"at":"2022-02-25","event":"vote","motion":{"event":"condemn"}})", Diag::event_bad_motion,
           "only `propose` has a `motion`, and this is `vote`");
  rejected(R"({"at":"2022-02-25","event":"propose","motion":{"event":"propose"}})", Diag::event_bad_motion,
           "a motion can not be to propose a motion");
  rejected(R"({"at":"2022-02-25","event":"propose","motion":{"args":{}}})", Diag::event_missing_key,
           "the event has no `event`: the name of what happened");
}

TEST(Ndjson, NamesAreLimited) {
  const ReadLimits limits{.max_labels = 2};
  const Reading r = read(R"({"at":"2022-02-25","event":"vote","id":"a"})"
                         "\n"
                         R"({"at":"2022-02-25","event":"vote","id":"b"})"
                         "\n"
                         R"({"at":"2022-02-25","event":"vote","id":"c"})"
                         "\n"
                         R"({"at":"2022-02-25","event":"vote","args":{"on":"a"}})",
                         ~size_t{0}, limits);
  EXPECT_EQ(r.events.size(), 3U);
  ASSERT_EQ(r.rejects.size(), 1U);
  EXPECT_EQ(r.rejects[0].why.kind, Diag::event_too_many_names);
  EXPECT_EQ(r.rejects[0].why.message, "`c` would be one name more than the 2 that a replay keeps");
}

TEST(Ndjson, StopsWhenTheSinkSaysSo) {
  const model::Model m = small_model();
  Labels labels;
  Rejects rejects(1);
  const auto reader = read_ndjson("x", std::make_unique<TextInput>("{}\n{}\n"), m, labels, rejects);
  EXPECT_EQ(drain(*reader, rejects, m, labels).status, ReadStatus::stopped);
  EXPECT_EQ(rejects.all.size(), 1U);
}

TEST(Ndjson, PassesOnTheFailureOfItsInput) {
  const model::Model m = small_model();
  const std::string text = std::string(vote) + "\n" + std::string(vote) + "\n";
  for (size_t at = 0; at <= text.size(); ++at) {
    Labels labels;
    Rejects rejects;
    const auto reader = read_ndjson("x", std::make_unique<TextInput>(text, 7, at), m, labels, rejects);
    const Reading r = drain(*reader, rejects, m, labels);
    EXPECT_EQ(r.status, ReadStatus::failed);
    EXPECT_EQ(r.events.size(), at / (vote.size() + 1));
    EXPECT_EQ(reader->failure().what, "the pipe broke");
  }
}

TEST(Ndjson, HostileLinesEndInMessages) {
  std::string text = std::string(3'000'000, '[') + "\n" + std::string(500'000, '{') + "\n" +
                     std::string(900'000, '\\') + "\n" + std::string(900'000, '"') + "\n{\"args\":{";
  for (int i = 0; i < 20'000; ++i) text += "\"a" + std::to_string(i) + "\":1,";
  text += "\"b\":1}}\n" + std::string(vote);
  const Reading r = read(text, 10'000);
  EXPECT_EQ(r.events.size(), 1U);
  EXPECT_EQ(r.rejects.size(), 5U);
}

TEST(Ndjson, CommentsAreNoEvents) {
  const Reading r =
      read_all(&read_ndjson, "# made by hand\n{\"at\":\"2022-02-25\",\"event\":\"vote\"}\n#{\n");
  EXPECT_EQ(r.events, std::vector<std::string>{"2022-02-25 vote() line 2"});
  EXPECT_TRUE(r.rejects.empty()) << r.all();
}

}  // namespace
}  // namespace casus::evidence
