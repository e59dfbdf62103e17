// SPDX-License-Identifier: Apache-2.0
// From an event as a file writes it, in text, to an event of the model: what NDJSON and CSV have in common.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "evidence/events.h"
#include "evidence/name_table.h"
#include "evidence/words.h"

namespace casus::evidence {

// A value as written. In CSV every value is a text; a text stands for a number where the type asks for one.
struct RawValue {
  enum class Form : uint8_t { none, text, number, truth };
  Form form = Form::none;
  std::string_view text;
};
// What short texts came to as values of one parameter: files mostly say the same few names over and over. A text comes
// to the same whenever it is read, so that nothing is forgotten but to make room.
class SeenValues {
 public:
  static constexpr size_t longest = 16;
  struct Key {
    uint64_t first = 0;
    uint64_t last = 0;
    size_t size = 0;  // of no text that is kept
    bool operator==(const Key&) const = default;
  };
  struct Entry {
    Key key;
    model::Value value = model::no_value;
  };
  // A word behind the text can be read.
  static Key key_of(std::string_view text) {
    const uint64_t word = word_at(text.data());
    if (text.size() <= word_size) return {word << 8 * (word_size - text.size()), 0, text.size()};
    return {word, word_at(text.data() + text.size() - word_size), text.size()};
  }
  // Where it is kept, or is to be kept in place of another.
  Entry& place_of(const Key& key) {
    return entries_[((key.first ^ key.last ^ key.size) * golden64) >> (64 - bits)];
  }

 private:
  static constexpr int bits = 6;
  std::array<Entry, size_t{1} << bits> entries_;
};
struct RawArg {
  static constexpr uint8_t unknown = 255;
  std::string_view label;
  RawValue value;
  uint8_t param = unknown;     // which parameter of the event the label is, once that was looked up
  SeenValues* seen = nullptr;  // when there, a word can be read behind the value
};
// Views into the line. Lists keep their memory from line to line.
struct RawEvent {
  RawValue at, event, id, known, source, motion_event;
  model::EventTypeId type, motion_type;  // which `event` and `motion_event` are, once that was looked up
  bool has_motion = false;
  bool has_assertion = false;
  std::vector<RawArg> args, motion_args;
  std::vector<RawValue> asserted_by, denied_by;

  void clear();
};

// Instants of a file mostly lie on the same day as the one before: its date is not worked out again.
class InstantReader {
 public:
  // As parse_instant().
  bool read(std::string_view text, WrittenInstant& out);

 private:
  std::array<char, 10> date_{'1', '9', '7', '0', '-', '0', '1', '-', '0', '1'};
  int64_t date_ms_ = 0;
};

// Names to places in a table of the model.
class NameIndex {
 public:
  void add(std::string_view name, size_t place) {
    const uint32_t number = names_.intern(name, [](std::string_view same) { return same; });
    if (number == places_.size()) places_.push_back(static_cast<uint32_t>(place));
  }
  uint32_t find(std::string_view name) const {
    const uint32_t number = names_.find(name);
    return number == NameTable::none ? number : places_[number];
  }

 private:
  NameTable names_;
  std::vector<uint32_t> places_;
};

class FieldReader {
 public:
  FieldReader(const model::Model& model, Labels& labels, const ReadLimits& limits);

  // Fills all of `event` but `line` and `span`. false: `why` says what is wrong (its place is for the caller).
  // Cost: O(size of the event); no allocation once warm, but for new names. Names that an event mentions are
  // entered among the labels; whether they are given to an event is for the merger to see.
  bool resolve(RawEvent& raw, TimedEvent& event, Diagnostic& why);
  // What will be the event's name: looking it up is a walk through memory, which can be under way meanwhile.
  void expect(std::string_view name) const { labels_.expect(name); }

 private:
  using Args = std::array<model::Value, model::max_event_params>;
  struct Place {  // for messages
    const model::EventType* event = nullptr;
    const model::Param* param = nullptr;
  };

  bool resolve_event(const RawValue& name, model::EventTypeId& id, Diagnostic& why) const;
  bool resolve_args(model::EventTypeId id, std::vector<RawArg>& raw, Args& args, uint8_t& refs,
                    Diagnostic& why);
  bool resolve_motion(RawEvent& raw, TimedEvent& event, Diagnostic& why);
  bool resolve_assertion(const RawEvent& raw, TimedEvent& event, Diagnostic& why);
  bool resolve_actors(std::string_view key, const std::vector<RawValue>& raw,
                      std::vector<model::EntityId>& out, Diagnostic& why) const;
  bool resolve_arg(const Place& place, const RawArg& arg, model::Value& value, Diagnostic& why);
  bool resolve_value(const Place& place, const RawValue& raw, model::Value& value, Diagnostic& why);
  bool resolve_entity(const Place& place, const RawValue& raw, model::Value& value, Diagnostic& why) const;
  bool resolve_quantity(const Place& place, const RawValue& raw, model::Value& value, Diagnostic& why) const;
  bool resolve_category(const Place& place, const RawValue& raw, model::Value& value, Diagnostic& why) const;
  bool intern(std::string_view name, LabelNo& label, Diagnostic& why);
  std::string nearest_entity(std::string_view name, model::KindId kind) const;

  const model::Model& model_;
  Labels& labels_;
  size_t max_labels_;
  NameIndex events_, entities_, texts_;
  InstantReader instants_;
};

// `text` in backquotes, made printable and cut to what a message can hold.
std::string quoted(std::string_view text);
// "did you mean `x`?", or nothing when `name` is empty.
std::string did_you_mean(std::string_view name);

}  // namespace casus::evidence
