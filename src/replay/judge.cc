// SPDX-License-Identifier: Apache-2.0
#include "replay/judge.h"

#include <algorithm>
#include <map>

namespace casus::replay {

using model::Expectation;
using model::Verdict;
using run::Record;
using run::RecordKind;

std::optional<RecordKind> record_of(Verdict v) {
  switch (v) {
    case Verdict::fulfilled:
      return RecordKind::fulfilled;
    case Verdict::breach:
      return RecordKind::breach;
    case Verdict::unperformed:
      return RecordKind::unperformed;
    case Verdict::released:
      return RecordKind::released;
    case Verdict::lapsed:
      return RecordKind::lapsed;
    case Verdict::late:
      return RecordKind::late;
    case Verdict::void_act:
      return RecordKind::void_act;
    case Verdict::adopted:
      return RecordKind::adopted;
    case Verdict::rejected:
      return RecordKind::rejected;
    default:
      return std::nullopt;
  }
}

namespace {

bool concerns(const Expectation& e, model::ViewpointId view, const model::Scenario& scenario) {
  return e.as ? e.as == view : scenario.view == view;
}

class Judge {
 public:
  Judge(const Replay& r, const Expectation& e) : r_(r), m_(*r.model), e_(e) {}

  Judgement run() {
    Judgement j;
    const bool found = seen();
    j.met = found != e_.never;
    j.got = found ? "it happened on " + when(found_at_) : missing();
    return j;
  }

 private:
  bool whom_and_where(const Record& rec) const {
    if (e_.bearer && rec.bearer != e_.bearer) return false;
    if (e_.verdict == Verdict::void_act) {
      return !e_.act || r_.ledger.occurrences[rec.occurrence].event == e_.act;
    }
    if (e_.verdict == Verdict::adopted || e_.verdict == Verdict::rejected) return motion(rec);
    if (!e_.instrument && !e_.article) return true;
    if (!rec.clause) return false;
    const model::Clause& c = m_[rec.clause];
    if (e_.instrument && c.instrument != e_.instrument) return false;
    return !e_.article || c.article == e_.article;
  }

  bool motion(const Record& rec) const {
    if (e_.motion.empty()) return true;
    const auto note = r_.note_of.find(rec.occurrence);
    if (note == r_.note_of.end()) return false;
    const evidence::LabelNo label = r_.events[note->second].label;
    return label != evidence::no_label && r_.labels->name(label) == e_.motion;
  }

  bool in_time(int64_t at) const {
    if (!e_.at) return true;
    return e_.at->at.ms <= at && at <= last_of(*e_.at).ms;
  }

  bool seen() {
    if (const auto kind = record_of(e_.verdict)) {
      for (const Record& rec : r_.ledger.records) {
        if (rec.kind != *kind || !whom_and_where(rec)) continue;
        if (!in_time(rec.at)) {
          elsewhere_.push_back(rec.at);
          continue;
        }
        found_at_ = rec.at;
        return true;
      }
      return false;
    }
    return state();
  }

  // duty, pending, suspended: what is live at an instant; `duty` without one: whether it ever was born.
  bool state() {
    const bool whole_run = !e_.at && e_.verdict == Verdict::duty;
    const int64_t at = e_.at ? last_of(*e_.at).ms : r_.end;
    std::map<std::pair<uint32_t, uint32_t>, RecordKind> live;
    for (const Record& rec : r_.ledger.records) {
      if (!whole_run && rec.at > at) break;
      if (rec.duty == run::no_number) continue;
      if (rec.kind == RecordKind::transferred) live.erase({rec.duty, static_cast<uint32_t>(rec.extra)});
      if (!whom_and_where(rec)) continue;
      const std::pair key{rec.duty, rec.bearer.value};
      switch (rec.kind) {
        case RecordKind::born:
        case RecordKind::resumed:
        case RecordKind::restored:
        case RecordKind::transferred:
          if (whole_run) {
            found_at_ = rec.at;
            return true;
          }
          live[key] = RecordKind::born;
          found_at_ = rec.at;
          break;
        case RecordKind::suspended:
          live[key] = RecordKind::suspended;
          break;
        case RecordKind::fulfilled:
        case RecordKind::breach:
        case RecordKind::unperformed:
        case RecordKind::late:
        case RecordKind::released:
        case RecordKind::lapsed:
          if (rec.kind != RecordKind::breach || m_[rec.clause].kind != model::ClauseKind::prohibition)
            live.erase(key);
          break;
        default:
          break;
      }
    }
    return std::any_of(live.begin(), live.end(), [&](const auto& l) {
      return e_.verdict == Verdict::suspended ? l.second == RecordKind::suspended
                                              : e_.verdict == Verdict::duty || l.second == RecordKind::born;
    });
  }

  static std::string when(int64_t at) {
    return format_iso(Instant{at}, at % ms_per_day == 0 ? Precision::day : Precision::minute);
  }

  std::string missing() const {
    if (!elsewhere_.empty()) return "not then; it happened on " + when(elsewhere_.front());
    return "it did not happen";
  }

  const Replay& r_;
  const model::Model& m_;
  const Expectation& e_;
  int64_t found_at_ = 0;
  std::vector<int64_t> elsewhere_;
};

}  // namespace

std::vector<Asked> questions_of(const model::Scenario& scenario, model::ViewpointId view, int64_t end,
                                std::vector<model::ExprId>& questions) {
  std::vector<Asked> asked;
  for (size_t i = 0; i < scenario.expectations.size(); ++i) {
    const Expectation& e = scenario.expectations[i];
    if (e.verdict != Verdict::holds || !concerns(e, view, scenario)) continue;
    Asked a;
    a.expectation = static_cast<uint32_t>(i);
    a.question = static_cast<uint32_t>(questions.size());
    // The state at a day is that at its end, unless the run ends before.
    a.at = e.at ? std::min(last_of(*e.at).ms, std::max(end, e.at->at.ms)) : end;
    questions.push_back(e.condition);
    asked.push_back(a);
  }
  std::stable_sort(asked.begin(), asked.end(), [](const Asked& a, const Asked& b) { return a.at < b.at; });
  return asked;
}

std::vector<Judgement> judge_expectations(const Replay& r, const std::vector<Asked>& asked) {
  const model::Scenario& scenario = (*r.model)[r.scenario];
  std::vector<Judgement> out;
  for (size_t i = 0; i < scenario.expectations.size(); ++i) {
    const Expectation& e = scenario.expectations[i];
    if (!concerns(e, r.view, scenario)) continue;
    Judgement j;
    if (e.verdict == Verdict::holds) {
      const auto a =
          std::find_if(asked.begin(), asked.end(), [&](const Asked& q) { return q.expectation == i; });
      const bool holds = a != asked.end() && a->answer;
      j.met = holds != e.never;
      j.got = holds ? "it holds" : "it does not hold";
    } else {
      j = Judge(r, e).run();
    }
    j.expectation = static_cast<uint32_t>(i);
    out.push_back(std::move(j));
  }
  return out;
}

}  // namespace casus::replay
