// SPDX-License-Identifier: Apache-2.0
#include "model/choose.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace casus::model {

namespace {

const Chosen* chosen_of(const Package& package, ChoiceId choice) {
  for (const Chosen& c : package) {
    if (c.choice == choice) return &c;
  }
  return nullptr;
}

// Of a truth over choices under a package; nullopt when the package is silent about what decides it.
std::optional<bool> holds(const Model& m, ExprId id, const Package& package) {
  const Expr& e = m[id];
  switch (e.op) {
    case Op::constant:
      return e.value != 0;
    case Op::chosen: {
      const Chosen* c = chosen_of(package, ChoiceId(e.a));
      return c ? std::optional(c->option == static_cast<uint32_t>(e.value)) : std::nullopt;
    }
    case Op::logical_not: {
      const auto inner = holds(m, e.args[0], package);
      return inner ? std::optional(!*inner) : std::nullopt;
    }
    default:
      break;
  }
  const bool decisive = e.op == Op::logical_or;  // of an `and` false, of an `or` true
  bool silent = false;
  for (ExprId arg : e.args) {
    const auto part = holds(m, arg, package);
    if (part == decisive) return decisive;
    silent = silent || !part;
  }
  return silent ? std::nullopt : std::optional(!decisive);
}

// What the package makes of a parameter: its value, no_value when another option is taken, nullopt when it
// does not say.
std::optional<Value> number(const Expr& e, const Package& package) {
  const Chosen* c = chosen_of(package, ChoiceId(e.a));
  if (!c) return std::nullopt;
  const auto packed = static_cast<size_t>(e.value);
  if (c->option != packed / 256) return no_value;
  if (c->parameters.empty()) return std::nullopt;
  return c->parameters[packed % 256];
}

// The resolver has seen to it that the greatest value of the parameter fits.
void settle(Deadline& d, const Model& before, const Package& package) {
  if (!d.open) return;
  const auto count = number(before[d.open->count], package);
  if (!count) return;
  if (*count == no_value) {
    d = Deadline();  // so long as an option says that is not taken: no deadline
    return;
  }
  d.within = {static_cast<int32_t>(d.open->unit.months * *count), d.open->unit.ms * *count};
  d.open.reset();
}

}  // namespace

Model choose(const Model& model, const Package& package) {
  Model out = model;
  const auto left_out = [&](ExprId only_if) { return only_if && holds(model, only_if, package) == false; };
  for (Clause& c : out.clauses) {
    c.left_out = left_out(c.only_if);
    settle(c.deadline, model, package);
  }
  const auto gone = [&](ClauseId c) { return out[c].left_out; };
  for (Instrument& i : out.instruments) std::erase_if(i.clauses, gone);
  for (Article& a : out.articles) std::erase_if(a.clauses, gone);
  for (Body& b : out.bodies) {
    for (Decision& d : b.decisions) {
      d.left_out = left_out(d.only_if);
      settle(d.within, model, package);
    }
  }
  for (Expr& e : out.exprs) {
    std::optional<Value> value;
    if (e.op == Op::chosen) {
      if (const Chosen* c = chosen_of(package, ChoiceId(e.a)))
        value = c->option == static_cast<uint32_t>(e.value);
    } else if (e.op == Op::choice_parameter) {
      value = number(e, package);
    }
    if (!value) continue;
    e.op = Op::constant;
    e.a = 0;
    e.value = *value;
  }
  return out;
}

// ---- which choices are asked about ----

namespace {

class Asked {
 public:
  explicit Asked(const Model& m)
      : m_(m),
        exprs_(m.exprs.size()),
        patterns_(m.patterns.size()),
        facts_(m.facts.size()),
        out_(m.choices.size()) {}

  void clause(const Clause& c) {
    for (ExprId e : {c.trigger.condition, c.where, c.only_if, c.bearer.entity, c.act_where, c.condition,
                     c.while_, c.until, c.unless, c.owed_to})
      expr(e);
    for (ExprId e : c.bearer.except) expr(e);
    pattern(c.trigger.pattern);
    for (const PatternArg& a : c.trigger.fact_pattern.args) arg(a);
    arg(c.trigger.outcome_bearer);
    domain(c.bearer.domain);
    for (PatternId p : c.acts) pattern(p);
    deadline(c.deadline);
    for (const Effect& e : c.effects) {
      for (ExprId a : e.args) expr(a);
      expr(e.value);
    }
    walk();
  }
  void expectation(const Expectation& e) {
    expr(e.condition);
    walk();
  }
  void decision(const Decision& d) {
    pattern(d.content);
    for (ExprId e : {d.where, d.recused, d.only_if}) expr(e);
    deadline(d.within);
    walk();
  }
  std::vector<ChoiceId> take() const {
    std::vector<ChoiceId> out;
    for (size_t i = 0; i < out_.size(); ++i) {
      if (out_[i]) out.emplace_back(i);
    }
    return out;
  }

