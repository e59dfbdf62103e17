// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>

#include "model/choose.h"
#include "model/describer.h"

namespace casus::model {

std::string Describer::run() {
  vocabulary();
  instruments();
  claims();
  for (const DraftChoice& c : m_.choices) choice(c);
  for (const Viewpoint& v : m_.viewpoints) viewpoint(v);
  for (const GivenFact& g : m_.givens) line(0, given(g));
  for (const SuccessionGiven& s : m_.successions) {
    line(0, fmt::format("succession {}: {} after {} at {}", m_[s.instrument].name, m_[s.successor].name,
                        m_[s.predecessor].name, format_iso(s.at)));
  }
  for (const Scenario& s : m_.scenarios) scenario(s);
  for (const Exploration& e : m_.explorations) exploration(e);
  return std::move(out_);
}

std::string Describer::dates(Instant from, Instant until) const {
  std::string out;
  if (from != Instant::far_past()) out += " from " + format_iso(from);
  if (until != Instant::far_future()) out += " until " + format_iso(until);
  return out;
}

std::string Describer::names(const std::vector<EntityId>& list) const {
  std::string out;
  for (EntityId e : list) out += (out.empty() ? "" : ", ") + (e ? m_[e].name : std::string("?"));
  return out;
}

std::string Describer::assertion(const Assertion& a) const {
  std::string out;
  if (!a.asserted_by.empty()) out += " asserted by " + names(a.asserted_by);
  if (!a.denied_by.empty()) out += " denied by " + names(a.denied_by);
  if (a.known) out += " known " + format_iso(*a.known);
  if (a.source) out += " source \"" + m_[a.source] + '"';
  return out;
}

std::string Describer::given(const GivenFact& g) const {
  const Fact& f = m_[g.fact];
  std::string args;
  for (size_t i = 0; i < f.params.size(); ++i) args += (i ? ", " : "") + m_.show(g.args[i], f.params[i].type);
  return fmt::format("given {}({}) = {}{}{}{}", f.name, args, m_.show(g.value, f.result),
                     dates(g.from, g.until), g.instrument ? " in " + m_[g.instrument].name : "",
                     assertion(g.assertion));
}

void Describer::claims() {
  for (const SourceRecord& s : m_.sources) {
    line(0, head("source", s));
    for (const auto& [key, value] : s.properties) line(1, fmt::format("{} \"{}\"", key, value));
  }
  for (const Claim& c : m_.claims) {
    const Fact& f = m_[c.fact];
    std::string args;
    for (size_t i = 0; i < c.args.size(); ++i) args += (i ? ", " : "") + m_.show(c.args[i], f.params[i].type);
    std::string text = fmt::format("claim {}.{} by {}", m_[c.source].name, c.number, names(c.by));
    if (!c.speaker.empty()) text += " (" + c.speaker + ')';
    if (c.at) text += " at " + format_iso(c.at->at, c.at->precision);
    if (c.passage) text += fmt::format(" passage {}..{}", c.passage->first, c.passage->second);
    if (!c.words.empty())
      text += fmt::format(" {} \"{}\"", stance_words[static_cast<size_t>(c.stance)], c.words);
    const std::string value = f.result.kind == TypeKind::truth ? "" : " = " + m_.show(c.value, f.result);
    line(0, fmt::format("{}: {}{}({}){}", text, c.negated ? "not " : "", f.name, args, value));
  }
  for (const Reading& r : m_.readings) {
    line(0, head("reading", r) + (r.instrument ? " of " + m_[r.instrument].name : ""));
    for (const Named& o : r.options) line(1, head("option", o));
  }
}

void Describer::viewpoint(const Viewpoint& v) {
  line(0, head("viewpoint", v));
  if (!v.accepts.empty()) line(1, "accepts " + names(v.accepts));
  for (const auto& [reading, option] : v.readings)
    line(1, fmt::format("reading {} = {}", m_[reading].name, m_[reading].options[option].name));
  for (const GivenFact& g : v.holds) line(1, given(g));
}

// An argument of an event type is the index of an earlier event of the scenario.
std::string Describer::event(const Scenario& s, EventTypeId id,
                             const std::array<Value, max_event_params>& values) const {
  if (!id) return "?";
  const EventType& e = m_[id];
  std::string args;
  for (size_t i = 0; i < e.params.size(); ++i) {
    if (values[i] == no_value) continue;
    const auto at = static_cast<size_t>(values[i]);
    const bool named = e.params[i].type.kind == TypeKind::event && !s.events[at].label.empty();
    args += (args.empty() ? "" : ", ") + e.params[i].label + ": " +
            (named ? s.events[at].label : m_.show(values[i], e.params[i].type));
  }
  return e.name + '(' + args + ')';
}

void Describer::scenario(const Scenario& s) {
  line(0, head("scenario", s));
  story(s);
  if (!s.with.empty()) line(1, "with " + words(m_, s.with));
  for (const Expectation& e : s.expectations) line(1, "expect" + expectation(e));
}

void Describer::story(const Scenario& s) {
  for (const Under& u : s.under) {
    line(1,
         "under " + m_[u.instrument].name + (u.as_if_from ? " as if from " + format_iso(*u.as_if_from) : ""));
  }
  if (s.from) line(1, "from " + format_iso(s.from->at, s.from->precision));
  if (s.until) line(1, "until " + format_iso(s.until->at, s.until->precision));
  if (s.view) line(1, "view " + m_[s.view].name);
  for (const std::string& file : s.event_files) line(1, "events \"" + file + '"');
  for (const GivenFact& g : s.givens) line(1, given(g));
  for (const ScenarioEvent& e : s.events) {
    std::string text = format_iso(e.at.at, e.at.precision) + ' ' + event(s, e.event, e.args);
    if (e.content) text += " motion " + event(s, e.content, e.content_args);
    if (!e.label.empty()) text += " as " + e.label;
    line(1, text + assertion(e.assertion));
  }
}

std::string Describer::expectation(const Expectation& e) const {
  constexpr std::array<std::string_view, 13> verdicts{
      "duty",    "fulfilled", "breach",  "unperformed", "released", "lapsed", "suspended",
      "pending", "void",      "adopted", "rejected",    "holds",    "late"};
  std::string out;
  if (e.as) out += " as " + m_[e.as].name;
  if (e.at) out += ' ' + format_iso(e.at->at, e.at->precision);
  if (e.never) out += " never";
  out += ' ' + std::string(verdicts[static_cast<size_t>(e.verdict)]);
  const std::string source = e.source ? " source \"" + m_[e.source] + '"' : "";
  if (e.condition) return out + ' ' + expr(e.condition) + source;
  if (e.bearer) out += " bearer " + m_[e.bearer].name;
  if (e.instrument) out += " under " + m_[e.instrument].name + (e.article ? '.' + m_[e.article].label : "");
  if (e.to) out += " to " + m_[e.to].name;
  if (e.act) out += " act " + m_[e.act].name;
  if (!e.motion.empty()) out += " motion " + e.motion;
  return out + source;
}

}  // namespace casus::model
