// SPDX-License-Identifier: Apache-2.0
// What is not in articles: parties and roles with their dates, entry into force, bodies; and the words that a draft brings along.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "diff/pairing.h"
#include "model/describe.h"
#include "text/words.h"

namespace casus::diff {

namespace {

using Lines = std::vector<LineChange>;

void put(Lines& out, std::string what, std::string before, std::string after) {
  if (before != after) out.push_back({std::move(what), std::move(before), std::move(after), {}, {}});
}

std::string dates(Instant from, Instant until) {
  const auto day = [](Instant t) {
    return format_iso(t, t.ms % ms_per_day == 0 ? Precision::day : Precision::second);
  };
  std::string out;
  if (from != Instant::far_past()) out = "from " + day(from);
  if (until != Instant::far_future()) out += (out.empty() ? "until " : " until ") + day(until);
  return out.empty() ? "always" : out;
}

using Dated = std::map<std::string, std::string>;  // by name: when

// Given facts, by fact.
class Givens {
 public:
  explicit Givens(const Model& m) : m_(m) {
    for (const model::GivenFact& g : m.givens) {
      if (g.value == 1) of_[g.fact].push_back(&g);
    }
  }
  Dated who(FactId fact, EntityId of) const;

 private:
  const Model& m_;
  std::map<FactId, std::vector<const model::GivenFact*>> of_;
};

// Who is in a role, a group or among the parties.
Dated Givens::who(FactId fact, EntityId of) const {
  Dated out;
  const Model& m = m_;
  const auto all = of_.find(fact);
  if (all == of_.end()) return out;
  for (const model::GivenFact* given : all->second) {
    const model::GivenFact& g = *given;
    if (of && g.args[1] != static_cast<model::Value>(of.value)) continue;
    std::string& when = out[m[EntityId(static_cast<size_t>(g.args[0]))].name];
    when += (when.empty() ? "" : ", ") + dates(g.from, g.until);
  }
  return out;
}

void put_members(Lines& out, const std::string& what, const Dated& before, const Dated& after) {
  LineChange change{what, {}, {}, {}, {}};
  std::map<std::pair<std::string, std::string>, std::string> moved;  // dates: whose
  for (const auto& [name, when] : before) {
    const auto it = after.find(name);
    if (it == after.end()) {
      change.left.push_back(name);
    } else if (it->second != when) {
      std::string& whose = moved[{when, it->second}];
      whose += (whose.empty() ? "" : ", ") + name;
    }
  }
  for (const auto& [when, whose] : moved) put(out, what + " (" + whose + ")", when.first, when.second);
  for (const auto& [name, when] : after) {
    if (!before.contains(name)) change.joined.push_back(name);
  }
  if (!change.joined.empty() || !change.left.empty()) out.push_back(std::move(change));
}

std::string binding_words(model::Binding b) {
  return b == model::Binding::law ? "law" : b == model::Binding::politics ? "politics" : "nothing";
}

std::string in_force(const Draft& d) {
  std::string out;
  for (const model::GivenFact& g : d.model->givens) {
    if (g.fact == model::fact_in_force && g.instrument == d.instrument)
      out += (out.empty() ? "" : ", ") + dates(g.from, g.until);
  }
  return out;
}

std::string day(const std::optional<Instant>& at) { return at ? format_iso(*at, Precision::day) : ""; }

// Reservations and successions, a line each.
std::set<std::string> further(const Draft& d) {
  const Model& m = *d.model;
  std::set<std::string> out;
  for (const model::Reservation& r : m[d.instrument].reservations) {
    std::string text = "reservation by " + m[r.party].name + " to";
    for (ArticleId a : r.articles) text += " " + m[a].label;
    out.insert(text + ", " + dates(r.from, r.until));
  }
  for (const model::SuccessionGiven& s : m.successions) {
    if (s.instrument == d.instrument)
      out.insert(m[s.successor].name + " as successor of " + m[s.predecessor].name + " from " + day(s.at));
  }
  return out;
}

void put_lines(Lines& out, const std::string& what, const std::set<std::string>& before,
               const std::set<std::string>& after) {
  for (const std::string& line : before) {
    if (!after.contains(line)) put(out, what, line, "");
  }
  for (const std::string& line : after) {
    if (!before.contains(line)) put(out, what, "", line);
  }
}

// ---- words ----

std::string params(const Model& m, const std::vector<model::Param>& list) {
  std::string out;
  for (const model::Param& p : list) out += (out.empty() ? "" : ", ") + p.label + ": " + m.type_words(p.type);
  return "(" + out + ")";
}

struct Word {
  std::string form;  // equal when nothing changed
  std::string shown;
  Dated members;  // of a group
};
using Words = std::map<std::string, Word>;  // by sort and name

std::string definition(const Model& m, const model::Fact& f) {
  std::string out =
      params(m, f.params) + (f.result.kind == model::TypeKind::truth ? "" : " is " + m.type_words(f.result));
  for (const model::DerivedRule& r : f.rules) {
    std::vector<model::Named> names(r.vars.size());
    for (size_t i = 0; i < f.params.size() && i < names.size(); ++i) names[i].name = f.params[i].label;
    out += " when " + model::describe(m, r.condition, names);
  }
  return out;
}

Words words_of(const Draft& d) {
  const Model& m = *d.model;
  const Former form(m, InstrumentId());
  const Givens givens(m);
  Words out;
  for (const model::EventType& e : m.events) {
    if (is_in(d, e.span))
      out["event " + e.name] = {
          form.event(e), (e.institutional ? "institutional " : "") + params(m, e.params), {}};
  }
  for (size_t i = 0; i < m.facts.size(); ++i) {
    const model::Fact& f = m.facts[i];
    if (f.role == model::FactRole::role || !is_in(d, f.span)) continue;
    if (f.role == model::FactRole::group)
      out["group " + f.name] = {"", "", givens.who(FactId(i), {})};
    else
      out["fact " + f.name] = {form.fact(f), definition(m, f), {}};
  }
  for (const model::Entity& e : m.entities) {
    if (!e.instrument && !e.body && is_in(d, e.span)) out[m[e.kind].name + " " + e.name] = {"", e.title, {}};
  }
  const auto options = [](const auto& list) {
    std::string text;
    for (const auto& o : list) text += (text.empty() ? "" : ", ") + o.name;
    return text;
  };
  for (const model::Reading& r : m.readings) {
    if (is_in(d, r.span)) out["reading " + r.name] = {options(r.options), options(r.options), {}};
  }
  for (const model::DraftChoice& c : m.choices) {
    std::string text;
    for (const model::ChoiceOption& o : c.options) {
      text += (text.empty() ? "" : ", ") + o.name;
      for (const model::ChoiceParameter& p : o.parameters)
        text += " (" + p.name + " " + std::to_string(p.low) + " to " + std::to_string(p.high) + " by " +
                std::to_string(p.step) + ")";
    }
    if (is_in(d, c.span)) out["choice " + c.name] = {text, text, {}};
  }
  return out;
}

// Facts that are told with the draft, and are no part of an instrument's life.
std::set<std::string> told_facts(const Draft& d) {
  const Model& m = *d.model;
  std::set<std::string> out;
  for (const model::GivenFact& g : m.givens) {
    const model::Fact& f = m[g.fact];
    if (g.instrument || f.role == model::FactRole::group || !is_in(d, g.span)) continue;
    std::string args;
    for (size_t i = 0; i < f.params.size(); ++i)
      args += (i ? ", " : "") + m.show(g.args[i], f.params[i].type);
    out.insert(f.name + "(" + args + ")" +
               (f.result.kind == model::TypeKind::truth ? "" : " = " + m.show(g.value, f.result)) +
               (g.from == Instant::far_past() && g.until == Instant::far_future()
                    ? ""
                    : " " + dates(g.from, g.until)));
  }
  return out;
}

}  // namespace

std::vector<LineChange> life_changes(const Draft& before, const Draft& after) {
  Lines out;
  if (!before.instrument || !after.instrument) return out;
  const Model& m = *before.model;
  const Model& n = *after.model;
  const model::Instrument& a = m[before.instrument];
  const model::Instrument& b = n[after.instrument];
  if (a.name == b.name) put(out, "title", a.title, b.title);
  put(out, "binds by", binding_words(a.binding), binding_words(b.binding));
  put(out, "signed", day(a.signed_on), day(b.signed_on));
  put(out, "draft since", day(a.draft_since), day(b.draft_since));
  put(out, "in force", in_force(before), in_force(after));
  put(out, "prevails over all other instruments", a.prevails_over_all ? "yes" : "no",
      b.prevails_over_all ? "yes" : "no");
  const Givens then(m), now(n);
  put_members(out, "parties", then.who(model::fact_party, a.entity), now.who(model::fact_party, b.entity));
  std::map<std::string, std::pair<FactId, FactId>> roles;
  for (FactId r : a.roles) roles[m[r].name].first = r;
  for (FactId r : b.roles) roles[n[r].name].second = r;
  for (const auto& [name, role] : roles) {
    put_members(out, "role " + spaced(name), role.first ? then.who(role.first, {}) : Dated(),
                role.second ? now.who(role.second, {}) : Dated());
  }
  put_lines(out, "life", further(before), further(after));
  return out;
}

void body_lines(const Draft& before, const Draft& after, const Names& names, BodyPair& p) {
  if (!p.before || !p.after) return;
  const model::Body& a = (*before.model)[p.before];
  const model::Body& b = (*after.model)[p.after];
  const auto set = [](const Model& m, const model::Domain& d) {
    return d.fact ? spaced(m[d.fact].name) : d.kind ? spaced(m[d.kind].name) : "";
  };
  if (names.before.domain(a.members) != names.after.domain(b.members))
    p.lines.push_back({"members", set(*before.model, a.members), set(*after.model, b.members), {}, {}});
  put(p.lines, "chair", a.chair ? (*before.model)[a.chair].name : "",
      b.chair ? (*after.model)[b.chair].name : "");
  put(p.lines, "votes may change", a.votes_may_change ? "yes" : "no", b.votes_may_change ? "yes" : "no");
}

std::vector<LineChange> word_changes(const Draft& before, const Draft& after) {
  Lines out;
  const Words a = words_of(before), b = words_of(after);
  for (const auto& [name, word] : a) {
    const auto it = b.find(name);
    if (it == b.end()) {
      out.push_back({name, word.shown.empty() ? "there" : word.shown, "", {}, {}});
      continue;
    }
    if (word.form != it->second.form) put(out, name, word.shown, it->second.shown);
    put_members(out, name, word.members, it->second.members);
  }
  for (const auto& [name, word] : b) {
    if (!a.contains(name)) out.push_back({name, "", word.shown.empty() ? "there" : word.shown, {}, {}});
  }
  put_lines(out, "given", told_facts(before), told_facts(after));
  return out;
}

}  // namespace casus::diff
