// SPDX-License-Identifier: Apache-2.0
#include "report/run_json.h"

#include "report/json.h"
#include "report/phrases.h"
#include "text/words.h"

namespace casus::report {

using model::ClauseId;
using model::EntityId;
using model::no_value;
using run::Record;
using run::RecordKind;

namespace {

std::string_view name_of(RecordKind kind) {
  switch (kind) {
    case RecordKind::occurred:
      return "occurred";
    case RecordKind::void_act:
      return "void_act";
    case RecordKind::born:
      return "born";
    case RecordKind::fulfilled:
      return "fulfilled";
    case RecordKind::breach:
      return "breach";
    case RecordKind::unperformed:
      return "unperformed";
    case RecordKind::late:
      return "late";
    case RecordKind::released:
      return "released";
    case RecordKind::lapsed:
      return "lapsed";
    case RecordKind::suspended:
      return "suspended";
    case RecordKind::resumed:
      return "resumed";
    case RecordKind::restored:
      return "restored";
    case RecordKind::transferred:
      return "transferred";
    case RecordKind::defeated:
      return "defeated";
    case RecordKind::clash:
      return "clash";
    case RecordKind::motion_opened:
      return "motion_opened";
    case RecordKind::vote_counted:
      return "vote_counted";
    case RecordKind::contradictory:
      return "contradictory";
    case RecordKind::race:
      return "race";
    case RecordKind::adopted:
      return "adopted";
    case RecordKind::rejected:
      return "rejected";
    case RecordKind::fact_begins:
      return "fact_begins";
    case RecordKind::fact_ends:
      return "fact_ends";
  }
  return "";
}

std::string_view name_of(run::Reason reason) {
  using run::Reason;
  switch (reason) {
    case Reason::none:
      return "none";
    case Reason::no_power:
      return "no_power";
    case Reason::body_lacks_power:
      return "body_lacks_power";
    case Reason::body_not_in_force:
      return "body_not_in_force";
    case Reason::motion_not_open:
      return "motion_not_open";
    case Reason::not_a_member:
      return "not_a_member";
    case Reason::recused:
      return "recused";
    case Reason::already_voted:
      return "already_voted";
    case Reason::not_the_chair:
      return "not_the_chair";
    case Reason::no_such_motion:
      return "no_such_motion";
    case Reason::condition_met:
      return "condition_met";
    case Reason::condition_failed:
      return "condition_failed";
    case Reason::date_passed:
      return "date_passed";
    case Reason::no_longer_bound:
      return "no_longer_bound";
    case Reason::terminated:
      return "terminated";
    case Reason::not_in_force:
      return "not_in_force";
  }
  return "";
}

std::string_view name_of(evidence::Acceptance acceptance) {
  switch (acceptance) {
    case evidence::Acceptance::accepted:
      return "accepted";
    case evidence::Acceptance::rejected:
      return "rejected";
    case evidence::Acceptance::undecided:
      return "undecided";
    case evidence::Acceptance::not_yet_known:
      return "not_yet_known";
    case evidence::Acceptance::outside_period:
      return "outside_period";
  }
  return "";
}

std::string_view name_of(Status status) {
  switch (status) {
    case Status::pending:
      return "pending";
    case Status::suspended:
      return "suspended";
    case Status::kept:
      return "kept";
    case Status::kept_late:
      return "kept_late";
    case Status::breach:
      return "breach";
    case Status::breach_open:
      return "breach_open";
    case Status::unperformed:
      return "unperformed";
    case Status::released:
      return "released";
    case Status::lapsed:
      return "lapsed";
    case Status::transferred:
      return "transferred";
    case Status::forbidden_breach:
      return "forbidden_breach";
    case Status::yielded:
      return "yielded";
  }
  return "";
}

std::string_view name_of(FindingKind kind) {
  switch (kind) {
    case FindingKind::clash:
      return "clash";
    case FindingKind::priority:
      return "priority";
    case FindingKind::contradictory:
      return "contradictory";
    case FindingKind::race:
      return "race";
    case FindingKind::void_act:
      return "void_act";
    case FindingKind::undecided_event:
      return "undecided_event";
    case FindingKind::undecided_fact:
      return "undecided_fact";
    case FindingKind::open_textured:
      return "open_textured";
    case FindingKind::self_judging:
      return "self_judging";
    case FindingKind::reading_open:
      return "reading_open";
  }
  return "";
}

std::string_view name_of(MotionRow::Result result) {
  switch (result) {
    case MotionRow::Result::open:
      return "open";
    case MotionRow::Result::adopted:
      return "adopted";
    case MotionRow::Result::rejected:
      return "rejected";
  }
  return "";
}

Json number_or_null(uint32_t number) { return number == run::no_number ? Json() : Json(number); }

class Writer {
 public:
  Writer(const replay::Replay& r, const Digest& d, const Sources& sources)
      : r_(r), m_(*r.model), d_(d), sources_(sources) {}

