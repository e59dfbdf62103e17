// SPDX-License-Identifier: Apache-2.0
#include "replay/table.h"

#include <algorithm>

#include "run/inquiry.h"
#include "text/words.h"

namespace casus::replay {

using model::ClauseKind;
using model::no_value;
using model::Op;
using model::Value;
using program::no_node;
using program::Node;
using run::RecordKind;

namespace {

// Yes and no, and what only a contested fact decides that nobody has told.
enum class Answer : uint8_t { no, open, yes };

bool is_duty(const model::Clause& c) {
  return c.kind == ClauseKind::obligation || c.kind == ClauseKind::bring_about ||
         c.kind == ClauseKind::maintenance;
}

}  // namespace

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

// Asks the engine about a clause part by part: what it makes true or false as a whole, each part says for itself.
class Table::Asking {
 public:
  using Frame = run::Inquiry::Frame;
  Asking(const model::Model& m, const Sources& sources, run::Engine& engine, const program::Program& program)
      : m_(m),
        sources_(sources),
        p_(program),
        ask_(engine),
        contested_(m.exprs.size()),
        places_(m.clauses.size()) {
    for (size_t i = 0; i < m.clauses.size(); ++i) places_[i] = places_of(m.clauses[i]);
  }

  // Parameters of the event that say who stands on whose side.
  struct Places {
    int partner = -1, adversary = -1;
  };
  const Places& places(model::ClauseId clause) const { return places_[clause.index()]; }
  const program::Program& program() const { return p_; }
  // Whether such events are occasions of duties and prohibitions, and not only acts that perform or break them.
  bool heard(model::EventTypeId type) const {
    const program::EventPlan& plan = p_.events[type.index()];
    const auto standing = [this](const program::ActUse& use) {
      return p_.clauses[use.clause.index()].standing();
    };
    return std::any_of(plan.prohibitions.begin(), plan.prohibitions.end(), standing) ||
           std::any_of(plan.triggers.begin(), plan.triggers.end(), [this](model::ClauseId id) {
             return is_duty(m_[id]) || m_[id].kind == ClauseKind::prohibition;
           });
  }
  run::Inquiry& inquiry() { return ask_; }

  // What stands in the way, in the order in which it was asked.
  struct Found {
    Condition condition = Condition::met;
    std::vector<std::string> hard, open;
    void bar(std::string why) { hard.push_back(std::move(why)), condition = Condition::not_met; }
    std::string words() const {
      std::string out;
      for (const std::string& w : hard.empty() ? open : hard) out += (out.empty() ? "" : "; ") + w;
      return out;
    }
  };

  // Each of the condition's parts that are joined with `and`.
  void condition(model::ExprId id, Node node, const Frame& frame, Found& found) {
    if (!id || node == no_node) return;
    for_parts(id, node, [&](model::ExprId part, Node at) {
      const Answer a = answer(part, at, frame);
      if (a == Answer::yes) return;
      if (a == Answer::no) return found.bar(words(part));
      found.open.push_back("not told: " + words(part));
      if (found.condition == Condition::met) found.condition = Condition::open;
    });
  }

  // Everything about the bearer, who is in the frame.
  void bearer(model::ClauseId id, model::EntityId who, const Frame& frame, Found& found) {
    using Bar = run::Inquiry::Bar;
    switch (ask_.bar(id, who)) {
      case Bar::none:
        break;
      case Bar::reserved:
        found.bar("it has a reservation to the article");
        break;
      case Bar::suspended:
        found.bar("the instrument is suspended");
        break;
      case Bar::not_begun:
        found.bar("it does not bind yet");
        break;
      case Bar::ended:
        found.bar("it binds no longer");
        break;
    }
    const model::Clause& c = m_[id];
    const program::ClausePlan& plan = p_.clauses[id.index()];
    condition(c.while_, plan.while_, frame, found);
    const auto unless = [&](model::ExprId e, Node node, const char* word) {
      if (e && node != no_node && ask_.value(node, frame) == 1) found.bar(word + words(e));
    };
    unless(c.unless, plan.unless, "unless ");
    unless(c.until, plan.until, "until ");
  }

