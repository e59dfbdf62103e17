// SPDX-License-Identifier: Apache-2.0
#include "report/plain_words.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "model/choose.h"
#include "report/card_builder.h"
#include "report/phrases.h"
#include "text/words.h"

namespace casus::report {
namespace {

using model::ClauseKind;
using model::ExprId;
using model::Op;
using model::TriggerKind;

// A parameter whose label is a preposition reads as one; others stand as "label: …".
bool is_preposition(std::string_view label) {
  constexpr std::array<std::string_view, 14> all{"by",      "on",    "to",           "at",     "of",
                                                 "against", "about", "with",         "from",   "for",
                                                 "in",      "under", "on_behalf_of", "through"};
  return std::find(all.begin(), all.end(), label) != all.end();
}

std::string article(std::string_view word) {
  const bool vowel =
      !word.empty() && std::string_view("aeiouAEIO").find(word.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(word);
}

// Titles tell more behind a comma, which a sentence does not need.
std::string short_title(std::string title) { return title.substr(0, title.find(',')); }

// A predicate denied: "is in force" → "is not in force"; empty when it can not be turned so.
std::string denied(std::string predicate) {
  for (const std::string_view verb : {"is", "has", "are", "was", "may", "ought"}) {
    if (predicate == verb || predicate.starts_with(std::string(verb) + " "))
      return predicate.insert(verb.size(), " not");
  }
  return {};
}

class Speaker {
 public:
  Speaker(const model::Model& m, std::vector<model::Named> vars, model::InstrumentId instrument)
      : m_(m), vars_(std::move(vars)), instrument_(instrument) {}

  std::string name(model::VarIndex v) const {
    if (v >= vars_.size() || vars_[v].name.empty()) return "it";
    return "*" + spaced(vars_[v].name) + "*";
  }
  bool is_named(model::VarIndex v) const { return v < vars_.size() && !vars_[v].name.empty(); }

  std::string title(const model::Named& n) const { return n.title.empty() ? spaced(n.name) : n.title; }
  std::string entity(model::EntityId id) const {
    const model::Entity& e = m_[id];
    if (e.instrument && e.instrument == instrument_) return "this instrument";
    const std::string words = e.title.empty() ? e.name : e.title;
    return (e.body && !words.starts_with("the ") ? "the " : "") + words;
  }

  // "party", "guarantor", "state", "member of P5": one of a set.
  std::string one_of(const model::Domain& d) const {
    if (d.second) return d.fact == model::fact_party ? party_of(d.second) : spaced(m_[d.fact].name);
    if (!d.fact) return d.kind == model::kind_thing ? "thing" : spaced(m_[d.kind].name);
    const model::Fact& f = m_[d.fact];
    if (f.role != model::FactRole::group) return spaced(singular(f.name));
    const std::string group = short_title(title(f));
    return group.starts_with("members of ") ? "member of " + group.substr(11) : "member of " + group;
  }

  std::string statement(const model::Fact& f, const std::vector<std::string>& args, bool deny = false) const;
  std::string value_of(const model::Fact& f, const std::vector<std::string>& args) const;
  std::string expr(ExprId id, bool inner = false) const;
  std::string pattern(model::PatternId id) const;
  // Of an act, its bearer is not named again.
  std::string arguments(const std::vector<model::Param>& params, const std::vector<model::PatternArg>& args,
                        model::VarIndex bearer = model::no_var) const;
  std::string fact_pattern(const model::FactPattern& p) const;
  std::string bearer(const model::Bearer& b) const;
  std::string anchor(ExprId id) const {
    return expr(m_[id].op == Op::event_time ? m_[id].args[0] : id, true);
  }
  std::string deadline(const model::Deadline& d) const;
  std::string trigger(const model::Trigger& t) const;
  std::string effect(const model::Effect& e) const;
  std::string act(const model::Clause& c) const;
  std::string norm(const model::Clause& c) const;

 private:
  std::string party_of(model::EntityId instrument) const {
    return m_[instrument].instrument == instrument_ ? "party" : "party to " + m_[instrument].name;
  }
  std::string type_words(const model::Type& type) const {
    if (type.kind == model::TypeKind::count) return "number";
    if (type.kind != model::TypeKind::event) return spaced(m_.type_words(type));
    const model::EventTypeId event(type.id);
    return event ? "event “" + event_words(m_, event) + "”" : "event";
  }
  std::string var(model::PatternArg a) const { return is_named(a.var) ? " (" + name(a.var) + ")" : ""; }
  bool is_var(ExprId id, model::VarIndex v) const { return id && m_[id].op == Op::var && m_[id].a == v; }
  std::string argument(const model::PatternArg& a, const model::Type& type) const;
  std::string fact(const model::Expr& e, bool deny) const;
  std::string denial(ExprId id) const;
  std::string quantified(const model::Expr& e) const;
  std::string joined(const std::vector<ExprId>& args, std::string_view between, bool inner) const;

  const model::Model& m_;
  std::vector<model::Named> vars_;
  model::InstrumentId instrument_;
};

std::string Speaker::joined(const std::vector<ExprId>& args, std::string_view between, bool inner) const {
  std::string out;
  for (ExprId a : args) out += (out.empty() ? "" : std::string(between)) + expr(a, true);
  return inner ? "(" + out + ")" : out;
}

// Of two things, the title stands between them; of one, behind it.
std::string Speaker::statement(const model::Fact& f, const std::vector<std::string>& args, bool deny) const {
  const auto says = [&](const std::string& subject, const std::string& predicate, const std::string& object) {
    const std::string turned = deny ? denied(predicate) : predicate;
    const std::string tail = object.empty() ? "" : " " + object;
    if (!turned.empty()) return subject + " " + turned + tail;
    return "it is not so that " + subject + " " + predicate + tail;
  };
  switch (f.role) {
    case model::FactRole::party:
      return says(args[0], "is a party to", args[1]);
    case model::FactRole::in_force:
      return says(args[0], "is in force", {});
    case model::FactRole::terminated:
      return says(args[0], "is terminated", {});
    case model::FactRole::suspended:
      return says(args[0], "is suspended", args[0] == args[1] ? "" : "for " + args[1]);
    case model::FactRole::group:
      return says(args[0], "is one of " + short_title(title(f)), {});
    case model::FactRole::role:
      return says(args[0], "is " + article(spaced(singular(f.name))), {});
    default:
      break;
  }
  if (!f.title.empty() && args.size() == 1) return says(args[0], short_title(f.title), {});
  if (!f.title.empty() && args.size() == 2) {
    const bool turned = f.params[1].label == "is";
    return says(args[turned ? 1 : 0], short_title(f.title), args[turned ? 0 : 1]);
  }
  if (args.size() == 1) return says(args[0], "is " + spaced(f.name), {});
  std::string out = (deny ? "it is not so that: " : "") + title(f);
  for (size_t i = 0; i < args.size(); ++i)
    out += (i == 0 ? " (" : ", ") + spaced(f.params[i].label) + ": " + args[i];
  return out + (args.empty() ? "" : ")");
}

std::string Speaker::fact(const model::Expr& e, bool deny) const {
  const model::Fact& f = m_[model::FactId(e.a)];
  std::vector<std::string> args;
  for (ExprId a : e.args) args.push_back(expr(a, true));
  return f.result.kind == model::TypeKind::truth ? statement(f, args, deny) : value_of(f, args);
}

std::string Speaker::value_of(const model::Fact& f, const std::vector<std::string>& args) const {
  std::string of = args.empty() ? "" : args.front();
  for (size_t i = 1; i < args.size(); ++i) of += " and " + args[i];
  return "the " + title(f) + (of.empty() ? "" : " of " + of);
}

// That something is not so.
std::string Speaker::denial(ExprId id) const {
  const model::Expr& e = m_[id];
  const auto compared = [&](std::string_view sign) {
    return expr(e.args[0], true) + " " + std::string(sign) + " " + expr(e.args[1], true);
  };
  switch (e.op) {
    case Op::fact:
      return fact(e, true);
    case Op::is_kind:
      return expr(e.args[0], true) + " is not " + article(spaced(m_.kinds[e.a].name));
    case Op::eq:
      return compared("is not");
    case Op::ne:
      return compared("is");
    case Op::lt:
      return compared("is not less than");
    case Op::le:
      return compared("is not at most");
    case Op::gt:
      return compared("is not more than");
    case Op::ge:
      return compared("is not at least");
    case Op::logical_not:
      return expr(e.args[0]);
    case Op::some:
    case Op::happened: {
      std::string words = expr(id);
      for (const std::string_view there : {"there is a ", "there is an ", "there has been "}) {
        if (!words.starts_with(there)) continue;
        return (there.starts_with("there is") ? "there is no " : "there has been no ") +
               words.substr(there.size());
      }
      if (const size_t at = words.find(" has decided "); e.op == Op::happened && at != std::string::npos) {
        return words.insert(at + 4, " not");
      }
      return "it is not so that " + words;
    }
    default:
      return "it is not so that " + expr(id, true);
  }
}

std::string Speaker::quantified(const model::Expr& e) const {
  const model::Quantifier& q = m_.quantifiers[e.a];
  const std::string who = one_of(q.domain) + (is_named(q.var) ? " (" + name(q.var) + ")" : "");
  const std::string where = e.args.empty() ? "" : expr(e.args[0]);
  if (e.op == Op::count)
    return "the number of those who are " + who + (where.empty() ? "" : " where " + where);
  if (e.op == Op::some) return "there is " + article(who) + (where.empty() ? "" : " such that " + where);
  const std::string has = e.args.size() > 1 ? expr(e.args[1]) : "";
  if (has.empty()) return "for every " + who + ": " + where;
  const bool all = e.args[0] == ExprId() || m_[e.args[0]].op == Op::constant;
  return "for every " + who + (all ? "" : " such that " + where) + ": " + has;
}

std::string Speaker::expr(ExprId id, bool inner) const {
  if (!id) return "?";
  const model::Expr& e = m_[id];
  const auto compared = [&](std::string_view sign) {
    return expr(e.args[0], true) + " " + std::string(sign) + " " + expr(e.args[1], true);
  };
  switch (e.op) {
    case Op::constant:
      if (e.type.kind == model::TypeKind::entity)
        return entity(model::EntityId(static_cast<size_t>(e.value)));
      return m_.show(e.value, e.type);
    case Op::var:
      return name(static_cast<model::VarIndex>(e.a));
    case Op::event_field: {
      const auto& params = m_.events[m_[e.args[0]].type.id].params;
      const std::string label = params[e.a].label;
      const std::string of = expr(e.args[0], true);
      if (label == "by") return "the author of " + of;
      if (!is_preposition(label)) return "the “" + spaced(label) + "” of " + of;
      return "the " + type_words(params[e.a].type) + " that " + of + " is " + spaced(label);
    }
    case Op::event_time:
      return "the moment of " + expr(e.args[0], true);
    case Op::now:
      return "the present moment";
    case Op::fact:
      return fact(e, false);
    case Op::is_kind:
      return expr(e.args[0], true) + " is " + article(spaced(m_.kinds[e.a].name));
    case Op::eq:
      return compared("is");
    case Op::ne:
      return compared("is not");
    case Op::lt:
      return compared("is less than");
    case Op::le:
      return compared("is at most");
    case Op::gt:
      return compared("is more than");
    case Op::ge:
      return compared("is at least");
    case Op::logical_and:
      return joined(e.args, " and ", inner);
    case Op::logical_or:
      return joined(e.args, " or ", inner);
    case Op::logical_not:
      return denial(e.args[0]);
    case Op::add:
      return joined(e.args, " + ", inner);
    case Op::sub:
      return joined(e.args, " − ", inner);
    case Op::mul:
      return joined(e.args, " × ", inner);
    case Op::div:
      return joined(e.args, " / ", inner);
    case Op::neg:
      return "−" + expr(e.args[0], true);
    case Op::some:
    case Op::every:
    case Op::count: {
      const std::string words = quantified(e);
      return inner ? "(" + words + ")" : words;
    }
    case Op::happened: {
      const model::PatternId p(e.a);
      const std::string since =
          e.value == model::no_value ? "" : " within the last " + format_duration(Duration{0, e.value});
      if (m_[p].decided_by) return entity(m_[p].decided_by) + " has decided " + pattern(p) + since;
      return "there has been " + pattern(p) + since;
    }
    case Op::reading:
      return "the reading held of “" + title(m_.readings[e.a]) + "” is “" +
             title(m_.readings[e.a].options[static_cast<size_t>(e.value)]) + "”";
    case Op::chosen:
      return "the package takes “" + title(m_.choices[e.a].options[static_cast<size_t>(e.value)]) + "” of “" +
             title(m_.choices[e.a]) + "”";
    case Op::choice_parameter:
      return "the number of " + title(model::choice_parameter(m_, e)) + " in “" + title(m_.choices[e.a]) +
             "”";
  }
  return "?";
}

std::string Speaker::argument(const model::PatternArg& a, const model::Type& type) const {
  if (a.mode == model::ArgMode::match) return expr(a.match, true);
  if (a.filter) return article(one_of(*a.filter)) + var(a);
  return article(type_words(type)) + var(a);
}

std::string Speaker::arguments(const std::vector<model::Param>& params,
                               const std::vector<model::PatternArg>& args, model::VarIndex bearer) const {
  std::string out;
  for (size_t i = 0; i < args.size() && i < params.size(); ++i) {
    if (args[i].mode == model::ArgMode::any) continue;
    std::string label = params[i].label;
    if (bearer != model::no_var && label == "by") {
      const bool same =
          args[i].mode == model::ArgMode::bind ? args[i].var == bearer : is_var(args[i].match, bearer);
      if (same) continue;
      label = "through";
    }
    out += is_preposition(label) ? " " + spaced(label) + " " : " – " + spaced(label) + ": ";
    out += argument(args[i], params[i].type);
  }
  return out;
}

std::string Speaker::pattern(model::PatternId id) const {
  if (!id) return "?";
  const model::Pattern& p = m_[id];
  std::string out = "“" + event_words(m_, p.event) + "”" + arguments(m_[p.event].params, p.args);
  if (p.content) out += " – motion: " + pattern(p.content);
  if (p.as != model::no_var && is_named(p.as)) out += " (" + name(p.as) + ")";
  return out;
}

std::string Speaker::fact_pattern(const model::FactPattern& p) const {
  std::vector<std::string> args;
  for (size_t i = 0; i < p.args.size(); ++i) {
    args.push_back(p.args[i].mode == model::ArgMode::any ? "any"
                                                         : argument(p.args[i], m_[p.fact].params[i].type));
  }
  return statement(m_[p.fact], args);
}

std::string Speaker::bearer(const model::Bearer& b) const {
  std::string out;
  switch (b.kind) {
    case model::BearerKind::none:
      return "nobody";
    case model::BearerKind::one:
      out = b.entity ? expr(b.entity, true) : "whoever it is";
      break;
    case model::BearerKind::each:
      out = "each " + one_of(b.domain);
      break;
    case model::BearerKind::together:
      out = "all those who are " + one_of(b.domain) + ", together,";
      break;
  }
  if (b.kind != model::BearerKind::one && is_named(b.var)) out += " (" + name(b.var) + ")";
  for (size_t i = 0; i < b.except.size(); ++i) out += (i == 0 ? " except " : ", ") + expr(b.except[i], true);
  return out;
}

std::string Speaker::deadline(const model::Deadline& d) const {
  switch (d.kind) {
    case model::DeadlineKind::none:
      return {};
    case model::DeadlineKind::within:
      return " within " + model::within_words(m_, d) + (d.anchor ? " of " + anchor(d.anchor) : "");
    case model::DeadlineKind::by:
      return " by " + date_words(d.by);
    case model::DeadlineKind::promptly:
      return " promptly (no date is set)";
  }
  return {};
}

std::string Speaker::trigger(const model::Trigger& t) const {
  constexpr std::array<std::string_view, 4> outcomes{"broken", "performed", "not performed", "released"};
  switch (t.kind) {
    case TriggerKind::none:
      return {};
    case TriggerKind::event:
      return (m_[t.pattern].decided ? "When it is decided: " : "On ") + pattern(t.pattern);
    case TriggerKind::rejected:
      return "When it is rejected: " + pattern(t.pattern);
    case TriggerKind::outcome: {
      std::vector<std::string> of;
      for (model::ClauseId c : t.targets) {
        const std::string cited =
            m_[c].article ? m_[m_[c].instrument].name + "." + m_[m_[c].article].label : m_.cite(c);
        if (std::find(of.begin(), of.end(), cited) == of.end()) of.push_back(cited);
      }
      std::string out = "When a duty under ";
      for (size_t i = 0; i < of.size(); ++i) out += (i > 0 ? " or " : "") + of[i];
      out += " is " + std::string(outcomes[static_cast<size_t>(t.outcome)]);
      if (t.outcome_bearer.mode != model::ArgMode::any) {
        out += " by " +
               argument(t.outcome_bearer, model::Type{model::TypeKind::entity, model::kind_actor.value});
      }
      return out;
    }
    case TriggerKind::fact_begins:
      return "From the moment when " + fact_pattern(t.fact_pattern);
    case TriggerKind::fact_ends:
      return "When it is no longer so that " + fact_pattern(t.fact_pattern);
    case TriggerKind::becomes_true:
      return "Once " + expr(t.condition);
    case TriggerKind::reparation:
      return "Otherwise";
  }
  return {};
}

std::string Speaker::effect(const model::Effect& e) const {
  std::vector<std::string> args;
  for (ExprId a : e.args) args.push_back(a ? expr(a, true) : "");
  const auto arg = [&](size_t i) { return i < args.size() ? args[i] : std::string("?"); };
  switch (e.kind) {
    case model::EffectKind::counts_as: {
      std::string out = "it counts as “" + event_words(m_, e.event) + "”";
      const auto& params = m_[e.event].params;
      for (size_t i = 0; i < args.size() && i < params.size(); ++i) {
        if (args[i].empty()) continue;
        out += (is_preposition(params[i].label) ? " " + spaced(params[i].label) + " "
                                                : " – " + spaced(params[i].label) + ": ") +
               args[i];
      }
      return out;
    }
    case model::EffectKind::begin_fact:
    case model::EffectKind::end_fact: {
      const model::Fact& f = m_[e.fact];
      const bool begins = e.kind == model::EffectKind::begin_fact;
      if (f.role == model::FactRole::party)
        return arg(0) + (begins ? " becomes a party to " : " ceases to be a party to ") + arg(1);
      if (f.role == model::FactRole::role)
        return arg(0) + (begins ? " becomes " : " ceases to be ") + article(spaced(singular(f.name)));
      return (begins ? "from then on " : "it is no longer so that ") + statement(f, args);
    }
    case model::EffectKind::set_fact: {
      std::string of;
      for (const std::string& a : args) of += (of.empty() ? " of " : " and ") + a;
      return "the " + title(m_[e.fact]) + of + " becomes " + expr(e.value, true);
    }
    case model::EffectKind::enters_into_force:
      return arg(0) + " enters into force";
    case model::EffectKind::terminated:
      return arg(0) + " is terminated";
    case model::EffectKind::suspended:
      return arg(0) + " is suspended" + (args.size() > 1 && !args[1].empty() ? " for " + args[1] : "");
    case model::EffectKind::resumes:
      return arg(0) + " resumes" + (args.size() > 1 && !args[1].empty() ? " for " + args[1] : "");
    case model::EffectKind::succeeds:
      return arg(0) + " succeeds " + arg(1) + " in " + arg(2);
  }
  return "?";
}

std::string Speaker::act(const model::Clause& c) const {
  if (c.kind == ClauseKind::maintenance) return "ensure that " + expr(c.condition);
  if (c.kind == ClauseKind::bring_about) return "bring about that " + expr(c.condition);
  std::string out;
  if (c.acts.size() > 1)
    out = c.at_least == 1 ? "do one of: " : "do at least " + std::to_string(c.at_least) + " of: ";
  for (size_t i = 0; i < c.acts.size(); ++i) {
    const model::Pattern& p = m_[c.acts[i]];
    if (i > 0) out += "; ";
    out += event_words(m_, p.event) + arguments(m_[p.event].params, p.args, c.bearer.var);
    if (p.content) out += " – motion: " + pattern(p.content);
  }
  return out;
}

// Who must do what, without the trigger.
std::string Speaker::norm(const model::Clause& c) const {
  std::string out = bearer(c.bearer);
  switch (c.kind) {
    case ClauseKind::prohibition:
      out += " must not ";
      break;
    case ClauseKind::permission:
      out += " may ";
      break;
    case ClauseKind::power:
      out += " has the power to ";
      break;
    default:
      out += " must ";
      break;
  }
  out += act(c);
  const auto add = [&](std::string_view word, ExprId e) {
    if (e) out += ", " + std::string(word) + " " + expr(e);
  };
  add("where", c.act_where);
  out += deadline(c.deadline);
  if (c.discretion) out += ", as it deems necessary (it judges this itself; not to act is no breach)";
  add("as long as", c.while_);
  add("until", c.until);
  add("unless", c.unless);
  if (c.from) out += ", from " + date_words(*c.from) + " on";
  if (c.until_instant) out += ", until " + date_words(*c.until_instant);
  if (!c.takes_effect.zero()) out += "; it takes effect " + format_duration(c.takes_effect) + " after notice";
  if (c.owed_to_all) out += "; owed to all parties";
  if (c.owed_to) out += "; owed to " + expr(c.owed_to, true);
  if (c.even_if_late) out += "; it stays owed after the deadline";
  for (size_t i = 0; i < c.prevails_over.size(); ++i) {
    const model::ClauseRef& r = c.prevails_over[i];
    out += (i == 0 ? "; it goes before " : ", ") + m_[r.instrument].name +
           (r.article ? "." + m_[r.article].label : "");
  }
  if (c.breach_word) out += "; not doing so is called a " + m_[c.breach_word] + " breach";
  return out;
}

}  // namespace

std::string plain_words(const model::Model& m, model::ClauseId id) {
  const model::Clause& c = m[id];
  const Speaker say(m, c.vars, c.instrument);
  std::string out;
  if (c.reading) {
    out = "On the reading “" + say.title(m[c.reading].options[c.reading_option]) + "” of “" +
          say.title(m[c.reading]) + "”: ";
  }
  std::string occasion = say.trigger(c.trigger);
  if (c.where) occasion += (occasion.empty() ? "Where " : ", where ") + say.expr(c.where);
  std::string rest;
  if (c.kind == ClauseKind::consequence) {
    for (const model::Effect& e : c.effects) rest += (rest.empty() ? "" : "; ") + say.effect(e);
    if (!c.after.zero()) rest += ", after " + format_duration(c.after);
  } else {
    rest = say.norm(c);
  }
  out += occasion.empty() ? capitalised(rest)
                          : occasion + (c.trigger.kind == TriggerKind::reparation ? " " : ": ") + rest;
  out += ".";
  if (c.otherwise) out += " " + plain_words(m, c.otherwise);
  return out;
}

std::string plain_part(const model::Model& m, model::ClauseId id, diff::Part part) {
  using diff::Part;
  const model::Clause& c = m[id];
  const Speaker say(m, c.vars, c.instrument);
  const auto condition = [&](ExprId e) { return e ? say.expr(e) : std::string(); };
  switch (part) {
    case Part::kind:
      return c.kind == ClauseKind::power ? "has the power to" : std::string(modal_words(c.kind));
    case Part::who:
      return say.bearer(c.bearer);
    case Part::what:
      return say.act(c);
    case Part::act_where:
      return condition(c.act_where);
    case Part::trigger:
      return say.trigger(c.trigger);
    case Part::where:
      return condition(c.where);
    case Part::deadline: {
      const std::string words = say.deadline(c.deadline);
      return words.empty() ? words : words.substr(1);
    }
    case Part::discretion:
      return c.discretion ? "as it deems necessary" : "";
    case Part::unless:
      return condition(c.unless);
    case Part::while_:
      return condition(c.while_);
    case Part::until:
      return condition(c.until);
    case Part::dates:
      return (c.from ? "from " + date_words(*c.from) : "") + (c.from && c.until_instant ? " " : "") +
             (c.until_instant ? "until " + date_words(*c.until_instant) : "");
    case Part::late:
      return c.even_if_late ? "owed after the deadline too" : "";
    case Part::owed_to:
      return c.owed_to_all ? "all parties" : c.owed_to ? say.expr(c.owed_to, true) : "";
    case Part::priority: {
      std::string out;
      for (const model::ClauseRef& r : c.prevails_over)
        out += (out.empty() ? "" : ", ") + m[r.instrument].name + (r.article ? "." + m[r.article].label : "");
      return out;
    }
    case Part::otherwise:
      return c.otherwise ? plain_words(m, c.otherwise)
                         : (c.breach_word ? "a " + m[c.breach_word] + " breach" : "");
    case Part::notice:
      return c.takes_effect.zero() ? "" : format_duration(c.takes_effect) + " after notice";
    case Part::effects: {
      std::string out;
      for (const model::Effect& e : c.effects) out += (out.empty() ? "" : "; ") + say.effect(e);
      return out;
    }
    case Part::after:
      return c.after.zero() ? "" : "after " + format_duration(c.after);
    case Part::reading:
      return c.reading ? say.title(m[c.reading].options[c.reading_option]) : "";
    case Part::package:
      return condition(c.only_if);
  }
  return {};
}

std::string plain_condition(const model::Model& m, model::ClauseId id, ExprId condition) {
  return Speaker(m, m[id].vars, m[id].instrument).expr(condition);
}

std::string plain_words(const model::Model& m, const model::Body& body, const model::Decision& d) {
  const Speaker say(m, d.vars, body.instrument);
  const std::string name = say.title(body);
  std::string out =
      (name.starts_with("the ") ? capitalised(name) : "The " + name) +
      " may decide: " + say.pattern(d.content) + ", by " +
      (m[d.rule].span.valid() ? "the rule “" + spaced(m[d.rule].name) + "”" : spaced(m[d.rule].name)) +
      say.deadline(d.within);
  if (d.where) out += ", where " + say.expr(d.where);
  if (d.recused)
    out += "; " + article(say.one_of(body.members)) + " (" + say.name(d.recused_var) +
           ") takes no part where " + say.expr(d.recused);
  return out + ".";
}

std::string plain_words(const model::Model& m, model::FactId id, const std::vector<model::Value>& values) {
  const Speaker say(m, {}, model::InstrumentId());
  const model::Fact& f = m[id];
  std::vector<std::string> args;
  for (size_t i = 0; i < values.size() && i < f.params.size(); ++i) {
    const bool entity = f.params[i].type.kind == model::TypeKind::entity && values[i] != model::no_value;
    args.push_back(entity ? say.entity(model::EntityId(static_cast<size_t>(values[i])))
                          : m.show(values[i], f.params[i].type));
  }
  return f.result.kind == model::TypeKind::truth ? say.statement(f, args) : say.value_of(f, args);
}

}  // namespace casus::report
