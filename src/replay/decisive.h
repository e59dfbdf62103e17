// SPDX-License-Identifier: Apache-2.0
// Where two views come to different verdicts on one case: which single answer decides. Two views differ only in their answers
// to questions: did this contested event happen, does this contested fact hold, which reading is meant, what holds besides.
// One view takes the other's answer to one question, the case is replayed, and the verdict is the other's now, or it is not.
#pragma once

#include "replay/compare.h"

namespace casus::replay {

enum class QuestionKind : uint8_t { event, given, reading, held };

// That not all columns answer alike.
struct ViewQuestion {
  QuestionKind kind{};
  uint32_t index =
      0;  // of the event among Replay::events; of the given among the model's, then the scenario's
  model::ReadingId reading;
  model::GivenFact held;  // one of those that some view holds itself; its fact and arguments are the question
  std::vector<uint32_t>
      answers;  // a column each; alike where they answer alike. event, given: 1 accepted, 0 not;
                // reading: the option and 1, 0 where none is held; held: a number of the answer
};

// The verdicts of column `from` become those of column `to` when `from` answers these questions as `to` does.
struct Turn {
  size_t from = 0, to = 0;
  std::vector<uint32_t>
      questions;  // one: it alone decides; several: only together, none of them can be left out
};

struct Decisions {
  std::vector<ViewQuestion> questions;
  std::vector<std::vector<Turn>> turns;  // for each row of the comparison; none for rows that do not differ
  size_t replays = 0;                    // that were made
  bool cut_short = false;                // a limit was reached: some turns were not looked for
};

struct DecisiveLimits {
  size_t replays = 2000;
  size_t events = 5'000'000;  // of all these replays together
};

// `columns` are replays of one scenario of one model with `options`, each in other eyes; `comparison` is theirs.
// Each pair of columns whose verdicts differ is tried both ways: each question by itself, and where none decides
// alone, all of them, leaving out one after the other what is not needed. Cost: a replay for each column, question and
// other answer to it, and for each verdict that nothing decides alone up to a replay a question; none is made twice.
Result<Decisions> decisive(const std::vector<const Replay*>& columns, const Comparison& comparison,
                           const Options& options, Files& files, const std::vector<std::string>& extra,
                           DecisiveLimits limits = {});

}  // namespace casus::replay