 private:
  // The node of `and` or `or` over several parts is a chain of two.
  template <class F>
  void for_parts(model::ExprId id, Node node, F f) {
    if (m_[id].op != Op::logical_and) return f(id, node);
    for_chain(id, node, [&](model::ExprId part, Node at) { for_parts(part, at, f); });
  }
  template <class F>
  void for_chain(model::ExprId id, Node node, F f) {
    const auto& args = m_[id].args;
    for (size_t i = 0; i < args.size(); ++i) {
      const bool last = i + 1 == args.size();
      f(args[i], last ? node : p_.nodes[node].a);
      if (!last) node = p_.nodes[node].b;
    }
  }

  Answer answer(model::ExprId id, Node node, const Frame& frame) {
    const model::Expr& e = m_[id];
    if (e.op == Op::logical_and || e.op == Op::logical_or) {
      const bool all = e.op == Op::logical_and;
      Answer out = all ? Answer::yes : Answer::no;
      for_chain(id, node, [&](model::ExprId part, Node at) {
        const Answer a = answer(part, at, frame);
        out = all ? std::min(out, a) : std::max(out, a);
      });
      return out;
    }
    if (e.op == Op::logical_not) {
      const Answer a = answer(e.args[0], p_.nodes[node].a, frame);
      // What rests on silence stays as it counts: not told is not so.
      return a == Answer::yes ? Answer::no : Answer::yes;
    }
    if (ask_.value(node, frame) == 1) return Answer::yes;
    return rests_on_contested(id) ? Answer::open : Answer::no;
  }

  bool rests_on_contested(model::ExprId id) {
    uint8_t& known = contested_[id.index()];
    if (known == 0) {
      known = 1;  // a derived fact that asks itself adds nothing
      if (contested(id)) known = 2;
    }
    return known == 2;
  }
  bool contested(model::ExprId id) {
    const model::Expr& e = m_[id];
    if (std::any_of(e.args.begin(), e.args.end(), [&](model::ExprId a) { return rests_on_contested(a); }))
      return true;
    if (e.op != Op::fact) return false;
    const model::Fact& f = m_[model::FactId(e.a)];
    return f.contested || std::any_of(f.rules.begin(), f.rules.end(),
                                      [&](const auto& r) { return rests_on_contested(r.condition); });
  }

  // A fact by its title, anything else as it is written.
  std::string words(model::ExprId id) {
    auto [it, fresh] = words_.try_emplace(id.value);
    if (!fresh) return it->second;
    const model::Expr& e = m_[id];
    if (e.op == Op::fact && !m_[model::FactId(e.a)].title.empty())
      it->second = m_[model::FactId(e.a)].title;
    else
      it->second = e.span.valid() ? one_line(sources_.slice(e.span)) : "a condition";
    return it->second;
  }

  Places places_of(const model::Clause& c) const {
    const bool standing = c.trigger.kind == model::TriggerKind::none;
    const model::PatternId id =
        standing ? (c.acts.empty() ? model::PatternId() : c.acts.front()) : c.trigger.pattern;
    Places out;
    if (!id) return out;
    const model::Pattern& pattern = m_[id];
    const auto& params = m_[pattern.event].params;
    for (size_t i = 0; i < params.size() && i < pattern.args.size(); ++i) {
      const model::Type type = params[i].type;
      if (type.kind != model::TypeKind::entity || !m_.is_kind(model::KindId(type.id), model::kind_actor))
        continue;
      const bool by_bearer = standing && m_[pattern.event].by == i;
      const auto& filter = pattern.args[i].filter;
      const bool ours = !standing && filter && filter->fact;
      if (ours && out.partner < 0)
        out.partner = static_cast<int>(i);
      else if (!by_bearer && out.adversary < 0)
        out.adversary = static_cast<int>(i);
    }
    return out;
  }

  const model::Model& m_;
  const Sources& sources_;
  const program::Program& p_;
  run::Inquiry ask_;
  std::vector<uint8_t> contested_;  // by expression: 0 not asked, 1 no, 2 yes
  std::vector<Places> places_;      // by clause
  std::unordered_map<uint32_t, std::string> words_;
};

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
  switch (last) {
    case RecordKind::occurred:
      return "";
    case RecordKind::fulfilled:
      return "kept";
    case RecordKind::late:
      return "kept late";
    case RecordKind::breach:
      return "breach";
    case RecordKind::unperformed:
      return "not performed";
    case RecordKind::released:
      return "released";
    case RecordKind::lapsed:
      return "lapsed";
    case RecordKind::suspended:
      return "suspended";
    case RecordKind::defeated:
      return "yields";
    default:
      return "pending";
  }
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
