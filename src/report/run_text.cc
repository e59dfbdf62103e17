// SPDX-License-Identifier: Apache-2.0
#include "report/run_text.h"

#include <algorithm>

#include "base/unicode.h"
#include "report/layout.h"
#include "report/phrases.h"
#include "text/words.h"

namespace casus::report {

using model::no_value;
using run::Record;
using run::RecordKind;

namespace {

class Story {
 public:
  Story(const replay::Replay& r, const Digest& d, const TextOptions& options)
      : r_(r), m_(*r.model), d_(d), options_(options), page_(options.width, options.colour) {}

  std::string run() {
    head();
    timeline();
    decisions();
    duties();
    findings();
    expectations();
    next();
    return page_.take();
  }

 private:
  std::string when(int64_t at) const { return instant_words(at, r_.kase.from.ms); }

  // The end of a day is that day.
  static std::string day_or_instant(int64_t at) {
    return at % ms_per_day == ms_per_day - 1 ? format_short(Instant{at - ms_per_day + 1})
                                             : format_short(Instant{at});
  }

  void head() {
    page_.line("", m_[r_.scenario].title, Ink::bold);
    std::string under;
    for (const auto& u : r_.kase.under) {
      under +=
          (under.empty() ? "" : ", ") + m_[u.instrument].name + (u.as_if_from ? " (as if in force)" : "");
    }
    page_.line("", "under " + under, Ink::dim);
    page_.line("",
               format_short(r_.kase.from) + " to " + day_or_instant(r_.end) + " · " + eyes_words(r_) +
                   " · run " + r_.run_id,
               Ink::dim);
    page_.blank();
  }

  // ---- the story ----

  std::string stamp(int64_t at) {
    if (at == last_stamp_) return std::string(14, ' ');
    last_stamp_ = at;
    return "  " + pad_to_width(when(at), 12);
  }

  void event(int64_t at, std::string_view actor, std::string_view text, std::string_view note, Ink ink) {
    const std::string prefix = stamp(at) + "  " + pad_to_width(actor, 5) + " ";
    page_.line(prefix, text, ink);
    if (!note.empty()) page_.line(std::string(display_width(prefix), ' '), note, Ink::dim);
  }

  void branch(std::string_view mark, std::string_view text, Ink ink) {
    page_.line("     " + std::string(mark) + " ", text, ink, "        ");
  }

  void timeline() {
    const auto& records = r_.ledger.records;
    size_t next_note = 0;
    for (size_t i = 0; i < records.size();) {
      const Record& rec = records[i];
      for (; next_note < r_.events.size() && r_.events[next_note].number == run::no_number &&
             r_.events[next_note].at <= rec.at;
           ++next_note)
        left_out(r_.events[next_note]);
      if (rec.kind == RecordKind::occurred) {
        if (next_note < r_.events.size() && r_.events[next_note].number == rec.occurrence) ++next_note;
        occurred(rec);
        ++i;
        continue;
      }
      size_t j = i + 1;
      while (j < records.size() && same_line(records[i], records[j])) ++j;
      lines(i, j);
      i = j;
    }
    for (; next_note < r_.events.size(); ++next_note) left_out(r_.events[next_note]);
  }

  static bool same_line(const Record& a, const Record& b) {
    return a.kind == b.kind && a.at == b.at && a.clause == b.clause && a.reason == b.reason &&
           a.duty == b.duty && a.extra == b.extra && a.kind != RecordKind::fact_begins &&
           a.kind != RecordKind::fact_ends && a.kind != RecordKind::vote_counted &&
           a.kind != RecordKind::void_act;
  }

  void left_out(const replay::EventNote& e) {
    if (e.number != run::no_number) return;
    const bool stopped = e.acceptance == evidence::Acceptance::accepted;
    std::string note = stopped ? "not reached: the run stopped" : std::string(acceptance_words(e.acceptance));
    const std::string who = evidence::assertion_words(e.assertion, m_);
    if (!who.empty()) note += " · " + who;
    const auto [actor, text] = told(e.occurrence);
    event(e.at, actor, "(" + text + ")", note, Ink::dim);
  }

  std::pair<std::string, std::string> told(const run::Occurrence& o) const {
    const model::EventType& type = m_[o.event];
    std::string actor = type.by != 0xFF && o.args[type.by] != no_value
                            ? m_.show(o.args[type.by], type.params[type.by].type)
                            : "";
    std::string args = arguments(r_, o, false);
    return {actor, event_words(m_, o.event) + (args.empty() ? "" : " " + args)};
  }

