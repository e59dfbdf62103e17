// SPDX-License-Identifier: Apache-2.0
// From coded alliances to the text of a model. Members of one alliance that owe the same on the same conditions are a role; an
// article for each obligation has the clauses of its roles.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/check.h"
#include "imports/atop.h"
#include "text/words.h"

namespace casus::imports {

namespace {

std::string instrument_name(int64_t id) { return "atop_" + std::to_string(id); }

constexpr std::string_view role_names[] = {"defends", "attacks_with", "keeps_neutral", "keeps_peace",
                                           "consults"};
constexpr std::string_view role_titles[] = {
    "owes active support when a partner is attacked", "owes active support when a partner attacks",
    "owes neutrality when a partner is in conflict", "owes not to use force against partners",
    "owes consultation in a crisis"};
constexpr std::string_view article_titles[] = {"support in defence", "support in attack", "neutrality",
                                               "no force among the members", "consultation"};

// The condition in the language, over `partner`, `adversary` and `attack`; the adversary is who stands against the partner.
std::string condition(const Member& m, Term term) {
  const auto open = [](std::string_view fact) { return fmt::format("{}(this, attack.conflict)", fact); };
  switch (term) {
    case Term::adversary: {
      std::string named;
      for (const int64_t code : m.threats) {
        if (code != 0) named += (named.empty() ? "" : " or ") + ("adversary = " + state_name(code));
      }
      if (m.threats_are_all) return named;
      return named.empty() ? "adversary_named(this, adversary)"
                           : "(" + named + " or adversary_named(this, adversary))";
    }
    case Term::place:
      return open("place_covered");
    case Term::conflict:
      return m.war == 0 ? open("conflict_meant")
                        : fmt::format("(attack.conflict = \"war.{}\" or {})", m.war, open("conflict_meant"));
    case Term::number:
      return "attack.opponents >= 2";
    case Term::demand:
      return open("demand_refused");
    case Term::provocation:
      return open("unprovoked");
    case Term::attacked:
      return {};  // which side is attacked is the trigger's matter
    case Term::request:
      return open("consultation_requested");
    case Term::limits:
      return open("limits_kept");
    case Term::untold:
      return open("condition_met");
  }
  CASUS_CHECK(false, "a condition of no kind");
}

struct Role {
  std::string name, conditions;  // " and …", or nothing
  bool only_attacked = false;
  std::vector<const Member*> members;
};

class Writer {
 public:
  Writer(const Atop& atop, const States& states) : atop_(atop), states_(states) {}

  std::string run(Report& report) {
    out_ =
        "// SPDX-License-Identifier: Apache-2.0\n// Written by casus import atop; what each code is taken "
        "as: docs/methods/atop.md.\n";
    if (!states_.empty()) out_ += "use cow_states;\n";
    out_ += "use conflict_data;\n\n";
    out_ += fmt::format("source atop {} {{ coded \"one row for each member of each alliance\"; }}\n\n",
                        text_literal("Alliance Treaty Obligations and Provisions, version " + atop_.version));
    declare_states(report);
    for (const auto& [id, a] : atop_.alliances) instrument(id, a);
    report.made("instruments", atop_.alliances.size());
    report.made("roles", roles_made_);
    report.made("clauses", clauses_);
    return std::move(out_);
  }

 private:
  // States that no list has.
  void declare_states(Report& report) {
    std::set<int64_t> codes;
    for (const auto& [id, a] : atop_.alliances) {
      for (const Member& m : a.members) {
        codes.insert(m.code);
        for (const int64_t threat : m.threats) codes.insert(threat);
      }
    }
    codes.erase(0);
    uint64_t made = 0;
    for (const int64_t code : codes) {
      if (states_.contains(code)) continue;
      if (!states_.empty()) report.met(Trap::actor_not_listed, std::to_string(code));
      out_ += fmt::format("state {} {} {{ cow_code {}; }}\n", state_name(code),
                          text_literal(state_title(states_, code)), code);
      ++made;
    }
    if (made != 0) report.made("states declared here", made);
  }

