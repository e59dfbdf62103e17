// SPDX-License-Identifier: Apache-2.0
// Scenarios: what happens, told in constants, and what must come of it.
#include <algorithm>

#include "model/resolver.h"

namespace casus::model {

namespace {

struct VerdictName {
  std::string_view name;
  Verdict verdict{};
};
constexpr VerdictName verdicts[] = {{"duty", Verdict::duty},         {"fulfilled", Verdict::fulfilled},
                                    {"breach", Verdict::breach},     {"unperformed", Verdict::unperformed},
                                    {"released", Verdict::released}, {"lapsed", Verdict::lapsed},
                                    {"late", Verdict::late},         {"suspended", Verdict::suspended},
                                    {"pending", Verdict::pending},   {"void", Verdict::void_act},
                                    {"adopted", Verdict::adopted},   {"rejected", Verdict::rejected}};

bool of_motion(Verdict v) { return v == Verdict::adopted || v == Verdict::rejected; }

}  // namespace

void Resolver::scenario(const Decl& d) {
  Scenario s = m_.scenarios[d.index];
  place({});
  where_ = "scenario \"" + s.title + '"';
  story(s, d.node);
  scenario_ = &s;
  for (NodeId item : all(d.node, NodeKind::Expect)) expect(s, item);  // they may name events told after them
  scenario_ = nullptr;
  m_.scenarios[d.index] = std::move(s);
}

// What is under replay, and what happens.
void Resolver::story(Scenario& s, NodeId n) {
  labels_.clear();
  scenario_ = &s;
  bool done[4] = {};
  for (NodeId item : children(n)) {
    switch (kind(item)) {
      case NodeKind::Under:
        under(s, item);
        break;
      case NodeKind::ScenarioFrom:
        if (!twice(done[0], item)) s.from = instant_of(item);
        break;
      case NodeKind::ScenarioUntil:
        if (!twice(done[1], item)) s.until = instant_of(item);
        break;
      case NodeKind::View:
        if (!twice(done[2], item)) s.view = viewpoint(child(item, NodeKind::Name));
        break;
      case NodeKind::With:
        if (!twice(done[3], item)) s.with = package(item);
        break;
      case NodeKind::EventsFile:
        s.event_files.push_back(syntax::string_value(text(child(item, NodeKind::String))));
        break;
      case NodeKind::Given:
        if (auto g = given(item)) s.givens.push_back(std::move(*g));
        break;
      case NodeKind::Happens:
        happens(s, item);
        break;
      default:
        break;
    }
  }
  if (s.from && s.until && last_of(*s.until) < s.from->at) {
    error(Diag::dates_reversed, span(child(n, NodeKind::ScenarioUntil)), "the story ends before it begins",
          "give a later date");
  }
  if (s.from) {
    for (Under& u : s.under) {
      if (u.as_if_from == Instant::far_past()) u.as_if_from = s.from->at;
    }
  }
  scenario_ = nullptr;
}

void Resolver::under(Scenario& s, NodeId n) {
  for (NodeId one : all(n, NodeKind::UnderOne)) {
    const NodeId leaf = child(one, NodeKind::Name);
    const InstrumentId i = instrument(leaf);
    if (!i) continue;
    for (const Under& before : s.under) {
      if (before.instrument == i) duplicate(leaf, "instrument of this scenario", s.span);
    }
    Under u{i, {}};
    if (const NodeId as_if = child(one, NodeKind::AsIf)) {
      const auto w = instant_of(as_if);
      u.as_if_from = w ? w->at : Instant::far_past();  // from the scenario's beginning, when that is known
    }
    s.under.push_back(u);
  }
}

// ---- events ----

void Resolver::happens(Scenario& s, NodeId n) {
  ScenarioEvent e;
  e.span = span(n);
  e.args.fill(no_value);
  e.content_args.fill(no_value);
  e.at = instant_of(child(n, NodeKind::Instant)).value_or(WrittenInstant{});
  const NodeId p = child(n, NodeKind::Pattern);
  e.event = event(child(p, NodeKind::Name));
  if (e.event) event_values(p, e.event, e.args, &e);
  e.assertion = assertion(n);
  const auto index = static_cast<uint32_t>(s.events.size());
  if (const NodeId as = child(n, NodeKind::As)) {
    e.label = name(as);
    const auto same = labels_.find(e.label);
    if (same != labels_.end())
      duplicate(as, "event", s.events[same->second].span);
    else
      labels_.emplace(e.label, index);
  }
  s.events.push_back(std::move(e));  // a broken one too, so that later ones that name it are not reported
}

bool Resolver::event_values(NodeId call, EventTypeId id, std::array<Value, max_event_params>& out,
                            ScenarioEvent* of) {
  const std::vector<Param> params = m_[id].params;
  Slots given;
  if (!slots(call, params, true, m_[id], given)) return false;
  bool good = true;
  for (size_t i = 0; i < params.size(); ++i) {
    const NodeId value = given.values[i];
    if (!value || kind(value) == NodeKind::Any) continue;
    const auto v = event_value(value, params[i], m_[id].name);
    good = good && v.has_value();
    out[i] = v.value_or(no_value);
  }
  if (id == event_propose && of) {
    if (!given.motion) {
      error(Diag::missing_argument, span(call), "a proposal without a motion",
            "add `motion: measures(on: attack)` or the like");
      return false;
    }
    if (kind(given.motion) != NodeKind::Call && kind(given.motion) != NodeKind::NameRef) {
      return content_pattern(given.motion, Mode::past).valid();
    }
    of->content = event(given.motion);
    return of->content && event_values(given.motion, of->content, of->content_args, nullptr) && good;
  }
  return good;
}

std::optional<Value> Resolver::event_value(NodeId value, const Param& param, const std::string& event_name) {
  const std::string what = "`" + param.label + "` of `" + event_name + '`';
  if (kind(value) == NodeKind::Binder) {
    error(Diag::cannot_bind_here, span(value), "what happens is told of somebody named",
          "name who or what it is");
    return std::nullopt;
  }
  if (param.type.kind == TypeKind::event) return event_reference(value, param.type, what);
  return constant(value, param.type, what);
}

// The label of an earlier event, or `it`: the event before.
std::optional<Value> Resolver::event_reference(NodeId value, Type wanted, const std::string& what) {
  const std::vector<ScenarioEvent>& events = scenario_->events;
  const std::string word(kind(value) == NodeKind::NameRef ? name(value) : std::string_view());
  uint32_t index = 0;
  if (word == "it") {
    if (events.empty()) {
      error(Diag::nothing_for_it, span(value), "no event stands before this one that `it` could mean",
            "name an event with `as`");
      return std::nullopt;
    }
    index = static_cast<uint32_t>(events.size() - 1);
  } else if (const auto at = labels_.find(word); at != labels_.end()) {
    index = at->second;
  } else {
    std::vector<std::string_view> known{"it"};
    for (const auto& [label_name, event_index] : labels_) known.push_back(label_name);
    const std::string near = nearest_name(word, known);
    error(Diag::unknown_event_label, span(value),
          what + " is an earlier event, and none is called `" + std::string(text(value)) + '`',
          near.empty() ? "name that event with `as`" : "did you mean `" + near + "`?", {}, near);
    return std::nullopt;
  }
  const EventTypeId of = events[index].event;
  if (!of || fits(event_type(of), wanted)) return index;
  error(Diag::type_mismatch, span(value),
        what + " is " + type_name(wanted) + ", and this is " + type_name(event_type(of)), remedy_for(wanted),
        {{events[index].span, "this event"}});
  return std::nullopt;
}

// ---- expectations ----

void Resolver::expect(Scenario& s, NodeId n) {
  Expectation e;
  e.span = span(n);
  if (const NodeId as = child(n, NodeKind::As)) {
    e.as = viewpoint(as);
    if (!e.as) return;
  }
  e.at = instant_of(child(n, NodeKind::Instant));
  e.never = child(n, NodeKind::Never).valid();
  e.source = source_text(n);
  if (const NodeId holds = child(n, NodeKind::ExpectHolds)) {
    Frame frame;
    frame_ = &frame;
    e.verdict = Verdict::holds;
    e.condition = condition(last(holds));
    frame_ = nullptr;
    if (e.condition) s.expectations.push_back(std::move(e));
    return;
  }
  if (verdict_of(s, e, child(n, NodeKind::ExpectVerdict))) s.expectations.push_back(std::move(e));
}

bool Resolver::is_verdict(std::string_view word) {
  return std::any_of(std::begin(verdicts), std::end(verdicts),
                     [&](const VerdictName& v) { return v.name == word; });
}

void Resolver::add_verdicts(std::vector<std::string_view>& known) {
  for (const VerdictName& v : verdicts) known.push_back(v.name);
}

// breach(by: UKR, under: NATO.5)
bool Resolver::verdict_of(const Scenario& s, Expectation& e, NodeId n) {
  const NodeId leaf = child(n, NodeKind::Name);
  const auto* found = std::find_if(std::begin(verdicts), std::end(verdicts),
                                   [&](const VerdictName& v) { return v.name == text(leaf); });
  if (found == std::end(verdicts)) {
    std::vector<std::string_view> known;
    add_verdicts(known);
    const std::string near = nearest_name(text(leaf), known);
    error(Diag::unknown_verdict, span(leaf), "a replay gives no verdict `" + std::string(text(leaf)) + '`',
          near.empty() ? "for instance `breach`, `duty`, `fulfilled`, `void`, `adopted`"
                       : "did you mean `" + near + "`?",
          {}, near);
    return false;
  }
  e.verdict = found->verdict;
  const auto args = all(n, NodeKind::ExpArg);
  return std::all_of(args.begin(), args.end(), [&](NodeId arg) { return expectation_arg(s, e, arg); });
}

bool Resolver::expectation_arg(const Scenario& s, Expectation& e, NodeId n) {
  const NodeId label_node = child(n, NodeKind::ArgLabel), value = last(n);
  const std::string_view word = label_node ? name(label_node) : std::string_view("of");
  if (word != "by" && word != "of" && word != "under" && word != "to") {
    const std::string near = nearest_name(word, {"by", "of", "under", "to"});
    error(Diag::expectation_label, span(name_node(label_node)),
          "an expectation does not ask for `" + std::string(word) + '`',
          near.empty() ? "write `by:`, `of:`, `under:` or `to:`" : "did you mean `" + near + "`?", {}, near);
    return false;
  }
  if (kind(value) == NodeKind::ArticleRef) {
    const ClauseRef ref = article_ref(value, false);
    e.instrument = ref.instrument;
    e.article = ref.article;
    return ref.instrument.valid();
  }
  if (kind(value) != NodeKind::NameRef) {
    error(Diag::expectation_label, span(value), "an actor, an article, an event or a motion is named here",
          "write one name");
    return false;
  }
  return expectation_name(s, e, value, word);
}

bool Resolver::expectation_name(const Scenario& s, Expectation& e, NodeId at, std::string_view word) {
  const NodeId leaf = name_node(at);
  if (word == "of" && of_motion(e.verdict))
    return property_ ? property_motion(leaf) : expected_motion(s, e, leaf);
  if (word == "of" && e.verdict == Verdict::void_act && m_.find_event(text(leaf))) {
    e.act = m_.find_event(text(leaf));
    return true;
  }
  const EntityId who = word == "under" ? EntityId() : entity(leaf);
  if (word == "under" || (who && m_[who].instrument && word == "of")) {
    e.instrument = instrument(leaf);
    return e.instrument.valid();
  }
  if (!who) return false;
  if (!m_.entity_is(who, kind_actor)) return actor_entity(leaf).valid();  // reports
  (word == "to" ? e.to : e.bearer) = who;
  return true;
}

// The label of the proposal. Labels of files of events are not known yet.
bool Resolver::expected_motion(const Scenario& s, Expectation& e, NodeId leaf) {
  e.motion = text(leaf);
  const auto at = labels_.find(e.motion);
  if (at != labels_.end()) {
    const EventTypeId of = s.events[at->second].event;
    if (!of || of == event_propose) return true;
    error(
        Diag::type_mismatch, span(leaf),
        "`" + e.motion + "` is " + type_name(event_type(of)) + ", and only a proposal is adopted or rejected",
        "name a `propose`", {{s.events[at->second].span, "this event"}});
    return false;
  }
  if (!s.event_files.empty()) return true;
  std::vector<std::string_view> known;
  for (const auto& [label_name, index] : labels_) known.push_back(label_name);
  const std::string near = nearest_name(e.motion, known);
  error(Diag::unknown_event_label, span(leaf), "no proposal is called `" + e.motion + '`',
        near.empty() ? "name the proposal with `as`" : "did you mean `" + near + "`?", {}, near);
  return false;
}

}  // namespace casus::model
