// SPDX-License-Identifier: Apache-2.0
#include "report/digest.h"

#include <algorithm>
#include <set>

#include "report/phrases.h"
#include "text/words.h"

namespace casus::report {

using run::Record;
using run::RecordKind;

std::string_view status_words(Status status) {
  switch (status) {
    case Status::pending:
      return "pending";
    case Status::suspended:
      return "suspended";
    case Status::kept:
      return "kept";
    case Status::kept_late:
      return "kept, late";
    case Status::breach:
      return "breach";
    case Status::breach_open:
      return "breach, open";
    case Status::unperformed:
      return "unperformed";
    case Status::released:
      return "released";
    case Status::lapsed:
      return "lapsed";
    case Status::transferred:
      return "passed on";
    case Status::forbidden_breach:
      return "breach";
    case Status::yielded:
      return "permitted";
  }
  return "";
}

namespace {

struct Fate {
  Status status = Status::pending;
  int64_t deadline = model::no_value;
  int64_t since = 0;
  run::Reason reason = run::Reason::none;
  uint32_t trigger = run::no_number;
  uint32_t act = run::no_number;
  model::ClauseId clause;
};

class Digester {
 public:
  explicit Digester(const replay::Replay& r) : r_(r), m_(*r.model) {}

  Digest run() {
    for (const Record& rec : r_.ledger.records) record(rec);
    rows();
    undecided();
    textures();
    untouched();
    return std::move(out_);
  }

 private:
  using Key = std::pair<run::DutyNo, uint32_t>;

  void settle(const Record& rec, Status status) {
    Fate& f = fates_[{rec.duty, rec.bearer.value}];
    f.status = status;
    f.since = rec.at;
    f.reason = rec.reason;
    f.act = rec.occurrence;
    f.clause = rec.clause;
  }

  void record(const Record& rec) {
    switch (rec.kind) {
      case RecordKind::born: {
        Fate& f = fates_[{rec.duty, rec.bearer.value}];
        f.deadline = rec.extra;
        f.trigger = rec.occurrence;
        f.since = rec.at;
        f.clause = rec.clause;
        touched_.insert(rec.clause);
        break;
      }
      case RecordKind::fulfilled:
        settle(rec, Status::kept);
        break;
      case RecordKind::late:
        settle(rec, Status::kept_late);
        break;
      case RecordKind::breach:
        breach(rec);
        break;
      case RecordKind::unperformed:
        settle(rec, Status::unperformed);
        break;
      case RecordKind::released:
        settle(rec, Status::released);
        break;
      case RecordKind::lapsed:
        settle(rec, Status::lapsed);
        break;
      case RecordKind::suspended:
        settle(rec, Status::suspended);
        break;
      case RecordKind::restored:
        settle(rec, Status::pending);
        break;
      case RecordKind::resumed:
        settle(rec, Status::pending);
        fates_[{rec.duty, rec.bearer.value}].deadline = rec.extra;
        break;
      case RecordKind::transferred: {
        const Key from{rec.duty, static_cast<uint32_t>(rec.extra)};
        const Fate before = fates_[from];
        fates_.try_emplace({rec.duty, rec.bearer.value}, before);  // unless the successor bore it already
        fates_[from].status = Status::transferred;
        break;
      }
      case RecordKind::defeated:
        violations(rec, Status::yielded);
        finding(FindingKind::priority, rec.at,
                m_[rec.bearer].name + "'s act (" + act(rec) + ") is covered by " +
                    m_.cite(model::ClauseId(static_cast<size_t>(rec.extra))) + ", which prevails over " +
                    m_.cite(rec.clause));
        break;
      case RecordKind::clash:
        finding(FindingKind::clash, rec.at,
                m_.cite(rec.clause) + " forbids " + m_[rec.bearer].name + "'s act (" + act(rec) + ") and " +
                    m_.cite(model::ClauseId(static_cast<size_t>(rec.extra))) +
                    " covers it; neither text prevails");
        break;
      case RecordKind::void_act:
        finding(FindingKind::void_act, rec.at,
                (rec.bearer ? m_[rec.bearer].name + "'s act (" : "the act (") + act(rec) +
                    ") is void: " + std::string(reason_words(rec.reason)));
        break;
      case RecordKind::contradictory:
        finding(FindingKind::contradictory, rec.at,
                m_[rec.bearer].name + " voted in two ways at one instant");
        break;
      case RecordKind::race:
        finding(FindingKind::race, rec.at,
                m_[rec.bearer].name +
                    " voted at the very instant at which the motion was decided: the vote is on the record, "
                    "not in the tally");
        break;
      case RecordKind::motion_opened: {
        MotionRow row;
        row.body = rec.bearer;
        row.proposal = rec.occurrence;
        row.deadline = rec.extra;
        motion_of_[rec.occurrence] = out_.motions.size();
        out_.motions.push_back(row);
        break;
      }
      case RecordKind::vote_counted:
        vote(rec);
        break;
      case RecordKind::adopted:
        decided(rec, MotionRow::Result::adopted);
        break;
      case RecordKind::rejected:
        decided(rec, MotionRow::Result::rejected);
        break;
      default:
        break;
    }
  }

