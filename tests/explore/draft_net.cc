// SPDX-License-Identifier: Apache-2.0
#include "explore/draft_net.h"

namespace casus::explore::test {

std::unique_ptr<DraftNet> draft_net(uint64_t seed,
                                    std::vector<model::Property> (*ask)(const model::Model&, uint64_t),
                                    int64_t gap) {
  std::string messages;
  auto m = resolved(random_draft(seed, draft_seconds, seed % 2 != 0).text(), messages);
  if (!m) return nullptr;
  auto out = std::make_unique<DraftNet>();
  out->model = std::move(*m);
  Problem& p = out->problem;
  p = draft_problem(out->model, seed, ask(out->model, seed));
  p.gap = gap;
  const auto ground = Ground::make(p);
  if (!ground) return nullptr;
  out->net = net_problem(*ground.value(), {.capacity = 2}).problem;
  return out->net ? std::move(out) : nullptr;
}

model::Property possible(model::Verdict verdict, EntityId bearer, bool at_the_end) {
  model::Property out;
  out.mode = model::PropertyMode::possible;
  out.at_the_end = at_the_end;
  out.verdict.emplace().verdict = verdict;
  out.verdict->bearer = bearer;
  return out;
}

}  // namespace casus::explore::test
