// SPDX-License-Identifier: Apache-2.0
// The answer to "what changes for whom", in one paragraph.
#include <algorithm>
#include <map>

#include "report/diff_report.h"
#include "report/phrases.h"
#include "text/words.h"

namespace casus::report {

using diff::Weight;

namespace {

class Answer {
 public:
  explicit Answer(const DiffReport& r) : r_(r), d_(r.difference), m_(*r.before.model), n_(*r.after.model) {}

  std::string answer() const {
    std::vector<std::string> out{d_.same() ? "The two drafts say the same." : articles_answer()};
    for (const std::string& line :
         {parties_answer(), duties_answer(), blocking_answer(), properties_answer(r_), stories_answer()}) {
      if (!line.empty()) out.push_back(line);
    }
    std::string text;
    for (const std::string& line : out) text += (text.empty() ? "" : " ") + line;
    return text;
  }

 private:
  std::string articles_answer() const {
    size_t all = 0, changed = 0, added = 0, gone = 0, renumbered = 0;
    for (const diff::InstrumentPair& p : d_.instruments) {
      for (const diff::ArticlePair& a : p.articles) {
        if (!a.before && !a.after) continue;
        ++all;
        if (!a.before)
          ++added;
        else if (!a.after)
          ++gone;
        else if (a.changed())
          ++changed;
        renumbered += a.renumbered ? 1 : 0;
      }
    }
    if (changed + added + gone == 0 && renumbered > 0)
      return counted(renumbered, "article") + (renumbered == 1 ? " has" : " have") +
             " another number; every article says what it said.";
    if (changed + added + gone == 0) {
      const std::string instruments = instruments_answer();
      if (all == 0) return instruments.empty() ? "No article differs." : instruments;
      return "Every article says what it said." + (instruments.empty() ? "" : " " + instruments);
    }
    std::string parts;
    const auto add = [&](size_t n, const std::string& what) {
      if (n > 0) parts += (parts.empty() ? "" : ", ") + std::to_string(n) + " " + what;
    };
    add(changed, "changed");
    add(added, "new");
    add(gone, "gone");
    std::string out = "Of " + counted(all, "article") + ": " + parts;
    if (renumbered > 0) out += "; " + std::to_string(renumbered) + " renumbered";
    const std::string instruments = instruments_answer();
    return out + (instruments.empty() ? "." : ". " + instruments);
  }

  // "Pact is gone. Treaty and Annex are new." Of their articles nothing is counted: there is nothing to hold them against.
  std::string instruments_answer() const {
    std::vector<std::string> gone, added;
    for (const diff::InstrumentPair& p : d_.instruments) {
      if (p.before && !p.after) gone.push_back(m_[p.before].name);
      if (p.after && !p.before) added.push_back(n_[p.after].name);
    }
    std::string out;
    if (!gone.empty()) out = some_of(gone) + (gone.size() == 1 ? " is gone." : " are gone.");
    if (!added.empty())
      out += (out.empty() ? "" : " ") + some_of(added) + (added.size() == 1 ? " is new." : " are new.");
    return out;
  }

  // "ESP joins (parties, role guarantor). TUR leaves (parties, role guarantor)."
  std::string parties_answer() const {
    std::map<std::string, std::vector<std::string>> joined, left;  // by parties and roles: who
    const auto turn = [&](std::vector<std::string> diff::LineChange::*list, auto& out) {
      std::map<std::string, std::string> of;
      for (const diff::InstrumentPair& p : d_.instruments) {
        for (const diff::LineChange& l : p.life) {
          for (const std::string& name : l.*list) of[name] += (of[name].empty() ? "" : ", ") + l.what;
        }
      }
      for (const auto& [name, what] : of) out[what].push_back(name);
    };
    turn(&diff::LineChange::joined, joined);
    turn(&diff::LineChange::left, left);
    std::string out;
    for (const auto* side : {&joined, &left}) {
      for (const auto& [what, who] : *side)
        out += (out.empty() ? "" : " ") + some_of(who) + (side == &joined ? " join" : " leave") +
               (who.size() == 1 ? "s (" : " (") + what + ").";
    }
    return out;
  }

