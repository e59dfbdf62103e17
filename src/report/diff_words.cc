// SPDX-License-Identifier: Apache-2.0
// Words that the text and the JSON of a comparison of drafts share.
#include <algorithm>

#include "report/diff_report.h"
#include "report/phrases.h"
#include "report/plain_words.h"
#include "text/words.h"

namespace casus::report {

using diff::Part;
using diff::Weight;

std::string weight_words(Weight weight, bool freedom) {
  switch (weight) {
    case Weight::none:
      return "same";
    case Weight::appears:
      return "new";
    case Weight::vanishes:
      return "gone";
    case Weight::harder:
      return freedom ? "narrower" : "harder";
    case Weight::softer:
      return freedom ? "wider" : "softer";
    case Weight::other:
      return "other";
  }
  return {};
}

std::string_view part_label(Part part) {
  constexpr std::array<std::string_view, diff::part_count> labels{
      "force",        "who",       "what",        "condition of the act",
      "when",         "condition", "deadline",    "discretion",
      "unless",       "while",     "until",       "dates",
      "lateness",     "owed to",   "goes before", "otherwise",
      "takes effect", "follows",   "delay",       "reading",
      "package"};
  return labels[static_cast<size_t>(part)];
}

std::string some_of(const std::vector<std::string>& who) {
  std::string out;
  const size_t shown = who.size() <= 3 ? who.size() : 1;
  for (size_t i = 0; i < shown; ++i) out += (i == 0 ? "" : i + 1 == who.size() ? " and " : ", ") + who[i];
  return shown == who.size() ? out : out + " and " + std::to_string(who.size() - shown) + " more";
}

std::string unmarked(std::string text) {
  std::erase(text, '*');
  return text;
}

// Without the name of a variable, which a list does not need.
std::string who_bears(const model::Model& m, model::ClauseId id) {
  std::string out = plain_part(m, id, Part::who);
  const model::Clause& c = m[id];
  if (c.bearer.var < c.vars.size() && c.bearer.kind != model::BearerKind::one) {
    const std::string name = " (*" + spaced(c.vars[c.bearer.var].name) + "*)";
    if (const size_t at = out.find(name); at != std::string::npos) out.erase(at, name.size());
  }
  return unmarked(std::move(out));
}

std::string asked(const model::Model& m, model::ClauseId id) {
  const model::Clause& c = m[id];
  const bool plain = !c.acts.empty() && !m[c.acts.front()].content;
  return plain ? act_words(m, id) : unmarked(plain_part(m, id, Part::what));
}

namespace {

std::string value_words(const model::Model& m, model::Value v, const model::Type& t,
                        const model::Scenario& s) {
  if (t.kind == model::TypeKind::event) {
    const auto at = static_cast<size_t>(v);
    return at < s.events.size() ? "the " + event_words(m, s.events[at].event) : "?";
  }
  if (t.kind == model::TypeKind::entity) {
    const model::Entity& e = m[model::EntityId(static_cast<size_t>(v))];
    if (e.body) {
      const std::string title = e.title.empty() ? spaced(m[e.body].name) : e.title;
      return title.starts_with("the ") ? title.substr(4) : title;
    }
    return e.name;
  }
  return m.show(v, t);
}

std::string event_sentence(const model::Model& m, model::EventTypeId event, const auto& args,
                           const model::Scenario& s) {
  if (event == model::event_propose)
    return value_words(m, args[0], m[event].params[0].type, s) + " proposes in the " +
           value_words(m, args[1], m[event].params[1].type, s);
  std::string out = event_words(m, event);
  const model::EventType& type = m[event];
  for (size_t i = 0; i < type.params.size(); ++i) {
    if (args[i] == model::no_value) continue;
    out += (i == type.by ? " by " : " " + spaced(type.params[i].label) + " ") +
           value_words(m, args[i], type.params[i].type, s);
  }
  return out;
}

}  // namespace

std::vector<StoryLine> story_lines(const model::Model& m, const model::Scenario& s) {
  std::vector<StoryLine> out;
  for (const model::GivenFact& g : s.givens) {
    const std::vector<model::Value> args(
        g.args.begin(), g.args.begin() + static_cast<std::ptrdiff_t>(m[g.fact].params.size()));
    const bool truth = m[g.fact].result.kind == model::TypeKind::truth;
    out.push_back({std::max(g.from.ms, s.from->at.ms),
                   "it is so that " + plain_words(m, g.fact, args) +
                       (truth ? "" : " is " + m.show(g.value, m[g.fact].result)) +
                       (g.until == Instant::far_future() ? "" : ", until " + format_short(g.until))});
  }
  for (size_t i = 0; i < s.events.size(); ++i) {
    const model::ScenarioEvent& e = s.events[i];
    if (e.event != model::event_vote) {
      std::string text = event_sentence(m, e.event, e.args, s);
      if (e.content) text += ": " + event_sentence(m, e.content, e.content_args, s);
      out.push_back({e.at.at.ms, std::move(text)});
      continue;
    }
    std::vector<std::string> who;
    size_t end = i;
    for (; end < s.events.size() && s.events[end].event == e.event && s.events[end].at.at == e.at.at &&
           s.events[end].args[2] == e.args[2];
         ++end)
      who.push_back(m[model::EntityId(static_cast<size_t>(s.events[end].args[0]))].name);
    std::sort(who.begin(), who.end());
    const std::string many = who.size() == 1 ? "s" : "";
    out.push_back({e.at.at.ms, some_of(who) + (e.args[2] == model::ballot_abstain
                                                   ? " abstain" + many
                                                   : " vote" + many +
                                                         (e.args[2] == model::ballot_yes ? " yes" : " no"))});
    i = end - 1;
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const StoryLine& a, const StoryLine& b) { return a.at < b.at; });
  return out;
}

