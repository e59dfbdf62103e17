// SPDX-License-Identifier: Apache-2.0
// Who owed what at each occurrence: a row for each clause that hears the occurrence and each actor that it could bind, with the verdict of
// the ledger and the condition that stood in the way. For files of thousands of events under hundreds of instruments.
#pragma once

#include <functional>
#include <map>

#include "base/hash.h"
#include "replay/stream.h"

namespace casus::replay {

// `open`: nothing stands in the way but contested facts that nobody whose word counts has told.
// `unheard`: an event of a kind that norms hear, and none of an instrument in force heard it; it has a row of its own.
enum class Condition : uint8_t { met, open, not_met, unheard };
std::string_view name_of(Condition condition);

class Asking;

class Table final : public run::Sink, public StreamWatch {
 public:
  // Both must outlive this. The run of a table: stream(model, scenario, options, reader, table, &table).
  Table(const model::Model& model, const Sources& sources);
  ~Table() override;

  // Comma-separated, a header first; in order of time, then of clauses, then of actors. After the run.
  static constexpr std::string_view header =
      "event,date,member,partner,adversary,alliance,article,obligation,condition,owed,outcome,why\n";
  void write(const evidence::Labels& labels, const std::function<void(std::string_view)>& out) const;

  uint64_t unheard() const { return unheard_; }
  struct Tally {
    uint64_t rows = 0, met = 0, open = 0, not_met = 0, owed = 0, breach = 0;
  };
  const std::map<std::string, Tally>& by_obligation() const { return tallies_; }  // "Defense: shall assist"
  Tally total() const;
  // Of every event of the timeline.
  uint64_t digest() const { return events_.digest(); }

  void begins(run::Engine& engine, const program::Program& program) override;
  void stepped(const evidence::TimedEvent& event, run::OccurrenceNo number) override;
  void ends() override;
  void triggering(const run::Occurrence& occurrence, run::OccurrenceNo number) override;
  void forbidding(const run::Occurrence& occurrence, run::OccurrenceNo number) override;
  void record(std::span<const run::Record> some) override;
  void occurred(run::OccurrenceNo number, const run::Occurrence& occurrence) override;
  void fact_changed(uint32_t, const run::FactChange&) override {}

 private:
  struct Row {
    uint32_t occurrence = 0, clause = run::no_number, bearer = run::no_number;
    uint32_t partner = run::no_number, adversary = run::no_number;
    Condition condition = Condition::met;
    bool owed = false;
    run::RecordKind last = run::RecordKind::occurred;  // the last record of its duty
    uint32_t why = 0;                                  // in texts_
  };
  struct Happened {
    int64_t at = 0;
    uint32_t cause = run::no_number;
    evidence::LabelNo label = evidence::no_label;
  };

  void add_row(const run::Occurrence& o, run::OccurrenceNo n, model::ClauseId clause, model::EntityId who,
               Condition condition, const std::string& why);
  uint32_t text_number(const std::string& text);
  Row* row_of(const run::Record& r);
  void take(const run::Record& r);
  std::string obligation_words(const model::Clause& clause) const;

  const model::Model& m_;
  const Sources& sources_;
  std::unique_ptr<Asking> asking_;
  std::vector<Row> rows_;
  std::vector<Happened> happened_;                            // by occurrence
  std::vector<uint32_t> first_row_;                           // by occurrence
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> living_;  // duty, bearer → row
  std::vector<std::string> texts_;
  std::unordered_map<std::string, uint32_t> text_numbers_;
  std::map<std::string, Tally> tallies_;
  size_t rows_before_ = 0;  // when the event at hand came
  uint64_t unheard_ = 0;
  Hasher events_;
};

}  // namespace casus::replay
