// SPDX-License-Identifier: Apache-2.0
// Cells as data sets write them, and what is said of them.
#include <gtest/gtest.h>

#include "imports/data.h"
#include "imports/dates.h"

namespace casus::imports {
namespace {

using test::data;
using test::Rejected;

constexpr std::string_view columns[] = {"a", "b"};

struct Read {
  std::vector<std::vector<std::string>> cells;
  Report report;
  Rejected rejected;
  std::optional<Failure> failure;
};

Read read(const std::string& text, size_t step = ~size_t{0}) {
  Read out;
  Rows rows(data("f.csv", text, step), columns, out.report, out.rejected);
  while (rows.next()) {
    const auto a = rows.number(0);
    const std::string b(rows.text(1));
    if (rows.take()) out.cells.push_back({a ? std::to_string(*a) : "missing", b});
  }
  out.failure = rows.failure();
  return out;
}

using Cells = std::vector<std::vector<std::string>>;

TEST(Rows, are_found_by_name_whatever_the_order_case_and_ends_of_lines) {
  for (const size_t step : {size_t{1}, size_t{7}, ~size_t{0}}) {
    const Read r = read("\xEF\xBB\xBF\"\",B,c,\"A\"\r\n1,x,y,3\r\n2,\"x, \"\"z\"\"\",y,4\r\n", step);
    EXPECT_EQ(r.cells, (Cells{{"3", "x"}, {"4", "x, \"z\""}}));
  }
}

TEST(Rows, tell_of_marks_and_ends_of_lines_in_the_report) {
  Report report;
  Rejected rejected;
  const std::string text =
      "\xEF\xBB\xBF"
      "a,b\r\n1,2\r\n";
  {
    Rows rows(data("f.csv", text), columns, report, rejected);
    while (rows.next()) rows.take();
  }
  EXPECT_EQ(report.of(Trap::byte_order_mark).count, 1u);
  EXPECT_EQ(report.of(Trap::carriage_returns).count, 1u);
  ASSERT_EQ(report.files.size(), 1u);
  EXPECT_EQ(report.files[0].rows, 1u);
  EXPECT_EQ(report.files[0].bytes, text.size());
}

TEST(Rows, hash_does_not_depend_on_the_pieces) {
  const std::string text = "a,b\n1,2\n";
  std::vector<std::string> hashes;
  for (const size_t step : {size_t{1}, size_t{5}, ~size_t{0}}) {
    Report report;
    Rejected rejected;
    {
      Rows rows(data("f.csv", text, step), columns, report, rejected);
      while (rows.next()) rows.take();
    }
    hashes.push_back(report.files[0].hash);
  }
  EXPECT_EQ(hashes[0], hashes[1]);
  EXPECT_EQ(hashes[1], hashes[2]);
}

TEST(Rows, missing_is_not_zero) {
  const Read r = read("a,b\n,x\nNA,x2\n-9,x\n0,x\n");
  EXPECT_EQ(r.cells, (Cells{{"missing", "x"}, {"missing", "x2"}, {"missing", "x"}, {"0", "x"}}));
  EXPECT_EQ(r.report.of(Trap::blank).count, 2u);
  EXPECT_EQ(r.report.of(Trap::minus_nine).count, 1u);
  EXPECT_EQ(r.report.of(Trap::minus_nine).first, (std::vector<std::string>{"f.csv:4 (a)"}));
}

TEST(Rows, numbers_as_statistics_programs_write_them) {
  const Read r = read("a,b\n2e+05,x\n8.7e+07,x\n3.0,x\n");
  EXPECT_EQ(r.cells, (Cells{{"200000", "x"}, {"87000000", "x"}, {"3", "x"}}));
  EXPECT_EQ(r.report.of(Trap::scientific).count, 2u);
}

TEST(Rows, what_is_no_number_puts_the_row_aside_with_its_line) {
  const Read r = read("a,b\nx,1\n1.5,1\n-77,1\n1e400,1\nnan,1\n7,1\n");
  EXPECT_EQ(r.cells, (Cells{{"7", "1"}}));
  EXPECT_EQ(r.rejected.lines,
            (std::vector<std::string>{"2: x,1", "3: 1.5,1", "4: -77,1", "5: 1e400,1", "6: nan,1"}));
  EXPECT_EQ(r.rejected.reasons[0], "a: `x` is no number");
  EXPECT_EQ(r.rejected.reasons[1], "a: `1.5` is no whole number");
}

TEST(Rows, a_row_told_twice_is_taken_once) {
  const Read r = read("a,b\n1,x\n1,x\n1,y\n");
  EXPECT_EQ(r.cells.size(), 2u);
  EXPECT_EQ(r.report.of(Trap::duplicate_row).first, (std::vector<std::string>{"f.csv:3"}));
}

TEST(Rows, other_encodings_are_read_as_windows_1252) {
  const Read r = read("a,b\n1,C\xF4te d\x92Ivoire\n");
  EXPECT_EQ(r.cells, (Cells{{"1", "C\xC3\xB4te d\xE2\x80\x99Ivoire"}}));
  EXPECT_EQ(r.report.of(Trap::not_utf8).count, 1u);
}

TEST(Rows, lines_of_a_wrong_form_are_put_aside) {
  const Read r = read("a,b\n1\n1,2,3\n1,\"x\n2,y\n");
  EXPECT_EQ(r.cells, (Cells{{"2", "y"}}));
  EXPECT_EQ(r.rejected.lines.size(), 3u);
}

TEST(Rows, a_header_without_the_columns_leaves_nothing_to_read) {
  const Read r = read("a,c\n1,2\n");
  EXPECT_TRUE(r.cells.empty());
  ASSERT_EQ(r.rejected.reasons.size(), 1u);
  EXPECT_EQ(r.rejected.reasons[0], "the header has no column `b`");
  EXPECT_TRUE(r.failure.has_value());
  EXPECT_TRUE(read("").failure.has_value());
  EXPECT_TRUE(read("a,b,A\n").failure.has_value());
}

TEST(Rows, an_input_that_fails_is_a_failure) {
  Report report;
  Rejected rejected;
  const std::string text = "a,b\n1,2\n3,4\n";
  Rows rows({"f", std::make_unique<evidence::TextInput>(text, 3, 6)}, columns, report, rejected);
  while (rows.next()) rows.take();
  EXPECT_TRUE(rows.failure().has_value());
}

constexpr std::string_view date_columns[] = {"y", "m", "d"};

std::string date(const std::string& cells, bool end, Report& report) {
  Rejected rejected;
  const std::string text = "y,m,d\n" + cells + "\n";
  Rows rows(data("f", text), date_columns, report, rejected);
  EXPECT_TRUE(rows.next());
  const Instant t = end ? end_of(rows, {0, 1, 2}, true) : beginning_of(rows, {0, 1, 2});
  if (!rows.take()) return rejected.reasons[0];
  return t == Instant::far_future() ? "never" : day_words(t);
}

TEST(Dates, what_is_missing_widens_the_time) {
  Report report;
  EXPECT_EQ(date("1914,8,4", false, report), "1914-08-04");
  EXPECT_EQ(date("1914,8,", false, report), "1914-08-01");
  EXPECT_EQ(date("1914,,", false, report), "1914-01-01");
  EXPECT_EQ(date("1914,8,4", true, report), "1914-08-05");
  EXPECT_EQ(date("1914,8,", true, report), "1914-09-01");
  EXPECT_EQ(date("1914,-9,-9", true, report), "1915-01-01");
  EXPECT_EQ(date("1914,12,0", true, report), "1915-01-01");
  EXPECT_EQ(date("0,0,0", true, report), "never");
  EXPECT_EQ(date("1900,2,29", false, report), "1900-02-28");
  EXPECT_EQ(report.of(Trap::day_clamped).count, 1u);
  EXPECT_EQ(report.of(Trap::day_missing).count, 3u);
  EXPECT_EQ(report.of(Trap::month_missing).count, 2u);
}

TEST(Dates, outside_the_calendar_they_are_the_rows_fault) {
  Report report;
  EXPECT_EQ(date("1914,13,1", false, report), "m: 13 is not in 1 to 12");
  EXPECT_EQ(date("1914,1,32", false, report), "d: 32 is not in 1 to 31");
  EXPECT_EQ(date("14,1,1", false, report), "y: 14 is not in 1500 to 2999");
  EXPECT_EQ(date("0,1,1", false, report), "y: a beginning needs a year");
}

}  // namespace
}  // namespace casus::imports