 private:
  void expr(ExprId id) {
    if (!id || exprs_[id.index()]) return;
    exprs_[id.index()] = true;
    open_.push_back(id);
  }
  void arg(const PatternArg& a) {
    expr(a.match);
    if (a.filter) domain(*a.filter);
  }
  void domain(const Domain& d) {
    if (d.fact) fact(d.fact);
  }
  void deadline(const Deadline& d) {
    expr(d.anchor);
    if (d.open) expr(d.open->count);
  }
  void pattern(PatternId id) {
    for (; id && !patterns_[id.index()]; id = m_[id].content) {
      patterns_[id.index()] = true;
      for (const PatternArg& a : m_[id].args) arg(a);
    }
  }
  void fact(FactId id) {
    if (facts_[id.index()]) return;
    facts_[id.index()] = true;
    for (const DerivedRule& r : m_[id].rules) expr(r.condition);
  }
  void walk() {
    while (!open_.empty()) {
      const Expr& e = m_[open_.back()];
      open_.pop_back();
      if (e.op == Op::chosen || e.op == Op::choice_parameter) out_[e.a] = true;
      if (e.op == Op::fact) fact(FactId(e.a));
      if (e.op == Op::happened) pattern(PatternId(e.a));
      if (e.op == Op::some || e.op == Op::every || e.op == Op::count) domain(m_.quantifiers[e.a].domain);
      for (ExprId a : e.args) expr(a);
    }
  }

  const Model& m_;
  std::vector<bool> exprs_, patterns_, facts_, out_;
  std::vector<ExprId> open_;
};

}  // namespace

std::vector<ChoiceId> open_choices(const Model& model, std::span<const InstrumentId> instruments) {
  return open_choices(model, instruments, {});
}

std::vector<ChoiceId> open_choices(const Model& model, std::span<const InstrumentId> instruments,
                                   std::span<const Expectation> expectations) {
  Asked asked(model);
  for (const Expectation& e : expectations) asked.expectation(e);
  const auto counts = [&](InstrumentId i) {
    return !i || std::find(instruments.begin(), instruments.end(), i) != instruments.end();
  };
  for (const Clause& c : model.clauses) {
    if (counts(c.instrument)) asked.clause(c);
  }
  for (const Body& b : model.bodies) {
    if (!counts(b.instrument)) continue;
    for (const Decision& d : b.decisions) asked.decision(d);
  }
  return asked.take();
}

// ---- packages ----

namespace {

// One choice's place in the count: every way to make it, one after another.
class Wheel {
 public:
  Wheel(const Model& m, ChoiceId choice, const Chosen* fixed, bool parameters)
      : options_(m[choice].options), fixed_(fixed), parameters_(parameters) {
    now_.choice = choice;
    reset();
  }
  const Chosen& now() const { return now_; }
  void reset() {
    if (fixed_) {
      now_ = *fixed_;
    } else {
      now_.option = 0;
    }
    if (ranges()) first_values();
  }
  // False when all have been: then it stands at the first again.
  bool next() {
    if (ranges() && next_values()) return true;
    if (!fixed_ && now_.option + 1 < options_.size()) {
      ++now_.option;
      first_values();
      return true;
    }
    reset();
    return false;
  }

 private:
  bool ranges() const { return parameters_ && (!fixed_ || fixed_->parameters.empty()); }
  const std::vector<ChoiceParameter>& declared() const { return options_[now_.option].parameters; }
  void first_values() {
    now_.parameters.clear();
    if (!parameters_) return;
    for (const ChoiceParameter& p : declared()) now_.parameters.push_back(p.low);
  }
  bool next_values() {
    for (size_t i = declared().size(); i-- > 0;) {
      const ChoiceParameter& p = declared()[i];
      if (p.high - now_.parameters[i] >= p.step) {
        now_.parameters[i] += p.step;
        return true;
      }
      now_.parameters[i] = p.low;
    }
    return false;
  }

