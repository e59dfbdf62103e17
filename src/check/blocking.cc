// SPDX-License-Identifier: Apache-2.0
// Who can block. For each decision of a body the rule is asked with everybody in favour but one: whoever can
// turn that into a rejection blocks alone. The answer is for the members of the instant at which the body is
// fullest (the last such), since a membership changes with time. Where duties wait for the decision under a
// deadline the note says so, for then one member's no, or silence, decides whether there is a duty at all.
// Where nobody blocks alone some are named who do together, and where a tie is the turning point a note says so.
// What can not be seen: the smallest coalition where votes weigh differently, recusals, membership that only consequences make, and weights
// that change with the scenario.
#include <algorithm>

#include "check/votes.h"
#include "model/choose.h"

namespace casus::check {

namespace {

std::string deadline_of(const model::Model& m, const model::Deadline& d) {
  if (d.kind == model::DeadlineKind::within) return "within " + model::within_words(m, d);
  if (d.kind == model::DeadlineKind::by) return "by " + format_iso(d.by, Precision::day);
  return {};
}

// The group or role that the rule asks for, when it is just the blockers.
std::string group_of(const Context& x, const model::Rule& rule, const Blocking& b) {
  for (const model::Comparison& c : rule.comparisons) {
    for (const model::TallyTerm& t : c.terms) {
      if (!t.from || !t.from->fact) continue;
      std::vector<EntityId> both;
      const auto group = members_at(x, *t.from, b.at);
      std::set_intersection(group.begin(), group.end(), b.members.begin(), b.members.end(),
                            std::back_inserter(both));
      if (both == b.blockers) return x.m[t.from->fact].name;
    }
  }
  return {};
}

std::string blockers_of(const Context& x, const model::Rule& rule, const Blocking& b,
                        const std::string& act) {
  if (b.blockers.empty()) return "no member alone can block " + act;
  if (b.blockers.size() == b.members.size()) return "one member alone, whoever it is, can block " + act;
  std::vector<std::string> names;
  for (EntityId e : b.blockers) names.push_back(x.m[e].name);
  const std::string group = group_of(x, rule, b);
  return std::string(names.size() == 1 ? "one member" : "each of these") + " alone can block " + act + ": " +
         (group.empty() ? join(names) : group + " (" + join(names) + ')');
}

// The duties that only arise when the decision is taken, with what they ask and by when.
std::vector<std::string> waiting(Context& x, const model::Body& body, const Decision& d) {
  std::vector<std::string> out;
  for (const ClauseId id : duties_waiting(x, body, d)) {
    if (out.size() >= joined) {  // it is only counted
      out.emplace_back();
      continue;
    }
    const std::string when = deadline_of(x.m, x.m[id].deadline);
    if (when.empty() && d.within.kind == model::DeadlineKind::none) continue;
    out.push_back(x.m.cite(id) + (when.empty() ? "" : " (to be done " + when + ')'));
  }
  return out;
}

void one_decision(Context& x, const model::Body& body, const Decision& d) {
  const Blocking* b = blocking(x, body, d);
  if (!b) return;
  const std::string act = '`' + x.event_of(d.content).name + '`';
  const std::string where = x.where(body.instrument, d.article);
  if (!b->adoptable) {
    return x.add({.kind = Diag::never_adopted,
                  .span = d.span,
                  .message = "`" + body.name + "` can not adopt " + act + " even when all of its " +
                             std::to_string(b->members.size()) + " members agree",
                  .label = "by this rule",
                  .where = where,
                  .notes = {"lower what the rule `" + x.m[d.rule].name + "` asks for, or add members"}});
  }
  Diagnostic note{.kind = Diag::who_blocks,
                  .span = d.span,
                  .message = blockers_of(x, x.m[d.rule], *b, act),
                  .where = where};
  note.label = "rule `" + x.m[d.rule].name + "`, " + std::to_string(b->members.size()) + " members";
  if (b->at > Instant::far_past()) note.label += " on " + format_iso(b->at, Precision::day);
  if (b->tie) {
    const std::string half = std::to_string(b->members.size() / 2);
    x.add({.kind = Diag::tie_decides,
           .span = d.span,
           .message = "when all " + std::to_string(b->members.size()) + " members vote, " + half + " to " +
                      half + ' ' + (*b->tie ? "adopts " : "rejects ") + act,
           .where = where,
           .notes = {
               "whoever votes last then decides; an odd number of members, or a casting vote, avoids it"}});
  }
  if (!b->coalition.empty()) {
    std::vector<std::string> names;
    for (EntityId e : b->coalition) names.push_back(x.m[e].name);
    note.notes.push_back(std::to_string(names.size()) + " together can, for example " + join(names, 8));
  }
  if (b->blockers.empty()) return x.add(std::move(note));
  const bool silence = d.within.kind != model::DeadlineKind::none;
  if (b->by_staying_away)
    note.notes.push_back("staying away from the vote is enough");
  else if (silence)
    note.notes.push_back("it takes a vote against: silence until the deadline does not block");
  if (const std::string within = deadline_of(x.m, d.within); !within.empty())
    note.notes.push_back("it must be decided " + within);
  if (const auto duties = waiting(x, body, d); !duties.empty())
    note.notes.push_back("without it nothing is owed under " + join(duties));
  x.add(std::move(note));
}

}  // namespace

void check_blocking(Context& x) {
  for (const model::Body& body : x.m.bodies) {
    for (const Decision& d : body.decisions) {
      if (x.here(d.span)) one_decision(x, body, d);
    }
  }
}

}  // namespace casus::check
