// SPDX-License-Identifier: Apache-2.0
#include "replay/stream.h"

#include "replay/references.h"

namespace casus::replay {

Result<StreamResult> stream(const model::Model& model, model::ScenarioId id, const Options& options,
                            evidence::EventReader& reader, run::Sink& sink, StreamWatch* watch) {
  const model::Scenario& scenario = model[id];
  StreamResult out;
  run::Case kase;
  kase.view = options.view.value_or(scenario.view);
  kase.agenda_limit = options.agenda_limit;
  kase.under = options.under.value_or(scenario.under);
  kase.givens = evidence::sift(model, &scenario, kase.view, options.known_at).accepted;
  const program::Program program = program::compile(model, kase.under, kase.view);

  evidence::TimedEvent event;
  evidence::ReadStatus status = reader.next(event);
  kase.from =
      scenario.from ? scenario.from->at : Instant{status == evidence::ReadStatus::event ? event.at : 0};
  run::Engine engine(program, kase, sink);
  if (watch != nullptr) {
    watch->begins(engine, program);
    engine.look_on(*watch);
  }
  run::RunStatus ran = engine.start();
  References references;
  run::Occurrence o;
  int64_t last = kase.from.ms;
  const int64_t until = (options.until    ? *options.until
                         : scenario.until ? last_of(*scenario.until)
                                          : Instant::far_future())
                            .ms;
  for (; status == evidence::ReadStatus::event && ran == run::RunStatus::done; status = reader.next(event)) {
    if (event.at < kase.from.ms || event.at > until) {
      ++out.outside;
      continue;
    }
    const evidence::Acceptance accepted =
        event.has_assertion ? evidence::accept(event.assertion, model, kase.view, options.known_at)
                            : evidence::Acceptance::accepted;
    if (accepted != evidence::Acceptance::accepted) {
      ++(accepted == evidence::Acceptance::undecided ? out.undecided : out.refused);
      continue;
    }
    o.at = event.at;
    o.event = event.event;
    o.content = event.content;
    o.args = event.args;
    o.content_args = event.content_args;
    if (event.refs != 0) references.resolve(o.args, event.refs);
    if (event.content_refs != 0) references.resolve(o.content_args, event.content_refs);
    const run::Stepped stepped = engine.step(o);
    ran = stepped.status;
    if (watch != nullptr) watch->stepped(event, stepped.number);
    ++out.taken;
    last = event.at;
    if (event.label != evidence::no_label) references.set(event.label, stepped.number);
  }
  if (status == evidence::ReadStatus::failed) return reader.failure();
  if (ran == run::RunStatus::done) {
    ran = engine.advance(until == Instant::far_future().ms ? last : std::max(last, until));
  }
  engine.flush();
  if (watch != nullptr) watch->ends();
  out.stop = stop_of(engine, ran);
  out.live = engine.live();
  out.lines = reader.lines();
  out.rejected = reader.rejected();
  return out;
}

}  // namespace casus::replay
