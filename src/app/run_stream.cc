// SPDX-License-Identifier: Apache-2.0
// casus run --stream: files of millions of events in one pass; what is kept is what is live, and a count of what the ledger would say.
#include <array>
#include <map>

#include "app/session.h"
#include "replay/stream.h"
#include "report/layout.h"
#include "report/phrases.h"

namespace casus::app {

namespace {

// Verdicts by article.
class Tally final : public run::Sink {
 public:
  struct Count {
    uint64_t born = 0, kept = 0, breached = 0, other = 0;
  };
  explicit Tally(size_t clauses) : counts(clauses) {}
  std::vector<Count> counts;
  uint64_t records = 0, void_acts = 0, adopted = 0, rejected = 0;

  void record(std::span<const run::Record> some) override {
    for (const run::Record& r : some) count(r);
  }
  void occurred(run::OccurrenceNo, const run::Occurrence&) override {}
  void fact_changed(uint32_t, const run::FactChange&) override {}

 private:
  void count(const run::Record& r) {
    ++records;
    void_acts += r.kind == run::RecordKind::void_act;
    adopted += r.kind == run::RecordKind::adopted;
    rejected += r.kind == run::RecordKind::rejected;
    if (!r.clause) return;
    Count& c = counts[r.clause.index()];
    switch (r.kind) {
      case run::RecordKind::born:
        ++c.born;
        break;
      case run::RecordKind::fulfilled:
      case run::RecordKind::late:
        ++c.kept;
        break;
      case run::RecordKind::breach:
        ++c.breached;
        break;
      case run::RecordKind::released:
      case run::RecordKind::lapsed:
      case run::RecordKind::unperformed:
        ++c.other;
        break;
      default:
        break;
    }
  }
};

std::string told(const Session& s, model::ScenarioId id, const replay::StreamResult& r, const Tally& tally) {
  const model::Model& m = s.model();
  report::Page page(s.screen.width, s.screen.colour);
  page.line("", m[id].title, report::Ink::bold);
  page.line("", std::to_string(r.taken) + " events taken of " + std::to_string(r.lines) + " lines · " +
                    std::to_string(r.undecided) + " undecided · " + std::to_string(r.refused) +
                    " not accepted · " + std::to_string(r.outside) + " outside the period · " +
                    std::to_string(r.rejected) + " not readable");
  page.blank();
  std::vector<std::vector<std::string>> rows;
  for (size_t i = 0; i < tally.counts.size(); ++i) {
    const Tally::Count& c = tally.counts[i];
    if (c.born + c.kept + c.breached + c.other == 0) continue;
    const model::ClauseId clause(i);
    if (m[clause].kind == model::ClauseKind::consequence) continue;
    rows.push_back({m.cite(clause), report::act_words(m, clause), std::to_string(c.born),
                    std::to_string(c.kept), std::to_string(c.breached), std::to_string(c.other)});
  }
  page.table({"BASIS", "WHAT", "AROSE", "KEPT", "BREACH", "ENDED OTHERWISE"}, rows, {});
  page.blank();
  page.line("", std::to_string(tally.records) + " records · " + std::to_string(tally.void_acts) +
                    " void acts · " + std::to_string(tally.adopted) + " motions adopted, " +
                    std::to_string(tally.rejected) + " not · " + std::to_string(r.live.size()) +
                    " duties live at the end");
  return page.take();
}

}  // namespace

std::optional<std::string> run_stream(Session& s, model::ScenarioId id, replay::Options options) {
  const model::Model* const text = s.text_of(id, options);
  if (!text) return std::nullopt;
  const auto fail = [&s](const Failure& f) { return s.fail(f), std::nullopt; };
  auto opened =
      replay::open_events(*text, id, options, *s.event_files(id), s.event_names(), s.reject_sink(id));
  if (!opened) return fail(opened.failure());
  Tally tally(s.model().clauses.size());
  auto r = replay::stream(*text, id, options, *opened.value().reader, tally);
  if (!r) return fail(r.failure());
  if (!s.events_read() || !s.whole(r.value().stop)) return std::nullopt;
  return told(s, id, r.value(), tally);
}

}  // namespace casus::app
