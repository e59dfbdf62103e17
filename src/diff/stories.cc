// SPDX-License-Identifier: Apache-2.0
#include "diff/stories.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "diff/cast.h"
#include "diff/maker.h"
#include "diff/pairing.h"
#include "diff/translator.h"
#include "diff/verdicts.h"

namespace casus::diff {

using model::no_value;
using model::Scenario;
using model::TypeKind;

namespace {

// Stories name no file of events.
class NoFiles final : public replay::Files {
 public:
  Result<std::unique_ptr<evidence::Input>> open(const std::string& name) override {
    return Failure{"a story has no file " + name, {}};
  }
};

bool enters_into_force(const Model& m, ClauseId c) {
  return c && std::any_of(m[c].effects.begin(), m[c].effects.end(), [](const model::Effect& e) {
           return e.kind == model::EffectKind::enters_into_force;
         });
}

// Clauses of the old draft, as the new one cites them: what is gone must not read like what has taken its number.
void take_citations(const Model& m, const Model& n, const InstrumentPair& pair,
                    std::map<ClauseId, std::string>& out) {
  for (const ArticlePair& a : pair.articles) {
    for (const ClausePair& c : a.clauses) {
      if (!c.before) continue;
      out.emplace(c.before, c.after ? n.cite(c.after) : m.cite(c.before) + " (gone)");
      const ClauseId reparation = m[c.before].otherwise;
      if (!reparation) continue;
      const bool kept = c.after && n[c.after].otherwise;
      out.emplace(reparation, kept ? n.cite(n[c.after].otherwise) : m.cite(reparation) + " (gone)");
    }
  }
}

// One instrument's stories.
class Stage {
 public:
  Stage(const Draft& before, const Draft& after, Stories& out, size_t& work, const InstrumentPair& pair,
        const StoryLimits& limits)
      : m_(out.before),
        n_(out.after),
        work_(work),
        own_(pair.before),
        other_(pair.after),
        limits_(limits),
        cast_before_(cast_of(before, after, out.before, pair.before)),
        cast_after_(cast_of(before, after, out.after, pair.after)),
        names_{Former(m_, own_), Former(n_, other_)},
        there_(m_, n_, same_entities(pair, m_, n_, false)),
        back_(n_, m_, same_entities(pair, m_, n_, true)),
        usual_(story_begins(m_, own_, n_, other_)),
        from_(usual_) {
    for (const BodyPair& b : pair.bodies) {
      if (b.before && b.after)
        names_.after.call(n_[b.after].entity, names_.before.entity(m_[b.before].entity));
    }
    take_citations(m_, n_, pair, cite_);
    m_.scenarios.emplace_back();
    n_.scenarios.emplace_back();
  }
  ~Stage() {
    m_.scenarios.pop_back();
    n_.scenarios.pop_back();
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  void clause(ChangeStory& change) {
    std::vector<Turn> turns;
    const auto has = [&](auto what) {
      return (change.before && what(m_[change.before])) || (change.after && what(n_[change.after]));
    };
    const bool duty = has([](const model::Clause& c) {
      return c.kind == model::ClauseKind::obligation || c.kind == model::ClauseKind::bring_about ||
             c.kind == model::ClauseKind::maintenance || c.kind == model::ClauseKind::consequence;
    });
    if (duty) turns.push_back(Turn::silence);
    if (has([](const model::Clause& c) { return c.kind != model::ClauseKind::consequence; }))
      turns.push_back(Turn::act);
    if (has([](const model::Clause& c) { return c.unless.valid(); })) turns.push_back(Turn::exception);
    if (has([](const model::Clause& c) {
          return c.until.valid() || c.kind == model::ClauseKind::maintenance;
        }))
      turns.push_back(Turn::end);
    as_if_ = !enters_into_force(m_, change.before) && !enters_into_force(n_, change.after);
    begin_within(change.before, change.after);
    std::set<std::string> own;
    const auto name = [&](const Model& m, ClauseId c, bool is_after) {
      if (!c) return;
      own.insert(is_after ? m.cite(c) : cite(c));
      if (m[c].otherwise) own.insert(is_after ? m.cite(m[c].otherwise) : cite(m[c].otherwise));
    };
    name(m_, change.before, false);
    name(n_, change.after, true);
    // What a freedom or a consequence changes shows elsewhere.
    const bool elsewhere =
        has([](const model::Clause& c) { return is_freedom(c) || c.kind == model::ClauseKind::consequence; });
    seek(change, own, elsewhere ? Where::anywhere : Where::clause, turns.size(),
         [&](bool after, size_t turn, Choices& choices) {
           const ClauseId c = after ? change.after : change.before;
           if (!c) return std::optional<Scenario>();
           return std::optional(Maker(after ? n_ : m_, after ? other_ : own_,
                                      after ? cast_after_ : cast_before_, from_, choices)
                                    .clause(c, turns[turn]));
         });
  }

  bool spent() const { return work_ >= limits_.work; }

  // `whose`: members whose no does not count for what it did.
  void decision(ChangeStory& change, const std::vector<std::string>& whose) {
    const DecisionPair& d = change.decision;
    as_if_ = true;
    begin_within({}, {});
    constexpr std::array<Turn, 5> turns{Turn::all_yes, Turn::one_no, Turn::one_abstains, Turn::no_vote,
                                        Turn::all_no};
    seek(change, {}, Where::motion, turns.size(), [&](bool after, size_t turn, Choices& choices) {
      const auto index = after ? d.after : d.before;
      if (!index) return std::optional<Scenario>();
      const Model& m = after ? n_ : m_;
      const BodyId body = after ? d.body_after : d.body_before;
      EntityId against;
      if (turns[turn] == Turn::one_no || turns[turn] == Turn::one_abstains) {
        const auto from = whose.empty() ? members(m, m[body].members) : whose;
        if (!from.empty()) against = m.find_entity(from[choices.pick(std::min<size_t>(from.size(), 2))]);
      }
      return std::optional(Maker(m, after ? other_ : own_, after ? cast_after_ : cast_before_, from_, choices)
                               .decision(body, *index, turns[turn], against));
    });
  }

 private:
  // A clause with dates of its own needs a story within them.
  void begin_within(const ClauseId before, const ClauseId after) {
    Instant from = usual_;
    const auto look = [&](const Model& m, ClauseId id) {
      if (!id) return;
      const model::Clause& c = m[id];
      const auto january = [](Instant t, int years) {
        return from_civil({civil_date(t).year + years, 1, 1});
      };
      if (c.from && usual_ < *c.from) from = january(*c.from, 1);
      if (c.until_instant && *c.until_instant < from) from = january(*c.until_instant, -1);
      if (c.deadline.kind == model::DeadlineKind::by && c.deadline.by < from)
        from = january(c.deadline.by, -1);
    };
    look(m_, before);
    look(n_, after);
    if (from == from_) return;
    from_ = from;
    silence_.reset();
  }

  // A clause of the old draft as the new one cites it.
  std::string cite(ClauseId before) const {
    const auto it = cite_.find(before);
    return it != cite_.end() ? it->second : m_.cite(before);
  }

  std::optional<replay::Replay> run(Model& m, InstrumentId own, Scenario s) {
    s.under.clear();
    if (own) s.under.push_back({own, as_if_ ? std::optional(s.from->at) : std::nullopt});
    m.scenarios.back() = std::move(s);
    NoFiles files;
    Diagnostics diagnostics;
    replay::Options options;
    options.agenda_limit = 20'000;
    auto r = replay::replay(m, model::ScenarioId(m.scenarios.size() - 1), options, files, {}, diagnostics);
    work_ += 1'000 + size(m) + (r ? 50 * r.value().ledger.records.size() : 0);
    if (!r || r.value().stop.status != run::RunStatus::done) return std::nullopt;
    return std::move(r.value());
  }

  // On what verdicts must part to show a change: on the clause itself, on motions, on anything.
  enum class Where : uint8_t { clause, motion, anywhere };

  // Where the drafts part in a story of one of the models.
  std::optional<Told> part(const Scenario& s, bool from_after, const std::set<std::string>& own,
                           Where where) {
    Told out;
    out.before = from_after ? back_.scenario(s) : s;
    out.after = from_after ? s : there_.scenario(s);
    const auto a = run(m_, own_, out.before), b = run(n_, other_, out.after);
    if (!a || !b) return std::nullopt;
    out.before.under = m_.scenarios.back().under;
    out.after.under = n_.scenarios.back().under;
    const Outcomes mine = clause_outcomes(*a, [this](ClauseId c) { return cite(c); });
    const Outcomes theirs = clause_outcomes(*b, [this](ClauseId c) { return n_.cite(c); });
    const auto only_own = [&](const Outcomes& all) {
      Outcomes some;
      for (const auto& [key, text] : all) {
        if (own.contains(key.first)) some.emplace(key, text);
      }
      return some;
    };
    out.verdicts = parted(only_own(mine), only_own(theirs));
    if (out.verdicts.empty() && where != Where::clause)
      out.verdicts =
          by_themselves(parted(other_outcomes(*a, names_.before), other_outcomes(*b, names_.after)));
    if (where == Where::motion) std::erase_if(out.verdicts, [](const Verdict& v) { return !is_motion(v); });
    if (out.verdicts.empty() && where == Where::anywhere) out.verdicts = by_themselves(parted(mine, theirs));
    if (out.verdicts.empty()) return std::nullopt;
    return out;
  }

  // Without what differs though nothing happens at all.
  std::vector<Verdict> by_themselves(std::vector<Verdict> all) {
    if (!silence_) {
      silence_.emplace();
      Scenario nothing;
      nothing.from = WrittenInstant{from_, Precision::day};
      nothing.until = WrittenInstant{Instant{from_.ms + 30 * ms_per_day}, Precision::day};
      const auto a = run(m_, own_, nothing), b = run(n_, other_, nothing);
      if (a && b) {
        for (const auto& list :
             {parted(clause_outcomes(*a, [this](ClauseId c) { return cite(c); }),
                     clause_outcomes(*b, [this](ClauseId c) { return n_.cite(c); })),
              parted(other_outcomes(*a, names_.before), other_outcomes(*b, names_.after))}) {
          for (const Verdict& v : list) silence_->insert(v.what);
        }
      }
    }
    std::erase_if(all, [this](const Verdict& v) { return silence_->contains(v.what); });
    return all;
  }

  static std::string word(const std::string& text) { return text.substr(0, text.find(' ')); }

  // Best where the clause or the motion comes to something under both drafts, and not to the same at another time: then the story
  // shows what changed, not only that something did.
  static int worth(const Told& t) {
    int out = 0;
    for (const Verdict& v : t.verdicts) {
      if (v.before != "–" && v.after != "–") out = std::max(out, word(v.before) == word(v.after) ? 1 : 2);
    }
    return out;
  }

  template <class Make>
  void seek(ChangeStory& change, const std::set<std::string>& own, Where where, size_t turns, Make make) {
    std::optional<std::pair<Scenario, bool>> best;
    // Of a clause in both drafts, the time may be all that changed.
    const int enough = change.decision.before && change.decision.after ? 2
                       : change.before && change.after                 ? 1
                                                                       : 0;
    bool new_one = true;
    for (size_t number = 0; new_one; ++number) {
      new_one = false;
      for (size_t turn = 0; turn < turns; ++turn) {
        for (const bool after : {true, false}) {
          if (change.tried >= limits_.each || spent()) break;
          Choices choices(number);
          const std::optional<Scenario> s = make(after, turn, choices);
          if (!s || choices.exhausted()) continue;
          new_one = true;
          ++change.tried;
          auto told = part(*s, after, own, where);
          if (!told || (change.told && worth(*told) <= worth(*change.told))) continue;
          change.told = std::move(told);
          best.emplace(*s, after);
          if (worth(*change.told) >= enough) return shorten(*change.told, *s, after, own, where);
        }
      }
    }
    if (best) shorten(*change.told, best->first, best->second, own, where);
  }

  // The same kinds of verdict on the same things, whenever they fall.
  static bool alike(const std::vector<Verdict>& a, const std::vector<Verdict>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Verdict& v, const Verdict& w) {
      return v.what == w.what && v.who == w.who && word(v.before) == word(w.before) &&
             word(v.after) == word(w.after);
    });
  }

