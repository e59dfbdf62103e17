// SPDX-License-Identifier: Apache-2.0
// Random clauses: triggers, norms with their modifiers, consequences.
#include "run/model_generator.h"

namespace casus::run::test {

// `plain_duty`: a standing duty or one after an event, so that each article has one that may be breached.
Part ModelGenerator::clause(int instrument, bool plain_duty) {
  variables_ = 0;
  Scope s;
  s.instrument = instrument;
  Part when;
  when.plain = "";
  const uint64_t draw = below(10);
  const bool standing = draw < 3;
  if (plain_duty && !standing) {
    when.parts = {event_trigger(s, "")};
  } else if (!standing && draw == 4) {
    when = phrase({word("once"), instrument >= 0 ? condition(s, 2) : asked_fact(s, 1)});
  } else if (!standing) {
    when.parts = {trigger(s)};
  }
  const bool triggered = !print(when).empty();
  Part out = list("", " ", {when}, ";");
  out.plain = "";
  if (triggered && print(when).substr(0, 4) == "when" && chance(1, 4))
    out.parts.push_back(optional(phrase({word("where"), condition(s, 2)})));
  if (instrument >= 0 && chance(1, 12))
    out.parts.push_back(optional(list("while ", " ", {asked_fact(s, 2)}, ",")));
  if (chance(1, 12))
    out.parts.push_back(
        optional(word(chance(2, 3) ? "under reading sense = narrow" : "under reading sense = wide")));
  out.parts.push_back(triggered && !plain_duty && chance(2, 5) ? consequence(s)
                                                               : norm(s, !triggered, 0, plain_duty));
  return out;
}

Part ModelGenerator::trigger(Scope& s) {
  switch (below(12)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return outcome_trigger(s);
    case 4:
    case 5:
    case 6:
      return fact_trigger(s);
    case 7:
      return event_trigger(s, "decided");
    case 8:
      return event_trigger(s, "rejected");
    case 9:
      if (chance(1, 2)) return procedure_trigger(s);
      [[fallthrough]];
    default:
      return event_trigger(s, "");
  }
}

// A proposal, a vote or a closing.
Part ModelGenerator::procedure_trigger(Scope& s) {
  const std::string who = fresh(), as = fresh();
  std::string asked = "close(by: actor " + who + ")";
  s.vars.push_back({who, {Of::actor, -1}});
  if (chance(1, 2)) {
    asked = "vote(by: actor " + who + (chance(1, 2) ? ", as: no)" : ")");
  } else if (chance(2, 3)) {
    const std::string whom = fresh();
    asked = "propose(by: actor " + who + ", motion: i1(to: land " + whom + "))";
    s.vars.push_back({whom, {Of::land, -1}});
  }
  s.vars.push_back({as, {Of::event, -1}});
  return word("when " + asked + " as " + as);
}

Part ModelGenerator::event_trigger(Scope& s, std::string_view how) {
  int event = some_event();
  if (!how.empty()) event = chance(5, 6) ? 0 : 1;  // what bodies decide on
  Part asked = pattern(s, event, Patterns::bind, !how.empty());
  Part as;
  if (how != "rejected" && chance(1, 2)) {
    const std::string name = fresh();
    as = optional(word("as " + name));
    s.vars.push_back({name, {Of::event, event}});
  }
  return phrase({word("when"), word(std::string(how)), std::move(asked), std::move(as)});
}

Part ModelGenerator::article_ref(const Scope& s) {
  if (s.instrument >= 0 && chance(1, 2))
    return word("article " +
                std::to_string(1 + below(static_cast<uint64_t>(
                                       instruments_[static_cast<size_t>(s.instrument)].articles))));
  const Instrument& i = one_of(instruments_);
  return word(i.name +
              (chance(1, 2) ? "" : "." + std::to_string(1 + below(static_cast<uint64_t>(i.articles)))));
}

Part ModelGenerator::outcome_trigger(Scope& s) {
  constexpr std::string_view outcomes[] = {"breach", "performance", "non_performance", "release"};
  Part by;
  const Part head = word("when " + std::string(one_of(outcomes)) + " of"), of = article_ref(s);
  if (chance(2, 3)) {
    Type member{Of::actor, -1};
    std::string set = "actor";
    if (chance(1, 3)) domain(s, member, member, set);
    s.vars.push_back({fresh(), member});
    by = word("by " + set + " " + s.vars.back().name);
  }
  return phrase({head, of, by});
}

Part ModelGenerator::fact_trigger(Scope& s) {
  const std::string head = chance(1, 2) ? "when begins" : "when ends";
  if (chance(1, 8)) {
    s.vars.push_back({fresh(), {Of::actor, -1}});
    return word(head + " party(actor " + s.vars.back().name + ", " + instrument_name(s) + ")");
  }
  if (chance(1, 12)) return word(head + " in_force(" + instrument_name(s) + ")");
  return phrase({word(head), fact_pattern(s, one_of(facts_))});
}

// ---- norms ----

Part ModelGenerator::bearer(Scope& s, bool may) {
  std::string set, known;
  Type member;
  const uint64_t draw = below(10);
  if (draw < 2 && from_variable(s, {Of::actor, -1}, known) && known.find('.') == std::string::npos)
    return word(known);
  if (draw < 3) return word(one_of(lands_));
  domain(s, {Of::actor, -1}, member, set);
  if (draw < 5 && !may) return word("the " + set + " together");
  const std::string each = may && chance(1, 2) ? "any " : "each ";
  Part out;
  std::string name;
  if (chance(2, 3)) name = " " + fresh();
  out.parts.push_back(word(each + set + name));
  if (chance(1, 3)) {
    std::vector<Part> except;
    for (uint64_t i = 0, n = 1 + below(2); i < n; ++i)
      except.push_back(optional(value(s, {Of::actor, -1}, 0)));
    out.parts.push_back(optional(list("except ", ", ", std::move(except), "")));
  }
  if (!name.empty()) s.vars.push_back({name.substr(1), member});
  return out;
}

// Acts that share the label `to` of one type, so that one list of arguments does for all.
Part ModelGenerator::take_of(Scope& s) {
  std::vector<Part> names;
  for (size_t i = 2; i < events_.size() && names.size() < 4; ++i) {
    if (events_[i].act && !events_[i].institutional) names.push_back(optional(word(events_[i].name)));
  }
  std::vector<Part> args;
  if (chance(1, 2)) args.push_back(optional(list("to: ", " ", {value(s, {Of::land, -1}, 0)}, "")));
  const uint64_t least = names.size() < 2 ? 1 : 1 + below(2);
  return phrase({word(least == 1 ? "take one of" : "take at least " + std::to_string(least) + " of"),
                 list("{ ", ", ", std::move(names), " }"), list("(", ", ", std::move(args), ")")});
}

Part ModelGenerator::norm(Scope s, bool standing, int depth, bool duty) {
  const uint64_t draw = below(20);
  const char modal = duty || draw < 7 ? 's' : draw < 11 ? 'n' : draw < 15 ? 'm' : 's';
  Part out;
  out.sort = Sort::norm;
  out.parts.push_back(bearer(s, modal == 'm'));
  const Scope early = s;
  if (modal == 's' && draw >= 15) {
    const bool ensure = draw >= 18;
    out.parts.push_back(word(ensure ? "shall ensure" : "shall bring about"));
    out.parts.push_back(list("(", " ", {condition(s, 1)}, ")"));
    for (Part& m : modifiers(early, early, ensure ? 'e' : 'b', false, standing, depth))
      out.parts.push_back(std::move(m));
    return out;
  }
  out.parts.push_back(word(modal == 's' ? "shall" : modal == 'n' ? "shall not" : "may"));
  if (modal != 'm' && chance(1, 5)) {
    out.parts.push_back(take_of(s));
    for (Part& m : modifiers(early, early, modal, true, standing, depth)) out.parts.push_back(std::move(m));
    return out;
  }
  if (chance(1, 20)) {
    constexpr std::string_view procedure[] = {"vote()", "vote(as: yes)", "propose()",
                                              "propose(motion: i1(to: ALFA))", "close()"};
    out.parts.push_back(word(std::string(one_of(procedure))));
    for (Part& m : modifiers(early, early, modal, true, standing, depth)) out.parts.push_back(std::move(m));
    return out;
  }
  int act = modal == 'm' && chance(1, 2) ? static_cast<int>(below(2)) : some_event();
  while (!events_[static_cast<size_t>(act)].act) act = some_event();
  out.parts.push_back(pattern(s, act, Patterns::bind, true));
  const char kind = modal == 'm' && events_[static_cast<size_t>(act)].institutional ? 'p' : modal;
  for (Part& m : modifiers(early, s, kind, true, standing, depth)) out.parts.push_back(std::move(m));
  return out;
}

void ModelGenerator::add_deadline(std::vector<Part>& out, const Scope& s, bool from) {
  const uint64_t draw = below(8);
  if (draw == 0) return;
  std::string anchor;
  if (draw == 1) {
    out.push_back(optional(word("promptly")));
  } else if (draw == 2) {
    out.push_back(optional(word("by " + date(from))));
  } else {
    std::vector<Part> parts{word("within " + length_of_time())};
    for (const Variable& v : s.vars) {
      if ((v.type.of == Of::event || v.type.of == Of::instant) && chance(1, 4)) anchor = v.name;
    }
    if (!anchor.empty()) parts.push_back(optional(word("of " + anchor)));
    out.push_back(optional(list("", " ", std::move(parts), "")));
  }
  if (draw > 1 && chance(1, 4)) out.push_back(optional(word("even if late")));
}

// modal: s shall, b bring about, e ensure, n shall not, m may, p power
std::vector<Part> ModelGenerator::modifiers(const Scope& s, const Scope& at_act, char modal, bool act,
                                            bool standing, int depth) {
  std::vector<Part> out;
  const bool achieved = modal == 's' || modal == 'b', duty = achieved || modal == 'e';
  const bool from = chance(1, 8);
  if (from) out.push_back(optional(word("from " + early_date())));
  if (achieved) add_deadline(out, s, from);
  if (duty && chance(1, 6))
    out.push_back(optional(word(chance(1, 2) ? "as it deems necessary" : "as appropriate")));
  if (act && chance(1, 5)) out.push_back(optional(phrase({word("where"), condition(at_act, 1)})));
  if (chance(1, 6)) out.push_back(optional(phrase({word("while"), condition(s, 1)})));
  if (chance(1, 8)) out.push_back(optional(phrase({word("unless"), condition(s, 1)})));
  if (chance(1, 6)) out.push_back(optional(phrase({word("until"), condition(s, 1)})));
  if (chance(1, 8)) out.push_back(optional(word("until " + date(from))));
  if (modal != 'e' && chance(1, modal == 'm' || modal == 'p' ? 2 : 6))
    out.push_back(optional(phrase({word("notwithstanding"), article_ref(s)})));
  if ((duty || modal == 'n') && chance(1, 12)) out.push_back(optional(word("owed to all parties")));
  if (modal == 'p' && chance(1, 3))
    out.push_back(optional(word("takes effect " + length_of_time() + " after notice")));
  if ((duty || modal == 'n') && depth < 2 && chance(1, 4)) {
    Part otherwise =
        phrase({word("otherwise"), norm(modal == 'n' && !standing ? at_act : s, false, depth + 1, false)});
    if (chance(1, 8)) otherwise = word("otherwise breach grave");
    out.push_back(optional(std::move(otherwise)));
  }
  return out;
}

// ---- consequences ----

Part ModelGenerator::consequence(const Scope& s) {
  std::vector<Part> effects;
  for (uint64_t i = 0, n = 1 + below(3); i < n; ++i) effects.push_back(optional(effect(s)));
  Part out = phrase({word("then"), list("", ", ", std::move(effects), "")});
  if (chance(1, 4)) out.parts.push_back(optional(word("after " + length_of_time())));
  return out;
}

Part ModelGenerator::effect(const Scope& s) {
  const uint64_t draw = below(10);
  if (draw == 0) return counts_as(s);
  if (draw <= 2) return life_effect(s);
  if (draw == 3) return membership_effect(s);
  const Fact& f = one_of(facts_);
  Part call = fact_call(s, f, 1);
  if (f.result.of == Of::truth) return phrase({word(chance(2, 3) ? "begins" : "ends"), std::move(call)});
  if (chance(1, 4)) return phrase({word("ends"), std::move(call)});
  return phrase({word("set"), std::move(call), word("="), value(s, f.result, 2)});
}

Part ModelGenerator::counts_as(const Scope& s) {
  const auto& e = events_[below(events_.size())];
  std::vector<Part> args;
  for (const Param& p : e.params) {
    if (chance(1, 8)) continue;
    std::string known;
    if (p.type.of == Of::event) {
      if (from_variable(s, p.type, known)) args.push_back(optional(word(p.label + ": " + known)));
    } else {
      args.push_back(optional(list(p.label + ": ", " ", {value(s, p.type, 1)}, "")));
    }
  }
  return list("counts as " + e.name + "(", ", ", std::move(args), ")");
}

Part ModelGenerator::life_effect(const Scope& s) {
  const std::string of = instrument_name(s);
  switch (below(8)) {
    case 0:
      return word(of + " enters into force");
    case 1:
    case 2:
      return phrase(
          {word(of + " is suspended"), optional(phrase({word("for"), value(s, {Of::actor, -1}, 0)}))});
    case 3:
    case 4:
    case 5:
      return phrase({word(of + " resumes"), optional(phrase({word("for"), value(s, {Of::actor, -1}, 0)}))});
    case 6:
      return word(of + " is terminated");
    default:
      return phrase(
          {value(s, {Of::land, -1}, 0), word("succeeds"), value(s, {Of::land, -1}, 0), word("in " + of)});
  }
}

Part ModelGenerator::membership_effect(const Scope& s) {
  const Instrument& i = one_of(instruments_);
  const std::string role = i.roles.empty() || chance(1, 2) ? "party" : one_of(i.roles);
  return phrase({value(s, {Of::actor, -1}, 0), word(chance(2, 3) ? "becomes" : "ceases to be"),
                 word(role + " of " + i.name)});
}

}  // namespace casus::run::test
