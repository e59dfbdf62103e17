// SPDX-License-Identifier: Apache-2.0
// The question that needs no exploration: of what the articles speak of anything may happen, in any order.
#include <algorithm>
#include <map>
#include <set>

#include "diff/cast.h"
#include "diff/maker.h"
#include "diff/properties.h"
#include "diff/translator.h"

namespace casus::diff {

using model::MayArg;
using model::MayHappen;
using model::no_value;
using model::Scenario;
using model::TypeKind;

namespace {

constexpr size_t most_events = 200;      // that may happen
constexpr size_t most_courses = 10'000;  // about so many are followed
constexpr uint32_t most_at_once = 4;
constexpr size_t most_ways = 32;   // in which a clause's occasion is brought about
constexpr size_t most_of_one = 6;  // events that one clause adds

// One instrument in both models, and what its clauses speak of there.
class Speaking {
 public:
  Speaking(const Draft& before, const Draft& after, Model& m, Model& n, const InstrumentPair& pair)
      : m_(m),
        n_(n),
        pair_(pair),
        cast_before_(cast_of(before, after, m, pair.before)),
        cast_after_(cast_of(before, after, n, pair.after)),
        there_(m, n, same_entities(pair, m, n, false)),
        back_(n, m, same_entities(pair, m, n, true)),
        from_(story_begins(m, pair.before, n, pair.after)) {
    forbidden_acts(m, pair.before);
    forbidden_acts(n, pair.after);
  }

  // False: there is nothing to ask.
  bool ask() {
    speak(m_, pair_.before, cast_before_, false);
    speak(n_, pair_.after, cast_after_, true);
    if (before_.empty()) return false;
    uint32_t at_most = 1;
    for (size_t courses = before_.size(); at_most < most_at_once && courses * before_.size() <= most_courses;
         ++at_most)
      courses *= before_.size();
    add(m_, pair_.before, std::move(before_), at_most);
    add(n_, pair_.after, std::move(after_), at_most);
    return true;
  }

 private:
  void forbidden_acts(const Model& of, InstrumentId own) {
    for (const ClauseId c : of[own].clauses) {
      if (of[c].kind != model::ClauseKind::prohibition) continue;
      for (const PatternId act : of[c].acts) {
        const model::Pattern& content = of[of[act].content ? of[act].content : act];
        forbidden_.insert(of[content.event].name);
      }
    }
  }
  bool real_actor(const model::Type& type, Value v) const {
    if (type.kind != TypeKind::entity || v == no_value) return false;
    const EntityId id(static_cast<size_t>(v));
    return m_.entity_is(id, model::kind_actor) && !m_[id].body && !is_extra(m_[id]);
  }
  // By our choice nobody real does what he must not do, nor anything on or against somebody real.
  bool misdeed(const model::ScenarioEvent& e) const {
    const model::EventType& type = m_[e.event];
    if (type.by == 0xFF || !real_actor(type.params[type.by].type, e.args[type.by])) return false;
    if (forbidden_.contains(m_[e.content ? e.content : e.event].name)) return true;
    for (size_t i = 0; i < type.params.size(); ++i) {
      const std::string& label = type.params[i].label;
      if ((label == "on" || label == "against") && real_actor(type.params[i].type, e.args[i])) return true;
    }
    return false;
  }

  void speak(const Model& of, InstrumentId own, const Cast& cast, bool is_after) {
    const auto tell = [&](auto make) {
      const size_t enough = std::min(before_.size() + most_of_one, most_events);
      for (size_t way = 0; way < most_ways && before_.size() < enough; ++way) {
        Choices choices(way);
        const Scenario s = make(Maker(of, own, cast, from_, choices));
        if (!choices.exhausted()) take(s, is_after);
      }
    };
    for (const ClauseId c : of[own].clauses) tell([&](Maker maker) { return maker.clause(c, Turn::act); });
    for (size_t b = 0; b < of.bodies.size(); ++b) {
      if (of.bodies[b].instrument != own) continue;
      for (size_t d = 0; d < of.bodies[b].decisions.size(); ++d)
        tell([&](Maker maker) { return maker.decision(BodyId(b), d, Turn::no_vote, {}); });
    }
  }