  // Takes away what the difference does not need.
  void shorten(Told& told, Scenario s, bool after, const std::set<std::string>& own, Where where) {
    const Model& m = after ? n_ : m_;
    size_t left = limits_.shorten;
    const auto keep = [&](const std::optional<Scenario>& smaller) {
      if (!smaller || left == 0 || spent()) return false;
      --left;
      auto still = part(*smaller, after, own, where);
      // The same verdicts, not any: what is left must show the same change.
      if (!still || !alike(still->verdicts, told.verdicts)) return false;
      told = std::move(*still);
      return true;
    };
    for (size_t k = s.events.size(); k > 0; --k) {
      const auto smaller = without(m, s, k - 1);
      if (keep(smaller)) s = *smaller;
    }
    for (size_t k = s.givens.size(); k > 0; --k) {
      Scenario smaller = s;
      smaller.givens.erase(smaller.givens.begin() + static_cast<std::ptrdiff_t>(k - 1));
      if (keep(smaller)) s = std::move(smaller);
    }
  }

  static size_t size(const Model& m) {
    return m.exprs.size() + m.givens.size() + m.entities.size() + 50 * m.clauses.size();
  }

  Model& m_;
  Model& n_;
  size_t& work_;
  InstrumentId own_, other_;
  const StoryLimits& limits_;
  Cast cast_before_, cast_after_;
  Names names_;
  Translator there_, back_;
  std::map<ClauseId, std::string> cite_;  // of clauses before, as after
  Instant usual_, from_;                  // when stories begin; the one at hand
  bool as_if_ = true;
  std::optional<std::set<std::string>> silence_;  // on what verdicts part though nothing happens
};

}  // namespace

