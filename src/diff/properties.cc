// SPDX-License-Identifier: Apache-2.0
#include "diff/properties.h"

#include <algorithm>
#include <array>

#include "diff/translator.h"
#include "model/choose.h"

namespace casus::diff {

using explore::Answer;
using explore::Explored;
using model::StandardProperty;

namespace {

constexpr std::array<std::pair<StandardProperty, const char*>, 7> standard_properties{{
    {StandardProperty::obliged_and_forbidden, "always no party both obliged and forbidden"},
    {StandardProperty::breach_has_consequence, "always every breach has a consequence"},
    {StandardProperty::protected_has_duty, "always every protected party is owed a hard duty"},
    {StandardProperty::single_blocker, "always no single party can block"},
    {StandardProperty::guarantors_fight, "always no two guarantors bound to fight each other"},
    {StandardProperty::motion_in_time, "always every motion can be adopted in time"},
    {StandardProperty::duty_can_be_kept, "always every duty can lawfully be kept"},
}};

void add_standard(model::Exploration& e) {
  for (const auto& [standard, words] : standard_properties) {
    const auto same = [&, of = standard](const model::Property& p) { return p.standard == of; };
    if (std::any_of(e.properties.begin(), e.properties.end(), same)) continue;
    model::Property& p = e.properties.emplace_back();
    p.mode = model::PropertyMode::always;
    p.standard = standard;
    p.words = words;
    p.span = e.span;
  }
}

// The package in the ids of a model that was loaded beside the draft's own.
model::Package in_model(const model::Package& package, const Model& from, const Model& to) {
  model::Package out;
  for (const model::Chosen& c : package) {
    const std::string name = model::words(from, c.choice);
    for (size_t i = 0; i < to.choices.size(); ++i) {
      if (model::words(to, model::ChoiceId(i)) != name) continue;
      out.push_back(c);
      out.back().choice = model::ChoiceId(i);
    }
  }
  return out;
}

// Where something came to another end, what only came at another time says little.
void keep_what_tells(std::vector<Verdict>& all) {
  const auto kind = [](const std::string& words) { return words.substr(0, words.find(' ')); };
  const auto alike = [&](const Verdict& v) { return kind(v.before) == kind(v.after); };
  if (!std::all_of(all.begin(), all.end(), alike)) std::erase_if(all, alike);
}

std::string words_of(const Explored& x) { return x.prepared->words; }

// A question under both drafts.
class Both {
 public:
  Both(Asked& out, const Difference& difference, replay::Files& files)
      : out_(out), d_(difference), files_(files) {}

  void compare() {
    const auto& a = out_.before;
    const auto& b = out_.after;
    const auto in = [](const Explored& x, const std::vector<Explored>& all) {
      return std::any_of(all.begin(), all.end(),
                         [&](const Explored& y) { return words_of(x) == words_of(y); });
    };
    const bool alike = std::any_of(a.begin(), a.end(), [&](const Explored& x) { return in(x, b); });
    // A draft that leaves nothing open is held against every package of the other.
    const bool each = !alike && (a.size() == 1 || b.size() == 1);
    for (size_t i = 0; i < a.size(); ++i) {
      for (size_t k = 0; k < b.size(); ++k) {
        if (each || words_of(a[i]) == words_of(b[k])) pair(i, k);
      }
    }
    if (each) return;
    for (const Explored& x : a) {
      if (!in(x, b)) out_.only_before.push_back(words_of(x));
    }
    for (const Explored& x : b) {
      if (!in(x, a)) out_.only_after.push_back(words_of(x));
    }
  }

 private:
  void pair(size_t before, size_t after) {
    const Explored& a = out_.before[before];
    const Explored& b = out_.after[after];
    for (uint32_t i = 0; i < a.outcome.properties.size(); ++i) {
      ++out_.compared;
      PropertyChange c{i,
                       words_of(a),
                       words_of(b),
                       a.outcome.properties[i].answer,
                       b.outcome.properties[i].answer,
                       std::nullopt};
      if (c.before == c.after && c.before != Answer::unknown) continue;
      if (c.changed() && !show(c, out_.after, after, out_.before[before], true))
        show(c, out_.before, before, out_.after[after], false);
      out_.changes.push_back(std::move(c));
    }
  }