  std::string act(const Record& rec) const {
    return rec.occurrence < r_.ledger.occurrences.size()
               ? event_words(m_, r_.ledger.occurrences[rec.occurrence].event)
               : std::string("act");
  }

  void breach(const Record& rec) {
    if (m_[rec.clause].kind == model::ClauseKind::prohibition)
      return violations(rec, Status::forbidden_breach);
    const bool open = m_[rec.clause].even_if_late || m_[rec.clause].kind == model::ClauseKind::maintenance;
    settle(rec, open ? Status::breach_open : Status::breach);
  }

  void violations(const Record& rec, Status status) {
    touched_.insert(rec.clause);
    DutyRow row;
    row.clause = rec.clause;
    row.duty = rec.duty;
    row.bearers = {rec.bearer};
    row.status = status;
    row.since = rec.at;
    row.act = rec.occurrence;
    violated_.push_back(row);
  }

  void vote(const Record& rec) {
    const run::Occurrence& v = r_.ledger.occurrences[rec.occurrence];
    const auto it = motion_of_.find(static_cast<uint32_t>(v.args[1]));
    if (it == motion_of_.end()) return;
    MotionRow& row = out_.motions[it->second];
    for (auto* list : {&row.yes, &row.no, &row.abstain}) std::erase(*list, rec.bearer);
    (rec.extra == model::ballot_yes  ? row.yes
     : rec.extra == model::ballot_no ? row.no
                                     : row.abstain)
        .push_back(rec.bearer);
  }

  void decided(const Record& rec, MotionRow::Result result) {
    const auto it = motion_of_.find(rec.occurrence);
    if (it == motion_of_.end()) return;
    out_.motions[it->second].result = result;
    out_.motions[it->second].at = rec.at;
  }

  // Bearers of one duty with one fate share a row.
  void rows() {
    std::map<std::tuple<run::DutyNo, Status, int64_t, int64_t>, size_t> at;
    for (const auto& [key, f] : fates_) {
      const auto [it, fresh] = at.try_emplace(
          {key.first, f.status, f.deadline, f.status == Status::kept ? 0 : f.since}, out_.duties.size());
      if (fresh) {
        DutyRow row;
        row.clause = f.clause;
        row.duty = key.first;
        row.status = f.status;
        row.deadline = f.deadline;
        row.since = f.since;
        row.reason = f.reason;
        row.trigger = f.trigger;
        row.act = f.act;
        out_.duties.push_back(row);
      }
      out_.duties[it->second].bearers.push_back(model::EntityId(key.second));
    }
    out_.duties.insert(out_.duties.end(), violated_.begin(), violated_.end());
    const auto rank = [](const DutyRow& d) {
      switch (d.status) {
        case Status::breach:
        case Status::breach_open:
        case Status::forbidden_breach:
          return 0;
        case Status::unperformed:
          return 1;
        case Status::pending:
        case Status::suspended:
          return 2;
        default:
          return 3;
      }
    };
    std::stable_sort(out_.duties.begin(), out_.duties.end(), [&](const DutyRow& a, const DutyRow& b) {
      if (rank(a) != rank(b)) return rank(a) < rank(b);
      if (rank(a) != 2) return false;
      const int64_t never = INT64_MAX;
      return (a.deadline == model::no_value ? never : a.deadline) <
             (b.deadline == model::no_value ? never : b.deadline);
    });
  }

