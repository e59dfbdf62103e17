// SPDX-License-Identifier: Apache-2.0
// A ledger digested for reading: what became of each duty, how each motion was decided, what deserves attention. Text, JSON and comparison
// show the same digest.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "replay/replay.h"

namespace casus::report {

enum class Status : uint8_t {
  pending,
  suspended,
  kept,
  kept_late,
  breach,
  breach_open,
  unperformed,
  released,
  lapsed,
  transferred,
  forbidden_breach,
  yielded
};
std::string_view status_words(Status status);  // "kept", "breach", "unperformed, self-judging", …

// One duty of several bearers with the same fate, or one violated prohibition.
struct DutyRow {
  model::ClauseId clause;
  run::DutyNo duty = run::no_number;
  std::vector<model::EntityId> bearers;
  Status status = Status::pending;
  int64_t deadline = model::no_value;
  int64_t since = 0;  // of the status
  run::Reason reason = run::Reason::none;
  uint32_t trigger = run::no_number;
  uint32_t act = run::no_number;  // that kept or broke it
};

struct MotionRow {
  model::EntityId body;
  run::OccurrenceNo proposal = run::no_number;
  enum class Result : uint8_t { open, adopted, rejected } result = Result::open;
  int64_t at = 0;
  int64_t deadline = model::no_value;
  std::vector<model::EntityId> yes, no, abstain;
};

enum class FindingKind : uint8_t {
  clash,
  priority,
  contradictory,
  race,
  void_act,
  undecided_event,
  undecided_fact,
  open_textured,
  self_judging,
  reading_open
};
struct Finding {
  FindingKind kind{};
  std::string text;  // one sentence
  int64_t at = 0;
};

struct Digest {
  std::vector<DutyRow>
      duties;  // breaches first, then what is pending by deadline, then the rest in order of birth
  std::vector<MotionRow> motions;
  std::vector<Finding> findings;
  // Clauses with a trigger under the case whose trigger never was met: candidates for `why not`.
  std::vector<model::ClauseId> untouched;
};

Digest digest(const replay::Replay& replay);

}  // namespace casus::report