  void occurred(const Record& rec) {
    const run::Occurrence& o = r_.ledger.occurrences[rec.occurrence];
    const auto [actor, text] = told(o);
    if (o.event == model::event_vote && rec.extra == int64_t{run::no_number}) return vote(rec, o);
    if (rec.extra != int64_t{run::no_number}) {
      const std::string by = o.decided ? "decided by " + actor : "counts as";
      branch("└─", by + ": " + text + (rec.clause ? "  · " + m_.cite(rec.clause) : ""), Ink::cyan);
      return;
    }
    std::string note;
    if (const auto it = r_.note_of.find(rec.occurrence); it != r_.note_of.end()) {
      note = evidence::assertion_words(r_.events[it->second].assertion, m_);
    }
    event(rec.at, actor, text, note, Ink::plain);
    votes_.clear();
  }

  // Votes of one instant on one motion stand on one line.
  void vote(const Record& rec, const run::Occurrence& o) {
    const auto& records = r_.ledger.records;
    const auto index = static_cast<size_t>(&rec - records.data());
    votes_.push_back(m_.show(o.args[0], m_[o.event].params[0].type) + " " +
                     m_.show(o.args[2], m_[o.event].params[2].type));
    for (size_t k = index + 1; k < records.size(); ++k) {
      if (records[k].kind == RecordKind::vote_counted) continue;
      if (records[k].kind == RecordKind::occurred && records[k].at == rec.at &&
          r_.ledger.occurrences[records[k].occurrence].event == model::event_vote &&
          r_.ledger.occurrences[records[k].occurrence].args[1] == o.args[1]) {
        return;  // the line is written with the last of them
      }
      break;
    }
    std::string text;
    for (const auto& v : votes_) text += (text.empty() ? "" : ", ") + v;
    votes_.clear();
    event(rec.at, "vote", text, "", Ink::plain);
  }

  void lines(size_t from, size_t to) {
    const Record& rec = r_.ledger.records[from];
    std::vector<model::EntityId> who;
    for (size_t i = from; i < to; ++i) {
      if (r_.ledger.records[i].bearer) who.push_back(r_.ledger.records[i].bearer);
    }
    const std::string names = names_words(m_, who, 6);
    const std::string basis = rec.clause ? "  · " + m_.cite(rec.clause) : "";
    const std::string act =
        rec.clause && m_[rec.clause].kind != model::ClauseKind::consequence ? act_words(m_, rec.clause) : "";
    const bool timed = from == 0 || r_.ledger.records[from - 1].at != rec.at;
    if (timed && rec.at != last_stamp_ && rec.kind != RecordKind::fact_begins &&
        rec.kind != RecordKind::fact_ends) {
      page_.line(stamp(rec.at) + "  ", rec.kind == RecordKind::born ? "bound at this time" : "a date arrives",
                 Ink::dim);
    }
    switch (rec.kind) {
      case RecordKind::born:
        branch("├─",
               names + " " + std::string(modal_words(m_[rec.clause].kind)) + " " + act +
                   (rec.extra == no_value
                        ? (m_[rec.clause].deadline.kind == model::DeadlineKind::promptly ? " promptly" : "")
                        : " by " + when(rec.extra)) +
                   (m_[rec.clause].discretion ? ", as it deems necessary" : "") + basis,
               Ink::plain);
        break;
      case RecordKind::fulfilled:
        branch("✓─", names + " kept: " + act + basis, Ink::green);
        break;
      case RecordKind::late:
        branch("✓─", names + " kept, late: " + act + basis, Ink::yellow);
        break;
      case RecordKind::breach: {
        const bool forbidden = m_[rec.clause].kind == model::ClauseKind::prohibition;
        branch("✗─", names + " BREACH: " + (forbidden ? "forbidden: " + act : "not done: " + act) + basis,
               Ink::red);
        break;
      }
      case RecordKind::unperformed:
        branch("○─", names + " did not " + act + "; self-judging, so no breach" + basis, Ink::yellow);
        break;
      case RecordKind::released:
        branch("·─", names + " released: " + std::string(reason_words(rec.reason)) + basis, Ink::dim);
        break;
      case RecordKind::lapsed:
        branch("·─", names + " no longer owes it: " + std::string(reason_words(rec.reason)) + basis,
               Ink::dim);
        break;
      case RecordKind::suspended:
        branch("·─", names + " suspended: " + act + basis, Ink::dim);
        break;
      case RecordKind::resumed:
        branch("·─",
               names + " owes it again: " + act + (rec.extra == no_value ? "" : " by " + when(rec.extra)) +
                   basis,
               Ink::plain);
        break;
      case RecordKind::restored:
        branch("✓─", names + " keeps it again: " + act + basis, Ink::green);
        break;
      case RecordKind::transferred:
        branch("·─",
               names + " takes over from " + m_[model::EntityId(static_cast<size_t>(rec.extra))].name + ": " +
                   act + basis,
               Ink::plain);
        break;
      case RecordKind::void_act:
        branch("✗─", "VOID: " + std::string(reason_words(rec.reason)), Ink::red);
        break;
      case RecordKind::defeated:
        branch("·─",
               "permitted by " + m_.cite(model::ClauseId(static_cast<size_t>(rec.extra))) +
                   ", which prevails over " + m_.cite(rec.clause),
               Ink::yellow);
        break;
      case RecordKind::clash:
        branch("!─",
               "CLASH: " + m_.cite(rec.clause) + " forbids it, " +
                   m_.cite(model::ClauseId(static_cast<size_t>(rec.extra))) + " covers it, neither prevails",
               Ink::yellow);
        break;
      case RecordKind::motion_opened:
        branch("├─",
               names + " has a motion before it" +
                   (rec.extra == no_value ? "" : ", to be decided by " + when(rec.extra)),
               Ink::plain);
        break;
      case RecordKind::adopted:
        branch("✓─", "ADOPTED by " + names + tally(rec.occurrence), Ink::green);
        break;
      case RecordKind::rejected:
        branch("✗─", "NOT ADOPTED by " + names + tally(rec.occurrence), Ink::red);
        break;
      case RecordKind::contradictory:
        branch("!─", names + " voted in two ways at one instant", Ink::yellow);
        break;
      case RecordKind::race:
        branch("!─", names + "'s vote came at the instant of decision: recorded, not counted", Ink::yellow);
        break;
      case RecordKind::fact_begins:
      case RecordKind::fact_ends:
        fact(rec);
        break;
      case RecordKind::occurred:
      case RecordKind::vote_counted:
        break;
    }
  }

