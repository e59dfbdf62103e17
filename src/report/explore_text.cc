// SPDX-License-Identifier: Apache-2.0
#include "report/explore_text.h"

#include <algorithm>
#include <utility>

#include "model/choose.h"
#include "report/lanes.h"
#include "report/phrases.h"
#include "text/words.h"

namespace casus::report {

using explore::Answer;
using explore::Ended;
using explore::Explored;

namespace {

std::string states_words(uint64_t n) { return thousands(n) + (n == 1 ? " state" : " states"); }

Ink ink_of(Answer a) {
  return a == Answer::violated ? Ink::red : a == Answer::holds ? Ink::green : Ink::yellow;
}

std::string titled(const model::Exploration& e) { return e.title.empty() ? e.name : e.title; }

class Writer {
 public:
  Writer(const ExploreReport& r, const TextOptions& o)
      : r_(r), m_(*r.model), e_(m_[r.exploration]), page_(o.width, o.colour) {}

  std::string run() {
    head();
    page_.blank();
    if (r_.packages->size() > 1)
      family();
    else
      package();
    tail();
    return page_.take();
  }

 private:
  void head() {
    const Explored& first = r_.packages->front();
    const explore::Problem& p = first.prepared->problem;
    page_.heading(titled(e_));
    std::string how = "from " + instant_words(p.start, 0);
    how += e_.within ? " · within " + format_duration(*e_.within)
                     : " · until " + instant_words(p.kase.until.ms, p.start);
    if (e_.at_most) how += " · at most " + counted(*e_.at_most, "event");
    how += " · view: " + view_words(m_, p.kase.view);
    if (r_.packages->size() == 1 && !first.prepared->words.empty())
      how += " · package: " + first.prepared->words;
    page_.line("", how, Ink::dim);
    page_.line("",
               counted(first.outcome.event_ways, "event") + " may happen, told apart by who and what · run " +
                   r_.run_id,
               Ink::dim);
    not_in_force();
  }

  // Nobody is bound by what is not in force, and that no duty is breached then says nothing.
  void not_in_force() {
    const run::Case& kase = r_.packages->front().prepared->problem.kase;
    for (const model::Under& u : kase.under) {
      const bool given = std::any_of(kase.givens.begin(), kase.givens.end(), [&](const model::GivenFact& g) {
        return g.fact == model::fact_in_force &&
               (g.instrument == u.instrument || g.args[0] == model::Value{m_[u.instrument].entity.value});
      });
      const bool may_enter = std::any_of(m_.clauses.begin(), m_.clauses.end(), [](const model::Clause& c) {
        return std::any_of(c.effects.begin(), c.effects.end(), [](const model::Effect& effect) {
          return effect.kind == model::EffectKind::enters_into_force || effect.fact == model::fact_in_force;
        });
      });
      if (u.as_if_from || given || may_enter) continue;
      const std::string& name = m_[u.instrument].name;
      page_.line("",
                 name + " is not in force here, and binds nobody: `under " + name +
                     " as if in force` explores it as if it did.",
                 Ink::yellow);
    }
  }

  // Packages × properties, and one story of each property that is violated in some package.
  void family() {
    table();
    page_.blank();
    for (size_t i = 0; i < e_.properties.size(); ++i)
      page_.line("  " + std::to_string(i + 1) + "  ", e_.properties[i].words);
    page_.blank();
    whole();
    for (size_t i = 0; i < r_.packages->size(); ++i) {
      const Explored& x = (*r_.packages)[i];
      const auto& all = x.outcome.properties;
      const auto open =
          std::find_if(all.begin(), all.end(), [](const auto& p) { return p.answer == Answer::unknown; });
      if (x.like == SIZE_MAX && open != all.end())
        page_.line("unknown   ",
                   x.prepared->words + ": " + note(x, static_cast<size_t>(open - all.begin()), i),
                   Ink::yellow);
    }
    size_t told = 0, kept = 0;
    for (size_t i = 0; i < e_.properties.size(); ++i) {
      bool first = true;
      for (size_t k = 0; k < r_.packages->size(); ++k) {
        const Explored& x = (*r_.packages)[k];
        kept += x.stories[i].size();
        if (x.stories[i].empty() || x.outcome.properties[i].answer != Answer::violated ||
            !std::exchange(first, false))
          continue;
        if (told++ == 0) before(x.stories[i].front(), x);
        story(x, i, 0, k);
      }
    }
    if (kept > told && !r_.files.empty()) {
      page_.blank();
      page_.line("", std::to_string(kept) + " stories are written; --package shows all of one package.",
                 Ink::dim);
    }
  }