  void finding(FindingKind kind, int64_t at, std::string text) {
    out_.findings.push_back({kind, std::move(text), at});
  }

  void undecided() {
    for (const auto& e : r_.events) {
      if (e.acceptance != evidence::Acceptance::undecided) continue;
      finding(FindingKind::undecided_event, e.at,
              "disputed and left undecided: " + event_words(m_, e.occurrence.event) + " " +
                  arguments(r_, e.occurrence, true) + " (" + evidence::assertion_words(e.assertion, m_) +
                  ")");
    }
    for (const auto& g : r_.facts.undecided) {
      std::string text = spaced(m_[g.fact].name);
      for (size_t i = 0; i < m_[g.fact].params.size(); ++i) {
        text += (i ? ", " : " ") + spaced(m_[g.fact].params[i].label) + " " +
                m_.show(g.args[i], m_[g.fact].params[i].type);
      }
      finding(
          FindingKind::undecided_fact, g.from.ms,
          "disputed and left undecided: " + text + " (" + evidence::assertion_words(g.assertion, m_) + ")");
    }
  }

  void textures() {
    std::set<model::ClauseId> prompt, discretion;
    for (const DutyRow& d : out_.duties) {
      if (m_[d.clause].deadline.kind == model::DeadlineKind::promptly) prompt.insert(d.clause);
      if (m_[d.clause].discretion) discretion.insert(d.clause);
    }
    for (auto c : prompt)
      finding(FindingKind::open_textured, 0,
              "open-textured: " + m_.cite(c) + " says promptly; no date can be missed");
    for (auto c : discretion)
      finding(FindingKind::self_judging, 0,
              "self-judging: under " + m_.cite(c) + " each decides what it owes; not acting is no breach");
    std::set<model::ReadingId> readings;
    for (const auto& u : r_.kase.under) {
      for (auto id : m_[u.instrument].clauses) {
        if (m_[id].reading) readings.insert(m_[id].reading);
      }
    }
    for (auto reading : readings) {
      bool held = false;
      if (r_.view) {
        for (const auto& [held_reading, option] : m_[r_.view].readings) held |= held_reading == reading;
      }
      if (!held)
        finding(FindingKind::reading_open, 0,
                "reading left open: " + spaced(m_[reading].name) + "; clauses under it are not applied");
    }
  }

  void untouched() {
    for (const auto& u : r_.kase.under) {
      for (auto id : m_[u.instrument].clauses) {
        const model::Clause& c = m_[id];
        const bool norm = c.kind == model::ClauseKind::obligation || c.kind == model::ClauseKind::bring_about;
        if (norm && c.trigger.kind == model::TriggerKind::event && !touched_.contains(id))
          out_.untouched.push_back(id);
      }
    }
  }

  const replay::Replay& r_;
  const model::Model& m_;
  Digest out_;
  std::map<Key, Fate> fates_;
  std::vector<DutyRow> violated_;
  std::map<uint32_t, size_t> motion_of_;
  std::set<model::ClauseId> touched_;
};

}  // namespace

Digest digest(const replay::Replay& replay) { return Digester(replay).run(); }

}  // namespace casus::report
