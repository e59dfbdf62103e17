// SPDX-License-Identifier: Apache-2.0
#include "evidence/scenario_events.h"

#include <string>
#include <vector>

#include "base/check.h"

namespace casus::evidence {

using model::ScenarioEvent;
using model::Value;

namespace {

class ScenarioReader final : public EventReader {
 public:
  ScenarioReader(const model::Scenario& scenario, const model::Model& model, Labels& labels)
      : scenario_(scenario), model_(model) {
    named_.reserve(scenario.events.size());
    for (const ScenarioEvent& e : scenario.events) {
      named_.push_back(e.label.empty() ? no_label : labels.intern(e.label));
    }
    for (const ScenarioEvent& e : scenario.events) {
      name_referred(e.event, e.args, labels);
      if (e.content) name_referred(e.content, e.content_args, labels);
    }
  }

  ReadStatus next(TimedEvent& event) override {
    if (next_ == scenario_.events.size()) return ReadStatus::end;
    const ScenarioEvent& e = scenario_.events[next_];
    event.at = e.at.at.ms;
    event.precision = e.at.precision;
    event.event = e.event;
    event.content = e.content;
    event.args = e.args;
    event.content_args = e.content_args;
    event.refs = refer(e.event, event.args);
    event.content_refs = e.content ? refer(e.content, event.content_args) : uint8_t{0};
    event.label = named_[next_];
    event.assertion = e.assertion;
    event.has_assertion = !e.assertion.asserted_by.empty() || !e.assertion.denied_by.empty() ||
                          e.assertion.known || e.assertion.source;
    event.source = e.assertion.source ? model_[e.assertion.source] : std::string();
    event.line = 0;
    event.span = e.span;
    ++next_;
    return ReadStatus::event;
  }

  const Failure& failure() const override { return no_failure_; }
  uint64_t lines() const override { return 0; }
  uint64_t rejected() const override { return 0; }
  std::string_view line_text() const override { return {}; }
  std::string_view name() const override { return {}; }

 private:
  using Args = std::array<Value, model::max_event_params>;

  template <class Visit>
  void each_reference(model::EventTypeId event, const Args& args, const Visit& visit) const {
    const auto& params = model_[event].params;
    for (size_t i = 0; i < params.size(); ++i) {
      if (params[i].type.kind != model::TypeKind::event || args[i] == model::no_value) continue;
      CASUS_CHECK(args[i] >= 0 && static_cast<size_t>(args[i]) < named_.size(),
                  "a reference in a scenario is the place of one of its events");
      visit(i, static_cast<size_t>(args[i]));
    }
  }

  void name_referred(model::EventTypeId event, const Args& args, Labels& labels) {
    each_reference(event, args, [&](size_t, size_t place) {
      if (named_[place] != no_label) return;
      std::string name = "#" + std::to_string(place + 1);
      while (labels.find(name) != no_label) name.insert(0, "#");
      named_[place] = labels.intern(name);
    });
  }

  uint8_t refer(model::EventTypeId event, Args& args) const {
    uint8_t refs = 0;
    each_reference(event, args, [&](size_t i, size_t place) {
      args[i] = named_[place];
      refs = static_cast<uint8_t>(refs | 1U << i);
    });
    return refs;
  }

  const model::Scenario& scenario_;
  const model::Model& model_;
  std::vector<LabelNo> named_;  // by place in the scenario
  size_t next_ = 0;
  Failure no_failure_;
};

}  // namespace

std::unique_ptr<EventReader> read_scenario(const model::Scenario& scenario, const model::Model& model,
                                           Labels& labels) {
  return std::make_unique<ScenarioReader>(scenario, model, labels);
}

}  // namespace casus::evidence
