// SPDX-License-Identifier: Apache-2.0
// Events from outside, as the replay takes them: one at a time, in the order of their file, in bounded memory.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/model.h"
#include "text/diagnostic.h"

namespace casus::evidence {

using LabelNo = uint32_t;  // names of events ("id" in a file, `as` in a scenario), interned by Labels
inline constexpr LabelNo no_label = 0xFFFFFFFFu;

// Names of events. Shared by all readers of one replay. intern: O(length), allocates only for a new name.
class Labels {
 public:
  Labels();
  ~Labels();
  LabelNo intern(std::string_view name);
  LabelNo find(std::string_view name) const;  // no_label when unknown
  void expect(std::string_view name) const;   // it will be asked for soon: fetches its place into the cache
  std::string_view name(LabelNo label) const;
  size_t size() const;

 private:
  struct Table;
  std::unique_ptr<Table> table_;
};

// One event, resolved against the model. An argument of an event type holds a LabelNo (its bit in `refs` is set), since only the
// replay knows the numbers of occurrences. A text that the model does not hold is model.texts.size() + its LabelNo.
struct TimedEvent {
  int64_t at = 0;
  Precision precision = Precision::second;
  model::EventTypeId event;
  model::EventTypeId content;  // of propose
  std::array<model::Value, model::max_event_params> args{};
  std::array<model::Value, model::max_event_params> content_args{};
  uint8_t refs = 0;
  uint8_t content_refs = 0;
  LabelNo label = no_label;
  bool has_assertion = false;  // else `assertion` is empty
  model::Assertion assertion;  // capacity is reused from event to event
  std::string source;          // as written; empty when none
  uint64_t line = 0;           // in its file; 0 for an event of the scenario's own text
  Span span;                   // of an event of the scenario's own text
};

// A source of bytes. Returns how many were put at `into` (at most `size`), 0 at the end.
class Input {
 public:
  virtual ~Input() = default;
  virtual Result<size_t> read(char* into, size_t size) = 0;
};

struct ReadLimits {
  size_t max_line_bytes = 1u << 20;
  uint32_t max_depth = 64;
  size_t max_labels = 50'000'000;
};

// What is done with a line that can not be read as an event.
class RejectSink {
 public:
  virtual ~RejectSink() = default;
  // `line` as in the file (cut at the limit), its number from 1, and why. Returns false to stop reading.
  virtual bool reject(std::string_view line, uint64_t number, const Diagnostic& why) = 0;
  // Called before each reject(): what the line is of.
  struct Origin {
    std::string_view file;
    std::string_view header;  // without which no line of the file can be read; empty: none is needed
    bool whole_file = false;  // no other line of it is read either
  };
  virtual void from(const Origin&) {}
};

enum class ReadStatus : uint8_t { event, end, stopped, failed };

class EventReader {
 public:
  virtual ~EventReader() = default;
  // Fills `event` with the next one. `stopped`: the reject sink said so. `failed`: the input failed, see failure().
  // Cost: O(line), no allocation once warm. Memory: one buffer of the line limit.
  virtual ReadStatus next(TimedEvent& event) = 0;
  virtual const Failure& failure() const = 0;
  virtual uint64_t lines() const = 0;  // read so far
  virtual uint64_t rejected() const = 0;
  // What the event that next() gave last was read from, cut at the line limit; empty when it is no file. Until the next next().
  virtual std::string_view line_text() const = 0;
  virtual std::string_view name() const = 0;  // of the file; empty when it is none
  virtual std::string_view header() const {
    return {};
  }  // its first line, where lines cannot be read without it
};

// NDJSON: {"at":"2022-02-25T22:00Z","event":"vote","id":"v1","args":{"by":"RUS","on":"S2022_155","as":"no"},
//          "motion":{"event":"condemn","args":{…}},"asserted_by":["UKR"],"denied_by":["RUS"],"known":"…","source":"…"}
// In both, a line that begins with `#` is a comment, and a blank line is nothing.
// CSV: header on line 1, or after comments: at,event,id,asserted_by,denied_by,known,source and one column a parameter label (arg columns may be prefixed `arg.`);
// lists are separated by `;` inside a field; RFC 4180 quoting; other columns are an error of the header with did-you-mean.
std::unique_ptr<EventReader> read_ndjson(std::string name, std::unique_ptr<Input> input,
                                         const model::Model& model, Labels& labels, RejectSink& rejects,
                                         const ReadLimits& limits = {});
std::unique_ptr<EventReader> read_csv(std::string name, std::unique_ptr<Input> input,
                                      const model::Model& model, Labels& labels, RejectSink& rejects,
                                      const ReadLimits& limits = {});

}  // namespace casus::evidence
