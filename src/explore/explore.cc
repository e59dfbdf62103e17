// SPDX-License-Identifier: Apache-2.0
#include "explore/explore.h"

#include <algorithm>
#include <map>

#include "explore/solve.h"
#include "replay/judge.h"

namespace casus::explore {

using model::Expectation;
using model::Property;
using model::PropertyMode;
using model::StandardProperty;
using model::Verdict;
using run::Record;
using run::RecordKind;

namespace {

// What must be seen when the story is replayed. Nothing for most of the standard properties: they speak of what could be done, not of what was.
std::optional<Expectation> expected(const Problem& p, const Property& property, const DatedStory& story) {
  const model::Model& m = *p.model;
  Expectation e;
  e.at = WrittenInstant{Instant{story.decided_at}, Precision::second};
  const bool absent = property.mode == PropertyMode::always || property.mode == PropertyMode::eventually;
  if (property.condition) {
    e.verdict = Verdict::holds;
    e.condition = property.condition;
    e.never = absent;
    return e;
  }
  if (property.verdict) {
    const Expectation& asked = *property.verdict;
    e.verdict = asked.verdict;
    e.bearer = asked.bearer;
    e.instrument = asked.instrument;
    e.article = asked.article;
    e.act = asked.act;
    e.never = absent;
    if (property.mode == PropertyMode::eventually) e.at.reset();
    return e;
  }
  if (property.standard != StandardProperty::breach_has_consequence) return std::nullopt;
  for (const Record& r : story.last) {
    if (r.kind != RecordKind::breach || m[r.clause].otherwise) continue;
    e.verdict = Verdict::breach;
    e.bearer = r.bearer;
    e.instrument = m[r.clause].instrument;
    e.article = m[r.clause].article;
    return e;
  }
  return std::nullopt;
}

// What the deciding move brought about, if it is that which the property speaks of.
std::string record_words(const Problem& p, const DatedStory& story, const Expectation& asked) {
  const model::Model& m = *p.model;
  const auto name = [&](const Record& r) { return r.bearer ? m[r.bearer].name : std::string("nobody"); };
  for (const Record& r : story.last) {
    if (asked.bearer && r.bearer != asked.bearer) continue;
    if (r.clause && ((asked.instrument && m[r.clause].instrument != asked.instrument) ||
                     (asked.article && m[r.clause].article != asked.article)))
      continue;
    if (replay::record_of(asked.verdict) != r.kind) continue;
    const std::string clause = r.clause ? m.cite(r.clause) : std::string();
    switch (asked.verdict) {
      case Verdict::breach:
        return name(r) + " breaches " + clause;
      case Verdict::fulfilled:
        return name(r) + " keeps " + clause;
      case Verdict::late:
        return name(r) + " keeps " + clause + " late";
      case Verdict::unperformed:
        return name(r) + " does not do what " + clause + " leaves to its judgement";
      case Verdict::released:
        return name(r) + " is released from " + clause;
      case Verdict::lapsed:
        return clause + " lapses for " + name(r);
      case Verdict::void_act:
        return "what " + name(r) + " does has no effect";
      case Verdict::adopted:
        return name(r) + " adopts it";
      case Verdict::rejected:
        return name(r) + " does not adopt it";
      default:
        return {};
    }
  }
  return {};
}

std::string why_words(const Problem& p, const Property& property, const DatedStory& story) {
  if (!story.why.empty()) return story.why;
  if (property.verdict) {
    if (std::string words = record_words(p, story, *property.verdict); !words.empty()) return words;
  }
  const std::string when = property.at_the_end ? "when the time is over, " : "";
  switch (property.mode) {
    case PropertyMode::never:
      return when + "it has come to what must never be";
    case PropertyMode::always:
      return when + "what must always be so is not so";
    case PropertyMode::possible:
      return when + "it has come to this";
    case PropertyMode::eventually:
      return "the time is over, and it has not come to what must come";
  }
  return {};
}

}  // namespace

Result<StoryScenario> as_scenario(Prepared& prepared, const DatedStory& story, uint32_t property,
                                  replay::Files& files) {
  model::Model& m = *prepared.model;
  const Problem& p = prepared.problem;
  const Property& asked = p.properties[property];
  model::Scenario s = m[prepared.scenario];
  s.name.clear();
  s.with = prepared.package;
  s.view = p.kase.view;
  s.events.clear();
  s.event_files.clear();
  s.from = WrittenInstant{p.kase.from, Precision::second};
  s.until = WrittenInstant{Instant{story.until}, Precision::second};
  std::vector<bool> named(story.events.size());
  const auto names = [&](model::EventTypeId type, const auto& args) {
    if (!type) return;
    for (size_t i = 0; i < m[type].params.size(); ++i) {
      if (m[type].params[i].type.kind == model::TypeKind::event && args[i] != model::no_value)
        named[static_cast<size_t>(args[i])] = true;
    }
  };
  for (const StoryEvent& e : story.events) {
    names(e.occurrence.event, e.occurrence.args);
    names(e.occurrence.content, e.occurrence.content_args);
  }
  const auto label = [&](size_t i) {
    return m[story.events[i].occurrence.event].name + "_" + std::to_string(i + 1);
  };
  for (size_t i = 0; i < story.events.size(); ++i) {
    const StoryEvent& e = story.events[i];
    model::ScenarioEvent event;
    event.at = {Instant{e.at}, e.at % 1000 != 0     ? Precision::millisecond
                               : e.at % 60'000 != 0 ? Precision::second
                                                    : Precision::minute};
    event.event = e.occurrence.event;
    event.args = e.occurrence.args;
    event.content = e.occurrence.content;
    event.content_args = e.occurrence.content_args;
    if (named[i]) event.label = label(i);
    s.events.push_back(std::move(event));
  }
  s.expectations.clear();
  if (auto e = expected(p, asked, story)) s.expectations.push_back(std::move(*e));
  // A motion is named by its proposal.
  if (!s.expectations.empty() &&
      (s.expectations[0].verdict == Verdict::adopted || s.expectations[0].verdict == Verdict::rejected)) {
    Expectation& e = s.expectations[0];
    for (size_t i = s.events.size(); asked.content && i-- > 0;) {
      if (s.events[i].event != model::event_propose || s.events[i].content != asked.content) continue;
      if (s.events[i].label.empty()) s.events[i].label = label(i);
      e.motion = s.events[i].label;
      break;
    }
  }
  StoryScenario out;
  out.scenario = model::ScenarioId(m.scenarios.size());
  m.scenarios.push_back(std::move(s));
  replay::Options options;
  options.package = prepared.words;
  Diagnostics diagnostics;
  auto r = replay::replay(m, out.scenario, options, files, {}, diagnostics);
  if (!r) return r.failure();
  out.replay = std::make_unique<replay::Replay>(std::move(r.value()));
  out.confirmed = std::all_of(out.replay->judgements.begin(), out.replay->judgements.end(),
                              [](const replay::Judgement& j) { return j.met; });
  out.why = why_words(p, asked, story);
  out.before = story.before;
  out.events = story.events.size() - story.before;
  return out;
}

Result<std::vector<Explored>> explore(const Question& question, const Limits& limits, replay::Files& files,
                                      const Report& report) {
  std::vector<Explored> out;
  std::map<uint64_t, size_t> known;
  const model::Packages packages = packages_of(question);
  if (packages.more) {
    return Failure{"the draft's choices make more than " + std::to_string(most_packages) + " packages",
                   "fix some of them: `with CHOICE = OPTION;` or --package"};
  }
  for (const model::Package& package : packages.list) {
    auto prepared = prepare(question, package, files);
    if (!prepared) return prepared.failure();
    Explored& e = out.emplace_back();
    e.prepared = std::move(prepared.value());
    const auto [at, fresh] = known.try_emplace(e.prepared->signature, out.size() - 1);
    if (!fresh) {
      e.like = at->second;
      e.outcome = out[at->second].outcome;
      e.stories.resize(e.outcome.properties.size());
      continue;
    }
    auto ground = Ground::make(e.prepared->problem);
    if (!ground) return ground.failure();
    if (ground.value()->status() != run::RunStatus::done)
      return Failure{"what happens before the exploration begins has no end",
                     "`casus run` of the scenario names the clauses"};
    std::function<void(const Progress&)> progress;
    if (report) progress = [&](const Progress& p) { report(e.prepared->words, p); };
    e.outcome = solve(*ground.value(), limits, progress);
    e.stories.resize(e.outcome.properties.size());
    for (uint32_t i = 0; i < e.stories.size(); ++i) {
      for (const Decided& d : e.outcome.properties[i].stories) {
        auto story = as_scenario(*e.prepared, tell(*ground.value(), d), i, files);
        if (!story) return story.failure();
        e.stories[i].push_back(std::move(story.value()));
      }
    }
  }
  return out;
}

}  // namespace casus::explore
