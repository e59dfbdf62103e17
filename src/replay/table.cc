// SPDX-License-Identifier: Apache-2.0
#include "replay/table.h"

#include <algorithm>

#include "replay/table_asking.h"

namespace casus::replay {

using model::ClauseKind;
using model::no_value;
using model::Value;
using program::Node;
using run::RecordKind;

std::string_view name_of(Condition condition) {
  switch (condition) {
    case Condition::met:
      return "met";
    case Condition::open:
      return "open";
    case Condition::not_met:
      return "not met";
    case Condition::unheard:
      return "unheard";
  }
  return "";
}

Table::Table(const model::Model& model, const Sources& sources) : m_(model), sources_(sources) {}
Table::~Table() = default;

void Table::begins(run::Engine& engine, const program::Program& program) {
  asking_ = std::make_unique<Asking>(m_, sources_, engine, program);
}

void Table::occurred(run::OccurrenceNo number, const run::Occurrence& o) {
  happened_.resize(size_t{number} + 1);
  happened_[number].at = o.at;
  first_row_.resize(size_t{number} + 1, static_cast<uint32_t>(rows_.size()));
}

void Table::stepped(const evidence::TimedEvent& event, run::OccurrenceNo number) {
  if (number < happened_.size()) happened_[number].label = event.label;
  if (rows_.size() == rows_before_ && asking_->heard(event.event)) {
    Row row;
    row.occurrence = number;
    row.condition = Condition::unheard;
    row.why = text_number("no clause of an instrument in force is about it");
    rows_.push_back(row);
    ++unheard_;
  }
  rows_before_ = rows_.size();
  events_.add(static_cast<uint64_t>(event.at)).add(uint64_t{event.event.value});
  for (const Value v : event.args) events_.add(static_cast<uint64_t>(v));
}

void Table::add_row(const run::Occurrence& o, run::OccurrenceNo n, model::ClauseId clause,
                    model::EntityId who, Condition condition, const std::string& why) {
  Row row;
  row.occurrence = n;
  row.clause = clause.value;
  row.bearer = who.value;
  const Asking::Places& places = asking_->places(clause);
  const auto put = [&o](int place, uint32_t& to) {
    if (place >= 0 && o.args[static_cast<size_t>(place)] != no_value)
      to = static_cast<uint32_t>(o.args[static_cast<size_t>(place)]);
  };
  put(places.partner, row.partner);
  put(places.adversary, row.adversary);
  row.condition = condition;
  row.why = text_number(why);
  rows_.push_back(row);
}

uint32_t Table::text_number(const std::string& text) {
  const auto [it, fresh] = text_numbers_.try_emplace(text, static_cast<uint32_t>(texts_.size()));
  if (fresh) texts_.push_back(text);
  return it->second;
}

void Table::triggering(const run::Occurrence& o, run::OccurrenceNo n) {
  Asking::Frame frame;
  frame.fill(no_value);
  for (const model::ClauseId id : asking_->program().events[o.event.index()].triggers) {
    const model::Clause& c = m_[id];
    const program::ClausePlan& plan = asking_->program().clauses[id.index()];
    if (!is_duty(c) && c.kind != ClauseKind::prohibition) continue;
    if (!asking_->inquiry().in_force(id) || !asking_->inquiry().fits(plan.trigger, o, n, frame)) continue;
    Asking::Found occasion;
    asking_->condition(c.where, plan.where, frame, occasion);
    asking_->inquiry().for_each_bearer(id, frame, [&](model::EntityId who) {
      Asking::Found found = occasion;
      asking_->bearer(id, who, frame, found);
      add_row(o, n, id, who, found.condition, found.words());
    });
  }
}

void Table::forbidding(const run::Occurrence& o, run::OccurrenceNo n) {
  const program::EventPlan& event = asking_->program().events[o.event.index()];
  if (event.by < 0 || o.args[static_cast<size_t>(event.by)] == no_value) return;
  const Value actor = o.args[static_cast<size_t>(event.by)];
  Asking::Frame frame;
  frame.fill(no_value);
  for (const program::ActUse& use : event.prohibitions) {
    const program::ClausePlan& plan = asking_->program().clauses[use.clause.index()];
    if (!plan.standing() || !asking_->inquiry().in_force(use.clause) ||
        !asking_->inquiry().in_domain(use.clause, actor, frame))
      continue;
    frame[plan.bearer_var] = actor;
    if (!asking_->inquiry().fits(plan.acts[use.act].pattern, o, n, frame)) continue;
    const model::EntityId who(static_cast<size_t>(actor));
    const bool excepted = std::any_of(plan.except.begin(), plan.except.end(),
                                      [&](Node e) { return asking_->inquiry().value(e, frame) == actor; });
    if (excepted) continue;
    Asking::Found found;
    asking_->bearer(use.clause, who, frame, found);
    asking_->condition(m_[use.clause].act_where, plan.act_where, frame, found);
    add_row(o, n, use.clause, who, found.condition, found.words());
  }
}

Table::Row* Table::row_of(const run::Record& r) {
  if (r.occurrence >= first_row_.size()) return nullptr;
  for (size_t i = first_row_[r.occurrence]; i < rows_.size() && rows_[i].occurrence == r.occurrence; ++i) {
    if (rows_[i].clause == r.clause.value && rows_[i].bearer == r.bearer.value) return &rows_[i];
  }
  return nullptr;
}

void Table::take(const run::Record& r) {
  if (r.kind == RecordKind::occurred) {
    happened_[r.occurrence].cause = static_cast<uint32_t>(r.extra);
    return;
  }
  if (!r.clause) return;
  if (r.kind == RecordKind::born ||
      (r.duty == run::no_number && (r.kind == RecordKind::breach || r.kind == RecordKind::defeated))) {
    Row* row = row_of(r);
    if (row == nullptr) return;
    CASUS_CHECK(row->condition == Condition::met, "the ledger and the parts of a condition disagree");
    row->owed = r.kind != RecordKind::defeated;
    row->last = r.kind;
    if (r.kind == RecordKind::born)
      living_[{r.duty, r.bearer.value}] = static_cast<uint32_t>(row - rows_.data());
    return;
  }
  const auto it = r.duty == run::no_number ? living_.end() : living_.find({r.duty, r.bearer.value});
  if (it == living_.end()) return;
  if (rows_[it->second].last != RecordKind::breach) rows_[it->second].last = r.kind;
  if (r.kind == RecordKind::released || r.kind == RecordKind::lapsed || r.kind == RecordKind::fulfilled)
    living_.erase(it);
}

void Table::record(std::span<const run::Record> some) {
  for (const run::Record& r : some) take(r);
}

std::string Table::obligation_words(const model::Clause& c) const {
  if (c.kind == ClauseKind::maintenance) return "shall ensure";
  if (c.kind == ClauseKind::bring_about) return "shall bring about";
  std::string acts;
  for (const model::PatternId p : c.acts) acts += (acts.empty() ? "" : " or ") + spaced(m_[m_[p].event].name);
  return (c.kind == ClauseKind::prohibition ? "shall not " : "shall ") + acts;
}

void Table::ends() {
  asking_.reset();
  for (const Row& row : rows_) {
    if (row.condition == Condition::unheard) continue;
    const model::Clause& c = m_.clauses[row.clause];
    Tally& t = tallies_[(c.article ? m_[c.article].label + ": " : "") + obligation_words(c)];
    ++t.rows;
    ++(row.condition == Condition::met ? t.met : row.condition == Condition::open ? t.open : t.not_met);
    t.owed += row.owed;
    t.breach += row.last == RecordKind::breach;
  }
}

Table::Tally Table::total() const {
  Tally sum;
  for (const auto& [what, t] : tallies_) {
    sum.rows += t.rows, sum.met += t.met, sum.open += t.open, sum.not_met += t.not_met, sum.owed += t.owed,
        sum.breach += t.breach;
  }
  return sum;
}

namespace {

void put_cell(std::string& line, std::string_view text, bool last = false) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) {
    line += text;
  } else {
    line += '"';
    for (const char c : text) line.append(c == '"' ? 2 : 1, c);
    line += '"';
  }
  line += last ? '\n' : ',';
}

