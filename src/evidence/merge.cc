// SPDX-License-Identifier: Apache-2.0
#include "evidence/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "evidence/fields.h"

namespace casus::evidence {
namespace {

class Merger final : public EventReader {
 public:
  Merger(std::vector<std::unique_ptr<EventReader>> readers, const model::Model& model, const Labels& labels,
         RejectSink& rejects)
      : model_(model), labels_(labels), rejects_(rejects) {
    for (auto& reader : readers) sources_.push_back({.reader = std::move(reader)});
  }

  ReadStatus next(TimedEvent& event) override {
    while (ended_ == ReadStatus::event) {
      Source* first = nullptr;
      if (sources_.size() == 1) {
        first = sources_.data();
        read(*first, event);
      } else {
        first = earliest();
        if (first != nullptr) std::swap(event, first->event);
      }
      if (ended_ != ReadStatus::event) break;
      if (first == nullptr || first->state == Source::State::over) {
        ended_ = ReadStatus::end;
        break;
      }
      first->state = Source::State::empty;
      last_ = first->reader.get();
      if (admit(event)) return ReadStatus::event;
    }
    return ended_;
  }

  const Failure& failure() const override { return failed_ != nullptr ? failed_->failure() : no_failure_; }
  uint64_t lines() const override { return sum(&EventReader::lines); }
  uint64_t rejected() const override { return rejected_ + sum(&EventReader::rejected); }
  std::string_view line_text() const override {
    return last_ != nullptr ? last_->line_text() : std::string_view();
  }
  std::string_view name() const override { return last_ != nullptr ? last_->name() : std::string_view(); }
  std::string_view header() const override { return last_ != nullptr ? last_->header() : std::string_view(); }

 private:
  struct Source {
    enum class State : uint8_t { empty, ready, over };
    std::unique_ptr<EventReader> reader;
    State state = State::empty;
    int64_t latest = std::numeric_limits<int64_t>::min();
    TimedEvent event{};  // when ready
  };
  static constexpr uint32_t not_given = 0xFFFFFFFFu;

  uint64_t sum(uint64_t (EventReader::*count)() const) const {
    return std::accumulate(
        sources_.begin(), sources_.end(), uint64_t{0},
        [count](uint64_t total, const Source& s) { return total + (s.reader.get()->*count)(); });
  }

  Source* earliest();
  void read(Source& source, TimedEvent& event);
  bool admit(const TimedEvent& event);
  bool refer(model::EventTypeId type, const std::array<model::Value, model::max_event_params>& args,
             uint8_t refs, const TimedEvent& event);
  bool reject(const TimedEvent& event, Diag kind, std::string message, std::string label = {});
  std::string nearest_given(std::string_view name) const;

  const model::Model& model_;
  const Labels& labels_;
  RejectSink& rejects_;
  std::vector<Source> sources_;
  std::vector<uint32_t> given_;        // by label: the type of the event that has it
  const EventReader* last_ = nullptr;  // whose event was given last
  const EventReader* failed_ = nullptr;
  ReadStatus ended_ = ReadStatus::event;  // once it is something else, it stays so
  uint64_t rejected_ = 0;
  Failure no_failure_;
};

// The source whose event is next; none when all are over, or ended_ was set.
Merger::Source* Merger::earliest() {
  Source* first = nullptr;
  for (Source& source : sources_) {
    if (source.state == Source::State::empty) read(source, source.event);
    if (ended_ != ReadStatus::event) return nullptr;
    if (source.state != Source::State::ready) continue;
    if (first == nullptr || source.event.at < first->event.at) first = &source;
  }
  return first;
}

void Merger::read(Source& source, TimedEvent& event) {
  while (source.state != Source::State::over) {
    const ReadStatus status = source.reader->next(event);
    if (status == ReadStatus::end) {
      source.state = Source::State::over;
    } else if (status != ReadStatus::event) {
      failed_ = source.reader.get();
      ended_ = status;
      return;
    } else if (event.at >= source.latest) {
      source.latest = event.at;
      source.state = Source::State::ready;
      return;
    } else {
      last_ = source.reader.get();
      const bool go_on =
          reject(event, Diag::event_out_of_order,
                 fmt::format("the event at {} stands after one at {}", format_iso(Instant{event.at}),
                             format_iso(Instant{source.latest})),
                 last_->name().empty() ? "put the events in order of time"
                                       : "sort the file by `at`, or have it sorted with --sort");
      if (!go_on) return;
    }
  }
}

bool Merger::reject(const TimedEvent& event, Diag kind, std::string message, std::string label) {
  ++rejected_;
  Diagnostic why{.kind = kind, .span = event.span, .message = std::move(message), .label = std::move(label)};
  if (!last_->name().empty()) why.where = fmt::format("{}, line {}", last_->name(), event.line);
  rejects_.from({.file = last_->name(), .header = last_->header()});
  const bool go_on = rejects_.reject(last_->line_text(), event.line, why);
  if (!go_on) ended_ = ReadStatus::stopped;
  return go_on;
}

// Of few names only: a message is not worth a search through millions.
std::string Merger::nearest_given(std::string_view name) const {
  std::vector<std::string_view> known;
  for (LabelNo label = 0; label < given_.size() && given_.size() <= 1000; ++label) {
    if (given_[label] != not_given) known.push_back(labels_.name(label));
  }
  return nearest_name(name, known);
}

bool Merger::refer(model::EventTypeId type, const std::array<model::Value, model::max_event_params>& args,
                   uint8_t refs, const TimedEvent& event) {
  for (size_t i = 0; refs >> i != 0; ++i) {
    if ((refs >> i & 1) == 0) continue;
    const auto label = static_cast<LabelNo>(args[i]);
    const model::Param& param = model_[type].params[i];
    const uint32_t is = label < given_.size() ? given_[label] : not_given;
    const std::string_view name = labels_.name(label);
    if (is == not_given) {
      reject(event, Diag::event_unknown_reference,
             fmt::format("`{}` of `{}` refers to {}, and no event before has that name", param.label,
                         model_[type].name, quoted(name)),
             did_you_mean(nearest_given(name)));
      return false;
    }
    if (param.type.id == Id<void>::none_value || param.type.id == is) continue;
    reject(event, Diag::event_wrong_reference,
           fmt::format("`{}` of `{}` refers to an event `{}`, and {} is an event `{}`", param.label,
                       model_[type].name, model_[model::EventTypeId(param.type.id)].name, quoted(name),
                       model_[model::EventTypeId(is)].name));
    return false;
  }
  return true;
}

bool Merger::admit(const TimedEvent& event) {
  if (event.refs != 0 && !refer(event.event, event.args, event.refs, event)) return false;
  if (event.content_refs != 0 && !refer(event.content, event.content_args, event.content_refs, event))
    return false;
  if (event.label == no_label) return true;
  if (event.label >= given_.size()) given_.resize(std::max(given_.size() * 2, labels_.size()), not_given);
  uint32_t& is = given_[event.label];
  if (is != not_given) {
    reject(event, Diag::event_duplicate_id,
           fmt::format("an event before is called {} already", quoted(labels_.name(event.label))),
           "give each event a name of its own");
    return false;
  }
  is = event.event.value;
  return true;
}

class Sorter final : public EventReader {
  static constexpr size_t most = std::numeric_limits<uint32_t>::max();