  void table() {
    // A column for each choice in which packages differ.
    const model::Package& first = r_.packages->front().prepared->package;
    std::vector<size_t> differ;
    for (size_t c = 0; c < first.size(); ++c) {
      if (std::any_of(r_.packages->begin(), r_.packages->end(),
                      [&](const Explored& x) { return x.prepared->package[c] != first[c]; }))
        differ.push_back(c);
    }
    std::vector<std::string> header;
    for (const size_t c : differ) header.push_back(model::words(m_, first[c].choice));
    for (size_t i = 0; i < e_.properties.size(); ++i) header.push_back(std::to_string(i + 1));
    std::vector<std::vector<std::string>> rows;
    for (const Explored& x : *r_.packages) {
      std::vector<std::string> row;
      for (const size_t c : differ) {
        const std::string words = model::words(m_, {x.prepared->package[c]});
        row.push_back(words.substr(words.find(" = ") + 3));
      }
      for (const auto& p : x.outcome.properties) row.emplace_back(explore::answer_word(p.answer));
      rows.push_back(std::move(row));
    }
    page_.table(header, rows, {});
  }

  // In which packages everything holds.
  void whole() {
    std::string named;
    size_t count = 0, alike = 0;
    for (const Explored& x : *r_.packages) {
      alike += x.like != SIZE_MAX;
      const auto& all = x.outcome.properties;
      if (!std::all_of(all.begin(), all.end(), [](const auto& p) { return p.answer == Answer::holds; }))
        continue;
      if (++count <= 3) named += (count == 1 ? ": " : "; or ") + x.prepared->words;
    }
    page_.line("",
               "Everything holds in " + std::to_string(count) + " of " +
                   counted(r_.packages->size(), "package") + (count <= 3 ? named : std::string()) + ".",
               Ink::bold);
    if (alike != 0)
      page_.line("",
                 std::to_string(r_.packages->size() - alike) +
                     " explored: the others differ from one of these in nothing that can come into play.",
                 Ink::dim);
  }

  void package() {
    const Explored& x = r_.packages->front();
    for (size_t i = 0; i < e_.properties.size(); ++i) {
      const explore::PropertyOutcome& p = x.outcome.properties[i];
      const std::string word(explore::answer_word(p.answer));
      page_.line(word + std::string(10 - word.size(), ' '), "\"" + e_.properties[i].words + "\"",
                 ink_of(p.answer));
      page_.line("          ", note(x, i, 0), Ink::dim);
    }
    size_t told = 0;
    for (size_t i = 0; i < e_.properties.size(); ++i) {
      for (size_t k = 0; k < x.stories[i].size(); ++k) {
        if (told++ == 0) before(x.stories[i][k], x);
        story(x, i, k, 0);
      }
    }
  }

  void before(const explore::StoryScenario& s, const Explored& x) {
    if (s.before == 0) return;
    page_.blank();
    page_.line("", "Before", Ink::bold);
    told_before(page_, *s.replay, x.prepared->problem.start + 1);
  }

  std::string note(const Explored& x, size_t property, size_t index) const {
    const explore::PropertyOutcome& p = x.outcome.properties[property];
    if (!x.stories[property].empty()) {
      const explore::StoryScenario& s = x.stories[property].front();
      std::string out = s.events == 0 ? "without any event" : counted(s.events, "event") + ", the fewest";
      const std::string file = file_of(index, property, 0);
      if (!file.empty()) out += ", written to " + file;
      if (!s.confirmed) out += "; a replay does not come to the same: this is a mistake of the program";
      return out;
    }
    if (p.answer == Answer::violated) return "no course of events comes to it; " + extent_words(x.outcome);
    if (p.answer == Answer::holds) return extent_words(x.outcome);
    switch (x.outcome.ended) {
      case Ended::states:
        return "the budget of " + states_words(r_.states) + " is reached; " + extent_words(x.outcome);
      case Ended::memory:
        return "the budget of " + r_.memory + " of memory is reached; " + extent_words(x.outcome);
      case Ended::stopped:
        return "interrupted; " + extent_words(x.outcome);
      default:
        return "not every course can be followed; " + extent_words(x.outcome);
    }
  }
  std::string file_of(size_t package, size_t property, size_t story) const {
    if (package >= r_.files.size() || story >= r_.files[package][property].size()) return {};
    return r_.files[package][property][story];
  }

