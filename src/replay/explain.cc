// SPDX-License-Identifier: Apache-2.0
#include "replay/explain.h"

#include <algorithm>
#include <map>
#include <optional>

#include "replay/trace.h"
#include "text/words.h"

namespace casus::replay {

using model::no_value;
using model::Value;
using run::Record;
using run::RecordKind;

namespace {

class NoSink final : public run::Sink {
 public:
  void record(std::span<const Record>) override {}
  void occurred(OccurrenceNo, const run::Occurrence&) override {}
  void fact_changed(uint32_t, const run::FactChange&) override {}
};

// One duty of one bearer, as the ledger tells it.
struct Life {
  std::vector<const Record*> records;  // from `born` on
};

class Explainer {
 public:
  Explainer(const Replay& r, const Question& q, const Sources& sources)
      : r_(r), m_(*r.model), q_(q), sources_(sources) {}

  std::vector<Explanation> run() {
    collect();
    plan();
    step_through();
    std::stable_sort(out_.begin(), out_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Explanation> result;
    for (auto& [key, e] : out_) result.push_back(std::move(e));
    return result;
  }

 private:
  using Vars = Tracer::Vars;
  struct Task {         // something to ask just before an event of the timeline
    uint32_t note = 0;  // index in events
    model::ClauseId clause;
    uint32_t occurrence = run::no_number;
    std::vector<std::pair<uint32_t, uint32_t>> duties;  // (duty, bearer) born of it; none: why not
  };

  bool asked(model::ClauseId c) const {
    return std::find(q_.clauses.begin(), q_.clauses.end(), c) != q_.clauses.end();
  }

  void collect() {
    for (const Record& rec : r_.ledger.records) {
      if (rec.kind == RecordKind::occurred) {
        cause_[rec.occurrence] = static_cast<uint32_t>(rec.extra);
        continue;
      }
      if (!rec.clause || !asked(rec.clause)) continue;
      if (rec.duty != run::no_number)
        lives_[{rec.duty, rec.bearer.value}].records.push_back(&rec);
      else if (rec.kind == RecordKind::breach || rec.kind == RecordKind::defeated)
        standing_.push_back(&rec);
    }
  }

  // The event of the timeline that an occurrence goes back to.
  std::optional<uint32_t> root(uint32_t occurrence) const {
    for (int i = 0; i < 10'000; ++i) {
      const auto note = r_.note_of.find(occurrence);
      if (note != r_.note_of.end()) return note->second;
      const auto it = cause_.find(occurrence);
      if (it == cause_.end() || it->second == run::no_number) return std::nullopt;
      occurrence = it->second;
    }
    return std::nullopt;
  }

  void plan() {
    std::map<std::pair<model::ClauseId, uint32_t>, Task> born;
    for (const auto& [key, life] : lives_) {
      const Record& first = *life.records.front();
      if (q_.bearer && first.bearer != q_.bearer) continue;
      const auto note = first.occurrence == run::no_number ? std::nullopt : root(first.occurrence);
      if (!note) {
        tell_life(first.clause, {key}, {});
        continue;
      }
      Task& t = born[{first.clause, first.occurrence}];
      t.note = *note;
      t.clause = first.clause;
      t.occurrence = first.occurrence;
      t.duties.push_back(key);
    }
    for (auto& [key, t] : born) tasks_.push_back(t);
    for (const Record* rec : standing_) {
      if (!q_.bearer || rec->bearer == q_.bearer) tell_standing(*rec);
    }
    for (model::ClauseId c : q_.clauses) {
      if (!has_story(c)) plan_why_not(c);
    }
    std::stable_sort(tasks_.begin(), tasks_.end(),
                     [](const Task& a, const Task& b) { return a.note < b.note; });
  }

  bool has_story(model::ClauseId c) const {
    const auto mine = [&](const Record& rec) {
      return rec.clause == c && (!q_.bearer || rec.bearer == q_.bearer);
    };
    return std::any_of(lives_.begin(), lives_.end(),
                       [&](const auto& l) { return mine(*l.second.records.front()); }) ||
           std::any_of(standing_.begin(), standing_.end(), [&](const Record* rec) { return mine(*rec); });
  }

  void not_owed(model::ClauseId id, Reason why) {
    Explanation e = begin(id, Explanation::Verdict::not_owed);
    e.headline = "not owed: " + subject(id);
    e.reasons.push_back(std::move(why));
    out_.push_back({{id.value, 0}, std::move(e)});
  }

  void plan_why_not(model::ClauseId id) {
    const model::Clause& c = m_[id];
    if (c.kind == model::ClauseKind::consequence) return;
    if (auto why = absent(r_, c, sources_)) return not_owed(id, std::move(*why));
    if (c.trigger.kind == model::TriggerKind::none) return standing_at_end_.push_back(id);
    if (c.trigger.kind != model::TriggerKind::event)
      return not_owed(id, {Mark::no, "its case arose", std::string(case_words(c.trigger.kind)), {}});
    const model::EventTypeId type = m_[c.trigger.pattern].event;
    size_t occasions = 0;
    for (uint32_t n = 0; n < r_.ledger.occurrences.size() && occasions < 50; ++n) {
      if (r_.ledger.occurrences[n].event != type) continue;
      const auto note = root(n);
      if (!note) continue;
      ++occasions;
      tasks_.push_back({*note, id, n, {}});
    }
    if (occasions == 0) no_occasion(id, type);
  }

  // What would have an event taken that was not.
  std::optional<Reason> way_to_take(const EventNote& n) const {
    using evidence::Acceptance;
    if (n.acceptance == Acceptance::not_yet_known)
      return Reason{Mark::info,
                    "it would change with --known-at " + format_iso(*n.assertion.known),
                    "when it was known",
                    {}};
    if (n.acceptance == Acceptance::outside_period)
      return Reason{Mark::info,
                    "it would change with another period",
                    "this one is " + format_short(r_.kase.from) + " to " + format_short(Instant{r_.end}),
                    {}};
    for (const auto& v : m_.viewpoints) {
      const model::ViewpointId view(static_cast<size_t>(&v - m_.viewpoints.data()));
      if (evidence::accept(n.assertion, m_, view, std::nullopt) == Acceptance::accepted)
        return Reason{Mark::info, "it would change under --as " + v.name, "which accepts it", {}};
    }
    return std::nullopt;
  }

  void no_occasion(model::ClauseId id, model::EventTypeId type) {
    Reason r{
        Mark::no, "some " + spaced(m_[type].name) + " in this story", "none is taken as having happened", {}};
    for (const EventNote& n : r_.events) {
      if (n.occurrence.event != type || n.number != run::no_number) continue;
      r.below.push_back({Mark::info,
                         "one is told of on " + format_short(Instant{n.at}),
                         answer_words(n.acceptance, n.assertion, m_),
                         {}});
      if (auto way = way_to_take(n)) r.below.push_back(std::move(*way));
    }
    not_owed(id, std::move(r));
  }

  // ---- stepping ----

  void step_through() {
    NoSink sink;
    run::Reference reference(m_, r_.kase, sink);
    reference.foresee(r_.ledger.occurrences);  // the event in question is asked about before it is taken
    reference.start();
    const Tracer tracer(r_, reference, sources_);
    size_t next = 0;
    std::map<model::ClauseId, std::pair<size_t, Explanation>> nearest;  // why not: by failed parts
    for (uint32_t i = 0; i < r_.events.size() && (next < tasks_.size() || !standing_at_end_.empty()); ++i) {
      const EventNote& note = r_.events[i];
      if (note.number == run::no_number) continue;
      if (next < tasks_.size() && tasks_[next].note == i) reference.approach(note.at);
      for (; next < tasks_.size() && tasks_[next].note == i; ++next) {
        const Task& t = tasks_[next];
        size_t failed = 0;
        std::vector<Reason> reasons = occasion(tracer, t, failed);
        if (!t.duties.empty()) {
          for (const auto& group : same_fate(t.duties)) tell_life(t.clause, group, reasons);
          continue;
        }
        Explanation e = begin(t.clause, Explanation::Verdict::not_owed);
        e.headline = "not owed: " + subject(t.clause);
        e.reasons = std::move(reasons);
        auto it = nearest.find(t.clause);
        if (it == nearest.end() || failed < it->second.first) nearest[t.clause] = {failed, std::move(e)};
      }
      reference.step(note.occurrence);
    }
    for (auto& [clause, e] : nearest) out_.push_back({{clause.value, 0}, std::move(e.second)});
    if (standing_at_end_.empty()) return;
    reference.advance(r_.end);
    for (const model::ClauseId id : standing_at_end_) tell_standing_at_end(tracer, id);
  }

  // What the clause asks on this occasion, and the answers.
  std::vector<Reason> occasion(const Tracer& t, const Task& task, size_t& failed) const {
    const model::Clause& c = m_[task.clause];
    const run::Occurrence& o = r_.ledger.occurrences[task.occurrence];
    Vars vars;
    vars.fill(no_value);
    std::vector<Reason> out;
    out.push_back({Mark::info, "on the occasion of", t.occurrence_words(task.occurrence), {}});
    if (c.instrument) out.push_back(t.in_force(c.instrument, failed));
    if (c.trigger.kind == model::TriggerKind::event) {
      append(out, t.pattern(c.trigger.pattern, o, task.occurrence, vars, failed));
      if (c.where) out.push_back(t.condition(c.where, vars, failed));
    }
    bearers(t, task.clause, vars, !task.duties.empty(), failed, out);
    return out;
  }

  // Of somebody who was asked for; else of all, where some came to owe it; else of who comes nearest.
  void bearers(const Tracer& t, model::ClauseId id, const Vars& vars, bool owed, size_t& failed,
               std::vector<Reason>& out) const {
    const model::Clause& c = m_[id];
    if (q_.bearer) return append(out, t.bearing(c, Value{q_.bearer.value}, vars, failed));
    if (!owed) append(out, t.nearest_bearing(c, vars, failed));
    append(out, t.excepted(c, vars));
  }

  // What is said already is not said again: the bearer may be whom the event names.
  static void append(std::vector<Reason>& to, std::vector<Reason> more) {
    for (Reason& r : more) {
      const auto same = [&r](const Reason& said) { return said.mark == r.mark && said.text == r.text; };
      if (std::none_of(to.begin(), to.end(), same)) to.push_back(std::move(r));
    }
  }

  // ---- telling ----

  Explanation begin(model::ClauseId id, Explanation::Verdict v) const {
    Explanation e;
    e.clause = id;
    e.bearer = q_.bearer;
    e.verdict = v;
    return e;
  }

  std::string subject(model::ClauseId id) const {
    const model::Clause& c = m_[id];
    std::string act;
    for (auto p : c.acts) act += (act.empty() ? "" : " or ") + spaced(m_[m_[p].event].name);
    if (c.condition) act = "its condition";
    std::string out = act + " (" + m_.cite(id);
    if (c.article && !m_[c.article].title.empty()) out += ", " + m_[c.article].title;
    return out + ")";
  }

  static std::string_view case_words(model::TriggerKind kind) {
    switch (kind) {
      case model::TriggerKind::rejected:
        return "no such motion was rejected";
      case model::TriggerKind::outcome:
        return "no duty that it answers to ended so";
      case model::TriggerKind::reparation:
        return "the duty that it makes good was not broken";
      default:
        return "it never came to be so";
    }
  }

  std::string_view standing_words(model::ClauseId id) const {
    switch (m_[id].kind) {
      case model::ClauseKind::prohibition:
        return "forbidden, and not done: ";
      case model::ClauseKind::permission:
        return "permitted: ";
      case model::ClauseKind::power:
        return q_.bearer ? "a power: " : "a power, for whoever has it: ";
      default:
        return "nobody came to be bound by it in this story: ";
    }
  }

  // A norm without an occasion, of which nothing is told: whether it binds at the end.
  void tell_standing_at_end(const Tracer& t, model::ClauseId id) {
    const model::Clause& c = m_[id];
    size_t failed = 0;
    std::vector<Reason> reasons;
    Vars vars;
    vars.fill(no_value);
    if (c.instrument) reasons.push_back(t.in_force(c.instrument, failed));
    std::vector<Reason> whom;
    bearers(t, id, vars, false, failed, whom);
    if (q_.bearer || failed != 0) append(reasons, std::move(whom));
    Explanation e = begin(id, failed == 0 ? Explanation::Verdict::standing : Explanation::Verdict::not_owed);
    e.headline =
        (failed == 0 ? std::string(standing_words(id)) : "does not bind at the end of this story: ") +
        subject(id);
    e.reasons = std::move(reasons);
    out_.push_back({{id.value, 0}, std::move(e)});
  }

  // Bearers whose duties ended alike are told of together.
  std::vector<std::vector<std::pair<uint32_t, uint32_t>>> same_fate(
      const std::vector<std::pair<uint32_t, uint32_t>>& duties) const {
    std::map<std::tuple<RecordKind, int64_t, uint32_t>, std::vector<std::pair<uint32_t, uint32_t>>> by;
    for (const auto& d : duties) {
      const Record& last = *lives_.at(d).records.back();
      by[{last.kind, last.at, last.occurrence}].push_back(d);
    }
    std::vector<std::vector<std::pair<uint32_t, uint32_t>>> out;
    for (auto& [key, list] : by) out.push_back(std::move(list));
    return out;
  }

  void tell_life(model::ClauseId id, const std::vector<std::pair<uint32_t, uint32_t>>& group,
                 std::vector<Reason> reasons) {
    const Life& life = lives_.at(group.front());
    const Record& born = *life.records.front();
    const Record& last = *life.records.back();
    Explanation e = begin(id, verdict_of(last));
    if (group.size() == 1) e.bearer = born.bearer;
    std::string who;
    for (size_t i = 0; i < group.size() && i < 6; ++i)
      who += (i ? ", " : "") + m_[model::EntityId(group[i].second)].name;
    if (group.size() > 6) who += " and " + std::to_string(group.size() - 6) + " more";
    const model::Clause& c = m_[id];
    e.headline = verdict_words(last, c.kind) + ": " + who + " – " + subject(id);
    e.reasons = std::move(reasons);
    std::string by = born.extra == no_value ? (c.deadline.kind == model::DeadlineKind::promptly
                                                   ? "promptly: no date can be missed"
                                                   : "without a date")
                                            : "by " + format_short(Instant{born.extra});
    if (c.deadline.kind == model::DeadlineKind::within)
      by += " (within " + format_duration(c.deadline.within) + ")";
    const bool owed = standing_word(c.kind).empty();
    const std::string at = format_short(Instant{born.at});
    if (owed)
      e.reasons.push_back({Mark::yes, "so the duty arose on " + at, by, {}});
    else
      e.reasons.push_back(
          {Mark::yes, "so it is " + std::string(standing_word(c.kind)) + " from " + at + " on", "", {}});
    if (c.discretion)
      e.reasons.push_back(
          {Mark::info, "what it asks is self-judging", "each decides what it deems necessary", {}});
    for (size_t i = 1; i < life.records.size(); ++i) e.reasons.push_back(event_of(*life.records[i]));
    if (life.records.size() == 1)
      e.reasons.push_back({Mark::info, "nothing has ended it by " + format_short(Instant{r_.end}), "", {}});
    out_.push_back({{id.value, born.duty + 1}, std::move(e)});
  }

  static Explanation::Verdict verdict_of(const Record& last) {
    switch (last.kind) {
      case RecordKind::fulfilled:
      case RecordKind::late:
        return Explanation::Verdict::kept;
      case RecordKind::breach:
        return Explanation::Verdict::breach;
      case RecordKind::unperformed:
        return Explanation::Verdict::unperformed;
      case RecordKind::released:
      case RecordKind::lapsed:
        return Explanation::Verdict::ended;
      default:
        return Explanation::Verdict::pending;
    }
  }

  // What is not owed, but is so for as long as it lasts.
  static std::string_view standing_word(model::ClauseKind kind) {
    switch (kind) {
      case model::ClauseKind::prohibition:
        return "forbidden";
      case model::ClauseKind::permission:
        return "permitted";
      case model::ClauseKind::power:
        return "in its power";
      default:
        return "";
    }
  }

  static std::string verdict_words(const Record& last, model::ClauseKind kind) {
    const std::string_view end = end_words(last.kind);
    if (!end.empty())
      return std::string(end) + (last.kind == RecordKind::unperformed ? ", self-judging" : "");
    return std::string(standing_word(kind).empty() ? "owed" : standing_word(kind));
  }

  Reason event_of(const Record& rec) const {
    const std::string at = format_short(Instant{rec.at});
    const std::string act =
        rec.occurrence < r_.ledger.occurrences.size() ? act_words(rec.occurrence) : std::string();
    switch (rec.kind) {
      case RecordKind::fulfilled:
        return {Mark::yes, "performed", act.empty() ? "on " + at : act, {}};
      case RecordKind::late:
        return {Mark::yes, "performed after its time", act, {}};
      case RecordKind::breach: {
        Reason r{Mark::no,
                 m_[rec.clause].kind == model::ClauseKind::prohibition ? "done though forbidden"
                                                                       : "performed in time",
                 act.empty() ? "no such act by " + at : act,
                 {}};
        r.below = near_misses(rec);
        return r;
      }
      case RecordKind::unperformed:
        return {Mark::no, "performed in time", "no such act by " + at + "; self-judging, so no breach", {}};
      case RecordKind::released:
        return {Mark::info, "released on " + at, std::string(reason_words(rec.reason)), {}};
      case RecordKind::lapsed:
        return {Mark::info, "lapsed on " + at, std::string(reason_words(rec.reason)), {}};
      case RecordKind::suspended:
        return {Mark::info, "suspended on " + at, "", {}};
      case RecordKind::resumed:
        return {Mark::info,
                "applies again from " + at,
                rec.extra == no_value ? "" : "by " + format_short(Instant{rec.extra}),
                {}};
      case RecordKind::restored:
        return {Mark::yes, "kept again from " + at, "", {}};
      default:
        return {Mark::info, "passed to " + m_[rec.bearer].name + " on " + at, "", {}};
    }
  }

  std::string act_words(uint32_t n) const {
    const run::Occurrence& o = r_.ledger.occurrences[n];
    const model::EventType& type = m_[o.event];
    std::string who = type.by != 0xFF && o.args[type.by] != no_value
                          ? m_.show(o.args[type.by], type.params[type.by].type) + ": "
                          : "";
    return who + spaced(type.name) + " on " + format_short(Instant{o.at});
  }

  // Acts of the right kind that came too late, or by somebody else.
  std::vector<Reason> near_misses(const Record& rec) const {
    std::vector<Reason> out;
    for (uint32_t n = 0; n < r_.ledger.occurrences.size() && out.size() < 2; ++n) {
      const run::Occurrence& o = r_.ledger.occurrences[n];
      for (auto p : m_[rec.clause].acts) {
        const model::EventType& type = m_[o.event];
        if (m_[p].event != o.event || n == rec.occurrence || type.by == 0xFF ||
            o.args[type.by] != Value{rec.bearer.value})
          continue;
        if (o.at > rec.at)
          out.push_back({Mark::info, "it came too late", act_words(n), {}});
        else
          out.push_back({Mark::info, "an act of this kind did not fit it", act_words(n), {}});
      }
    }
    return out;
  }

  void tell_standing(const Record& rec) {
    const bool breach = rec.kind == RecordKind::breach;
    Explanation e = begin(rec.clause, breach ? Explanation::Verdict::breach : Explanation::Verdict::ended);
    e.bearer = rec.bearer;
    e.headline = std::string(breach ? "breach" : "forbidden, but permitted") + ": " + m_[rec.bearer].name +
                 " – " + subject(rec.clause);
    e.reasons.push_back({breach ? Mark::no : Mark::info,
                         "done on " + format_short(Instant{rec.at}),
                         rec.occurrence < r_.ledger.occurrences.size() ? act_words(rec.occurrence) : "",
                         {}});
    if (!breach)
      e.reasons.push_back(
          {Mark::yes,
           m_.cite(model::ClauseId(static_cast<size_t>(rec.extra))) + " covers it and prevails",
           "",
           {}});
    if (const auto note = root(rec.occurrence)) {
      const EventNote& n = r_.events[*note];
      const bool said = !n.assertion.asserted_by.empty() || !n.assertion.denied_by.empty();
      if (said)
        e.reasons.push_back(
            {Mark::info, "it rests on an event", answer_words(n.acceptance, n.assertion, m_), {}});
    }
    out_.push_back({{rec.clause.value, 0}, std::move(e)});
  }

  const Replay& r_;
  const model::Model& m_;
  const Question& q_;
  const Sources& sources_;
  std::map<std::pair<uint32_t, uint32_t>, Life> lives_;
  std::vector<const Record*> standing_;
  std::map<uint32_t, uint32_t> cause_;
  std::vector<Task> tasks_;
  std::vector<model::ClauseId> standing_at_end_;
  std::vector<std::pair<std::pair<uint32_t, uint32_t>, Explanation>> out_;
};

}  // namespace

std::vector<Explanation> explain(const Replay& replay, const Question& question, const Sources& sources) {
  return Explainer(replay, question, sources).run();
}

}  // namespace casus::replay
