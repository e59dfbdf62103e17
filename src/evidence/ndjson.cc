// SPDX-License-Identifier: Apache-2.0
// One JSON object a line, of few keys and one known shape. Keys may come in any order: values are kept as written
// until the line is over, and only then read as what the event's parameters ask for.
#include <fmt/format.h>

#include <cstring>
#include <utility>

#include "base/unicode.h"
#include "evidence/file_reader.h"
#include "evidence/json_line.h"
#include "evidence/line_plan.h"

namespace casus::evidence {
namespace {

using Form = RawValue::Form;

class NdjsonReader final : public FileReader {
 public:
  NdjsonReader(std::string name, std::unique_ptr<Input> input, const model::Model& model, Labels& labels,
               RejectSink& rejects, const ReadLimits& limits)
      : FileReader(std::move(name), std::move(input), model, labels, rejects, limits),
        json_(limits.max_depth) {}

  ReadStatus next(TimedEvent& event) override;

 private:
  Step read_line() override { return read_event() ? Step::event : Step::wrong; }

  void expect_next_id(const RawValue& id) const;
  bool read_event();
  bool read_field(std::string_view key);
  bool read_motion();
  bool read_args(std::string_view key, std::vector<RawArg>& args);
  bool read_actors(std::string_view key, std::vector<RawValue>& actors);
  bool read_actor(std::string_view key, std::vector<RawValue>& actors);
  bool read_value(std::string_view key, RawValue& value);
  bool read_name(std::string_view key, RawValue& value, bool number_too);
  bool once(uint32_t& seen, uint32_t bit, std::string_view key);
  bool unknown_key(std::string_view key, std::string_view of, const std::vector<std::string_view>& known);
  bool syntax(std::string_view what);
  bool bad_line(JsonLine::Fault fault);

  // `field` is called with each key, stands before its value, and takes it.
  template <class Field>
  bool read_object(std::string_view what, const Field& field) {
    if (!json_.take('{')) return shape(what, "an object in braces");
    if (json_.take('}')) return true;
    do {
      std::string_view key;
      if (json_.peek() != '"') return syntax("a key in quotes is missing");
      if (!json_.take_string(key)) return bad_escape();
      if (!json_.take(':')) return syntax("a colon is missing after the key " + quoted(key));
      if (!field(key)) return false;
    } while (json_.take(','));
    return json_.take('}') || syntax("a comma or a closing brace is missing");
  }

  // Something else than an object stands where `what` is: null, JSON of another shape, or wrong JSON.
  bool shape(std::string_view what, std::string_view takes) {
    RawValue other;
    const char c = json_.peek();
    if (c != '{' && c != '[') {
      if (!read_value(what, other)) return false;
      if (other.form == Form::none) return true;  // null: not given
    }
    return wrong(Diag::event_bad_value, fmt::format("`{}` takes {}", what, takes));
  }
  bool bad_escape() {
    return syntax("a text before this place holds an escape that stands for no character");
  }

