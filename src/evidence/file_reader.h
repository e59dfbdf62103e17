// SPDX-License-Identifier: Apache-2.0
// What readers of event files have in common: lines, rejected lines, how the reading ends.
#pragma once

#include <memory>
#include <string>

#include "evidence/events.h"
#include "evidence/fields.h"
#include "evidence/line_reader.h"

namespace casus::evidence {

class FileReader : public EventReader {
 public:
  FileReader(std::string name, std::unique_ptr<Input> input, const model::Model& model, Labels& labels,
             RejectSink& rejects, const ReadLimits& limits);

  ReadStatus next(TimedEvent& event) override;
  const Failure& failure() const final { return lines_.failure(); }
  uint64_t lines() const final { return lines_.number(); }
  uint64_t rejected() const final { return rejected_; }
  std::string_view line_text() const final { return lines_.text(); }
  std::string_view name() const final { return name_; }

 protected:
  enum class Step : uint8_t { event, nothing, wrong, all_wrong, failed };
  // The present line, which is neither too long nor blank nor a comment, into raw_. `wrong`: why_ says what; `all_wrong`:
  // and no line after it can be read either. `nothing`: it is no event, and that is in order.
  virtual Step read_line() = 0;

  // The event of the present line, which `raw` says. false: it was rejected.
  bool resolve(RawEvent& raw, TimedEvent& event);
  bool stopped() const { return stopped_; }

  // Sets why_; false.
  bool wrong(Diag kind, std::string message, std::string label = {});
  // Puts "line 3, column 12" on why_: the place is a byte of the present line.
  void at_byte(size_t offset);

  LineReader lines_;
  FieldReader fields_;
  RawEvent raw_;
  Diagnostic why_;
  const model::Model& model_;

 private:
  bool reject(bool whole_file = false);  // with why_; false: stop

  std::string name_;
  size_t limit_;
  RejectSink& rejects_;
  uint64_t rejected_ = 0;
  bool stopped_ = false;
  bool over_ = false;  // though the file goes on
};

}  // namespace casus::evidence