Stories tell_stories(const Draft& before, const Draft& after, const Difference& difference,
                     const StoryLimits& limits) {
  Stories out{*before.model, *after.model, {}, false};
  add_extras(out.before, out.after);
  size_t work = 0;
  for (size_t i = 0; i < difference.instruments.size(); ++i) {
    const InstrumentPair& p = difference.instruments[i];
    if (p.before.valid() != p.after.valid()) continue;
    Draft a = before, b = after;
    a.instrument = p.before;
    b.instrument = p.after;
    Stage stage(a, b, out, work, p, limits);
    std::set<std::pair<ClauseId, ClauseId>> touched;
    for (const DutyChange& d : p.duties) touched.emplace(d.before, d.after);
    const auto key = [](const DecisionPair& d) {
      return std::tuple(d.body_before, d.before, d.body_after, d.after);
    };
    std::map<decltype(key({})), std::vector<std::string>> blocking;  // who gained or lost a veto
    for (const BlockingChange& c : p.blocking) {
      std::vector<std::string>& whose = blocking[key(c.decision)];
      const std::vector<std::string> nobody;
      const auto& then = c.before ? c.before->alone : nobody;
      const auto& now = c.after ? c.after->alone : nobody;
      std::set_symmetric_difference(then.begin(), then.end(), now.begin(), now.end(),
                                    std::back_inserter(whose));
    }
    for (const ArticlePair& article : p.articles) {
      for (const ClausePair& c : article.clauses) {
        if (c.same() && !touched.contains({c.before, c.after})) continue;
        out.cut_short = out.cut_short || stage.spent();
        if (out.cut_short) continue;
        ChangeStory& story = out.of.emplace_back();
        story.instrument = i;
        story.before = c.before;
        story.after = c.after;
        stage.clause(story);
      }
      for (const DecisionPair& d : article.decisions) {
        const auto whose = blocking.find(key(d));
        if (d.same() && whose == blocking.end()) continue;
        out.cut_short = out.cut_short || stage.spent();
        if (out.cut_short) continue;
        ChangeStory& story = out.of.emplace_back();
        story.instrument = i;
        story.decision = d;
        stage.decision(story, whose == blocking.end() ? std::vector<std::string>() : whose->second);
      }
    }
  }
  return out;
}

std::vector<Verdict> verdict_changes(const replay::Replay& before, const replay::Replay& after,
                                     const Difference& difference) {
  std::map<ClauseId, std::string> cites;
  Former names(*before.model, InstrumentId()), others(*after.model, InstrumentId());
  for (const InstrumentPair& p : difference.instruments) {
    if (p.before && p.after)
      others.call((*after.model)[p.after].entity, names.entity((*before.model)[p.before].entity));
    for (const BodyPair& b : p.bodies) {
      if (b.before && b.after)
        others.call((*after.model)[b.after].entity, names.entity((*before.model)[b.before].entity));
    }
    take_citations(*before.model, *after.model, p, cites);
  }
  const auto mine = clause_outcomes(before, [&](ClauseId c) {
    const auto it = cites.find(c);
    return it != cites.end() ? it->second : before.model->cite(c);
  });
  const auto theirs = clause_outcomes(after, [&](ClauseId c) { return after.model->cite(c); });
  std::vector<Verdict> out = parted(mine, theirs);
  const std::vector<Verdict> more = parted(other_outcomes(before, names), other_outcomes(after, others));
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

}  // namespace casus::diff
