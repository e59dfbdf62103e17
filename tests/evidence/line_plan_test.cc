// SPDX-License-Identifier: Apache-2.0
#include "evidence/line_plan.h"

#include <map>
#include <string>

#include "base/rng.h"
#include "reading.h"

namespace casus::evidence {
namespace {

constexpr std::string_view model_line =
    R"({"at":"2022-02-25T22:00Z","event":"vote","id":"v1","args":{"by":"RUS","shots":5},"source":""})";

std::string with_padding(std::string_view text) { return std::string(text) + std::string(64, '"'); }

class LinePlansTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto part = [](std::string_view text) {
      return model_line.substr(model_line.find(text), text.size());
    };
    using Form = RawValue::Form;
    RawEvent raw;
    raw.at = {Form::text, part("2022-02-25T22:00Z")};
    raw.event = {Form::text, part("vote")};
    raw.id = {Form::text, part("v1")};
    raw.source = {Form::text, model_line.substr(model_line.size() - 2, 0)};
    raw.args.push_back({part("by"), {Form::text, part("RUS")}});
    raw.args.push_back({part("shots"), {Form::number, part("5}").substr(0, 1)}});
    plans_.learn(model_line, raw);
  }

  // "at|id|first argument|second|source", or "-" when no plan fits.
  std::string match(std::string_view text) {
    const std::string bytes = with_padding(text);
    size_t size = 0;
    const RawEvent* raw = plans_.match(std::string_view(bytes).substr(0, text.size()), size);
    if (raw == nullptr) return "-";
    EXPECT_EQ(size, text.find_first_of("\r\n"));
    EXPECT_EQ(raw->event.text, "vote");
    EXPECT_EQ(raw->args[1].label, "shots");
    std::string out;
    for (const RawValue& value : {raw->at, raw->id, raw->args[0].value, raw->args[1].value, raw->source})
      out += (out.empty() ? "" : "|") + std::string(value.text);
    return out;
  }
  std::string match_id(std::string_view id) {
    return match(R"({"at":"2022-02-25T22:00Z","event":"vote","id":")" + std::string(id) +
                 R"(","args":{"by":"RUS","shots":5},"source":""})" + "\n");
  }
  std::string match_shots(std::string_view shots) {
    return match(R"({"at":"2022-02-25T22:00Z","event":"vote","id":"v1","args":{"by":"RUS","shots":)" +
                 std::string(shots) + R"(},"source":""})" + "\n");
  }

  LinePlans plans_;
};

TEST_F(LinePlansTest, FillsTheGapsOfALineThatLooksTheSame) {
  EXPECT_EQ(match(std::string(model_line) + "\n"), "2022-02-25T22:00Z|v1|RUS|5|");
  EXPECT_EQ(match(std::string(model_line) + "\r\n{"), "2022-02-25T22:00Z|v1|RUS|5|");
  EXPECT_EQ(
      match(
          R"({"at":"x","event":"vote","id":"","args":{"by":"CHN","shots":-1.5e3},"source":"a b c d e f g h"})"
          "\n"),
      "x||CHN|-1.5e3|a b c d e f g h");
}

TEST_F(LinePlansTest, FitsNoOtherLine) {
  EXPECT_EQ(match(model_line), "-") << "it may go on";
  EXPECT_EQ(match(std::string(model_line) + "\r"), "-");
  EXPECT_EQ(match(std::string(model_line) + "x\n"), "-");
  EXPECT_EQ(match(std::string(model_line) + " \n"), "-");
  EXPECT_EQ(match(""), "-");
  for (size_t size = 0; size < model_line.size(); ++size) {
    ASSERT_EQ(match(model_line.substr(0, size)), "-") << size;
    ASSERT_EQ(match(std::string(model_line.substr(0, size)) + "\n"), "-") << size;
  }
  std::string other(model_line);
  other.replace(other.find("vote"), 4, "veto");
  EXPECT_EQ(match(other + "\n"), "-");
}

TEST_F(LinePlansTest, LeavesEveryTextThatIsNotPlainToTheReaderOfJson) {
  for (size_t before = 0; before < 20; ++before) {
    for (size_t behind = 0; behind < 10; ++behind) {
      const auto text = [&](std::string_view inner) {
        return std::string(before, 'a') + std::string(inner) + std::string(behind, 'b');
      };
      const auto read = [&](std::string_view inner) {
        const std::string got = match_id(text(inner));
        return got == "-" ? got : got.substr(18, got.find("|RUS") - 18);
      };
      ASSERT_EQ(read("é"), text("é"));
      ASSERT_EQ(read("\x7f!#[]"), text("\x7f!#[]"));
      for (const std::string_view wrong : {"\\", "\\n", "\"", "\x1f", "\n", "\t", "\xC3", "\xED\xA0\x80"})
        ASSERT_EQ(read(wrong), "-") << before << " " << behind;
      ASSERT_EQ(read(std::string_view("\0", 1)), "-");
    }
  }
}

