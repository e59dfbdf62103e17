// SPDX-License-Identifier: Apache-2.0
// Conditions: facts (docs/semantics.md §2), expressions, patterns, and what a condition rests on (§10
// "Asked again").
#include <algorithm>

#include "base/check.h"
#include "run/reference.h"

namespace casus::run {

using model::ArgMode;
using model::no_value;
using model::Op;

namespace {

// Expressions within expressions, through derived facts too; beyond it the run stops as too deep.
constexpr uint32_t depth_limit = 4000;

Value arithmetic(Op op, Value a, Value b) {
  if (a == no_value || b == no_value) return no_value;
  Value out = 0;
  switch (op) {
    case Op::add:
      return __builtin_add_overflow(a, b, &out) ? no_value : out;
    case Op::sub:
      return __builtin_sub_overflow(a, b, &out) ? no_value : out;
    case Op::mul:
      return __builtin_mul_overflow(a, b, &out) ? no_value : out;
    default:
      return b == 0 ? no_value : a / b;
  }
}

bool comparison(Op op, Value a, Value b) {
  if (a == no_value || b == no_value) return false;
  switch (op) {
    case Op::eq:
      return a == b;
    case Op::ne:
      return a != b;
    case Op::lt:
      return a < b;
    case Op::le:
      return a <= b;
    case Op::gt:
      return a > b;
    default:
      return a >= b;
  }
}

}  // namespace

// ---- facts ----

bool Reference::is_actor(Value entity) const {
  return entity >= 0 && static_cast<size_t>(entity) < model_.entities.size() &&
         model_.entity_is(EntityId(static_cast<size_t>(entity)), model::kind_actor);
}

Value Reference::stored(FactId fact, const Args& args) const {
  const Value none = model_[fact].result.kind == model::TypeKind::truth ? 0 : no_value;
  const auto tuples = facts_.find(fact);
  if (tuples == facts_.end()) return none;
  const auto tuple = tuples->second.find(args);
  return tuple == tuples->second.end() ? none : tuple->second;
}

Value Reference::value_of(FactId fact, std::span<const Value> args) const {
  const Args key(args.begin(), args.end());
  if (model_[fact].role == model::FactRole::derived) {
    const bool complete = std::find(key.begin(), key.end(), no_value) == key.end();
    return complete && derived(fact, key);
  }
  return stored(fact, key);
}

bool Reference::holds(FactId fact, std::span<const Value> args) const { return value_of(fact, args) == 1; }

// A recursive fact: the least fixpoint over the questions that come up. Each is false until a rule makes it
// true; all are asked again until nothing is new. Facts of lower strata get a fixpoint of their own, and so
// are complete when `not` asks them.
bool Reference::derived(FactId fact, const Args& args) const {
  const model::Fact& f = model_[fact];
  if (!f.recursive) return some_rule(fact, args);
  if (!fixpoints_.empty() && fixpoints_.back()->stratum == f.stratum) {
    const auto [answer, fresh] = fixpoints_.back()->answers.try_emplace({fact, args}, false);
    if (fresh) fixpoints_.back()->changed = true;
    return answer->second;
  }
  Fixpoint own;
  own.stratum = f.stratum;
  own.answers[{fact, args}] = false;
  fixpoints_.push_back(&own);
  do {
    own.changed = false;
    for (auto& [question, answer] :
         own.answers) {  // may grow; what comes in before this place is asked in the next round
      if (answer || !some_rule(question.first, question.second)) continue;
      answer = true;
      own.changed = true;
    }
  } while (own.changed);
  fixpoints_.pop_back();
  return own.answers[{fact, args}];
}

bool Reference::some_rule(FactId fact, const Args& args) const {
  Vars vars;
  vars.fill(no_value);
  std::copy(args.begin(), args.end(), vars.begin());
  return std::any_of(model_[fact].rules.begin(), model_[fact].rules.end(),
                     [&](const model::DerivedRule& rule) { return eval(rule.condition, vars) == 1; });
}

// ---- expressions ----

Value Reference::evaluate(model::ExprId expr, std::span<const Value> vars) const {
  CASUS_CHECK(vars.size() <= model::max_vars, "more variables than a clause may have");
  Vars all;
  all.fill(no_value);
  std::copy(vars.begin(), vars.end(), all.begin());
  return eval(expr, all);
}

Value Reference::eval(model::ExprId id, const Vars& vars) const {
  const model::Expr& e = model_[id];
  if (depth_ >= depth_limit) {
    status_ = RunStatus::too_deep;
    return no_value;
  }
  struct Level {
    uint32_t& depth;
    explicit Level(uint32_t& d) : depth(d) { ++depth; }
    ~Level() { --depth; }
  } level(depth_);
  const auto arg = [&](size_t i) { return eval(e.args[i], vars); };
  const auto is_true = [&](model::ExprId part) { return eval(part, vars) == 1; };
  switch (e.op) {
    case Op::constant:
      return e.value;
    case Op::var:
      return vars[e.a];
    case Op::event_field:
    case Op::event_time:
      return eval_part(e, vars);
    case Op::now:
      return now_;
    case Op::fact:
      return eval_fact(e, vars);
    case Op::is_kind: {
      const Value x = arg(0);
      return x != no_value && model_.entity_is(EntityId(static_cast<size_t>(x)), model::KindId(e.a));
    }
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      return comparison(e.op, arg(0), arg(1));
    case Op::logical_and:
      return std::all_of(e.args.begin(), e.args.end(), is_true);
    case Op::logical_or:
      return std::any_of(e.args.begin(), e.args.end(), is_true);
    case Op::logical_not:
      return arg(0) != 1;
    case Op::add:
    case Op::sub:
    case Op::mul:
    case Op::div:
      return arithmetic(e.op, arg(0), arg(1));
    case Op::neg:
      return arithmetic(Op::sub, 0, arg(0));
    case Op::some:
    case Op::every:
    case Op::count:
      return eval_quantifier(e, vars);
    case Op::happened:
      return eval_happened(e, vars);
    case Op::chosen:  // choose() put constants in their place; what is left belongs to no case that is run
      return 0;
    case Op::choice_parameter:
      return no_value;
    case Op::reading:
      break;
  }
  return reading_held(model::ReadingId(e.a), static_cast<uint32_t>(e.value));
}

Value Reference::eval_fact(const model::Expr& e, const Vars& vars) const {
  Args args;
  for (model::ExprId arg : e.args) args.push_back(eval(arg, vars));
  return value_of(FactId(e.a), args);
}

Value Reference::eval_part(const model::Expr& e, const Vars& vars) const {
  const Value number = eval(e.args[0], vars);
  if (number == no_value) return no_value;
  const auto at = static_cast<size_t>(number);
  const Occurrence& o =
      at < occurrences_.size() || at >= foreseen_.size() ? occurrences_.at(at) : foreseen_[at];
  return e.op == Op::event_time ? o.at : o.args[e.a];
}

Value Reference::eval_quantifier(const model::Expr& e, const Vars& outer) const {
  const model::Quantifier& q = model_.quantifiers[e.a];
  Vars vars = outer;
  Value count = 0;
  for (Value entity : members(q.domain)) {
    vars[q.var] = entity;
    const bool chosen = e.args.empty() || met(e.args[0], vars);
    if (!chosen) continue;
    if (e.op == Op::some) return 1;
    if (e.op == Op::every && e.args.size() > 1 && !met(e.args[1], vars)) return 0;
    ++count;
  }
  return e.op == Op::count ? count : e.op == Op::every;
}

Value Reference::eval_happened(const model::Expr& e, const Vars& vars) const {
  return std::any_of(history_.begin(), history_.end(), [&](OccurrenceNo number) {
    const Occurrence& o = occurrences_[number];
    Vars own = vars;
    return matches(model::PatternId(e.a), o, number, own) && (e.value == no_value || now_ - o.at <= e.value);
  });
}

bool Reference::reading_held(model::ReadingId reading, uint32_t option) const {
  if (!case_.view) return false;
  const auto& held = model_[case_.view].readings;
  return std::find(held.begin(), held.end(), std::pair(reading, option)) != held.end();
}

// ---- domains and patterns ----

bool Reference::in_domain(const model::Domain& d, Value entity) const {
  if (!d.fact) return model_.entity_is(EntityId(static_cast<size_t>(entity)), d.kind);
  if (d.fact == model::fact_party) return holds(d.fact, std::array<Value, 2>{entity, d.second.value});
  return holds(d.fact, std::array<Value, 1>{entity});
}

Reference::Entities Reference::members(const model::Domain& d) const {
  Entities out;
  for (size_t i = 0; i < model_.entities.size(); ++i) {
    if (in_domain(d, static_cast<Value>(i))) out.insert(static_cast<Value>(i));
  }
  return out;
}

void Reference::bind(std::span<const model::PatternArg> args, std::span<const Value> values,
                     Vars& vars) const {
  for (size_t i = 0; i < args.size(); ++i) {
    if (args[i].mode == ArgMode::bind) vars[args[i].var] = values[i];
  }
}

bool Reference::fits(std::span<const model::PatternArg> args, std::span<const Value> values,
                     const Vars& vars) const {
  for (size_t i = 0; i < args.size(); ++i) {
    if (args[i].mode == ArgMode::any) continue;
    if (values[i] == no_value) return false;
    if (args[i].mode == ArgMode::match && values[i] != eval(args[i].match, vars)) return false;
    if (args[i].mode == ArgMode::bind && args[i].filter && !in_domain(*args[i].filter, values[i]))
      return false;
  }
  return true;
}

// All variables are bound before anything is tested, those of a motion's content too.
bool Reference::matches(model::PatternId id, const Occurrence& o, Value number, Vars& vars) const {
  const model::Pattern& p = model_[id];
  if (p.event != o.event || (p.decided && !o.decided)) return false;
  const uint8_t by = model_[p.event].by;
  if (p.decided_by && (by == 0xFF || o.args[by] != Value{p.decided_by.value})) return false;
  const model::Pattern* content = p.content ? &model_[p.content] : nullptr;
  if (content && content->event != o.content) return false;
  if (p.as != model::no_var) vars[p.as] = number;
  bind(p.args, o.args, vars);
  if (content) bind(content->args, o.content_args, vars);
  return fits(p.args, o.args, vars) && (!content || fits(content->args, o.content_args, vars));
}

// ---- what a condition rests on: §10 "Asked again" ----

void Reference::add_reads(FactId fact, Reads& out) const {
  if (!out.facts.insert(fact).second) return;
  for (const model::DerivedRule& rule : model_[fact].rules) add_reads(rule.condition, out);
}

void Reference::add_reads(model::ExprId id, Reads& out) const {
  if (!id) return;
  const model::Expr& e = model_[id];
  for (model::ExprId arg : e.args) add_reads(arg, out);
  if (e.op == Op::fact) add_reads(FactId(e.a), out);
  if (e.op == Op::some || e.op == Op::every || e.op == Op::count) {
    const model::Domain& d = model_.quantifiers[e.a].domain;
    if (d.fact) add_reads(d.fact, out);
  }
  if (e.op == Op::happened) {
    out.histories.insert(model::PatternId(e.a));
    for (const model::PatternArg& arg : model_.patterns[e.a].args) add_reads(arg.match, out);
  }
}

bool Reference::rests_on(const Reads& reads, const Changed& changed) const {
  if (!changed.occurrence) return reads.facts.contains(changed.fact);
  const Occurrence& o = *changed.occurrence;
  return std::any_of(reads.histories.begin(), reads.histories.end(), [&](model::PatternId id) {
    const model::Pattern& p = model_[id];
    if (p.event != o.event || (p.decided && !o.decided)) return false;
    const uint8_t by = model_[p.event].by;
    if (p.decided_by && (by == 0xFF || o.args[by] != Value{p.decided_by.value})) return false;
    for (size_t i = 0; i < p.args.size(); ++i) {
      if (p.args[i].mode == ArgMode::match && o.args[i] == no_value) return false;
    }
    return true;
  });
}

// Rests on it, or it changes the life or the membership of the instrument that the clause stands in or has
// its bearers from.
bool Reference::concerned(ClauseId id, const Reads& reads, const Changed& changed) const {
  if (rests_on(reads, changed)) return true;
  if (changed.occurrence || changed.fact > model::fact_terminated) return false;
  const Value instrument = changed.fact == model::fact_party ? changed.args[1] : changed.args[0];
  const model::Clause& c = model_[id];
  if (c.instrument && entity_of(c.instrument) == instrument) return true;
  const bool has_domain =
      c.bearer.kind == model::BearerKind::each || c.bearer.kind == model::BearerKind::together;
  return has_domain && c.bearer.domain.fact == model::fact_party &&
         Value{c.bearer.domain.second.value} == instrument;
}

}  // namespace casus::run
