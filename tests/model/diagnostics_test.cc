// SPDX-License-Identifier: Apache-2.0
// Every diagnostic of this room: fired exactly once, alone, at the right place.
#include <gtest/gtest.h>

#include <set>

#include "model/resolved.h"

namespace casus::model {
namespace {

struct Wrong {
  Diag kind{};
  std::string text;
  std::string_view marked;  // what the message points at
};

std::string plain(const std::string& text) { return vocabulary + text; }
std::string vote_rule(const std::string& rule) {
  return in_treaty("body Board { members party; rule r: " + rule + "; decides activate(any) by r; }");
}
std::string two_of(size_t acts) {
  std::string list;
  for (size_t i = 0; i < acts; ++i) list += i == 64 ? "assist, " : "supply, ";
  return in_treaty("each party shall take at least 2 of { " + list + "supply }(to: UKR);");
}
std::string story(const std::string& text) {
  return plain("instrument Pact { party USA; } viewpoint East { } scenario \"S\" { under Pact;\n" + text +
               "\n}");
}

std::string draft(const std::string& text) {
  return plain("choice path { open; pause(years: 10 .. 25 step 5); } instrument Pact { party USA, GBR; " +
               text + " }");
}
std::string exploring(const std::string& text) {
  return plain(
      "event pay(by: actor, amount: count); instrument Pact { party USA; } "
      "scenario s \"S\" { under Pact; from 2022-01-01; 2022-02-01 attack(by: UKR, on: UKR) as first; } "
      "explore \"E\" {\n" +
      text + "\n}");
}
std::string from_s(const std::string& text) {
  return exploring("from scenario s; at most 3 events; " + text);
}

const std::vector<Wrong>& wrongs() {
  static const std::vector<Wrong> list{
      {Diag::unknown_type, plain("fact f(a: sttae);"), "sttae"},
      {Diag::unknown_type, plain("kind x is y;"), "y"},
      {Diag::unknown_type, plain("sttae FRA;"), "sttae"},
      {Diag::unknown_entity, plain("given hurt(URK);"), "URK"},
      {Diag::unknown_entity, in_treaty("each party shall assist(to: URK);"), "URK"},
      {Diag::unknown_event, in_treaty("each party shall asist(to: UKR);"), "asist"},
      {Diag::unknown_event, in_treaty("when atack each party shall assist(to: UKR) where it.by = USA;"),
       "atack"},
      {Diag::unknown_fact, in_treaty("while hrut(UKR), each party shall assist(to: UKR);"), "hrut"},
      {Diag::unknown_group, in_treaty("each guarantr shall assist(to: UKR);"), "guarantr"},
      {Diag::unknown_label, in_treaty("each party shall assist(too: UKR);"), "too"},
      {Diag::unknown_unit, plain("given range(Lance) = 5 kmm;"), "kmm"},
      {Diag::unknown_unit, in_treaty("each party shall assist(to: UKR) within 3 dayz;"), "dayz"},
      {Diag::unknown_unit, plain("quantity q { a; b = 2 c; }"), "c"},
      {Diag::unknown_instrument, plain("scenario \"S\" { under Pcat; }"), "Pcat"},
      {Diag::unknown_article,
       in_treaty("article 1 { each party may supply(to: UKR) notwithstanding article 2; }"), "2"},
      {Diag::unknown_article, in_treaty("reservation by USA to Pact;"), "Pact"},
      {Diag::unknown_reading, in_treaty("under reading r = x each party shall assist(to: UKR);"), "r"},
      {Diag::unknown_reading_option,
       in_treaty("reading r { x; } under reading r = y each party shall assist(to: UKR);"), "y"},
      {Diag::unknown_viewpoint, story("view Est;"), "Est"},
      {Diag::unknown_source, in_treaty("source papers;"), "papers"},
      {Diag::unknown_source, plain("claim papers.1 by USA : hurt(UKR);"), "papers"},
      {Diag::unknown_field,
       in_treaty("when attack as a where a.whom = UKR each party shall assist(to: UKR);"), "whom"},
      {Diag::unknown_field, in_treaty("when attack where USA.stock = 1 each party shall assist(to: UKR);"),
       "stock"},
      {Diag::unknown_module, "use nothing_like_it;", "nothing_like_it"},
      {Diag::wrong_sort, in_treaty("each party shall P5(to: UKR);"), "P5"},
      {Diag::wrong_sort, in_treaty("guarantor shall assist(to: UKR);"), "guarantor"},
      {Diag::wrong_sort, in_treaty("each safe shall assist(to: UKR);"), "safe"},
      {Diag::wrong_sort, in_treaty("once attack(by: USA) each party shall assist(to: UKR);"), "attack"},
      {Diag::ambiguous_name,
       plain("given mounted(Lance) = ground; viewpoint V { calm; } derived d(w: weapon) when red = green and "
             "red = red;"),
       "red"},
      {Diag::ambiguous_name,
       plain("instrument A { party USA; body B { members party; } } instrument C { party USA; body B { "
             "members party; } } "
             "when attack B shall assist(to: UKR);"),
       "B"},
      {Diag::duplicate_declaration, plain("state USA;"), "USA"},
      {Diag::duplicate_declaration, plain("event quake(at: area);"), "quake"},
      {Diag::duplicate_declaration, plain("fact P5(a: area);"), "P5"},
      {Diag::duplicate_declaration, plain("kind actor;"), "actor"},
      {Diag::duplicate_declaration, plain("category area { x; }"), "area"},
      {Diag::duplicate_declaration, plain("category c { x; x; }"), "x"},
      {Diag::duplicate_declaration, plain("quantity time { h; }"), "h"},
      {Diag::duplicate_declaration, plain("fact f(a: state, a: area);"), "a"},
      {Diag::duplicate_declaration, in_treaty("article 1 { } article 1 { }"), "1"},
      {Diag::duplicate_declaration, in_treaty("role party: USA;"), "party"},
      {Diag::duplicate_declaration, in_treaty("body USA { members party; }"), "USA"},
      {Diag::duplicate_declaration, in_treaty("body B { members party; } body B { members party; }"), "B"},
      {Diag::duplicate_declaration, in_treaty("reading r { x; } reading r { x; }"), "r"},
      {Diag::duplicate_declaration, plain("reading r { x; x; }"), "x"},
      {Diag::duplicate_declaration, plain("source s { a 1; a 2; }"), "a"},
      {Diag::duplicate_declaration, plain("source s { } claim s.1 by USA : calm; claim s.1 by USA : calm;"),
       "1"},
      {Diag::duplicate_declaration, plain("scenario A \"x\" { } scenario A \"y\" { }"), "A"},
      {Diag::duplicate_declaration, story("2022-01-01 quake as q; 2022-01-02 quake as q;"), "q"},
      {Diag::duplicate_declaration, story("under Pact;"), "Pact"},
      {Diag::duplicate_variable,
       in_treaty("when attack(by: actor s, on: state s) each party shall assist(to: UKR);"), "s"},
      {Diag::outside_instrument, plain("when attack this is terminated;"), "this"},
      {Diag::outside_instrument, plain("when attack each party shall assist(to: UKR);"), "party"},
      {Diag::outside_instrument, plain("each state may supply(to: UKR) notwithstanding article 5;"),
       "article 5"},
      {Diag::nothing_for_it, in_treaty("once it.by = USA each party shall assist(to: UKR);"), "it"},
      {Diag::nothing_for_it, in_treaty("when begins hurt(UKR) then begins hurt(it.by);"), "it"},
      {Diag::nothing_for_it, story("2022-01-01 consult(by: USA, about: it);"), "it"},
      {Diag::nothing_for_it, in_treaty("when begins hurt(UKR) as x each party shall assist(to: UKR);"),
       "as x"},
      {Diag::nothing_for_it, in_treaty("when rejected invite(state s) as r begins hurt(s);"), "as r"},
      {Diag::act_variable_early, in_treaty("when attack each party shall possess(weapon w) until w = Lance;"),
       "w"},
      {Diag::unknown_binding, in_treaty("binding lw;"), "lw"},
      {Diag::unknown_wording, in_treaty("wording X;"), "X"},
      {Diag::type_mismatch, plain("given hurt(Europe);"), "Europe"},
      {Diag::type_mismatch, in_treaty("once Europe = USA each party shall assist(to: UKR);"), "Europe = USA"},
      {Diag::type_mismatch, in_treaty("when attack(at: state s) each party shall assist(to: UKR);"), "state"},
      {Diag::type_mismatch, in_treaty("when attack each party shall assist(to: UKR) within 3 days of UKR;"),
       "UKR"},
      {Diag::type_mismatch, plain("event e(by: area);"), "by: area"},
      {Diag::type_mismatch, plain("derived safe(who: area) when calm();"), "safe"},
      {Diag::type_mismatch,
       plain("event e(by: weapon_maker); kind weapon_maker is actor; when attack USA shall e;"), "e"},
      {Diag::type_mismatch,
       in_treaty("when attack(on: state s) where s < UKR each party shall assist(to: UKR);"), "s < UKR"},
      {Diag::type_mismatch, story("2022-01-01 quake as q; 2022-01-02 request(by: USA, about: q);"), "q"},
      {Diag::type_mismatch, story("2022-01-01 quake as q; expect adopted(of: q);"), "q"},
      {Diag::type_mismatch, plain("area Asia { population 3; }"), "population"},
      {Diag::type_mismatch, in_treaty("party Europe;"), "Europe"},
      {Diag::units_differ,
       in_treaty("when possess(what: weapon w) where w.range > 5 kg each party shall assist(to: UKR);"),
       "w.range > 5 kg"},
      {Diag::units_differ, plain("given range(Lance) = 5 kg;"), "5 kg"},
      {Diag::units_differ, plain("derived d(w: weapon) when w.range + w.weight > 1 m;"),
       "w.range + w.weight"},
      {Diag::units_differ,
       plain("fact yield(of: actor) is mass;") +
           "instrument I { party USA; body B { members party; rule r: yield of yes > yes; } }",
       "yield of yes > yes"},
      {Diag::not_a_condition, in_treaty("while USA, each party shall assist(to: UKR);"), "USA"},
      {Diag::not_whole_units, plain("given range(Lance) = 0.5 m;"), "0.5 m"},
      {Diag::decimal_number, plain("given population(USA) = 2.5;"), "2.5"},
      {Diag::number_too_large, plain("given range(Lance) = 123456789012345678.999 km;"),
       "123456789012345678.999"},
      {Diag::number_too_large, in_treaty("each party shall assist(to: UKR) within 20000 years;"),
       "20000 years"},
      {Diag::number_too_large, vote_rule("yes > 999999999999999999 * no - no / 97"),
       "999999999999999999 * no - no / 97"},
      {Diag::number_too_large, vote_rule("yes > 1_000_000_000 * no"), "yes > 1_000_000_000 * no"},
      {Diag::number_too_large, vote_rule("yes > no / (2147483648 * -1 * 4294967296)"),
       "2147483648 * -1 * 4294967296"},
      {Diag::number_too_large, vote_rule("-2147483648 * 2147483648 - 2147483648 * 2147483648 < yes"),
       "-2147483648 * 2147483648 - 2147483648 * 2147483648"},
      {Diag::unit_definition, plain("quantity q { a = 2 a; }"), "2"},
      {Diag::unit_definition, plain("quantity q { a; b; }"), "b"},
      {Diag::unit_definition, plain("quantity q { a; b = 0 a; }"), "0"},
      {Diag::kind_cycle, plain("kind x is y; kind y is x;"), "x"},
      {Diag::too_many_parameters, plain("fact f(a: state, b: state, c: state, d: state, e: state);"),
       "e: state"},
      {Diag::too_many_arguments, in_treaty("each party shall assist(UKR, USA);"), "USA"},
      {Diag::missing_argument, in_treaty("once stock(USA) = 1 each party shall assist(to: UKR);"),
       "stock(USA)"},
      {Diag::missing_argument, story("2022-01-01 propose(by: USA);"), "propose(by: USA)"},
      {Diag::argument_twice, in_treaty("each party shall assist(to: UKR, to: GBR);"), "to: GBR"},
      {Diag::duration_as_value, plain("derived d() when 24 h = 3;"), "24 h"},
      {Diag::calendar_duration,
       in_treaty("while happened attack within 6 months, each party shall assist(to: UKR);"),
       "within 6 months"},
      {Diag::event_type_unknown,
       in_treaty("when consult(about: event e) where e.by = USA each party shall assist(to: UKR);"), "e"},
      {Diag::event_type_unknown, in_treaty("when consult(about: attack e) each party shall assist(to: UKR);"),
       "attack"},
      {Diag::expression_too_deep,
       plain("derived d() when 1" +
             []() {
               std::string deep;
               for (int i = 0; i < 400; ++i) deep += " + 1";
               return deep;
             }() +
             " = 3;"),
       "1"},
      {Diag::not_constant, plain("given hurt(UKR) from 2022-01-01; given population(USA) = population(GBR);"),
       "population(GBR)"},
      {Diag::not_constant, plain("given calm = hurt(UKR);"), "hurt(UKR)"},
      {Diag::cannot_bind_here, in_treaty("once hurt(any) each party shall assist(to: UKR);"), "any"},
      {Diag::cannot_bind_here,
       in_treaty("while happened attack(on: state s), each party shall assist(to: UKR);"), "state s"},
      {Diag::cannot_bind_here, in_treaty("when attack counts as assist(by: USA, to: state s);"), "state s"},
      {Diag::cannot_bind_here, story("2022-01-01 assist(by: USA, to: state s);"), "state s"},
      {Diag::negation_in_recursion,
       plain("derived odd(s: state) when not even(s); derived even(s: state) when odd(s);"), "even(s)"},
      {Diag::negation_in_recursion,
       plain("derived many(s: state) when (count of state t where many(t)) > 2;"), "many(t)"},
      {Diag::derived_not_changed, plain("given safe(UKR);"), "safe(UKR)"},
      {Diag::derived_not_changed, in_treaty("when begins safe(state s) each party shall assist(to: s);"),
       "safe(state s)"},
      {Diag::derived_not_changed, in_treaty("when attack begins safe(UKR);"), "safe(UKR)"},
      {Diag::needs_value, plain("given population(USA);"), "population(USA)"},
      {Diag::needs_value, plain("source s { } claim s.1 by USA : population(USA);"), "population(USA)"},
      {Diag::needs_value, in_treaty("when attack begins population(USA);"), "begins population(USA)"},
      {Diag::needs_value, plain("viewpoint V { not population(USA) = 3; }"), "not population(USA) = 3;"},
      {Diag::attribute_places, plain("state FRA { stock 3; }"), "stock"},
      {Diag::dates_reversed, plain("given calm from 2022-01-02 until 2022-01-01;"), "until 2022-01-01"},
      {Diag::dates_reversed, in_treaty("each party may supply(to: UKR) from 2022-01-02 until 2022-01-01;"),
       "until 2022-01-01"},
      {Diag::dates_reversed, story("from 2022-01-02; until 2022-01-01;"), "until 2022-01-01;"},
      {Diag::deadline_before_start,
       in_treaty("each party shall assist(to: UKR) by 2022-01-01 from 2022-01-02;"), "by 2022-01-01"},
      {Diag::modifier_not_for, in_treaty("each party shall not supply(to: UKR) within 3 days;"),
       "within 3 days"},
      {Diag::modifier_not_for, in_treaty("each party may supply(to: UKR) by 2022-01-01;"), "by 2022-01-01"},
      {Diag::modifier_not_for, in_treaty("each party shall ensure calm() where calm();"), "where calm()"},
      {Diag::modifier_not_for, in_treaty("each party may supply(to: UKR) otherwise breach;"),
       "otherwise breach"},
      {Diag::modifier_not_for,
       in_treaty("each party shall assist(to: UKR) takes effect 3 days after notice;"),
       "takes effect 3 days after notice"},
      {Diag::modifier_not_for, in_treaty("each party shall assist(to: UKR) even if late;"), "even if late"},
      {Diag::modifier_not_for, in_treaty("USA may activate(any) by unanimity;"), "by unanimity"},
      {Diag::modifier_not_for,
       in_treaty("body B { members party; } when attack B may activate(any) by unanimity;"), "when attack"},
      {Diag::modifier_not_for,
       in_treaty("body B { members party; } B may activate(any) by unanimity until calm();"), "until calm()"},
      {Diag::modifier_not_for,
       in_treaty("body B { members party; } each party shall assist(to: UKR) otherwise B may activate(any) "
                 "by unanimity;"),
       "B may activate(any) by unanimity"},
      {Diag::modifier_twice, in_treaty("each party shall assist(to: UKR) within 3 days promptly;"),
       "promptly"},
      {Diag::modifier_twice, in_treaty("body B { members party; members guarantor; }"), "members guarantor;"},
      {Diag::modifier_twice, story("from 2022-01-01; from 2022-01-02;"), "from 2022-01-02;"},
      {Diag::modal_of_state, in_treaty("each party may ensure calm();"), "may"},
      {Diag::modal_of_state, in_treaty("body B { members party; } B may ensure calm() by unanimity;"),
       "ensure calm()"},
      {Diag::act_without_actor, in_treaty("each party shall quake;"), "quake"},
      {Diag::mixed_acts, in_treaty("each party may take one of { activate, supply };"),
       "take one of { activate, supply }"},
      {Diag::too_many_acts, two_of(65), "assist"},
      {Diag::at_least_of, in_treaty("each party shall take at least 3 of { assist, supply }(to: UKR);"), "3"},
      {Diag::bearer_not_actor, in_treaty("each area shall assist(to: UKR);"), "area"},
      {Diag::bearer_not_actor, in_treaty("Europe shall assist(to: UKR);"), "Europe"},
      {Diag::bearer_not_actor, in_treaty("body B { members weapon; }"), "weapon"},
      {Diag::consequence_needs_trigger, in_treaty("begins calm();"), "begins calm()"},
      {Diag::no_duty_there,
       in_treaty("article 1 { each party may supply(to: UKR); } when breach of article 1 begins calm();"),
       "article 1"},
      {Diag::duplicate_reservation,
       in_treaty("article 1 { } reservation by USA to article 1; reservation by USA to article 1;"),
       "article 1"},
      {Diag::foreign_reservation,
       in_treaty("reservation by USA to Other.1;") + "instrument Other { article 1 { } }", "Other.1"},
      {Diag::succession_date, in_treaty("party UKR as successor of GBR;"), "party UKR as successor of GBR;"},
      {Diag::unknown_rule, in_treaty("body B { members party; decides activate(any) by unanimty; }"),
       "unanimty"},
      {Diag::not_a_tally, vote_rule("yess > no"), "yess"},
      {Diag::not_a_tally, vote_rule("calm()"), "calm()"},
      {Diag::not_a_tally, in_treaty("when attack where no from P5 = 1 each party shall assist(to: UKR);"),
       "no from P5"},
      {Diag::tally_product, vote_rule("yes * no > 3"), "yes * no"},
      {Diag::tally_product, vote_rule("yes / no > 3"), "no"},
      {Diag::not_a_weight, vote_rule("stock of yes > 3"), "stock"},
      {Diag::body_without_members, in_treaty("body B { }"), "B"},
      {Diag::not_a_body, in_treaty("once USA has decided activate each party shall assist(to: UKR);"), "USA"},
      {Diag::not_decidable, in_treaty("body B { members party; decides quake by unanimity; }"), "quake"},
      {Diag::unknown_verdict, story("expect breech(by: USA);"), "breech"},
      {Diag::expectation_label, story("expect breach(who: USA);"), "who"},
      {Diag::expectation_label, story("expect breach(by: 3);"), "3"},
      {Diag::unknown_event_label, story("2022-01-01 consult(by: USA, about: atack);"), "atack"},
      {Diag::unknown_event_label, story("expect adopted(of: motoin);"), "motoin"},
      {Diag::reading_twice, plain("reading r { x; y; } viewpoint V { reading r = x; reading r = y; }"),
       "reading r = y;"},
      {Diag::passage_reversed, plain("source s { } claim s.1 by USA passage 20..10 : calm;"),
       "passage 20..10"},
      {Diag::duplicate_declaration, plain("choice c { x; } choice c { y; }"), "c"},
      {Diag::duplicate_declaration, plain("choice UKR { x; }"), "UKR"},
      {Diag::duplicate_declaration, plain("choice c { x; x; }"), "x"},
      {Diag::duplicate_declaration, plain("choice c { x(n: 1 .. 2); y(n: 1 .. 2); }"), "n"},
      {Diag::too_many_parameters,
       plain("choice c { x(a: 1 .. 2, b: 1 .. 2, c: 1 .. 2, d: 1 .. 2, e: 1 .. 2, f: 1 .. 2, g: 1 .. 2, "
             "h: 1 .. 2, i: 1 .. 3); }"),
       "i: 1 .. 3"},
      {Diag::choice_range, plain("choice c { x(n: 2 .. 1); }"), "2 .. 1"},
      {Diag::choice_range, plain("choice c { x(n: 1 .. 2 step 0); }"), "0"},
      {Diag::choice_range, plain("choice c { x(n: 1 .. 1_001); }"), "1 .. 1_001"},
      {Diag::unknown_choice, draft("article 1 when pth = open { }"), "pth"},
      {Diag::unknown_choice, draft("") + " scenario \"S\" { with pth = open; }", "pth"},
      {Diag::unknown_choice, draft("") + " scenario \"S\" { with Pact.path = open; }", "path"},
      {Diag::unknown_choice_option, draft("article 1 when not path != opne { }"), "opne"},
      {Diag::unknown_choice_option, draft("each party shall supply(to: UKR) unless path = opne;"), "opne"},
      {Diag::unknown_field, draft("each party shall supply(to: UKR) unless path.yeers > 3;"), "yeers"},
      {Diag::not_about_choices, draft("article 1 when path = open or calm() { }"), "calm()"},
      {Diag::not_about_choices, draft("article 1 when path.years > 12 { }"), "path.years > 12"},
      {Diag::wrong_sort, draft("each party shall supply(to: UKR) unless path;"), "path"},
      {Diag::type_mismatch, draft("each party shall supply(to: UKR) unless path = 3;"), "path = 3"},
      {Diag::not_constant, draft("each party shall supply(to: UKR) within USA.population years;"),
       "USA.population"},
      {Diag::unknown_unit, draft("each party shall supply(to: UKR) within path.years yaers;"), "yaers"},
      {Diag::number_too_large,
       plain("choice c { x(n: 1 .. 99_999 step 1000); } instrument P { party USA; each party shall "
             "supply(to: UKR) "
             "within c.n years; }"),
       "c.n years"},
      {Diag::package_value, draft("") + " scenario \"S\" { with path = pause(years: 12); }", "12"},
      {Diag::unknown_label, draft("") + " scenario \"S\" { with path = pause(yeers: 15); }", "yeers"},
      {Diag::modifier_twice, draft("") + " scenario \"S\" { with path = open, path = open; }", "path = open"},
      {Diag::ambiguous_name,
       plain("instrument A { choice c { x; } } instrument B { choice c { x; } } scenario \"S\" { with c = x; "
             "}"),
       "c"},
      {Diag::unknown_scenario, exploring("from scenario t; within 3 days;"), "t"},
      {Diag::unknown_scenario, exploring("from scenario \"T\"; within 3 days;"), "\"T\""},
      {Diag::exploration_start, exploring("from scenario s; under Pact; within 3 days;"), "under Pact;"},
      {Diag::exploration_start, exploring("from 2022-01-01; within 3 days;"), "\"E\""},
      {Diag::exploration_start, exploring("under Pact; within 3 days;"), "\"E\""},
      {Diag::exploration_start, exploring("from scenario s at 2021-01-01; within 3 days;"), "at 2021-01-01"},
      {Diag::exploration_bounds, exploring("from scenario s;"), "\"E\""},
      {Diag::exploration_bounds, exploring("from scenario s; at most 0 events;"), "0"},
      {Diag::modifier_twice, exploring("from scenario s; at most 3 events; at most 4 events;"), "4"},
      {Diag::open_range, from_s("may happen pay(by: party, amount: any);"), "any"},
      {Diag::open_range, from_s("may happen pay(by: party, amount: count n);"), "count n"},
      {Diag::unknown_entity, from_s("may happen assist(by: prty, to: UKR);"), "prty"},
      {Diag::unknown_group, from_s("may happen assist(by: guarantor of Pact, to: UKR);"), "guarantor"},
      {Diag::type_mismatch, from_s("may happen assist(by: weapon, to: UKR);"), "weapon"},
      {Diag::not_constant, from_s("may happen assist(by: state a, to: a);"), "a"},
      {Diag::unknown_event_label, from_s("may happen consult(by: USA, about: atack);"), "atack"},
      {Diag::wrong_sort, from_s("may happen consult(by: USA, about: 3);"), "3"},
      {Diag::type_mismatch, from_s("may happen request(by: USA, about: quake);"), "quake"},
      {Diag::missing_argument, from_s("may happen propose(by: USA);"), "propose(by: USA)"},
      {Diag::outside_instrument,
       plain("instrument A { } instrument B { } explore \"E\" { under A, B; from 2022-01-01; within 3 days; "
             "may happen assist(by: party); }"),
       "party"},
      {Diag::property_form, from_s("always breach(by: USA);"), "breach(by: USA)"},
      {Diag::property_form, from_s("never no single party can block;"), "never"},
      {Diag::property_form, from_s("never within 3 days calm();"), "within 3 days"},
      {Diag::property_form, from_s("eventually calm() at the end;"), "at the end"},
      {Diag::property_form, from_s("never calm() and breach(by: USA);"), "breach(by: USA)"},
      {Diag::unknown_fact, from_s("never braech(by: USA);"), "braech"},
      {Diag::unknown_event, from_s("possible adopted(of: actvate);"), "actvate"},
      {Diag::nothing_for_it, from_s("never happened consult(about: it);"), "it"},
  };
  return list;
}

TEST(ModelDiagnostics, EachIsSaidOnceAtItsPlace) {
  for (const Wrong& w : wrongs()) {
    const Resolved r = resolved(w.text);
    const auto& all = r.diagnostics.all();
    ASSERT_FALSE(all.empty()) << "nothing is said of\n" << w.text;
    EXPECT_EQ(all.size(), 1u) << r.messages();
    EXPECT_EQ(info(all[0].kind).code, info(w.kind).code) << r.messages();
    EXPECT_EQ(r.sources.slice(all[0].span), w.marked) << r.messages();
    describe(r.model());  // takes models with errors too
  }
}

TEST(ModelDiagnostics, EveryKindIsFired) {
  std::set<Diag> fired{Diag::too_many_variables,  // a test of its own
                       Diag::package_open};       // of replays: tests/app/packages_test.cc
  for (const Wrong& w : wrongs()) fired.insert(w.kind);
  for (size_t i = 0; i < diag_kind_count(); ++i) {
    const std::string_view code = info(static_cast<Diag>(i)).code;
    if (code >= "CAS0200" && code < "CAS0700") {
      EXPECT_TRUE(fired.contains(static_cast<Diag>(i))) << code;
    }
  }
}

TEST(ModelDiagnostics, NoMessageSpeaksOfLaw) {
  for (const Wrong& w : wrongs()) {
    const std::string text = resolved(w.text).messages();
    for (const std::string_view word : {"legal", "valid", "allowed"})
      EXPECT_EQ(text.find(word), std::string::npos) << text;
  }
}

TEST(ModelDiagnostics, TooManyVariables) {
  std::string text = "derived d() when calm()";
  for (int i = 0; i < 40; ++i)
    text += " and some state s" + std::to_string(i) + " where hurt(s" + std::to_string(i) + ")";
  const Resolved r = resolved(plain(text + ";"));
  ASSERT_EQ(r.diagnostics.all().size(), 1u) << r.messages();
  EXPECT_EQ(r.diagnostics.all()[0].kind, Diag::too_many_variables);
}

TEST(ModelDiagnostics, OneUnknownNameIsOneMessage) {
  const Resolved r = resolved(in_treaty(
      "each party shall assist(to: ATL); each party shall supply(to: ATL); ATL shall assist(to: UKR);"));
  EXPECT_EQ(r.diagnostics.all().size(), 1u) << r.messages();
}

TEST(ModelDiagnostics, SayWhereWhatWasMeantAndWhereItIsDeclared) {
  const Resolved r = resolved(in_treaty("article 5 { each party shall asist(to: UKR); }"));
  ASSERT_EQ(r.diagnostics.all().size(), 1u);
  const Diagnostic& d = r.diagnostics.all()[0];
  EXPECT_EQ(d.where, "The Pact, article 5");
  EXPECT_EQ(d.label, "did you mean `assist`?");
  EXPECT_EQ(d.replacement, "assist");
  const Resolved twice = resolved(plain("state USA;"));
  ASSERT_EQ(twice.diagnostics.all().size(), 1u);
  ASSERT_EQ(twice.diagnostics.all()[0].related.size(), 1u);
  EXPECT_EQ(twice.sources.slice(twice.diagnostics.all()[0].related[0].span), "USA");
}

struct Advised {
  std::string text;
  Diag kind{};
  std::string advice;  // part of the label or of the note
};

TEST(ModelDiagnostics, SayWhatToWrite) {
  const std::string within = "when attack each party shall consult(about: it) within 3 ";
  const std::string one_of = "each party shall take at least 3 of { assist, supply }(to: UKR);";
  const std::vector<Advised> list{
      {in_treaty(within + "hours;"), Diag::unknown_unit, "`h`"},
      {in_treaty(within + "minute;"), Diag::unknown_unit, "`min`"},
      {in_treaty(within + "seconds;"), Diag::unknown_unit, "`s`"},
      {in_treaty(within + "Wochen;"), Diag::unknown_unit, "`weeks`"},
      {in_treaty(within + "fortnights;"), Diag::unknown_unit, "`months`"},
      {in_treaty("each parties shall assist(to: UKR);"), Diag::unknown_group, "`party`"},
      {in_treaty("parties shall assist(to: UKR);"), Diag::wrong_sort, "`each party`"},
      {in_treaty("guarantors shall assist(to: UKR);"), Diag::wrong_sort, "`the guarantor together`"},
      {in_treaty("each party shall assist(to: parties);"), Diag::unknown_entity, "`party`"},
      {in_treaty("when attack(on: a party) each party shall assist(to: UKR);"), Diag::unknown_group,
       "take it away"},
      {in_treaty("when attack(on = UKR) each party shall assist(to: UKR);"), Diag::unknown_entity,
       "`on: UKR`"},
      {plain("state NOR \"Norway\"; given hurt(Norw);"), Diag::unknown_entity, "`NOR`, Norway"},
      {plain("treaty T \"x\" { party USA; }"), Diag::unknown_type, "`instrument`"},
      {in_treaty("each party shall assist(to: UKR) while calm() untill hurt(UKR);"), Diag::unknown_fact,
       "`until`"},
      {in_treaty("when attack as a where a.by is USA each party shall assist(to: UKR);"), Diag::wrong_sort,
       "`a.by = USA`"},
      {in_treaty("when attack as a where a.by = USA or GBR each party shall assist(to: UKR);"),
       Diag::not_a_condition, "`a.by = GBR`"},
      {in_treaty("each party shall assist(whom: UKR);"), Diag::unknown_label, "`assist` has `to` and `by`"},
      {in_treaty("article 1 { each party may supply(to: UKR) notwithstanding article 7; }"),
       Diag::unknown_article, "`Pact` has `1`"},
      {in_treaty("reading r { x; y; } under reading r = z each party shall assist(to: UKR);"),
       Diag::unknown_reading_option, "`r` has `x` and `y`"},
      {plain("when attack this is terminated;"), Diag::outside_instrument, "name the instrument"},
      {plain("given hurt(Europe);"), Diag::type_mismatch, "name a state, such as `USA`"},
      {plain("derived d(w: weapon) when w.range < 3;"), Diag::type_mismatch, "`m` and `km`"},
      {plain("derived d(w: weapon) when w.range < 3 kg;"), Diag::units_differ, "`m` and `km`"},
      {in_treaty(within + "d 100_000 years;"), Diag::number_too_large, "shorter"},
      {in_treaty(within + "d promptly;"), Diag::modifier_twice, "take one"},
      {in_treaty("each party shall assist(to: UKR) unless calm() unless hurt(UKR);"), Diag::modifier_twice,
       "`or`"},
      {in_treaty(one_of), Diag::at_least_of, "from 1 to 2"},
      {in_treaty("once calm() each party shall consult(about: it);"), Diag::nothing_for_it, "`once`"},
      {in_treaty("when begins hurt(UKR) each party shall consult(about: it);"), Diag::nothing_for_it,
       "no event"},
      {in_treaty("article 1 { each party shall assist(to: UKR); } when breach of article 1 each party shall "
                 "consult(about: it);"),
       Diag::nothing_for_it, "outcome"},
      {in_treaty("each party shall consult(about: it);"), Diag::nothing_for_it, "`any`"},
      {in_treaty("once calm() each party shall consult(about: any) within 3 d of it;"), Diag::nothing_for_it,
       "`once`"},
  };
  for (const Advised& a : list) {
    const Resolved r = resolved(a.text);
    ASSERT_EQ(r.diagnostics.all().size(), 1u) << a.text << r.messages();
    const Diagnostic& d = r.diagnostics.all()[0];
    EXPECT_EQ(info(d.kind).code, info(a.kind).code) << r.messages();
    const std::string said = d.label + (d.notes.empty() ? "" : d.notes[0]);
    EXPECT_NE(said.find(a.advice), std::string::npos) << r.messages();
  }
}

TEST(ModelDiagnostics, VotesAreMultipliedByLessThanAThousandMillions) {
  for (const auto* rule : {"999_999_999 * yes + 123456789012345678 > no", "yes > 66.666666 % of members"})
    EXPECT_EQ(resolved(vote_rule(rule)).messages(), "");
}

TEST(ModelDiagnostics, AListHasSixtyFourActs) { EXPECT_EQ(resolved(two_of(63)).messages(), ""); }

TEST(ModelDiagnostics, ItIsTheActWhereTheActIsAskedFor) {
  const Resolved r = resolved(in_treaty("each party shall assist(to: state s) where it.by != s;"));
  EXPECT_EQ(r.messages(), "");
}

TEST(ModelDiagnostics, RangesInsideRangesAreBounded) {
  std::string text = "1";
  for (int i = 0; i < 20; ++i)
    text = "(count of state s" + std::to_string(i) + " where " + text + " in 1 .. 2)";
  const Resolved r = resolved(plain("derived d() when " + text + " in 1 .. 2;"));
  ASSERT_FALSE(r.diagnostics.all().empty());
  EXPECT_EQ(r.diagnostics.all()[0].kind, Diag::expression_too_deep);
}

}  // namespace
}  // namespace casus::model