  std::string title(const Alliance& a) const {
    std::vector<std::pair<Instant, int64_t>> members;
    for (const Member& m : a.members) {
      const auto known = [&](const auto& other) { return other.second == m.code; };
      if (members.empty() || !known(members.back())) members.emplace_back(m.from, m.code);
    }
    std::sort(members.begin(), members.end());
    std::string out = fmt::format("Alliance of {}", year_of(a.from));
    constexpr size_t shown = 4;
    for (size_t i = 0; i < std::min(members.size(), shown); ++i)
      out += (i == 0 ? ": " : ", ") + state_title(states_, members[i].second);
    if (members.size() > shown) out += fmt::format(" and {} more", members.size() - shown);
    return out;
  }

  // Rows of one member that follow one another without a gap are one spell.
  static std::vector<std::pair<int64_t, Spell>> spells(const std::vector<const Member*>& members) {
    std::vector<std::pair<int64_t, Spell>> out;
    for (size_t i = 0; i < members.size();) {
      const int64_t code = members[i]->code;
      Spell spell{members[i]->from, members[i]->until};
      for (++i; i < members.size() && members[i]->code == code && members[i]->from <= spell.until; ++i)
        spell.until = std::max(spell.until, members[i]->until);
      if (spell.from != spell.until) out.emplace_back(code, spell);
    }
    return out;
  }

  void parties(const Alliance& a) {
    std::vector<const Member*> all;
    for (const Member& m : a.members) all.push_back(&m);
    for (const auto& [code, spell] : spells(all)) {
      out_ += fmt::format("party {}{};", state_name(code), dates(spell.from, spell.until));
      if (const auto it = states_.find(code); it != states_.end())
        out_ += "  // " + one_line(it->second.title);
      out_ += '\n';
    }
  }

  void role(const Role& r, std::string_view role_title) {
    ++roles_made_;
    bool first = true;
    for (const auto& [code, spell] : spells(r.members)) {
      out_ += fmt::format("role {}{}: {}{};\n", r.name, first ? " " + text_literal(role_title) : "",
                          state_name(code), dates(spell.from, spell.until));
      first = false;
    }
    if (first) out_ += fmt::format("role {};\n", r.name);
  }

  // Numbered from the second on: defends, defends_2.
  static Role& role_for(std::vector<Role>& roles, std::string_view name, const std::string& conditions,
                        bool only_attacked) {
    const auto same = [&](const Role& r) {
      return r.conditions == conditions && r.only_attacked == only_attacked;
    };
    const auto it = std::find_if(roles.begin(), roles.end(), same);
    if (it != roles.end()) return *it;
    std::string own(name);
    if (!roles.empty()) own += "_" + std::to_string(roles.size() + 1);
    roles.push_back({std::move(own), conditions, only_attacked, {}});
    return roles.back();
  }

  static std::vector<Role> roles_of(const Alliance& a, size_t obligation) {
    std::vector<Role> roles;
    for (const Member& m : a.members) {
      const Duty& d = m.duties[obligation];
      if (!d.owed) continue;
      std::string conditions;
      bool only_attacked = false;
      for (const Term t : d.terms) {
        only_attacked |= t == Term::attacked;
        const std::string c = condition(m, t);
        if (!c.empty()) conditions += " and " + c;
      }
      role_for(roles, role_names[obligation], conditions, only_attacked).members.push_back(&m);
    }
    return roles;
  }

  static std::vector<Role> renouncing(const Alliance& a) {
    std::vector<Role> roles;
    for (const Member& m : a.members) {
      if (m.renounce != 0 && m.renounce != 2)
        role_for(roles, "may_renounce", m.renounce == 1 ? "" : " where may_be_renounced(this)", false)
            .members.push_back(&m);
    }
    return roles;
  }

  void clause(std::string_view trigger, std::string_view where, const std::string& conditions,
              const std::string& role, std::string_view norm) {
    ++clauses_;
    const std::string all = std::string(where) + conditions;
    out_ +=
        fmt::format("when confronts({}) as attack{} each {} except partner, adversary {};\n", trigger,
                    all.empty() ? "" : " where " + all.substr(all.starts_with(" and ") ? 5 : 0), role, norm);
  }

