// SPDX-License-Identifier: Apache-2.0
// What the fuzz targets of event files share: a text is read whole and in pieces, and both must say the same.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/check.h"
#include "evidence/merge.h"
#include "evidence/small_model.h"

namespace casus::evidence {

class Transcript final : public RejectSink {
 public:
  bool reject(std::string_view line, uint64_t number, const Diagnostic& why) override {
    text.append(std::to_string(number)).append(line).append(why.message).append(why.label).append(why.where);
    return true;
  }
  std::string text;
};

template <class Open, class OnEvent>
std::string transcribe(Open open, std::string_view bytes, size_t step, const OnEvent& on_event) {
  static const model::Model model = small_model();
  Labels labels;
  Transcript out;
  const ReadLimits limits{.max_line_bytes = 300, .max_labels = 50};
  std::vector<std::unique_ptr<EventReader>> readers;
  readers.push_back(open("f", std::make_unique<TextInput>(bytes, step), model, labels, out, limits));
  const auto reader = merge(std::move(readers), model, labels, out);
  TimedEvent event;
  ReadStatus status{};
  while ((status = reader->next(event)) == ReadStatus::event) {
    on_event(reader->line_text());
    out.text.append(std::to_string(event.at)).append(model[event.event].name).append(event.source);
    for (const model::Value value : event.args) out.text.append(std::to_string(value));
    for (const model::Value value : event.content_args)
      out.text.append(event.content ? std::to_string(value) : "");
    if (event.label != no_label) out.text.append(labels.name(event.label));
  }
  CASUS_CHECK(status == ReadStatus::end, "a text in memory is read to its end");
  return out.text;
}

// The first byte says how many bytes each read gives; mostly one, so that no line lies ahead whole and none is read by a plan.
template <class Open, class OnEvent>
void read_both_ways(Open open, const uint8_t* data, size_t size, const OnEvent& on_event) {
  if (size == 0) return;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string whole = transcribe(open, bytes, ~size_t{0}, on_event);
  const size_t step = data[0] < 128 ? 1 : data[0];
  CASUS_CHECK(transcribe(open, bytes, step, on_event) == whole, "the size of the pieces changes nothing");
}

}  // namespace casus::evidence
