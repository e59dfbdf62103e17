// SPDX-License-Identifier: Apache-2.0
// Reads a text to its end and writes what came of it, a line each: events, and what was rejected.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "evidence/events.h"
#include "small_model.h"

namespace casus::evidence {

struct Reject {
  std::string line;
  uint64_t number = 0;
  Diagnostic why;
};

class Rejects final : public RejectSink {
 public:
  explicit Rejects(size_t most = ~size_t{0}) : most_(most) {}
  bool reject(std::string_view line, uint64_t number, const Diagnostic& why) override {
    all.push_back({std::string(line), number, why});
    return all.size() < most_;
  }
  void from(const Origin& origin) override {
    origins.push_back(std::string(origin.file) + '|' + std::string(origin.header) +
                      (origin.whole_file ? "|all" : ""));
  }
  std::vector<Reject> all;
  std::vector<std::string> origins;  // of each

 private:
  size_t most_;
};

inline std::string show_value(model::Value value, const model::Param& param, const model::Model& m,
                              const Labels& labels) {
  const bool own_text =
      param.type.kind == model::TypeKind::text && value >= static_cast<model::Value>(m.texts.size());
  if (own_text)
    return "'" +
           std::string(labels.name(static_cast<LabelNo>(value) - static_cast<LabelNo>(m.texts.size()))) + "'";
  if (param.type.kind == model::TypeKind::event)
    return "@" + std::string(labels.name(static_cast<LabelNo>(value)));
  return m.show(value, param.type);
}

inline std::string show_act(model::EventTypeId type,
                            const std::array<model::Value, model::max_event_params>& args, unsigned refs,
                            const model::Model& m, const Labels& labels) {
  std::string out = m[type].name + "(";
  for (size_t i = 0; i < m[type].params.size(); ++i) {
    const model::Param& param = m[type].params[i];
    EXPECT_EQ((refs >> i & 1U) != 0, param.type.kind == model::TypeKind::event && args[i] != model::no_value);
    if (args[i] == model::no_value) continue;
    out += (out.back() == '(' ? "" : " ") + param.label + ":" + show_value(args[i], param, m, labels);
  }
  return out + ")";
}

// "2022-02-25T22:00Z vote(by:RUS on:@m as:no) id=v1 +UKR -RUS known=… source=… line 1"
inline std::string show(const TimedEvent& e, const model::Model& m, const Labels& labels) {
  std::string out =
      format_iso(Instant{e.at}, e.precision) + " " + show_act(e.event, e.args, e.refs, m, labels);
  if (e.content) out += " motion " + show_act(e.content, e.content_args, e.content_refs, m, labels);
  if (e.label != no_label) out += " id=" + std::string(labels.name(e.label));
  for (const model::EntityId who : e.assertion.asserted_by) out += " +" + m[who].name;
  for (const model::EntityId who : e.assertion.denied_by) out += " -" + m[who].name;
  if (e.assertion.known) out += " known=" + format_iso(*e.assertion.known);
  if (!e.source.empty()) out += " source=" + e.source;
  return out + " line " + std::to_string(e.line);
}

struct Reading {
  std::vector<std::string> events;
  std::vector<Reject> rejects;
  ReadStatus status = ReadStatus::event;
  uint64_t lines = 0;

  // Everything in one text, for comparing two readings.
  std::string all() const {
    std::string out;
    for (const auto& e : events) out += e + "\n";
    for (const auto& r : rejects) {
      out += std::to_string(r.number) + " [" + r.line + "] " + r.why.message + " | " + r.why.label + " | " +
             r.why.where + "\n";
    }
    return out;
  }
};

inline Reading drain(EventReader& reader, Rejects& rejects, const model::Model& m, const Labels& labels) {
  Reading out;
  TimedEvent event;
  while ((out.status = reader.next(event)) == ReadStatus::event) out.events.push_back(show(event, m, labels));
  EXPECT_EQ(reader.next(event), out.status) << "the end is no end";
  out.rejects = rejects.all;
  out.lines = reader.lines();
  EXPECT_EQ(reader.rejected(), out.rejects.size());
  return out;
}

using Open = decltype(&read_ndjson);

inline Reading read_all(Open open, std::string_view text, size_t step = ~size_t{0},
                        const ReadLimits& limits = {}) {
  const model::Model m = small_model();
  Labels labels;
  Rejects rejects;
  const auto reader = open("events.x", std::make_unique<TextInput>(text, step), m, labels, rejects, limits);
  return drain(*reader, rejects, m, labels);
}

// The only thing that `text` gives is one reject, of this kind and with this message.
inline Diagnostic only_reject(Open open, std::string_view text, Diag kind, std::string_view message,
                              const ReadLimits& limits = {}) {
  const Reading r = read_all(open, text, ~size_t{0}, limits);
  EXPECT_TRUE(r.events.empty()) << r.all();
  EXPECT_EQ(r.rejects.size(), 1U) << r.all();
  if (r.rejects.size() != 1) return {};
  EXPECT_EQ(r.rejects[0].why.kind, kind) << r.all();
  EXPECT_EQ(r.rejects[0].why.message, message);
  return r.rejects[0].why;
}

}  // namespace casus::evidence
