// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "reading.h"

namespace casus::evidence {
namespace {

using Lines = std::vector<std::string>;

const std::string header = "at,event,id,by,on,as,asserted_by,denied_by,known,source\n";

Reading read(std::string_view text, size_t step = ~size_t{0}, const ReadLimits& limits = {}) {
  return read_all(&read_csv, text, step, limits);
}

Lines events(std::string_view text) {
  const Reading r = read(text);
  EXPECT_TRUE(r.rejects.empty()) << r.all();
  EXPECT_EQ(r.status, ReadStatus::end);
  return r.events;
}

Diagnostic rejected(std::string_view text, Diag kind, std::string_view message,
                    const ReadLimits& limits = {}) {
  return only_reject(&read_csv, text, kind, message, limits);
}

TEST(Csv, ReadsEveryColumn) {
  EXPECT_EQ(events(header + "2022-02-25T22:00Z,vote,v1,RUS,S2022_155,no,UKR; USA,RUS,2022-03-01,S/PV.8979\n"),
            Lines{"2022-02-25T22:00Z vote(by:RUS on:@S2022_155 as:no) id=v1 +UKR +USA -RUS "
                  "known=2022-03-01T00:00:00Z "
                  "source=S/PV.8979 line 2"});
}

TEST(Csv, EmptyFieldsAreNotGiven) {
  EXPECT_EQ(events(header + "2022-02-25,vote,,,,,,,,\n"), Lines{"2022-02-25 vote() line 2"});
}

TEST(Csv, AColumnMayBePrefixedAndMustBeWhereTheNameIsAnEventsOwn) {
  EXPECT_EQ(events(" at , event,arg.at,arg.on\n2022-02-24T06:00Z,armed_attack,Kharkiv,UKR\n"),
            Lines{"2022-02-24T06:00Z armed_attack(on:UKR at:Kharkiv) line 2"});
}

TEST(Csv, ReadsNumbersTruthsAndQuantitiesFromTexts) {
  EXPECT_EQ(
      events("event,at,range,shots,announced,until\nflight_test,2022-02-25,2.5 km,-3,true,2022-03-01\n"),
      Lines{
          "2022-02-25 flight_test(range:2500 m shots:-3 announced:true until:2022-03-01T00:00:00Z) line 2"});
}

TEST(Csv, FieldsInQuotesHoldCommasQuotesAndEndsOfLines) {
  EXPECT_EQ(events("\"at\",event,\"source\"\n2022-02-25,\"vote\",\"a, "
                   "\"\"b\"\"\"\n2022-02-26,vote,\"one\n\r\ntwo\"\r\n"
                   "2022-02-27,vote,\"\"\n2022-02-28,vote,\"\"\"\""),
            (Lines{"2022-02-25 vote() source=a, \"b\" line 2", "2022-02-26 vote() source=one\n\r\ntwo line 3",
                   "2022-02-27 vote() line 6", "2022-02-28 vote() source=\" line 7"}));
}

TEST(Csv, SkipsBlankLinesTakesCrLfAMissingLastEndAndAByteOrderMark) {
  EXPECT_EQ(events("\xEF\xBB\xBF\r\nat,event\r\n\r\n2022-02-25,vote\r\n2022-02-26,vote"),
            (Lines{"2022-02-25 vote() line 4", "2022-02-26 vote() line 5"}));
}

TEST(Csv, AnEmptyFileIsNoError) {
  EXPECT_TRUE(events("").empty());
  EXPECT_TRUE(events("\n").empty());
  EXPECT_TRUE(events(header).empty());
}

std::string mixture() {
  std::string text = "\xEF\xBB\xBF" + header;
  text += "2022-02-25,vote,\"v,1\",RUS,m,no,UKR;USA,,,\"two\r\nlines, \"\"quoted\"\"\"\r\n";
  text += "2022-02-25,vote,\"open,RUS\n";
  text += "2022-02-25,vote,v2,RUS,m,no,,,,\"next\"\n";
  text += "2022-02-25,vote,v\"3,RUS,m,no,,,,\n\n";
  text += "2022-02-25,vote,\"v3\"4,RUS,m,no,,,,\n";
  text += "2022-02-25,vote,\xFF,RUS,m,no,,,,\n";
  text += "2022-02-25,vote," + std::string(300, 'x') + ",RUS,m,no,,,,\n";
  text += "2022-02-25,vote,v4,RUS\n";
  text += "2022-02-25,vote,,,,,,,,\"" + std::string(150, 'y') + "\n" + std::string(150, 'z') + "\n";
  text += "2022-02-26,vote,v5,RUS,m,no,,,,\n";
  text += "2022-02-26,vote,\"never closed";
  return text;
}

TEST(Csv, GivesTheSameForEveryChunkSize) {
  const ReadLimits limits{.max_line_bytes = 200};
  const std::string text = mixture();
  const Reading whole = read(text, ~size_t{0}, limits);
  EXPECT_EQ(
      whole.events,
      (Lines{"2022-02-25 vote(by:RUS on:@m as:no) id=v,1 +UKR +USA source=two\r\nlines, \"quoted\" line 2",
             "2022-02-25 vote(by:RUS on:@m as:no) id=v2 source=next line 5",
             "2022-02-26 vote(by:RUS on:@m as:no) id=v5 line 14"}));
  std::vector<uint64_t> numbers;
  for (const Reject& r : whole.rejects) numbers.push_back(r.number);
  EXPECT_EQ(numbers, (std::vector<uint64_t>{4, 6, 8, 9, 10, 11, 12, 13, 15})) << whole.all();
  EXPECT_EQ(whole.lines, 15U);
  for (size_t step = 1; step <= text.size(); ++step) {
    ASSERT_EQ(read(text, step, limits).all(), whole.all()) << "at most " << step << " bytes at a time";
  }
}

TEST(Csv, AFieldOfManyLinesIsReadInOneGo) {
  std::string text = "at,event,source\n2022-02-25,vote,\"";
  for (int i = 0; i < 400'000; ++i) text += "\n";
  text += "\"\n";
  EXPECT_EQ(events(text).size(), 1U);
}

TEST(Csv, QuotesThatAreWrong) {
  const std::string columns = "at,event,source\n";
  EXPECT_EQ(
      rejected(columns + "2022-02-25,vote,\"a", Diag::csv_open_quote, "a quote is opened here and not closed")
          .where,
      "events.x, line 2, column 17");
  EXPECT_EQ(rejected(columns + "2022-02-25,vote,\"a\"b", Diag::csv_stray_quote,
                     "a comma is missing after a closing quote")
                .where,
            "events.x, line 2, column 19");
  EXPECT_EQ(rejected(columns + "2022-02-25,vote,a\"b", Diag::csv_stray_quote,
                     "a quote stands inside a field that does not begin with one")
                .where,
            "events.x, line 2, column 18");
}

TEST(Csv, AQuoteLeftOpenCostsItsOwnLineOnly) {
  const Reading r = read("at,event,source\n2022-02-25,vote,\"a\n2022-02-26,vote,b\n2022-02-27,vote,\"c\"\n");
  EXPECT_EQ(r.events, (Lines{"2022-02-26 vote() source=b line 3", "2022-02-27 vote() source=c line 4"}));
  ASSERT_EQ(r.rejects.size(), 1U);
  EXPECT_EQ(r.rejects[0].line, "2022-02-25,vote,\"a");
  EXPECT_EQ(r.rejects[0].number, 2U);
}

TEST(Csv, LinesWithOtherThanTheHeadersColumns) {
  rejected("at,event\n2022-02-25,vote,v1\n", Diag::csv_field_count,
           "the line has 3 fields, and the header 2 columns");
  rejected("at,event,id\n2022-02-25,vote\n", Diag::csv_field_count,
           "the line has 2 fields, and the header 3 columns");
}

TEST(Csv, HeadersThatAreWrong) {
  const auto bad = [](std::string_view text, std::string_view message) {
    return rejected(std::string(text) + "\n2022-02-25,vote\n2022-02-25,vote\n", Diag::csv_bad_header,
                    message);
  };
  const Diagnostic why = bad("at,evnt", "the column `evnt` is neither an event's own nor a parameter of one");
  EXPECT_EQ(why.label, "did you mean `event`?");
  EXPECT_EQ(why.notes, Lines{"nothing of the file is read until its header is mended"});
  EXPECT_EQ(why.where, "events.x, line 1");
  EXPECT_EQ(bad("at,event,arg.rang", "the column `arg.rang` is neither an event's own nor a parameter of one")
                .label,
            "did you mean `range`?");
  bad("at,event,arg.source", "the column `arg.source` is neither an event's own nor a parameter of one");
  bad("at,by", "the header has no column `event`");
  bad("event,by", "the header has no column `at`");
  bad("at,event,", "a column of the header has no name");
  bad("at,event,by,arg.by", "the header has two columns `by`");
  bad("at,event,at", "the header has two columns `at`");
  rejected("\"at,event\n2022-02-25,vote\n", Diag::csv_open_quote, "a quote is opened here and not closed");
}

TEST(Csv, CommentsAreNoRowsAndMayStandBeforeTheHeader) {
  EXPECT_EQ(events("# who voted\nat,event,id\n#2022-02-25,vote,x\n2022-02-25,vote,\"#y\"\n"),
            Lines{"2022-02-25 vote() id=#y line 4"});
}

TEST(Csv, RejectedRowsComeWithTheirHeader) {
  const model::Model m = small_model();
  const auto origins = [&m](std::string_view text) {
    Labels labels;
    Rejects rejects;
    const auto reader = read_csv("f.csv", std::make_unique<TextInput>(text), m, labels, rejects);
    drain(*reader, rejects, m, labels);
    return rejects.origins;
  };
  EXPECT_EQ(origins("at,event\n2022-02-25,vot\n2022,vote\n"), (Lines{"f.csv|at,event", "f.csv|at,event"}));
  EXPECT_EQ(origins("at,evnt\n2022-02-25,vote\n"), Lines{"f.csv||all"});
  EXPECT_EQ(origins("at,\"event\n2022-02-25,vote\n"), Lines{"f.csv||all"});
}

TEST(Csv, ValuesAreReadAsInNdjson) {
  EXPECT_EQ(rejected("at,event,by\n2022-02-25,vote,UKK\n", Diag::event_unknown_name,
                     "`by` of `vote` names `UKK`, which the model does not know")
                .label,
            "did you mean `UKR`?");
  rejected("at,event,range\n2022-02-25,vote,5 km\n", Diag::event_unknown_parameter,
           "`vote` has no parameter `range`");
  rejected("at,event\n,vote\n", Diag::event_missing_key,
           "the event has no `at`: when it happened, such as \"2022-02-24T06:00Z\"");
  rejected("at,event\n2022-02-25,\n", Diag::event_missing_key,
           "the event has no `event`: the name of what happened");
  rejected("at,event,by,in\n2022-02-25,propose,USA,UNSC\n", Diag::event_bad_motion,
           "a proposal says what it proposes");
}

TEST(Csv, BytesThatAreNoText) {
  EXPECT_EQ(rejected("at,event\n2022,\xC3\xA9\xC3\n", Diag::event_not_utf8, "the line is not UTF-8").where,
            "events.x, line 2, column 7");
  EXPECT_EQ(rejected(std::string("at,event\na\0b,c\n", 15), Diag::event_nul_byte, "the line holds a NUL byte")
                .where,
            "events.x, line 2, column 2");
}

TEST(Csv, PassesOnTheFailureOfItsInput) {
  const model::Model m = small_model();
  const std::string text = "at,event,source\n2022-02-25,vote,\"two\nlines\"\n";
  for (size_t at = 0; at <= text.size(); ++at) {
    Labels labels;
    Rejects rejects;
    const auto reader = read_csv("x", std::make_unique<TextInput>(text, 5, at), m, labels, rejects);
    const Reading r = drain(*reader, rejects, m, labels);
    EXPECT_EQ(r.status, ReadStatus::failed) << at;
    EXPECT_EQ(r.events.size(), at == text.size() ? 1U : 0U);
    EXPECT_TRUE(r.rejects.empty()) << r.all();
  }
}

}  // namespace
}  // namespace casus::evidence