  // The events that both models have a word for, and which were not there before. Votes are left out: who can block is asked of each motion, and
  // every way of voting on it would leave no room for anything else.
  void take(const Scenario& s, bool is_after) {
    const Scenario a = back_.scenario(is_after ? s : there_.scenario(s));
    const Scenario b = there_.scenario(a);
    if (a.events.size() != b.events.size()) return;
    for (size_t i = 0; i < a.events.size(); ++i) {
      if (a.events[i].event == model::event_vote || misdeed(a.events[i])) continue;
      MayHappen may = may_happen(m_, a, i);
      if (!known_.insert(key(may)).second) continue;
      before_.push_back(std::move(may));
      after_.push_back(may_happen(n_, b, i));
    }
  }

  static MayHappen may_happen(const Model& m, const Scenario& s, size_t index) {
    const model::ScenarioEvent& e = s.events[index];
    MayHappen out;
    out.event = e.event;
    out.content = e.content;
    const auto put = [&](model::EventTypeId event, const auto& args, std::vector<MayArg>& to) {
      for (size_t i = 0; event && i < m[event].params.size(); ++i) {
        MayArg& arg = to.emplace_back();
        if (args[i] == no_value) continue;
        const bool names = m[event].params[i].type.kind == TypeKind::event;
        arg.kind = names ? MayArg::Kind::occurrence : MayArg::Kind::value;
        if (names)
          arg.event = s.events[static_cast<size_t>(args[i])].event;
        else
          arg.value = args[i];
      }
    };
    put(e.event, e.args, out.args);
    put(e.content, e.content_args, out.content_args);
    return out;
  }
  static std::vector<int64_t> key(const MayHappen& may) {
    std::vector<int64_t> out{may.event.value, may.content.value};
    for (const auto* list : {&may.args, &may.content_args}) {
      for (const MayArg& a : *list) {
        out.push_back(static_cast<int64_t>(a.kind));
        out.push_back(a.kind == MayArg::Kind::occurrence ? int64_t{a.event.value} : a.value);
      }
    }
    return out;
  }

  void add(Model& m, InstrumentId own, std::vector<MayHappen> may, uint32_t at_most) const {
    model::Exploration& e = m.explorations.emplace_back();
    e.title = m[own].name + ": at most " + std::to_string(at_most) + " of the " + std::to_string(may.size()) +
              " events that the articles speak of";
    e.start.under.push_back({own, from_});
    e.start.from = WrittenInstant{from_, Precision::day};
    e.may_happen = std::move(may);
    e.within = Duration{.months = 12};
    e.at_most = at_most;
  }

  Model& m_;
  Model& n_;
  const InstrumentPair& pair_;
  Cast cast_before_, cast_after_;
  Translator there_, back_;
  Instant from_;
  std::set<std::string> forbidden_;        // events, by name
  std::vector<MayHappen> before_, after_;  // one for one
  std::set<std::vector<int64_t>> known_;
};

std::unique_ptr<Loading> copy_of(const Stand& stand) {
  auto out = std::make_unique<Loading>();
  out->loaded.model = *stand.draft.model;
  out->draft = stand.draft;
  out->draft.model = &out->loaded.model;
  return out;
}

}  // namespace

Put standard_questions(const Stand& before, const Stand& after, const Difference& difference) {
  Put out;
  out.asker.name = "--standard";
  out.asker.of_after = true;
  out.before = copy_of(before);
  out.after = copy_of(after);
  Model& m = out.before->loaded.model;
  Model& n = out.after->loaded.model;
  add_extras(m, n);
  for (const InstrumentPair& pair : difference.instruments) {
    if (!pair.before || !pair.after) continue;
    Draft a = before.draft, b = after.draft;
    a.instrument = pair.before;
    b.instrument = pair.after;
    if (!Speaking(a, b, m, n, pair).ask()) continue;
    Question& q = out.questions.emplace_back();
    q.title = n.explorations.back().title;
    q.key = "--standard " + q.title;
    q.before = model::ExplorationId(m.explorations.size() - 1);
    q.after = model::ExplorationId(n.explorations.size() - 1);
  }
  return out;
}

}  // namespace casus::diff