  JsonLine json_;
  LinePlans plans_;
  bool planned_ = false;         // the present line is read by a plan,
  bool planned_before_ = false;  // and the one before it was
  uint32_t seen_ = 0;            // top-level keys, a bit each
  uint32_t seen_motion_ = 0;
};

bool NdjsonReader::syntax(std::string_view what) {
  const std::string_view line = lines_.text();
  const void* nul = std::memchr(line.data(), '\0', line.size());
  if (nul != nullptr) {
    wrong(Diag::event_nul_byte, "the line holds a NUL byte");
    at_byte(static_cast<size_t>(static_cast<const char*>(nul) - line.data()));
    return false;
  }
  wrong(Diag::event_bad_json, fmt::format("the line is not JSON: {}", what));
  at_byte(json_.offset());
  return false;
}

bool NdjsonReader::bad_line(JsonLine::Fault fault) {
  const std::string_view line = lines_.text();
  if (fault == JsonLine::Fault::not_utf8) {
    wrong(Diag::event_not_utf8, "the line is not UTF-8", "save the file as UTF-8");
    at_byte(utf8_prefix(line));
    return false;
  }
  if (line.find('\0') != std::string_view::npos) {
    wrong(Diag::event_nul_byte, "the line holds a NUL byte");
    at_byte(line.find('\0'));
    return false;
  }
  return wrong(Diag::event_bad_json,
               fault == JsonLine::Fault::open_quote
                   ? "the line is not JSON: a quote is not closed"
                   : "the line is not JSON: a quote is not closed, or a text holds a control character",
               "within a text, write control characters as escapes, such as \\t");
}

bool NdjsonReader::unknown_key(std::string_view key, std::string_view of,
                               const std::vector<std::string_view>& known) {
  return wrong(Diag::event_unknown_key, fmt::format("{} has no key {}", of, quoted(key)),
               did_you_mean(nearest_name(key, known)));
}

bool NdjsonReader::once(uint32_t& seen, uint32_t bit, std::string_view key) {
  if ((seen >> bit & 1U) != 0)
    return wrong(Diag::event_duplicate_key, fmt::format("`{}` is given twice", key));
  seen |= 1U << bit;
  return true;
}

bool NdjsonReader::read_value(std::string_view key, RawValue& value) {
  switch (json_.peek()) {
    case '"':
      value.form = Form::text;
      return json_.take_string(value.text) || bad_escape();
    case '{':
    case '[':
      return wrong(Diag::event_bad_value,
                   fmt::format("{} takes one value, not a list or an object", quoted(key)));
    case '\0':
    case ',':
    case ':':
    case '}':
    case ']':
      return syntax(json_.at_end() ? "it ends in the middle of the event" : "a value is missing");
    default:
      break;
  }
  const size_t offset = json_.offset();
  value.text = json_.take_scalar();
  if (value.text == "null") {
    value = {};
  } else if (value.text == "true" || value.text == "false") {
    value.form = Form::truth;
  } else if (is_json_number(value.text)) {
    value.form = Form::number;
  } else {
    syntax(quoted(value.text) + " is no text in quotes, number, true, false or null");
    if (why_.kind == Diag::event_bad_json) at_byte(offset);
    return false;
  }
  return true;
}

bool NdjsonReader::read_name(std::string_view key, RawValue& value, bool number_too) {
  if (!read_value(key, value)) return false;
  if (value.form == Form::text || value.form == Form::none || (number_too && value.form == Form::number)) {
    return true;
  }
  return wrong(Diag::event_bad_value,
               fmt::format("`{}` takes a text in quotes, not {}", key, quoted(value.text)));
}

bool NdjsonReader::read_args(std::string_view key, std::vector<RawArg>& args) {
  return read_object(key, [&](std::string_view label) {
    args.push_back({label, {}});
    return read_value(label, args.back().value);
  });
}

bool NdjsonReader::read_actor(std::string_view key, std::vector<RawValue>& actors) {
  RawValue actor;
  if (!read_name(key, actor, false)) return false;
  if (actor.form == Form::text) actors.push_back(actor);
  return true;
}

bool NdjsonReader::read_actors(std::string_view key, std::vector<RawValue>& actors) {
  raw_.has_assertion = true;
  if (!json_.take('[')) return read_actor(key, actors);  // a single name needs no list
  if (json_.take(']')) return true;
  do {
    if (!read_actor(key, actors)) return false;
  } while (json_.take(','));
  return json_.take(']') || syntax("a comma or a closing bracket is missing");
}

bool NdjsonReader::read_motion() {
  seen_motion_ = 0;
  return read_object("motion", [this](std::string_view key) {
    raw_.has_motion = true;
    if (key == "event") return once(seen_motion_, 0, key) && read_name(key, raw_.motion_event, false);
    if (key == "args") return once(seen_motion_, 1, key) && read_args(key, raw_.motion_args);
    return unknown_key(key, "a motion", {"event", "args"});
  });
}

bool NdjsonReader::read_field(std::string_view key) {
  if (key == "at") return once(seen_, 0, key) && read_value(key, raw_.at);
  if (key == "event") return once(seen_, 1, key) && read_value(key, raw_.event);
  if (key == "id") {
    if (!once(seen_, 2, key) || !read_name(key, raw_.id, true)) return false;
    fields_.expect(raw_.id.text);
    return true;
  }
  if (key == "args") return once(seen_, 3, key) && read_args(key, raw_.args);
  if (key == "motion") return once(seen_, 4, key) && read_motion();
  if (key == "source") return once(seen_, 5, key) && read_name(key, raw_.source, true);
  if (key == "asserted_by") return once(seen_, 6, key) && read_actors(key, raw_.asserted_by);
  if (key == "denied_by") return once(seen_, 7, key) && read_actors(key, raw_.denied_by);
  if (key == "known") {
    if (!once(seen_, 8, key) || !read_value(key, raw_.known)) return false;
    raw_.has_assertion = raw_.has_assertion || raw_.known.form != Form::none;
    return true;
  }
  return unknown_key(key, "an event",
                     {"at", "event", "id", "args", "motion", "source", "asserted_by", "denied_by", "known"});
}

ReadStatus NdjsonReader::next(TimedEvent& event) {
  while (!stopped()) {
    size_t size = 0;
    RawEvent* raw = plans_.match(lines_.ahead(), size);
    if (raw == nullptr && lines_.read_ahead()) raw = plans_.match(lines_.ahead(), size);
    planned_before_ = std::exchange(planned_, raw != nullptr);
    if (raw == nullptr) break;
    lines_.take_ahead(size);
    expect_next_id(raw->id);
    if (resolve(*raw, event)) return ReadStatus::event;
  }
  const ReadStatus status = FileReader::next(event);
  if (status == ReadStatus::event) plans_.learn(lines_.text(), raw_);
  return status;
}

// Where a plan found `id`, the next line mostly has one as long. A wrong guess costs next to nothing.
void NdjsonReader::expect_next_id(const RawValue& id) const {
  if (id.form == Form::none) return;
  const auto at = static_cast<size_t>(id.text.data() - lines_.text().data());
  const std::string_view ahead = lines_.ahead();
  if (at + id.text.size() < ahead.size()) fields_.expect(ahead.substr(at, id.text.size()));
}

bool NdjsonReader::read_event() {
  const JsonLine::Fault fault = json_.start(lines_, planned_before_);
  if (fault != JsonLine::Fault::none) return bad_line(fault);
  raw_.clear();
  seen_ = 0;
  if (json_.peek() != '{') {
    RawValue other;
    const bool list = json_.peek() == '[';
    if (!list && !read_value("the line", other)) return false;
    return wrong(Diag::event_not_object,
                 list ? "the line is a list: every event is an object on a line of its own"
                      : "the line is one value, and an event is an object in braces");
  }
  if (!read_object("the line", [this](std::string_view key) { return read_field(key); })) return false;
  return json_.at_end() || syntax("something follows the closing brace: one event a line");
}

}  // namespace

std::unique_ptr<EventReader> read_ndjson(std::string name, std::unique_ptr<Input> input,
                                         const model::Model& model, Labels& labels, RejectSink& rejects,
                                         const ReadLimits& limits) {
  return std::make_unique<NdjsonReader>(std::move(name), std::move(input), model, labels, rejects, limits);
}

}  // namespace casus::evidence
