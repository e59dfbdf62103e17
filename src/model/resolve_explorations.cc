// SPDX-License-Identifier: Apache-2.0
// Explorations: where they begin, what may happen, what is asked of every course of it.
#include <algorithm>

#include "model/resolver.h"

namespace casus::model {

namespace {

constexpr int64_t most_events = 1'000'000;

PropertyMode mode_of(std::string_view word) {
  return word == "never"      ? PropertyMode::never
         : word == "always"   ? PropertyMode::always
         : word == "possible" ? PropertyMode::possible
                              : PropertyMode::eventually;
}

StandardProperty standard_of(NodeKind k) {
  switch (k) {
    case NodeKind::ObligedAndForbidden:
      return StandardProperty::obliged_and_forbidden;
    case NodeKind::BreachHasConsequence:
      return StandardProperty::breach_has_consequence;
    case NodeKind::ProtectedHasDuty:
      return StandardProperty::protected_has_duty;
    case NodeKind::SingleBlocker:
      return StandardProperty::single_blocker;
    case NodeKind::GuarantorsFight:
      return StandardProperty::guarantors_fight;
    case NodeKind::MotionInTime:
      return StandardProperty::motion_in_time;
    case NodeKind::DutyCanBeKept:
      return StandardProperty::duty_can_be_kept;
    default:
      return StandardProperty::none;
  }
}

}  // namespace

void Resolver::declare_exploration(NodeId item, NodeId leaf) {
  if (leaf) {
    if (Exploration* e = declare_in(exploration_names_, m_.explorations, item, leaf, "exploration"))
      e->title = title(item);
    return;
  }
  remember(item, static_cast<uint32_t>(m_.explorations.size()));
  Exploration& e = m_.explorations.emplace_back();
  static_cast<Named&>(e) = {std::string(), title(item), span(child(item, NodeKind::Title))};
}

// After all scenarios: it may go on from one that stands after it.
void Resolver::exploration(const Decl& d) {
  enter(d.input);
  Exploration e = m_.explorations[d.index];
  where_ = "exploration \"" + e.title + '"';
  if (!beginning(e, d.node)) return;  // what follows is about instruments that are not known
  // The only instrument that is explored is the one at hand: `party` and `this` are its own.
  if (e.start.under.size() == 1) instrument_ = e.start.under.front().instrument;
  exploration_ = &e;
  scenario_ = &e.start;
  bool bounded[2] = {};
  for (NodeId item : children(d.node)) {
    if (kind(item) == NodeKind::Bounds) bounds(e, item, bounded);
    if (kind(item) == NodeKind::Asked) property(e, item);
    for (NodeId one : all(item, NodeKind::MayHappen)) may_happen(e, one);
  }
  if (!bounded[0] && !bounded[1] && !e.start.until) {
    error(Diag::exploration_bounds, e.span, "nothing says how far the courses of events go",
          "add `within 72 h;` or `at most 20 events;`");
  }
  exploration_ = nullptr;
  scenario_ = nullptr;
  m_.explorations[d.index] = std::move(e);
}

// ---- where it begins ----

// False when the instruments are not known (reported, here or before).
bool Resolver::beginning(Exploration& e, NodeId n) {
  story(e.start, n);
  e.with = e.start.with;
  const NodeId from = child(n, NodeKind::FromScenario);
  if (from) {
    for (NodeId item : children(n)) {
      const NodeKind k = kind(item);
      const bool own = k == NodeKind::Under || k == NodeKind::ScenarioFrom || k == NodeKind::ScenarioUntil ||
                       k == NodeKind::View || k == NodeKind::Given || k == NodeKind::Happens;
      if (!own) continue;
      error(Diag::exploration_start, span(item), "the exploration goes on from a scenario, which tells this",
            "put it into the scenario, or take `from scenario` away");
      return false;
    }
    return go_on_from(e, from);
  }
  if (e.start.under.empty()) {
    if (!child(n, NodeKind::Under)) {
      error(Diag::exploration_start, e.span, "nothing says which instruments are explored",
            "add `under` and their names, or `from scenario` and its title");
    }
    return false;
  }
  for (const ScenarioEvent& told : e.start.events) e.at = std::max(e.at.value_or(told.at.at), told.at.at);
  if (!e.start.from && !e.at)
    error(Diag::exploration_start, e.span, "nothing says when the exploration begins",
          "add `from` and a date");
  return true;
}

ScenarioId Resolver::scenario_named(NodeId from) {
  std::vector<std::string_view> known;
  if (const NodeId title_node = child(from, NodeKind::String)) {
    const std::string wanted = syntax::string_value(text(title_node));
    for (size_t i = 0; i < m_.scenarios.size(); ++i) {
      if (m_.scenarios[i].title == wanted) return ScenarioId(i);
      known.push_back(m_.scenarios[i].title);
    }
    const std::string near = nearest_name(wanted, known);
    error(Diag::unknown_scenario, span(title_node), "no scenario is titled \"" + wanted + '"',
          near.empty() ? "write its title as it stands there" : "did you mean \"" + near + "\"?");
    return {};
  }
  const NodeId leaf = child(from, NodeKind::Name);
  const auto it = scenario_names_.find(std::string(text(leaf)));
  if (it != scenario_names_.end()) return ScenarioId(it->second);
  for (const auto& [word, index] : scenario_names_) known.push_back(word);
  unknown(Diag::unknown_scenario, leaf, "scenario", known);
  return {};
}

bool Resolver::go_on_from(Exploration& e, NodeId from) {
  e.from_scenario = scenario_named(from);
  if (!e.from_scenario) return false;
  const Package own = std::move(e.with);
  e.start = m_[e.from_scenario];
  e.start.expectations.clear();
  e.with = e.start.with;
  for (const Chosen& c : own) {
    std::erase_if(e.with, [&](const Chosen& before) { return before.choice == c.choice; });
    e.with.push_back(c);
  }
  std::sort(e.with.begin(), e.with.end(),
            [](const Chosen& a, const Chosen& b) { return a.choice < b.choice; });
  const NodeId at = child(from, NodeKind::At);
  if (const auto w = instant_of(at)) e.at = last_of(*w);
  if (!e.at && !e.start.from) {
    error(Diag::exploration_start, span(from), "the scenario has no `from`, so that its beginning is open",
          "add `at` and the time from which on other courses are looked for",
          declared(m_[e.from_scenario].span));
  }
  const bool early = e.at && e.start.from && *e.at < e.start.from->at;
  const bool late = e.at && e.start.until && last_of(*e.start.until) < *e.at;
  if (early || late) {
    error(Diag::exploration_start, span(at),
          early ? "the scenario has not begun then" : "the scenario is over then",
          early ? "it begins on " + format_iso(e.start.from->at, e.start.from->precision)
                : "it ends on " + format_iso(e.start.until->at, e.start.until->precision),
          declared(m_[e.from_scenario].span));
  }
  told_until(e.start, e.at.value_or(Instant::far_past()));
  return true;
}

// Keeps of the story what has happened by then; who names what was left out names nothing.
void Resolver::told_until(Scenario& s, Instant at) {
  std::vector<Value> place(s.events.size(), no_value);
  std::vector<ScenarioEvent> kept;
  const auto renumber = [&](EventTypeId id, std::array<Value, max_event_params>& args) {
    if (!id) return;
    for (size_t i = 0; i < m_[id].params.size(); ++i) {
      if (m_[id].params[i].type.kind == TypeKind::event && args[i] != no_value)
        args[i] = place[static_cast<size_t>(args[i])];
    }
  };
  for (size_t i = 0; i < s.events.size(); ++i) {
    if (at < s.events[i].at.at) continue;
    place[i] = static_cast<Value>(kept.size());
    ScenarioEvent& e = kept.emplace_back(s.events[i]);
    renumber(e.event, e.args);
    renumber(e.content, e.content_args);
  }
  s.events = std::move(kept);
  labels_.clear();
  for (size_t i = 0; i < s.events.size(); ++i) {
    if (!s.events[i].label.empty()) labels_.emplace(s.events[i].label, static_cast<uint32_t>(i));
  }
}

// ---- how far it goes ----

void Resolver::bounds(Exploration& e, NodeId n, bool (&before)[2]) {
  for (NodeId part : children(n)) {
    const bool length = kind(part) == NodeKind::Duration;
    if (twice(before[length ? 0 : 1], part)) continue;
    if (length) {
      e.within = duration(part);
      continue;
    }
    const auto most = whole(part);
    if (!most) continue;
    if (*most < 1 || *most > most_events) {
      error(Diag::exploration_bounds, span(part), "a course has from 1 to 1,000,000 events",
            "write a number of these");
      continue;
    }
    e.at_most = static_cast<uint32_t>(*most);
  }
}

// ---- what is asked ----

// As written, white space made one blank.
std::string Resolver::words_of(NodeId n) const {
  std::string out;
  const syntax::Node& node = tree()[n];
  uint32_t end = 0;
  for (uint32_t t = node.first_token; t + 1 < node.end_token; ++t) {  // without the `;`
    const syntax::Token& token = tree().tokens[t];
    if (!out.empty() && token.begin > end) out += ' ';
    out += sources_.slice({tree().source, token.begin, token.end});
    end = token.end;
  }
  return out;
}

void Resolver::property(Exploration& e, NodeId n) {
  Property p;
  p.span = span(n);
  p.words = words_of(n);
  const NodeId mode = child(n, NodeKind::PropertyMode), within = child(n, NodeKind::Within),
               end = child(n, NodeKind::AtTheEnd);
  p.mode = mode_of(text(mode));
  p.at_the_end = end.valid();
  if (within && p.mode != PropertyMode::eventually) {
    return error(Diag::property_form, span(within), "only `eventually` asks within what time",
                 "write `eventually within …`, or take it away");
  }
  if (end && p.mode == PropertyMode::eventually) {
    return error(Diag::property_form, span(end), "`eventually` asks of the whole course, also of its end",
                 "write `always … at the end`, or take `at the end` away");
  }
  if (within) {
    p.within = duration(child(within, NodeKind::Duration));
    if (!p.within) return;
  }
  if (property_body(p, n)) e.properties.push_back(std::move(p));
}

bool Resolver::property_body(Property& p, NodeId n) {
  NodeId body;
  for (NodeId part : children(n)) {
    const NodeKind k = kind(part);
    if (k != NodeKind::PropertyMode && k != NodeKind::Within && k != NodeKind::AtTheEnd) body = part;
  }
  p.standard = standard_of(kind(body));
  if (p.standard != StandardProperty::none) {
    if (p.mode != PropertyMode::always) {
      error(Diag::property_form, span(child(n, NodeKind::PropertyMode)),
            "this is asked of every course, at every time", "write `always`", {}, "always");
      return false;
    }
    const NodeId within = child(body, NodeKind::Within);
    if (within) p.within = duration(child(within, NodeKind::Duration));
    return !within || p.within.has_value();
  }
  if (kind(body) != NodeKind::ExpectVerdict) {
    Frame frame;
    frame.no_it = "what is asked of every course is asked about no one event";
    frame_ = &frame;
    p.condition = condition(body);
    frame_ = nullptr;
    return p.condition.valid();
  }
  Expectation expected;
  expected.span = span(body);
  property_ = &p;
  const bool good = verdict_of(*scenario_, expected, body);
  property_ = nullptr;
  if (!good) return false;
  if (p.mode == PropertyMode::always && !is_state(expected.verdict)) {
    const std::string word(name(body));
    error(Diag::property_form, span(body), '`' + word + "` happens once, and is not so at every time",
          "write `eventually " + word + "(…)`, or `never`");
    return false;
  }
  p.verdict = std::move(expected);
  return true;
}

// `adopted(of: activate)`: motions with this content.
bool Resolver::property_motion(NodeId leaf) {
  property_->content = event(leaf);
  return property_->content.valid();
}

}  // namespace casus::model