  std::string run() {
    Json out = json_head("casus/run/1");
    json_put_replay(out, r_);
    out["from"] = json_instant(r_.kase.from.ms);
    out["until"] = json_instant(r_.end);
    const auto list = [&out](const char* key, const auto& from, auto&& make) {
      Json& array = out[key] = Json::array();
      for (const auto& item : from) array.push_back(make(item));
    };
    list("events", r_.events, [this](const auto& e) { return event(e); });
    list("ledger", r_.ledger.records, [this](const auto& rec) { return record(rec); });
    list("duties", d_.duties, [this](const auto& row) { return duty(row); });
    list("motions", d_.motions, [this](const auto& row) { return motion(row); });
    list("findings", d_.findings, [](const auto& f) {
      return Json{
          {"kind", name_of(f.kind)}, {"text", f.text}, {"at", f.at == 0 ? Json() : json_instant(f.at)}};
    });
    list("not_owed", d_.untouched, [this](ClauseId c) {
      Json j;
      json_put_clause(j, m_, c);
      return j;
    });
    list("expectations", r_.judgements, [this](const auto& j) { return expectation(j); });
    return json_text(out);
  }

 private:
  Json event(const replay::EventNote& e) const {
    Json j{{"at", format_iso(Instant{e.at}, e.precision)}};
    json_put_event(j, r_, e.occurrence);
    const std::string_view label =
        e.label == evidence::no_label || !r_.labels ? std::string_view() : r_.labels->name(e.label);
    if (!label.empty() && label.front() != '#')
      j["label"] = label;  // #3: given by us to an event without a name
    j["asserted_by"] = json_names(m_, e.assertion.asserted_by);
    j["denied_by"] = json_names(m_, e.assertion.denied_by);
    j["accepted"] = e.number != run::no_number;
    j["acceptance"] = name_of(e.acceptance);
    j["source"] =
        json_text_or_null(!e.source.empty() || !e.assertion.source ? e.source : m_[e.assertion.source]);
    j["number"] = number_or_null(e.number);
    j["line"] = e.span.valid() ? Json(sources_.locate(e.span.source, e.span.begin).line)
                : e.line != 0  ? Json(e.line)
                               : Json();
    return j;
  }

  // Kind and instant, then what the record carries and no more.
  Json record(const Record& rec) const {
    Json j{{"at", json_instant(rec.at)}, {"kind", name_of(rec.kind)}};
    if (rec.kind == RecordKind::fact_begins || rec.kind == RecordKind::fact_ends) {
      fact(j, r_.ledger.fact_changes[rec.occurrence]);
      return j;
    }
    if (rec.clause) json_put_clause(j, m_, rec.clause);
    if (rec.duty != run::no_number) j["duty"] = rec.duty;
    if (rec.bearer) j["bearer"] = m_[rec.bearer].name;
    if (rec.occurrence != run::no_number) j["occurrence"] = rec.occurrence;
    if (rec.reason != run::Reason::none) j["reason"] = name_of(rec.reason);
    extra(j, rec);
    return j;
  }

  void fact(Json& j, const run::FactChange& c) const {
    const model::Fact& f = m_[c.fact];
    j["fact"] = f.name;
    j["args"] = json_arguments(r_, f.params, c.args.data());
    if (f.result.kind != model::TypeKind::truth) j["value"] = json_value(r_, c.value, f.result);
  }