  void fact(const Record& rec) {
    const run::FactChange& c = r_.ledger.fact_changes[rec.occurrence];
    const model::Fact& f = m_[c.fact];
    const bool begins = rec.kind == RecordKind::fact_begins;
    const bool relation = f.result.kind == model::TypeKind::truth;
    std::string text;
    const auto arg = [&](size_t i) { return m_.show(c.args[i], f.params[i].type); };
    switch (f.role) {
      case model::FactRole::party:
        text = arg(0) + (begins ? " is now party to " : " is no longer party to ") + arg(1);
        break;
      case model::FactRole::in_force:
        text = arg(0) + (begins ? " enters into force" : " is no longer in force");
        break;
      case model::FactRole::terminated:
        text = arg(0) + " is terminated";
        break;
      case model::FactRole::suspended:
        text = arg(0) + (begins ? " is suspended" : " applies again") +
               (c.args[0] == c.args[1] ? "" : " for " + arg(1));
        break;
      case model::FactRole::role:
      case model::FactRole::group:
        text = arg(0) + (begins ? " is now " : " is no longer ") + spaced(f.name);
        break;
      default:
        // What is contested is said of the eyes that see it, never of the world.
        if (!f.contested)
          text = begins ? "now: " : "no longer: ";
        else if (r_.view)
          text = begins ? "in these eyes now: " : "in these eyes no longer: ";
        else
          text = begins ? "undisputed now: " : "no longer undisputed: ";
        text += spaced(f.name);
        for (size_t i = 0; i < f.params.size(); ++i)
          text += (i ? " · " : " ") + spaced(f.params[i].label) + " " + arg(i);
        if (!relation) text += " = " + m_.show(c.value, f.result);
    }
    if (rec.at != last_stamp_)
      page_.line(stamp(rec.at) + "  ", text, Ink::dim);
    else
      branch("·─", text, Ink::dim);
  }

  const MotionRow* motion(uint32_t proposal) const {
    for (const MotionRow& row : d_.motions) {
      if (row.proposal == proposal) return &row;
    }
    return nullptr;
  }

  std::string tally(uint32_t proposal) const {
    const MotionRow* row = motion(proposal);
    if (!row || row->yes.size() + row->no.size() + row->abstain.size() == 0)
      return row && row->result == MotionRow::Result::rejected ? ": nobody voted"
                                                               : ": nobody objected in time";
    return ": " + std::to_string(row->yes.size()) + " for, " + std::to_string(row->no.size()) + " against, " +
           std::to_string(row->abstain.size()) + " abstaining";
  }

  // ---- the sections ----

