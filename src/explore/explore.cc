// SPDX-License-Identifier: Apache-2.0
#include "explore/explore.h"

#include <algorithm>
#include <map>

#include "explore/solve.h"
#include "replay/judge.h"
#include "text/words.h"

namespace casus::explore {

using model::Expectation;
using model::Property;
using model::PropertyMode;
using model::StandardProperty;
using model::Verdict;
using run::Record;
using run::RecordKind;

namespace {

// An instant at which something has fallen due by the end of its day is told as that day.
WrittenInstant written(int64_t ms) {
  const Instant day{ms - (ms_per_day - 1)};
  if (day.ms % ms_per_day == 0) return {day, Precision::day};
  return {Instant{ms}, Precision::second};
}

// What must be seen when the story is replayed. Nothing for most of the standard properties: they speak of what could be done, not of what was.
std::optional<Expectation> expected(const Problem& p, const Property& property, const DatedStory& story) {
  const model::Model& m = *p.model;
  Expectation e;
  e.at = written(story.decided_at);
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

std::string titled(const model::Model& m, model::ClauseId clause) {
  const model::ArticleId article = m[clause].article;
  return article && !m[article].title.empty() ? " (" + m[article].title + ")" : std::string();
}

// What the deciding move brought about, if it is that which the property speaks of.
std::string record_words(const Problem& p, const DatedStory& story, const Property& asked) {
  const model::Model& m = *p.model;
  const auto name = [&](const Record& r) { return r.bearer ? m[r.bearer].name : std::string("nobody"); };
  const auto quoted = [&](const Record& r) {
    const model::EventType& content = m[story.known[r.occurrence].content];
    return "“" + (content.title.empty() ? content.name : content.title) + "”";
  };
  for (const Record& r : story.last) {
    if (!concerns(m, asked, r, story.known)) continue;
    const std::string clause = r.clause ? m.cite(r.clause) + titled(m, r.clause) : std::string();
    switch (asked.verdict->verdict) {
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
        return quoted(r) + " is adopted by " + name(r);
      case Verdict::rejected:
        return quoted(r) + " is not adopted by " + name(r);
      default:
        return {};
    }
  }
  return {};
}

// Of `duty`, `pending` and `suspended`: who owes something, or nothing, and under which article.
std::string duty_words(const Problem& p, const Expectation& asked, bool absent) {
  const model::Model& m = *p.model;
  std::string out = asked.bearer ? m[asked.bearer].name : std::string(absent ? "nobody" : "somebody");
  const bool none = absent && asked.bearer;
  if (asked.verdict == Verdict::suspended)
    out += none ? " has no suspended duty" : " has a suspended duty";
  else
    out += none ? " owes nothing" : " owes something";
  if (asked.verdict == Verdict::pending) out += " still to be done";
  if (asked.instrument) out += " under " + m[asked.instrument].name;
  if (!asked.article) return out;
  const model::Article& article = m[asked.article];
  return out + "." + article.label + (article.title.empty() ? "" : " (" + article.title + ")");
}

std::string why_words(const Problem& p, const Property& property, const DatedStory& story) {
  if (!story.why.empty()) return story.why;
  if (property.verdict) {
    if (is_state(property.verdict->verdict) && property.mode != PropertyMode::eventually)
      return duty_words(p, *property.verdict, property.mode == PropertyMode::always);
    if (std::string words = record_words(p, story, property); !words.empty()) return words;
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

// The outcome of one package: searched for, gone on to, or as it was kept.
Result<Outcome> outcome_of(const Question& question, const Prepared& prepared, const Ground& ground,
                           const Limits& limits, const std::function<void(const Progress&)>& progress) {
  if (!limits.kept) return solve(ground, limits, progress);
  Checkpoints& kept = *limits.kept;
  const uint64_t key = question_digest(prepared, question.exploration, limits.stories);
  const auto known = kept.kept.find(key);
  if (kept.resumed && known == kept.kept.end()) {
    kept.trouble = Checkpoint::Trouble::other_question;
    return Failure{
        "it is of another question: the model, the exploration, its view or --next has changed since",
        "explore anew, without --resume, or put back what was changed"};
  }
  Checkpoint& c = kept.kept[key];
  auto outcome = search(ground, limits, progress, c, kept.resumed);
  kept.trouble = c.trouble;
  if (outcome) outcome.value().why_not = "what was seen is kept";
  return outcome;
}

// What is expected of a motion is expected of the one that was proposed by this event.
void name_motion(model::Scenario& s, size_t proposal, const std::string& label) {
  if (s.events[proposal].label.empty()) s.events[proposal].label = label;
  s.expectations[0].motion = s.events[proposal].label;
}

Result<std::unique_ptr<replay::Replay>> replayed(const Prepared& prepared, model::ScenarioId scenario,
                                                 replay::Files& files) {
  replay::Options options;
  options.package = prepared.words;
  Diagnostics diagnostics;
  auto r = replay::replay(*prepared.model, scenario, options, files, {}, diagnostics);
  if (!r) return r.failure();
  return std::make_unique<replay::Replay>(std::move(r.value()));
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
  s.until = written(story.until);
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
    const auto& told = prepared.told;
    if (i < told.size() && !told[i].label.empty()) return told[i].label;
    std::string made = m[story.events[i].occurrence.event].name + "_" + std::to_string(i + 1);
    while (std::any_of(told.begin(), told.end(), [&](const auto& t) { return t.label == made; })) made += '_';
    return made;
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
    if (i < prepared.told.size()) event.assertion = prepared.told[i].assertion;
    s.events.push_back(std::move(event));
  }
  s.expectations.clear();
  if (auto e = expected(p, asked, story)) s.expectations.push_back(std::move(*e));
  // A motion is named by its proposal. Of several that say the same, the last is most likely the one.
  std::vector<size_t> proposals;
  if (!s.expectations.empty() && asked.content &&
      (s.expectations[0].verdict == Verdict::adopted || s.expectations[0].verdict == Verdict::rejected)) {
    for (size_t i = s.events.size(); i-- > 0;) {
      if (s.events[i].event == model::event_propose && s.events[i].content == asked.content)
        proposals.push_back(i);
    }
  }
  StoryScenario out;
  out.scenario = model::ScenarioId(m.scenarios.size());
  m.scenarios.push_back(std::move(s));
  size_t tried = 0;
  do {
    if (!proposals.empty()) name_motion(m.scenarios.back(), proposals[tried], label(proposals[tried]));
    auto r = replayed(prepared, out.scenario, files);
    if (!r) return r.failure();
    out.replay = std::move(r.value());
    out.confirmed = std::all_of(out.replay->judgements.begin(), out.replay->judgements.end(),
                                [](const replay::Judgement& j) { return j.met; });
  } while (!out.confirmed && ++tried < proposals.size());
  out.why = capitalised(why_words(p, asked, story));
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
    auto outcome = outcome_of(question, *e.prepared, *ground.value(), limits, progress);
    if (!outcome) return outcome.failure();
    e.outcome = std::move(outcome.value());
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
