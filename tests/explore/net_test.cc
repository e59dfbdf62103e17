// SPDX-License-Identifier: Apache-2.0
// A net and the fast engine take the same steps, on random models. What differs is shrunk, and shown as a model to try by hand.
// For hours by hand: CASUS_MODELS=5000 CASUS_FIRST_MODEL=301 takes so many, from that seed on.
#include <gtest/gtest.h>

#include <cstdlib>

#include "explore/net_walk.h"
#include "run/harness.h"
#include "run/random_model.h"

namespace casus::explore::test {
namespace {

using run::test::Part;

struct Trial {
  bool loads = false, compiled = false;
  std::string refused;
  Walked walked;
  size_t bits = 0, gates = 0;
};

Trial attempt(const std::string& text, uint64_t seed, size_t steps) {
  Trial t;
  std::string messages;
  const std::optional<model::Model> m = run::test::resolved(text, messages);
  if (!m || m->scenarios.empty()) return t;
  t.loads = true;
  run::Case c = run::test::case_of(*m);
  c.agenda_limit = 500;
  const program::Program program = program::compile(*m, c.under, c.view);
  const std::vector<MayOccur> events = events_of(*m);
  NetLimits limits;
  limits.capacity = 1 + static_cast<uint32_t>(seed % 3);
  limits.gates = 2'000'000;
  limits.work = 5'000'000;
  const Compiled compiled = compile_net(program, c, events, limits);
  if (!compiled.net) {
    t.refused = compiled.refusal.why;
    return t;
  }
  t.compiled = true;
  t.bits = compiled.net->bits.size();
  t.gates = compiled.net->circuit.size();
  t.walked = walk(program, c, events, *compiled.net, seed, steps);
  return t;
}

uint64_t from_environment(const char* name, uint64_t otherwise) {
  const char* set = std::getenv(name);
  return set ? std::strtoull(set, nullptr, 10) : otherwise;
}

void report(const Part& whole, uint64_t seed, size_t steps) {
  constexpr size_t shrinking_attempts = 3000;
  const auto differs = [&](const std::string& text) {
    return !attempt(text, seed, steps).walked.differs.empty();
  };
  const std::string text = run::test::print(run::test::shrink(whole, differs, shrinking_attempts));
  const Trial t = attempt(text, seed, steps);
  std::string course;
  for (const std::string& s : t.walked.course) course += s + "\n";
  ADD_FAILURE() << "seed " << seed << "\n" << text << "\n" << course << t.walked.differs;
}

TEST(Net, takes_the_steps_of_the_engine_on_random_models) {
  const uint64_t first = from_environment("CASUS_FIRST_MODEL", 1),
                 count = from_environment("CASUS_MODELS", 300);
  constexpr size_t steps = 60;
  size_t loads = 0, compiled = 0, walked = 0, to_the_end = 0, failures = 0;
  std::map<std::string, size_t> refusals, beyond;
  for (uint64_t seed = first; seed < first + count && failures < 3; ++seed) {
    const Part whole = run::test::random_model(seed);
    const Trial t = attempt(run::test::print(whole), seed, steps);
    loads += t.loads;
    compiled += t.compiled;
    if (!t.refused.empty()) ++refusals[t.refused];
    if (!t.walked.beyond.empty()) ++beyond[t.walked.beyond];
    walked += t.walked.steps;
    to_the_end += t.compiled && t.walked.beyond.empty();
    if (t.walked.differs.empty()) continue;
    report(whole, seed, steps);
    ++failures;
  }
  std::string told;
  for (const auto& [why, n] : refusals) told += std::to_string(n) + " refused: " + why + "\n";
  for (const auto& [why, n] : beyond) told += std::to_string(n) + " beyond: " + why + "\n";
  std::cout << loads << " load, " << compiled << " compiled, " << to_the_end << " to the end, " << walked
            << " steps\n"
            << told;
}

}  // namespace
}  // namespace casus::explore::test