// The side that has a word for everything in it.
std::vector<StoryLine> told_lines(const DiffReport& r, const diff::Told& t) {
  const bool more_before =
      t.before.events.size() + t.before.givens.size() > t.after.events.size() + t.after.givens.size();
  return more_before ? story_lines(r.stories.before, t.before) : story_lines(r.stories.after, t.after);
}

bool freedom(const DiffReport& r, const diff::DutyChange& c) {
  return diff::is_freedom(c.after ? (*r.after.model)[c.after] : (*r.before.model)[c.before]);
}

std::string who_words(const DiffReport& r, const diff::DutyChange& c) {
  if (c.who.empty()) return c.others;
  const model::Model& m = c.after ? *r.after.model : *r.before.model;
  if (!c.all || c.who.size() == 1) return some_of(c.who);
  return who_bears(m, c.after ? c.after : c.before) + " (" + std::to_string(c.who.size()) + ")";
}

std::map<Weight, std::string> parts_by_weight(const diff::DutyChange& c) {
  std::map<Weight, std::string> out;
  for (const diff::PartChange& p : c.parts)
    out[p.weight] += (out[p.weight].empty() ? "" : ", ") + std::string(part_label(p.part));
  return out;
}

std::string decided(const DiffReport& r, const diff::DecisionPair& d) {
  const model::Model& m = d.after ? *r.after.model : *r.before.model;
  const model::Body& body = m[d.after ? d.body_after : d.body_before];
  return event_words(m, m[body.decisions[d.after ? *d.after : *d.before].content].event);
}

std::string shorter(const DiffReport& r, std::string citation) {
  if (r.difference.instruments.size() != 1) return citation;
  const diff::InstrumentPair& p = r.difference.instruments.front();
  if (!p.before || !p.after || (*r.before.model)[p.before].name != (*r.after.model)[p.after].name)
    return citation;
  const std::string prefix = (*r.before.model)[p.before].name + ".";
  return citation.starts_with(prefix) ? "article " + citation.substr(prefix.size()) : citation;
}

std::string story_title(const DiffReport& r, const diff::ChangeStory& s) {
  const bool clause = s.before.valid() || s.after.valid();
  if (!clause) {
    const diff::DecisionPair& d = s.decision;
    const model::Model& m = d.after ? *r.after.model : *r.before.model;
    const model::Body& body = m[d.after ? d.body_after : d.body_before];
    return (body.title.empty() ? spaced(body.name) : body.title) + ": " + decided(r, d);
  }
  const model::Model& m = s.after ? *r.after.model : *r.before.model;
  const model::ClauseId id = s.after ? s.after : s.before;
  const model::Clause& c = m[id];
  const std::string what = c.kind == model::ClauseKind::consequence
                               ? plain_part(m, id, Part::effects)
                               : who_bears(m, id) + " " + plain_part(m, id, Part::kind) + " " + asked(m, id);
  return shorter(r, m.cite(id)) + ": " + unmarked(what);
}

}  // namespace casus::report