  // False: this side has no story of its answer.
  bool show(PropertyChange& c, std::vector<Explored>& side, size_t package, Explored& other, bool by_after) {
    const size_t teller = side[package].like == SIZE_MAX ? package : side[package].like;
    const Explored& x = side[teller];
    if (x.stories[c.property].empty()) return false;
    const explore::StoryScenario& story = x.stories[c.property].front();
    Shown shown{by_after, &story, x.prepared.get(), std::nullopt, {}};
    model::Scenario told = (*x.prepared->model)[story.scenario];
    if (translate(told, *x.prepared->model, other, by_after)) {
      Model& m = *other.prepared->model;
      m.scenarios.push_back(std::move(told));
      Diagnostics diagnostics;
      replay::Options options;
      options.package = words_of(other);
      auto r = replay::replay(m, model::ScenarioId(m.scenarios.size() - 1), options, files_, {}, diagnostics);
      if (r && r.value().stop.status == run::RunStatus::done) {
        shown.other = std::move(r.value());
        shown.verdicts = by_after ? verdict_changes(*shown.other, *story.replay, d_)
                                  : verdict_changes(*story.replay, *shown.other, d_);
        keep_what_tells(shown.verdicts);
      }
    }
    c.shown = std::move(shown);
    return true;
  }

  // False: it is told under an instrument that the other draft does not have.
  bool translate(model::Scenario& told, const Model& from, const Explored& other, bool back) const {
    const Model& to = *other.prepared->model;
    std::map<EntityId, EntityId> same;
    std::map<InstrumentId, InstrumentId> instruments;
    const Model& m = back ? to : from;
    const Model& n = back ? from : to;
    for (const InstrumentPair& p : d_.instruments) {
      same.merge(same_entities(p, m, n, back));
      if (p.before && p.after)
        back ? instruments.emplace(p.after, p.before) : instruments.emplace(p.before, p.after);
    }
    std::vector<model::Under> under;
    for (model::Under u : told.under) {
      const auto it = instruments.find(u.instrument);
      u.instrument = it != instruments.end() ? it->second : to.find_instrument(from[u.instrument].name);
      if (!u.instrument) return false;
      under.push_back(u);
    }
    told = Translator(from, to, std::move(same)).scenario(told);
    told.under = std::move(under);
    told.with = other.prepared->package;
    told.expectations.clear();
    return true;
  }

  Asked& out_;
  const Difference& d_;
  replay::Files& files_;
};

Difference difference_of(const Put& put, const Stand& before, const Stand& after, const Difference& known) {
  std::vector<std::pair<InstrumentId, InstrumentId>> pairs;
  for (const InstrumentPair& p : known.instruments) {
    if (!p.before && !p.after) continue;
    pairs.emplace_back(
        p.before ? put.before->draft.model->find_instrument((*before.draft.model)[p.before].name) : p.before,
        p.after ? put.after->draft.model->find_instrument((*after.draft.model)[p.after].name) : p.after);
  }
  return compare(put.before->draft, put.after->draft, pairs);
}

// One side; none: `failed` says why.
std::vector<Explored> explored(Loading& in, model::ExplorationId id, const Model& of,
                               const model::Package& package, const Asking& how, replay::Files& files,
                               std::string& failed) {
  explore::Question q;
  q.model = &in.loaded.model;
  q.exploration = id;
  q.package = in_model(package, of, *q.model);
  if (how.view) {
    q.view = q.model->find_viewpoint(*how.view);
    if (!how.view->empty() && !*q.view) {
      failed = "there is no viewpoint '" + *how.view + "'";
      return {};
    }
  }
  auto out = explore::explore(q, how.limits, files, how.progress);
  if (out) return std::move(out.value());
  failed = out.failure().what;
  return {};
}

}  // namespace

const model::Exploration& Asked::exploration() const {
  const bool of_after = put->asker.of_after ? question.after.valid() : !question.before.valid();
  return (*(of_after ? put->after : put->before)->draft.model)[of_after ? question.after : question.before];
}

std::vector<Asked> ask(Put& put, const Stand& before, const Stand& after, const Difference& difference,
                       const Asking& how, std::vector<std::string>& known, replay::Files& files) {
  std::vector<Asked> out;
  std::optional<Difference> own;  // in the ids of the models that the questions stand in
  for (const Question& q : put.questions) {
    if (std::find(known.begin(), known.end(), q.key) != known.end()) continue;
    known.push_back(q.key);
    Asked& asked = out.emplace_back();
    asked.question = q;
    asked.put = &put;
    const auto side = [&](Loading& in, model::ExplorationId id, const Model& of,
                          const model::Package& fixed) {
      if (!id || !asked.failed.empty()) return std::vector<Explored>();
      if (how.standard) add_standard(in.loaded.model.explorations[id.index()]);
      return explored(in, id, of, fixed, how, files, asked.failed);
    };
    asked.before = side(*put.before, q.before, *before.draft.model, how.package_before);
    asked.after = side(*put.after, q.after, *after.draft.model, how.package_after);
    if (!q.before || !q.after || !asked.failed.empty()) continue;
    if (!own) own = difference_of(put, before, after, difference);
    Both(asked, *own, files).compare();
  }
  return out;
}

}  // namespace casus::diff
