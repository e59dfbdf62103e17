// SPDX-License-Identifier: Apache-2.0
// A net as a logic program: which courses of moves there are is said by its answer sets. A third opinion on what may be reached, by programs
// that share nothing with the searches here: gringo, which fills in the steps, and clasp, which finds answer sets. Time is left out, as in
// plain_search.h.
//
// The program is ten rules, over the net's gates, writes and rules as facts. A course that has ended stays where it is, so that after k steps there is
// each state that can be reached by k moves or fewer.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "explore/plain_search.h"

namespace casus::explore::test {

bool have_answer_set_programs();

// Steps are counted by the constant `k`. With a goal: only the courses that reach it. What is shown is the last state.
std::string answer_set_program(const Net& net, const std::optional<Goal>& goal = {});

struct Answered {
  bool any = false;
  uint64_t states = 0;  // when all were asked for
  double seconds = 0;   // of both programs
  double solving = 0;   // of clasp
};
// Nothing: a program failed, or there was not time enough.
std::optional<Answered> ask_answer_sets(const std::string& program, uint32_t moves, bool all,
                                        std::chrono::seconds limit = std::chrono::seconds(60));

}  // namespace casus::explore::test