std::string_view outcome_words(RecordKind last) {
  if (last == RecordKind::occurred) return "";
  if (last == RecordKind::defeated) return "yields";
  const std::string_view end = end_words(last);
  return end.empty() ? "pending" : end;
}

}  // namespace

void Table::write(const evidence::Labels& labels, const std::function<void(std::string_view)>& out) const {
  out(header);
  std::string line;
  for (const Row& row : rows_) {
    uint32_t root = row.occurrence;
    while (happened_[root].label == evidence::no_label && happened_[root].cause != run::no_number)
      root = happened_[root].cause;
    const Happened& h = happened_[row.occurrence];
    const auto name = [this](uint32_t e) {
      return e == run::no_number ? std::string_view() : std::string_view(m_.entities[e].name);
    };
    line.clear();
    put_cell(line, happened_[root].label == evidence::no_label
                       ? std::to_string(root)
                       : std::string(labels.name(happened_[root].label)));
    put_cell(line,
             format_iso(Instant{h.at}, h.at % ms_per_day == 0 ? Precision::day : Precision::millisecond));
    put_cell(line, name(row.bearer));
    put_cell(line, name(row.partner));
    put_cell(line, name(row.adversary));
    const model::Clause* c = row.clause == run::no_number ? nullptr : &m_.clauses[row.clause];
    put_cell(line, c && c->instrument ? m_[c->instrument].name : "");
    put_cell(line, c && c->article ? m_[c->article].label : "");
    put_cell(line, c ? obligation_words(*c) : "");
    put_cell(line, name_of(row.condition));
    put_cell(line, row.owed ? "yes" : "no");
    put_cell(line, outcome_words(row.last));
    const bool unsaid = row.condition == Condition::met && !row.owed && row.last == RecordKind::occurred;
    put_cell(line, unsaid ? "its time had passed" : std::string_view(texts_[row.why]), true);
    out(line);
  }
}

}  // namespace casus::replay
