// SPDX-License-Identifier: Apache-2.0
// Any bytes as data files: the first byte says which import, the others are its files, split at 0x1E. No crash, no hang; the models that
// come out can be read; and all is the same for every size of pieces.
#include <string>
#include <vector>

#include "base/check.h"
#include "evidence/text_input.h"
#include "imports/atop.h"
#include "imports/cow.h"
#include "imports/dyads.h"

namespace casus::imports {
namespace {

class Transcript final : public evidence::RejectSink {
 public:
  bool reject(std::string_view line, uint64_t number, const Diagnostic& why) override {
    text.append(std::to_string(number)).append(line).append(why.message).append(why.label).append(why.where);
    return true;
  }
  std::string text;
};

class Run {
 public:
  Run(std::string_view bytes, size_t step) : step_(step) {
    for (size_t from = 0; from <= bytes.size();) {
      const size_t to = std::min(bytes.find('\x1E', from), bytes.size());
      files_.push_back(bytes.substr(from, to - from));
      from = to + 1;
    }
  }

  std::string all(unsigned which) {
    std::optional<Failure> failure;
    if (which == 0) {
      const States states = read_states(file(2), report_, out_, failure);
      const Atop atop = read_atop(file(0), file(1), report_, out_, failure);
      keep(atop_model(atop, states, report_));
      keep(atop_scenario(atop));
    } else if (which == 1) {
      const States states = read_states(file(0), report_, out_, failure);
      keep(states_model(states, read_majors(file(5), report_, out_, failure), report_));
      keep(capabilities_model(file(4), states, report_, out_));
      const Conflicts disputes = read_disputes(file(1), file(2), states, report_, out_, failure);
      const Conflicts wars = read_wars(file(3), disputes, states, report_, out_, failure);
      out_.text += events_ndjson({&disputes, &wars}, report_);
    } else {
      Comparison c;
      compare_pair_years(read_pair_years(file(0), report_, out_, failure),
                         read_pair_years(file(1), report_, out_, failure), {}, c, &out_.text);
    }
    if (failure) out_.text += failure->what;
    for (size_t i = 0; i < trap_count; ++i) {
      const Met& met = report_.of(static_cast<Trap>(i));
      out_.text += std::to_string(met.count);
      for (const std::string& place : met.first) out_.text += place;
    }
    for (const ReadFile& f : report_.files) out_.text += f.hash;
    return std::move(out_.text);
  }

 private:
  DataFile file(size_t i) {
    return {"f" + std::to_string(i), std::make_unique<evidence::TextInput>(
                                         i < files_.size() ? files_[i] : std::string_view(""), step_)};
  }
  void keep(const Result<std::string>& text) { out_.text += text ? text.value() : text.failure().what; }

  size_t step_;
  std::vector<std::string_view> files_;
  Report report_;
  Transcript out_;
};

}  // namespace
}  // namespace casus::imports

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const unsigned which = data[0] % 3u;
  const std::string whole = casus::imports::Run(bytes, ~size_t{0}).all(which);
  CASUS_CHECK(whole == casus::imports::Run(bytes, 1 + data[0] / 3u).all(which),
              "the pieces in which a file is read do not matter");
  return 0;
}