  void story(const Explored& x, size_t property, size_t k, size_t index) {
    const explore::StoryScenario& s = x.stories[property][k];
    page_.blank();
    const std::string file = file_of(index, property, k);
    page_.line("",
               (k == 0 ? "Story" : "Another story") + std::string(" of \"") + e_.properties[property].words +
                   "\"" + (file.empty() ? "" : " · " + file),
               Ink::bold, "  ");
    if (r_.packages->size() > 1) page_.line("", x.prepared->words, Ink::dim);
    lanes(page_, *s.replay, x.prepared->problem.start + 1);
    page_.line("→ ", s.why + ".", Ink::bold);
  }

  void tail() {
    page_.blank();
    std::vector<std::string> obstacles;
    for (const Explored& x : *r_.packages) {
      for (const std::string& o : x.outcome.obstacles) {
        if (std::find(obstacles.begin(), obstacles.end(), o) == obstacles.end()) obstacles.push_back(o);
      }
    }
    for (const std::string& o : obstacles) page_.line("not followed: ", o, Ink::yellow, "  ");
    if (!r_.kept && std::any_of(r_.packages->begin(), r_.packages->end(),
                                [](const Explored& x) { return is_unfinished(x.outcome.ended); }))
      page_.line("", "`--save FILE` keeps what was seen, and `--resume FILE` goes on from there.", Ink::dim);
    std::vector<std::string> engines;
    for (const Explored& x : *r_.packages) {
      const std::string words = engine_words(x.outcome, r_.engine_asked) + ".";
      if (x.like == SIZE_MAX && std::find(engines.begin(), engines.end(), words) == engines.end())
        engines.push_back(words);
    }
    const auto packed = [](const Explored& x) { return x.outcome.engine == explore::Engine::packed; };
    if (engines.size() > 3 && std::all_of(r_.packages->begin(), r_.packages->end(), packed))
      engines = {engines.front(), "Other packages differ in how many bits are kept and what is left out."};
    for (const std::string& words : engines) page_.line("", words, Ink::dim);
    page_.line("",
               "Every order of events and of what falls due is followed. What may not happen, by the `may "
               "happen` of "
               "this exploration, is not looked at.",
               Ink::dim);
  }

  const ExploreReport& r_;
  const model::Model& m_;
  const model::Exploration& e_;
  Page page_;
};

}  // namespace

namespace {

// Of parties that may be taken for one another: the first few of each class.
std::string exchange_words(const explore::Outcome& o) {
  constexpr size_t most_named = 4;
  std::string out;
  for (const auto& parties : o.exchanged) {
    out += out.empty() ? ", up to exchange of " : " and of ";
    const size_t named = parties.size() <= most_named ? parties.size() : most_named - 1;
    for (size_t i = 0; i < named; ++i) out += (i == 0 ? "" : ", ") + parties[i];
    if (named < parties.size()) out += ", … (" + std::to_string(parties.size()) + ")";
  }
  return out;
}

std::string left_out_words(const explore::Outcome& o) {
  std::string out;
  if (o.bits_left_out != 0 || o.events_left_out != 0)
    out += "; " + counted(o.bits_left_out, "bit") + " and " + counted(o.events_left_out, "event") +
           " left out that do not matter here";
  if (o.moves_left_out != 0)
    out += "; " + thousands(o.moves_left_out) + (o.moves_left_out == 1 ? " move" : " moves") +
           " not made, as another order comes to the same";
  return out;
}

}  // namespace

std::string extent_words(const explore::Outcome& o) {
  const std::string states =
      (o.states_written.empty() ? states_words(o.states) : o.states_written + " states") + exchange_words(o);
  switch (o.ended) {
    case Ended::complete:
      return "complete: " + states;
    case Ended::at_most:
      return "complete up to " + counted(o.events, "event") + ": " + states;
    case Ended::decided:
      return states + " seen";
    default:
      return states + " seen, every course of up to " + counted(o.events == 0 ? 0 : o.events - 1, "event");
  }
}

std::string engine_words(const explore::Outcome& o, bool why) {
  std::string out = o.engine == explore::Engine::packed
                        ? "Every state is stored exactly, in " + counted(o.bits, "bit")
                    : o.engine == explore::Engine::symbolic ? "All states are held exactly, as sets"
                                                            : "Every state is stored exactly";
  out += left_out_words(o);
  if (!why) return out;
  if (o.engine == explore::Engine::general)
    out += "; each step is made by the engine itself";
  else if (o.by_general != 0)
    out += "; " + counted(o.by_general, "question") + " put to the engine itself";
  return o.why_not.empty() ? out : out + ": " + o.why_not;
}

std::string explore_text(const ExploreReport& report, const TextOptions& options) {
  return Writer(report, options).run();
}

}  // namespace casus::report