  void extra(Json& j, const Record& rec) const {
    switch (rec.kind) {
      case RecordKind::occurred: {
        const run::Occurrence& o = r_.ledger.occurrences[rec.occurrence];
        json_put_event(j, r_, o);
        if (rec.extra != int64_t{run::no_number}) j["caused_by"] = rec.extra;
        if (o.decided) j["decided"] = true;
        break;
      }
      case RecordKind::born:
      case RecordKind::breach:
      case RecordKind::resumed:
      case RecordKind::motion_opened:
        if (rec.extra != no_value && (rec.kind != RecordKind::breach || rec.occurrence == run::no_number)) {
          j["deadline"] = json_instant(rec.extra);
        }
        break;
      case RecordKind::transferred:
        j["predecessor"] = m_[EntityId(static_cast<size_t>(rec.extra))].name;
        break;
      case RecordKind::defeated:
      case RecordKind::clash:
        j["against"] = m_.cite(ClauseId(static_cast<size_t>(rec.extra)));
        break;
      case RecordKind::vote_counted:
        j["ballot"] = m_.show(rec.extra, {model::TypeKind::category, model::category_ballot.value});
        break;
      default:
        break;
    }
  }

  Json duty(const DutyRow& d) const {
    const model::Clause& c = m_[d.clause];
    Json j;
    json_put_clause(j, m_, d.clause);
    j["duty"] = number_or_null(d.duty);
    j["bearers"] = json_names(m_, d.bearers);
    j["modal"] = modal_words(c.kind);
    j["act"] = act_words(m_, d.clause);
    j["status"] = name_of(d.status);
    j["since"] = json_instant(d.since);
    j["deadline"] = json_instant(d.deadline);
    j["promptly"] = c.deadline.kind == model::DeadlineKind::promptly;
    j["self_judging"] = c.discretion;
    j["reason"] = d.reason == run::Reason::none ? Json() : Json(name_of(d.reason));
    j["trigger"] = number_or_null(d.trigger);
    j["by_occurrence"] = number_or_null(d.act);
    return j;
  }

  Json motion(const MotionRow& row) const {
    Json j{{"body", m_[row.body].name}, {"proposal", row.proposal}};
    Json proposal;
    json_put_event(proposal, r_, r_.ledger.occurrences[row.proposal]);
    j["motion"] = proposal.contains("motion") ? proposal["motion"] : Json();
    j["result"] = name_of(row.result);
    j["at"] = row.result == MotionRow::Result::open ? Json() : json_instant(row.at);
    j["deadline"] = json_instant(row.deadline);
    j["votes"] = {{"yes", json_names(m_, row.yes)},
                  {"no", json_names(m_, row.no)},
                  {"abstain", json_names(m_, row.abstain)}};
    return j;
  }

  Json expectation(const replay::Judgement& judged) const {
    const Span span = m_[r_.scenario].expectations[judged.expectation].span;
    Json j;
    j["text"] = span.valid() ? one_line(sources_.slice(span)) : std::string();
    j["line"] = span.valid() ? Json(sources_.locate(span.source, span.begin).line) : Json();
    j["met"] = judged.met;
    j["got"] = judged.got;
    const model::TextId source = m_[r_.scenario].expectations[judged.expectation].source;
    j["source"] = source ? Json(m_[source]) : Json();
    return j;
  }

  const replay::Replay& r_;
  const model::Model& m_;
  const Digest& d_;
  const Sources& sources_;
};

}  // namespace

std::string run_json(const replay::Replay& replay, const Digest& digest, const Sources& sources) {
  return Writer(replay, digest, sources).run();
}

std::string replays_json(const std::vector<std::string>& documents) {
  if (documents.size() == 1) return documents.front();
  // The documents are written already: they are set into the text as they are, not read again.
  std::string out = json_text(json_head("casus/replays/1"));
  out.resize(out.rfind('\n', out.size() - 2));  // up to the closing brace's line
  out += ",\n  \"replays\": [";
  for (size_t i = 0; i < documents.size(); ++i)
    out += (i ? ",\n" : "\n") + documents[i].substr(0, documents[i].size() - 1);
  return out + "\n  ]\n}\n";
}

}  // namespace casus::report