  const std::vector<ChoiceOption>& options_;
  const Chosen* fixed_;
  bool parameters_;
  Chosen now_;
};

template <class Seen>
bool each_package(const Model& m, std::span<const ChoiceId> choices, const Package& fixed, bool parameters,
                  size_t limit, Seen seen) {
  std::vector<Wheel> wheels;
  for (ChoiceId c : choices) wheels.emplace_back(m, c, chosen_of(fixed, c), parameters);
  for (size_t made = 0;; ++made) {
    if (made == limit) return false;
    Package p;
    for (const Wheel& w : wheels) p.push_back(w.now());
    seen(std::move(p));
    size_t i = wheels.size();
    while (i > 0 && !wheels[i - 1].next()) --i;
    if (i == 0) return true;
  }
}

void choices_of(const Model& m, ExprId root, std::vector<ChoiceId>& out) {
  std::vector<ExprId> open{root};
  while (!open.empty()) {
    const Expr& e = m[open.back()];
    open.pop_back();
    if (e.op == Op::chosen) out.emplace_back(e.a);
    open.insert(open.end(), e.args.begin(), e.args.end());
  }
}

}  // namespace

Packages packages(const Model& model, std::span<const ChoiceId> choices, const Package& fixed, size_t limit) {
  Packages out;
  out.more =
      !each_package(model, choices, fixed, true, limit, [&](Package p) { out.list.push_back(std::move(p)); });
  return out;
}

bool exclude_each_other(const Model& model, ExprId a, ExprId b) {
  if (!a || !b) return false;
  std::vector<ChoiceId> named;
  choices_of(model, a, named);
  choices_of(model, b, named);
  std::sort(named.begin(), named.end());
  named.erase(std::unique(named.begin(), named.end()), named.end());
  bool together = false;
  const bool all = each_package(model, named, {}, false, 1000, [&](const Package& p) {
    together = together || (holds(model, a, p) == true && holds(model, b, p) == true);
  });
  return all && !together;
}

// ---- words ----

std::string words(const Model& model, ChoiceId choice) {
  const DraftChoice& c = model[choice];
  const auto same = std::count_if(model.choices.begin(), model.choices.end(),
                                  [&](const DraftChoice& other) { return other.name == c.name; });
  return c.instrument && same > 1 ? model[c.instrument].name + '.' + c.name : c.name;
}

std::string words(const Model& model, const Package& package) {
  std::string out;
  for (const Chosen& c : package) {
    const ChoiceOption& option = model[c.choice].options[c.option];
    out += fmt::format("{}{} = {}", out.empty() ? "" : ", ", words(model, c.choice), option.name);
    for (size_t i = 0; i < c.parameters.size(); ++i)
      out += fmt::format("{}{}: {}", i == 0 ? "(" : ", ", option.parameters[i].name, c.parameters[i]);
    if (!c.parameters.empty()) out += ')';
  }
  return out;
}

namespace {

std::string_view unit_word(Duration unit) {
  if (unit.months != 0) return unit.months == 12 ? "years" : "months";
  if (unit.ms == 7 * ms_per_day) return "weeks";
  if (unit.ms == ms_per_day) return "days";
  if (unit.ms == ms_per_hour) return "h";
  if (unit.ms == 60 * ms_per_second) return "min";
  return unit.ms == ms_per_second ? "s" : "ms";
}

}  // namespace

std::string within_words(const Model& model, const Deadline& d) {
  if (!d.open) return format_duration(d.within);
  const Expr& count = model[d.open->count];
  return fmt::format("{}.{} {}", words(model, ChoiceId(count.a)), choice_parameter(model, count).name,
                     unit_word(d.open->unit));
}

std::string options_words(const DraftChoice& c) {
  std::string out;
  for (const ChoiceOption& o : c.options) {
    out += (out.empty() ? "" : ", ") + o.name;
    for (const ChoiceParameter& p : o.parameters)
      out += (&p == &o.parameters.front() ? " (" : ", ") + p.name + ' ' + range_words(p);
    if (!o.parameters.empty()) out += ')';
  }
  return out;
}

std::string range_words(const ChoiceParameter& p) {
  return fmt::format("from {} to {}{}", p.low, p.high,
                     p.step == 1 ? "" : fmt::format(" in steps of {}", p.step));
}

bool takes(const ChoiceParameter& p, int64_t value) {
  return value >= p.low && value <= p.high && (value - p.low) % p.step == 0;
}

}  // namespace casus::model