  void decisions() {
    if (d_.motions.empty()) return;
    page_.blank();
    std::vector<std::vector<std::string>> rows;
    std::vector<Ink> inks;
    for (const MotionRow& row : d_.motions) {
      const run::Occurrence& o = r_.ledger.occurrences[row.proposal];
      const bool open = row.result == MotionRow::Result::open;
      rows.push_back(
          {m_[row.body].name, content_words(r_, o),
           std::to_string(row.yes.size()) + "–" + std::to_string(row.no.size()) + "–" +
               std::to_string(row.abstain.size()),
           open                                       ? "open"
           : row.result == MotionRow::Result::adopted ? "adopted"
                                                      : "not adopted",
           open ? (row.deadline == no_value ? "–" : "until " + when(row.deadline)) : when(row.at)});
      inks.push_back(row.result == MotionRow::Result::rejected ? Ink::red : Ink::plain);
    }
    page_.table({"BODY", "MOTION", "VOTES", "RESULT", "WHEN"}, rows, inks);
  }

  void duties() {
    page_.blank();
    if (d_.duties.empty()) {
      page_.line("", "Nobody came to owe anything under the instruments of this case.");
    } else {
      std::vector<std::vector<std::string>> rows;
      std::vector<Ink> inks;
      for (const DutyRow& d : d_.duties) {
        const model::Clause& c = m_[d.clause];
        const bool forbidden = c.kind == model::ClauseKind::prohibition;
        std::string by = d.deadline != no_value                             ? when(d.deadline)
                         : c.deadline.kind == model::DeadlineKind::promptly ? "promptly"
                                                                            : "–";
        std::string status(status_words(d.status));
        if (d.status == Status::unperformed) status += " (self-judging)";
        if (d.status == Status::kept || d.status == Status::kept_late) status += " " + when(d.since);
        rows.push_back({names_words(m_, d.bearers, 3), (forbidden ? "not: " : "") + act_words(m_, d.clause),
                        by, status, m_.cite(d.clause)});
        inks.push_back(d.status == Status::breach || d.status == Status::breach_open ||
                               d.status == Status::forbidden_breach
                           ? Ink::red
                       : d.status == Status::unperformed || d.status == Status::yielded ? Ink::yellow
                                                                                        : Ink::plain);
      }
      page_.table({"WHO", "OWES", "BY", "STATUS", "BASIS"}, rows, inks);
    }
    if (!d_.untouched.empty()) {
      std::string list;
      for (size_t i = 0; i < d_.untouched.size() && i < 8; ++i)
        list += (i ? ", " : "") + m_.cite(d_.untouched[i]);
      if (d_.untouched.size() > 8) list += " +" + std::to_string(d_.untouched.size() - 8);
      page_.line("", "Not owed, since its case did not arise: " + list, Ink::dim);
    }
  }

  void findings() {
    if (d_.findings.empty()) return;
    page_.blank();
    page_.line("", std::to_string(d_.findings.size()) + (d_.findings.size() == 1 ? " finding" : " findings"),
               Ink::bold);
    for (const Finding& f : d_.findings)
      page_.line("  – ", f.text + (f.at != 0 ? " (" + when(f.at) + ")" : ""));
  }

  void expectations() {
    if (r_.judgements.empty()) return;
    size_t met = 0;
    for (const auto& j : r_.judgements) met += j.met;
    page_.blank();
    page_.line("",
               std::to_string(met) + " of " + std::to_string(r_.judgements.size()) +
                   " expectations of this view met",
               met == r_.judgements.size() ? Ink::green : Ink::red);
  }

  void next() {
    page_.blank();
    const std::string again = options_.again.empty() ? "FILE" : options_.again;
    std::string who;
    for (const DutyRow& d : d_.duties) {
      if (who.empty()) who = m_.cite(d.clause);
    }
    if (who.empty() && !d_.untouched.empty()) who = m_.cite(d_.untouched.front());
    page_.line("Next: ", "casus explain " + again + (who.empty() ? "" : " " + who), Ink::dim);
    if (!m_.viewpoints.empty())
      page_.line("      ", "casus compare " + again + " --as " + two_views(), Ink::dim);
  }

  std::string two_views() const {
    std::string out;
    for (size_t i = 0; i < m_.viewpoints.size() && i < 3; ++i) out += (i ? "," : "") + m_.viewpoints[i].name;
    return out;
  }

  const replay::Replay& r_;
  const model::Model& m_;
  const Digest& d_;
  const TextOptions& options_;
  Page page_;
  int64_t last_stamp_ = INT64_MIN;
  std::vector<std::string> votes_;
};

}  // namespace

std::string run_text(const replay::Replay& replay, const Digest& digest, const TextOptions& options) {
  return Story(replay, digest, options).run();
}

}  // namespace casus::report