TEST_F(LinePlansTest, ANumberStaysANumber) {
  EXPECT_EQ(match_shots("12"), "2022-02-25T22:00Z|v1|RUS|12|");
  for (const std::string_view wrong :
       {"", "01", "1 2", "true", "null", "\"5\"", "[5]", "{}", "5,", "5}", "-"})
    EXPECT_EQ(match_shots(wrong), "-") << wrong;
}

std::string first_difference(std::string_view a, std::string_view b) {
  const auto line = [](std::string_view& rest) {
    const std::string_view out = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), out.size() + 1));
    return out;
  };
  while (!a.empty() || !b.empty()) {
    const std::string_view of_a = line(a);
    const std::string_view of_b = line(b);
    if (of_a != of_b) return std::string(of_a) + "\n" + std::string(of_b);
  }
  return {};
}

// Read in pieces of one byte, no line lies ahead whole, and none is read by a plan.
TEST(LinePlans, ReadWhatTheReaderOfJsonReads) {
  const std::string_view shapes[] = {
      R"({"at":"~","event":"vote","id":"~","args":{"by":"~","on":"~","as":"~"}})",
      R"({ "event" : "vote", "at" : "~" , "args" : {"as":"~","by":"~"}, "source":"~" } )",
      R"({"at":"~","event":"flight_test","args":{"by":"~","range":"~","shots":~,"announced":~,"note":"~"}})",
      R"({"at":"~","event":"propose","id":~,"args":{"by":"~"},"motion":{"event":"condemn","args":{"by":"~","what":"~"}}})",
      R"({"at":"~","event":"consult","asserted_by":["~","~"],"denied_by":"~","known":"~","args":{"by":null,"about":"~"}})",
  };
  const std::map<std::string_view, std::vector<std::string_view>> fitting = {
      {"at", {"2022-02-25", "2022-02-25T22:00Z", "2022-02-26T22:00:05Z"}},
      {"id", {"1", "22", "-333"}},
      {"by", {"RUS", "UKR", "Kiribati"}},
      {"asserted_by", {"RUS", "UKR", "Kiribati"}},
      {"as", {"yes", "no", "abstain"}},
      {"shots", {"5", "-7", "1234567"}},
      {"announced", {"true", "false"}},
      {"range", {"5 km", "17", "3.5 km"}},
      {"note", {"known text", "a note", "exactly 16 bytes", "more than 16 bytes", "é", "", "\\u0041"}},
      {"on", {"v1", "v22", "a name of 16 byt", "a name of more bytes"}}};
  const std::vector<std::string_view> any = {"RUS",  "Crimea", "2022-02-25", "yes",  "5",  "-0.5e3", "true",
                                             "null", "é",      "\\u0041",    "\xC3", "\"", "\t",     "\\"};
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    Rng rng(seed);
    std::string text;
    for (int line = 0; line < 300; ++line) {
      const std::string_view shape = shapes[rng.below(std::size(shapes))];
      for (size_t at = 0; at < shape.size(); ++at) {
        if (shape[at] != '~') {
          text += shape[at];
          continue;
        }
        const size_t colon = shape.rfind(':', at);
        const size_t key = shape.rfind('"', shape.rfind('"', colon) - 1) + 1;
        const auto known = fitting.find(shape.substr(key, shape.find('"', key) - key));
        const auto& values = known == fitting.end() ? fitting.at("on") : known->second;
        text += rng.chance(1, 40) ? any[rng.below(any.size())] : values[rng.below(values.size())];
      }
      if (rng.below(20) == 0) text[text.size() - 1 - rng.below(40)] = "\"\\,:{}x\n"[rng.below(8)];
      text += rng.below(10) == 0 ? "\r\n" : "\n";
    }
    const ReadLimits limits{.max_line_bytes = 135, .max_labels = 9};
    const Reading whole = read_all(&read_ndjson, text, ~size_t{0}, limits);
    EXPECT_GT(whole.rejects.size(), 30U);
    EXPECT_GT(whole.events.size(), 100U);
    for (const size_t step : {size_t{1}, size_t{150}})
      ASSERT_EQ(first_difference(whole.all(), read_all(&read_ndjson, text, step, limits).all()), "") << seed;
  }
}

// More sorts of lines than plans.
TEST(LinePlans, ManySortsOfLinesInTurn) {
  std::string text;
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    const std::string spaces(static_cast<size_t>(i % 11), ' ');
    const std::string day = "2022-03-0" + std::to_string(1 + i % 9);
    text += R"({"at":")" + day + R"(","event":)" + spaces + R"("close","args":{"by":"RUS"}})" + "\n";
    expected += day + " close(by:RUS) line " + std::to_string(i + 1) + "\n";
  }
  EXPECT_EQ(read_all(&read_ndjson, text).all(), expected);
}

}  // namespace
}  // namespace casus::evidence
