// SPDX-License-Identifier: Apache-2.0
// A net as a logic program: which courses of moves there are is said by its answer sets. A third opinion on what may be reached, by programs
// that share nothing with the searches here: gringo, which fills in the steps, and clasp, which finds answer sets. Time is a table: which timing
// is so after a rule, by the timing before it and what then starts, runs on and ends; without the table it is left out, as in set_search.h.
//
// The program is a dozen rules, over the net's gates, writes and rules as facts. A course that has ended stays where it is, so that after k steps
// there is each state that can be reached by k moves or fewer.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "explore/set_search.h"

namespace casus::explore::test {

bool have_answer_set_programs();

struct TimeTable {
  struct Row {
    TimingId before = 0;
    uint32_t rule = 0;
    uint64_t signature = 0;
    TimingId after = 0;
  };
  std::vector<Row> rows;
};
// Whatever could be asked within so many moves, whether a state asks it or not. None: too much.
std::optional<TimeTable> time_table(const NetProblem& problem, Timings& timings, uint32_t moves);

// Steps are counted by the constant `k`. With a goal: only the courses that reach it. What is shown is the last state.
std::string answer_set_program(const Net& net, const std::optional<Goal>& goal = {});
std::string answer_set_program(const NetProblem& problem, const TimeTable& table,
                               const std::optional<Goal>& goal = {});

struct Answered {
  bool any = false;
  uint64_t states = 0;  // when all were asked for
  double solving = 0;   // seconds of clasp
};
// Nothing: a program failed, or there was not time enough.
std::optional<Answered> ask_answer_sets(const std::string& program, uint32_t moves, bool all,
                                        std::chrono::seconds limit = std::chrono::seconds(60));

}  // namespace casus::explore::test
