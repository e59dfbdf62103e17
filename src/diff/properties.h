// SPDX-License-Identifier: Apache-2.0
// Which properties change: questions that both drafts understand are explored under both, and a story that shows a change is replayed under both.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diff/questions.h"
#include "diff/stories.h"

namespace casus::diff {

// The story that shows an answer of one draft, under both.
struct Shown {
  bool by_after = false;  // whose story it is
  const explore::StoryScenario* story = nullptr;
  const explore::Prepared* of = nullptr;  // whose model it is told in
  std::optional<replay::Replay> other;    // under the other draft; none: it can not be told there
  std::vector<Verdict> verdicts;          // on what the two part
};

struct PropertyChange {
  uint32_t property = 0;                      // of the exploration
  std::string package_before, package_after;  // in words; empty where nothing is left open
  explore::Answer before{}, after{};
  std::optional<Shown> shown;
  // Else one of them is not known.
  bool changed() const {
    return before != explore::Answer::unknown && after != explore::Answer::unknown && before != after;
  }
};

// One question and what it came to.
struct Asked {
  Question question;
  const Put* put = nullptr;
  std::string failed;                                // why it could not be explored
  std::vector<explore::Explored> before, after;      // by package; none of a draft to which it can not be put
  std::vector<std::string> only_before, only_after;  // packages that the other draft does not have
  size_t compared = 0;                               // answers
  std::vector<PropertyChange> changes;               // and what is not known
  // Put to one draft alone: what that one answers.
  const std::vector<explore::Explored>* alone() const {
    return before.empty() == after.empty() ? nullptr : before.empty() ? &after : &before;
  }
  // Of a question that was put to one of them at least: as the draft in whose words it is has it, if it does.
  const model::Exploration& exploration() const;
};

// A question for each instrument that both drafts have, for Asking::standard: of the events that its clauses wait for or ask (brought about as
// stories are, so that nobody real does what no draft gives him to do) any may happen, a few in one course.
Put standard_questions(const Stand& before, const Stand& after, const Difference& difference);

struct Asking {
  explore::Limits limits;
  model::Package package_before, package_after;  // fixed from outside, in the ids of the drafts
  std::optional<std::string> view;               // else the exploration's; empty: undisputed
  bool standard = false;                         // asks each question for the standard properties, too
  explore::Report progress;
};

// All questions of a text, in order; of those whose key is in `known` nothing, and theirs are added. `files`: of events, named from where the
// questions stand.
std::vector<Asked> ask(Put& put, const Stand& before, const Stand& after, const Difference& difference,
                       const Asking& how, std::vector<std::string>& known, replay::Files& files);

}  // namespace casus::diff