 public:
  Sorter(std::unique_ptr<EventReader> reader, size_t max_events)
      : reader_(std::move(reader)), limit_(std::min(max_events, most)) {}

  ReadStatus next(TimedEvent& event) override {
    if (status_ == ReadStatus::event && !loaded_) load();
    if (status_ != ReadStatus::event) return status_;
    if (next_ == order_.size()) return ReadStatus::end;
    present_ = order_[next_++];
    event = std::move(events_[present_]);
    return ReadStatus::event;
  }

  const Failure& failure() const override { return too_many_ ? failure_ : reader_->failure(); }
  uint64_t lines() const override { return reader_->lines(); }
  uint64_t rejected() const override { return reader_->rejected(); }
  std::string_view line_text() const override {
    const size_t end = present_ + 1 < text_from_.size() ? text_from_[present_ + 1] : texts_.size();
    return present_ < text_from_.size()
               ? std::string_view(texts_).substr(text_from_[present_], end - text_from_[present_])
               : std::string_view();
  }
  std::string_view name() const override { return reader_->name(); }
  std::string_view header() const override { return reader_->header(); }

 private:
  void load() {
    loaded_ = true;
    TimedEvent event;
    while ((status_ = reader_->next(event)) == ReadStatus::event) {
      if (events_.size() == limit_) {
        too_many_ = true;
        status_ = ReadStatus::failed;
        failure_ = {fmt::format("{} holds more than the {} events that are sorted in memory", reader_->name(),
                                limit_),
                    "sort the file by `at` before it is read"};
        return;
      }
      text_from_.push_back(texts_.size());
      // Only an event that has a name or refers to one can be found wrong later.
      if (event.label != no_label || event.refs != 0 || event.content_refs != 0)
        texts_ += reader_->line_text();
      events_.push_back(std::move(event));
    }
    if (status_ != ReadStatus::end) return;
    status_ = ReadStatus::event;
    order_.resize(events_.size());
    std::iota(order_.begin(), order_.end(), uint32_t{0});
    std::stable_sort(order_.begin(), order_.end(),
                     [this](uint32_t a, uint32_t b) { return events_[a].at < events_[b].at; });
  }

  std::unique_ptr<EventReader> reader_;
  size_t limit_;
  std::vector<TimedEvent> events_;
  std::vector<uint32_t> order_;  // places in events_
  std::string texts_;            // of their lines, one after the other
  std::vector<size_t> text_from_;
  size_t present_ = 0;
  size_t next_ = 0;
  bool loaded_ = false;
  bool too_many_ = false;
  ReadStatus status_ = ReadStatus::event;
  Failure failure_;
};

}  // namespace

std::unique_ptr<EventReader> merge(std::vector<std::unique_ptr<EventReader>> readers,
                                   const model::Model& model, const Labels& labels, RejectSink& rejects) {
  return std::make_unique<Merger>(std::move(readers), model, labels, rejects);
}

std::unique_ptr<EventReader> sorted(std::unique_ptr<EventReader> reader, size_t max_events) {
  return std::make_unique<Sorter>(std::move(reader), max_events);
}

}  // namespace casus::evidence
