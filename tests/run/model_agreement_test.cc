// SPDX-License-Identifier: Apache-2.0
// Both engines write the same ledger on random models. What differs is shrunk, and shown as a model to try by hand.
// For hours by hand: CASUS_MODELS=20000 CASUS_FIRST_MODEL=1001 takes so many, from that seed on.
#include <algorithm>
#include <utility>

#include "base/many_models.h"
#include "base/rng.h"
#include "run/harness.h"
#include "run/model_coverage.h"
#include "run/random_model.h"
#include "syntax/tree.h"

namespace casus::run::test {
namespace {

// How the clock is moved between the occurrences: in pieces that the seed says; 0: by the occurrences alone.
using Pieces = uint64_t;

struct Trial {
  std::string messages;  // why the text does not load
  std::optional<model::Model> model;
  std::optional<SideBySide> run;
  bool same = true;  // after every step; as far as it went, where it went on for too long
};

bool step_through(const model::Model& m, Pieces pieces, SideBySide& p) {
  Rng rng(pieces);
  RunStatus status = p.reference.engine.start();
  if (status != p.engine.engine.start() || !p.agree()) return false;
  std::vector<OccurrenceNo> numbers;
  for (const model::ScenarioEvent& e : m.scenarios.front().events) {
    if (status != RunStatus::done) return true;
    const Occurrence o = occurrence_of(m, e, numbers);
    const int64_t now = p.reference.engine.now();
    if (pieces != 0 && o.at > now && rng.chance(1, 2)) {
      const int64_t to = rng.chance(1, 3)
                             ? o.at - 1
                             : now + static_cast<int64_t>(rng.below(static_cast<uint64_t>(o.at - now)));
      status = p.reference.engine.advance(to);
      if (status != p.engine.engine.advance(to) || !p.agree()) return false;
      if (status != RunStatus::done) return true;
    }
    const Stepped one = p.reference.engine.step(o), other = p.engine.engine.step(o);
    if (one.status != other.status || one.number != other.number || !p.agree()) return false;
    numbers.push_back(one.number);
    status = one.status;
  }
  if (status != RunStatus::done) return true;
  return p.reference.engine.finish() == p.engine.engine.finish() && p.agree();
}

void attempt(Trial& t, const std::string& text, Pieces pieces, size_t most_records) {
  t.model = resolved(text, t.messages);
  if (!t.model || t.model->scenarios.empty()) return;
  Case c = case_of(*t.model);
  c.agenda_limit = 500;
  t.run.emplace(*t.model, c, most_records);
  try {
    t.same = step_through(*t.model, pieces, *t.run);
  } catch (const TooLong&) {
  }
}

std::string live_text(const model::Model& m, const std::vector<LiveDuty>& live) {
  std::string out;
  for (const LiveDuty& l : live) {
    out += "live " + m[l.bearer].name + " " + m.cite(l.clause) + " #" + std::to_string(l.duty);
    out += l.state == LiveDuty::State::pending    ? " pending"
           : l.state == LiveDuty::State::breached ? " breached"
                                                  : " suspended";
    if (l.deadline != model::no_value) out += " due " + format_iso(Instant{l.deadline});
    for (const Value v : l.vars) out += v == model::no_value ? " -" : " " + std::to_string(v);
    out += "\n";
  }
  return out;
}

std::string formatted(const std::string& text) {
  Sources sources;
  Diagnostics diagnostics;
  const syntax::Tree tree = syntax::parse(sources.add("random.casus", text), sources, diagnostics);
  return syntax::format(tree, sources);
}

constexpr size_t shrinking_attempts = 20'000;

void report(const Part& whole, uint64_t seed, Pieces pieces, size_t most_records) {
  const auto differs = [&](const std::string& text) {
    Trial t;
    attempt(t, text, pieces, most_records);
    return !t.same;
  };
  if (const Pieces drawn = std::exchange(pieces, 0); !differs(print(whole))) pieces = drawn;
  const std::string text = formatted(print(shrink(whole, differs, shrinking_attempts)));
  Trial t;
  attempt(t, text, pieces, most_records);
  const model::Model& m = *t.model;
  ADD_FAILURE() << "seed " << seed << ", pieces " << pieces << "\n"
                << text << "\nreference:" << show(m, t.run->by_reference.kept)
                << live_text(m, t.run->reference.engine.live())
                << "\nengine:" << show(m, t.run->by_engine.kept) << live_text(m, t.run->engine.engine.live());
}

TEST(ModelAgreement, both_engines_write_the_same_ledger_on_random_models) {
  const auto [first, count] = casus::test::many_models(1000);
  uint64_t wrong = 0, failures = 0;
  std::string messages;
  Coverage covered = nothing_covered();
  for (uint64_t seed = first; seed < first + count && failures < 10; ++seed) {
    const Part whole = random_model(seed);
    const Pieces pieces = seed % 2 == 0 ? seed : 0;
    const size_t most_records = seed % 64 == 0 ? 2 * cascade_limit : 1500;
    Trial t;
    attempt(t, print(whole), pieces, most_records);
    if (!t.model && ++wrong <= 5) messages += t.messages;
    if (t.run) cover(covered, *t.model, t.run->by_reference.kept);
    if (t.same) continue;
    report(whole, seed, pieces, most_records);
    ++failures;
  }
  EXPECT_LE(wrong * 100, count) << "models that do not load, such as:\n" << messages;
  if (failures != 0 || count < 1000) return;  // too few to have everything
  for (const auto& [what, times] : covered) EXPECT_GE(times, 5u) << "hardly ever at work: " << what;
}

// A fault as it might be: what is late is not recorded where the duty is borne together.
bool late_is_lost(const std::string& text) {
  Trial t;
  attempt(t, text, 0, 1500);
  if (!t.run) return false;
  const Ledger& ledger = t.run->by_reference.kept;
  return std::any_of(ledger.records.begin(), ledger.records.end(), [&](const Record& r) {
    return r.kind == RecordKind::late && (*t.model)[r.clause].bearer.kind == model::BearerKind::together;
  });
}

TEST(ModelAgreement, what_differs_is_shrunk_to_little_more_than_what_it_takes) {
  size_t shrunk = 0;
  for (uint64_t seed = 1; shrunk < 2; ++seed) {
    ASSERT_LT(seed, 3000u) << "no such model";
    const Part whole = random_model(seed);
    if (!late_is_lost(print(whole))) continue;
    const std::string text = formatted(print(shrink(whole, late_is_lost, shrinking_attempts)));
    EXPECT_TRUE(late_is_lost(text));
    EXPECT_NE(text.find("together"), std::string::npos);
    EXPECT_NE(text.find("even if late"), std::string::npos);
    EXPECT_LT(std::count(text.begin(), text.end(), '\n'), 50) << text;
    EXPECT_GT(print(whole).size(), 4 * text.size()) << text;
    ++shrunk;
  }
}

TEST(ModelAgreement, the_same_seed_gives_the_same_model) {
  EXPECT_EQ(print(random_model(7)), print(random_model(7)));
}

}  // namespace
}  // namespace casus::run::test