  void clauses(Obligation of, const Role& r) {
    constexpr std::string_view attacked = "by: actor adversary, on: party partner",
                               attacks = "by: party partner, on: actor adversary";
    constexpr std::string_view assist =
        "shall assist(to: partner, against: adversary) until over(attack.conflict)";
    constexpr std::string_view neutral = "shall not use_force(against: partner) until over(attack.conflict)";
    constexpr std::string_view consult = "shall consult(about: attack) promptly until over(attack.conflict)";
    switch (of) {
      case Obligation::defense:
        return clause(attacked, "attack.level >= 4 and not attack.late", r.conditions, r.name, assist);
      case Obligation::offense:
        return clause(attacks, "attack.level >= 4", r.conditions, r.name, assist);
      case Obligation::neutrality:
        clause(attacked, "(attack.level >= 4 or attack.answer >= 4)", r.conditions, r.name, neutral);
        if (!r.only_attacked)
          clause(attacks, "(attack.level >= 4 or attack.answer >= 4)", r.conditions, r.name, neutral);
        return;
      case Obligation::nonaggression:
        ++clauses_;
        out_ += fmt::format("each {} shall not use_force(against: party);\n", r.name);
        return;
      case Obligation::consultation:
        clause(attacked, "", r.conditions, r.name, consult);
        clause(attacks, "", r.conditions, r.name, consult);
        return;
    }
  }

  void instrument(int64_t id, const Alliance& a) {
    const std::string name = instrument_name(id);
    out_ += fmt::format("\ninstrument {} {} {{\ncite \"ATOP {}\";\nbinding law;\n", name,
                        text_literal(title(a)), id);
    if (a.from < a.until) out_ += fmt::format("in force{};\n", dates(a.from, a.until));
    out_ += "source atop;\nwording S \"coded by the ATOP project\";\n";
    parties(a);
    std::array<std::vector<Role>, obligations> roles;
    for (size_t i = 0; i < obligations; ++i) {
      roles[i] = roles_of(a, i);
      for (const Role& r : roles[i]) role(r, role_titles[i]);
    }
    const std::vector<Role> leaving = renouncing(a);
    for (const Role& r : leaving) role(r, "may renounce");
    for (size_t i = 0; i < obligations; ++i) {
      if (roles[i].empty()) continue;
      out_ += fmt::format("article {} {} {{\n", obligation_names[i], text_literal(article_titles[i]));
      for (const Role& r : roles[i]) clauses(static_cast<Obligation>(i), r);
      out_ += "}\n";
    }
    if (!leaving.empty()) out_ += "article Renunciation \"leaving the alliance\" {\n";
    for (const Role& r : leaving)
      out_ += fmt::format("each {} may denounce(what: this){};\n", r.name, r.conditions);
    clauses_ += leaving.size();
    out_ += leaving.empty() ? "}\n" : "}\n}\n";
    if (a.length != 0) out_ += fmt::format("given term_length({}) = {};\n", name, a.length);
    if (a.renewal != 0) out_ += fmt::format("given renewal_length({}) = {};\n", name, a.renewal);
  }

  const Atop& atop_;
  const States& states_;
  std::string out_;
  uint64_t roles_made_ = 0, clauses_ = 0;
};

}  // namespace

Result<std::string> atop_model(const Atop& atop, const States& states, Report& report) {
  return canonical(Writer(atop, states).run(report));
}

Result<std::string> atop_scenario(const Atop& atop) {
  std::string out =
      "// SPDX-License-Identifier: Apache-2.0\n// Written by casus import atop; the events are those of "
      "casus import cow.\nuse atop;\n\n"
      "scenario two_centuries \"every dispute and war, under every alliance\" {\n";
  const char* before = "under ";
  for (const auto& [id, a] : atop.alliances) {
    out += before + instrument_name(id);
    before = ", ";
  }
  if (!atop.alliances.empty()) out += ";\n";
  Instant from = Instant::far_future();
  for (const auto& [id, a] : atop.alliances) from = std::min(from, a.from);
  if (from != Instant::far_future()) out += "from " + day_words(from) + ";\n";
  return canonical(out + "events \"cow_events.ndjson\";\n}\n");
}

}  // namespace casus::imports