  // By those whom it concerns: "Each guarantor (9): the duty to consult is softer (deadline)." Of many, only how many.
  std::string duties_answer() const {
    struct Group {
      std::string name;
      std::vector<const diff::DutyChange*> changes;
    };
    std::vector<Group> groups;
    for (const diff::InstrumentPair& p : d_.instruments) {
      for (const diff::DutyChange& c : p.duties) {
        const std::string who = who_words(r_, c);
        auto it = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.name == who; });
        if (it == groups.end()) it = groups.insert(groups.end(), {who, {}});
        it->changes.push_back(&c);
      }
    }
    std::stable_sort(groups.begin(), groups.end(),
                     [](const Group& a, const Group& b) { return a.changes.size() > b.changes.size(); });
    std::string out;
    constexpr size_t most = 4;
    for (size_t i = 0; i < groups.size() && i < most; ++i) {
      const auto& changes = groups[i].changes;
      std::string what;
      if (changes.size() <= 3) {
        for (const diff::DutyChange* c : changes) what += (what.empty() ? "" : "; ") + one_change(*c);
      } else {
        std::map<std::pair<bool, Weight>, size_t> counts;
        for (const diff::DutyChange* c : changes) ++counts[{freedom(r_, *c), c->weight}];
        for (const auto& [key, n] : counts)
          what += (what.empty() ? "" : ", ") + counted_change(key.second, key.first, n);
      }
      out += (out.empty() ? "" : " ") + capitalised(groups[i].name) + ": " + what + ".";
    }
    if (groups.size() > most) out += " More is in the table below.";
    return out;
  }

  // "the duty not to enter is new"
  std::string one_change(const diff::DutyChange& c) const {
    const model::Model& m = c.after ? n_ : m_;
    const model::Clause& clause = m[c.after ? c.after : c.before];
    std::string act = clause.acts.empty() ? "a condition" : event_words(m, m[clause.acts.front()].event);
    if (clause.acts.size() == 2) act += " or " + event_words(m, m[clause.acts.back()].event);
    if (clause.acts.size() > 2) act += " or another of " + std::to_string(clause.acts.size());
    const std::string thing = std::string(freedom(r_, c) ? "the freedom" : "the duty") +
                              (clause.kind == model::ClauseKind::prohibition ? " not to "
                               : clause.acts.empty()                         ? " to see to "
                                                                             : " to ") +
                              act;
    std::string how;
    for (const auto& [weight, parts] : parts_by_weight(c))
      how += (how.empty() ? "" : ", ") +
             (weight == Weight::other ? "changed" : weight_words(weight, freedom(r_, c))) + " (" + parts +
             ")";
    return thing + " is " + (how.empty() ? weight_words(c.weight, freedom(r_, c)) : how);
  }

  // "2 duties less", "one new freedom"
  static std::string counted_change(Weight weight, bool freedom, size_t n) {
    const std::string thing = freedom ? (n == 1 ? "freedom" : "freedoms") : (n == 1 ? "duty" : "duties");
    const std::string number = n == 1 ? "one" : std::to_string(n);
    switch (weight) {
      case Weight::appears:
        return number + " new " + thing;
      case Weight::vanishes:
        return number + " " + thing + " less";
      case Weight::other:
        return number + " " + thing + " changed";
      default:
        return number + " " + thing + " " + weight_words(weight, freedom);
    }
  }

  std::string blocking_answer() const {
    std::string out;
    for (const diff::InstrumentPair& p : d_.instruments) {
      for (const diff::BlockingChange& c : p.blocking) {
        if (!c.before || !c.after) continue;
        std::vector<std::string> won, lost;
        std::set_difference(c.after->alone.begin(), c.after->alone.end(), c.before->alone.begin(),
                            c.before->alone.end(), std::back_inserter(won));
        std::set_difference(c.before->alone.begin(), c.before->alone.end(), c.after->alone.begin(),
                            c.after->alone.end(), std::back_inserter(lost));
        const std::string what = "“" + decided(r_, c.decision) + "”";
        if (!lost.empty())
          out += (out.empty() ? "" : " ") + some_of(lost) + " can no longer block " + what + " alone.";
        if (!won.empty())
          out += (out.empty() ? "" : " ") + some_of(won) + " can now block " + what + " alone.";
      }
    }
    return out;
  }

  std::string stories_answer() const {
    const size_t all = r_.stories.of.size();
    const auto shown =
        static_cast<size_t>(std::count_if(r_.stories.of.begin(), r_.stories.of.end(),
                                          [](const diff::ChangeStory& s) { return s.told.has_value(); }));
    if (all == 0) return {};
    if (shown == all)
      return all == 1 ? "A story shows the change of effect."
                      : "Stories show all " + std::to_string(all) + " changes of effect.";
    if (shown == 0) return "No story that was tried shows a change of effect.";
    return "Stories show " + std::to_string(shown) + " of " + std::to_string(all) + " changes.";
  }

  const DiffReport& r_;
  const diff::Difference& d_;
  const model::Model& m_;
  const model::Model& n_;
};

}  // namespace

std::string diff_answer(const DiffReport& report) { return Answer(report).answer(); }

}  // namespace casus::report
