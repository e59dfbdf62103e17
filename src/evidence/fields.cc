// SPDX-License-Identifier: Apache-2.0
#include "evidence/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/unicode.h"
#include "base/wide.h"

namespace casus::evidence {

using model::TypeKind;
using model::Value;
using Form = RawValue::Form;

namespace {

bool fail(Diagnostic& why, Diag kind, std::string message, std::string label = {}) {
  why = {.kind = kind, .message = std::move(message), .label = std::move(label)};
  return false;
}

bool read_count(std::string_view text, Value& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value != model::no_value;
}

// What the message calls it: a text that is not there can not be quoted.
std::string shown(const RawValue& raw) { return raw.text.empty() ? "an empty text" : quoted(raw.text); }

template <class List, class NameOf>
std::string listed(const List& list, const NameOf& name_of) {
  constexpr size_t most = 8;
  std::string out;
  for (size_t i = 0; i < list.size() && i < most; ++i) {
    if (i > 0) out += ", ";
    out += name_of(list[i]);
  }
  return list.size() > most ? out + ", …" : out;
}

}  // namespace

std::string quoted(std::string_view text) {
  // Cut first: the text may be as long as a line.
  return "`" + truncate_to_width(text.substr(0, 240), 60) + "`";
}

std::string did_you_mean(std::string_view name) {
  return name.empty() ? std::string() : fmt::format("did you mean `{}`?", name);
}

void RawEvent::clear() {
  at = event = id = known = source = motion_event = {};
  type = motion_type = {};
  has_motion = has_assertion = false;
  args.clear();
  motion_args.clear();
  asserted_by.clear();
  denied_by.clear();
}

bool InstantReader::read(std::string_view text, WrittenInstant& out) {
  constexpr size_t date_size = 10, to_the_minute = 17, to_the_second = 20;
  const auto digits = [&text](size_t at) {
    const unsigned tens = static_cast<unsigned char>(text[at]) - unsigned{'0'};
    const unsigned ones = static_cast<unsigned char>(text[at + 1]) - unsigned{'0'};
    return tens > 9 || ones > 9 ? 99U : tens * 10 + ones;
  };
  const bool usual = (text.size() == to_the_minute || text.size() == to_the_second) && text.back() == 'Z' &&
                     text[10] == 'T' && text[13] == ':' && (text.size() == to_the_minute || text[16] == ':');
  if (usual) {
    if (std::memcmp(text.data(), date_.data(), date_size) != 0) {
      const auto date = parse_instant(text.substr(0, date_size));
      if (!date) return false;
      std::memcpy(date_.data(), text.data(), date_size);
      date_ms_ = date->at.ms;
    }
    const bool seconds = text.size() == to_the_second;
    const unsigned h = digits(11);
    const unsigned m = digits(14);
    const unsigned s = seconds ? digits(17) : 0;
    out.at.ms = date_ms_ + ((h * 60 + m) * int64_t{60} + s) * ms_per_second;
    out.precision = seconds ? Precision::second : Precision::minute;
    return h < 24 && m < 60 && s < 60;
  }
  const auto written = parse_instant(text);
  if (written) out = *written;
  return written.has_value();
}

FieldReader::FieldReader(const model::Model& model, Labels& labels, const ReadLimits& limits)
    : model_(model), labels_(labels), max_labels_(limits.max_labels) {
  for (size_t i = 0; i < model.events.size(); ++i) events_.add(model.events[i].name, i);
  for (size_t i = 0; i < model.texts.size(); ++i) texts_.add(model.texts[i], i);
  for (size_t i = 0; i < model.entities.size(); ++i) {
    // Bodies of two instruments may share a name: the model says whose it is.
    const model::EntityId named = model.find_entity(model.entities[i].name);
    entities_.add(model.entities[i].name, named ? named.index() : i);
  }
}

bool FieldReader::resolve(RawEvent& raw, TimedEvent& event, Diagnostic& why) {
  if (raw.at.form != Form::text) {
    return fail(why, Diag::event_missing_key,
                raw.at.form == Form::none
                    ? "the event has no `at`: when it happened, such as \"2022-02-24T06:00Z\""
                    : "`at` is a date or time in quotes, such as \"2022-02-24T06:00Z\"");
  }
  WrittenInstant at;
  if (!instants_.read(raw.at.text, at)) {
    return fail(
        why, Diag::event_bad_instant,
        fmt::format("{} is not a date or time, such as 2022-02-24 or 2022-02-24T06:00Z", shown(raw.at)));
  }
  event.at = at.at.ms;
  event.precision = at.precision;
  if (!raw.type && !resolve_event(raw.event, raw.type, why)) return false;
  event.event = raw.type;
  if (!resolve_args(event.event, raw.args, event.args, event.refs, why)) return false;
  if (!resolve_motion(raw, event, why)) return false;
  event.has_assertion = raw.has_assertion;
  event.assertion.asserted_by.clear();
  event.assertion.denied_by.clear();
  event.assertion.known.reset();
  if (raw.has_assertion && !resolve_assertion(raw, event, why)) return false;
  event.source.assign(raw.source.text);
  event.label = no_label;
  if (raw.id.form == Form::none) return true;
  if (raw.id.text.empty())
    return fail(why, Diag::event_bad_value, "`id` is empty: leave it out, or name the event");
  return intern(raw.id.text, event.label, why);
}

bool FieldReader::intern(std::string_view name, LabelNo& label, Diagnostic& why) {
  if (labels_.size() >= max_labels_) {
    label = labels_.find(name);
    if (label != no_label) return true;
    return fail(
        why, Diag::event_too_many_names,
        fmt::format("{} would be one name more than the {} that a replay keeps", quoted(name), max_labels_),
        "leave out `id` where nothing refers to the event");
  }
  label = labels_.intern(name);
  return true;
}

bool FieldReader::resolve_event(const RawValue& name, model::EventTypeId& id, Diagnostic& why) const {
  if (name.form != Form::text) {
    return fail(why, Diag::event_missing_key,
                name.form == Form::none ? "the event has no `event`: the name of what happened"
                                        : "`event` is the name of what happened, in quotes");
  }
  const uint32_t number = events_.find(name.text);
  if (number != NameTable::none) {
    id = model::EventTypeId(number);
    return true;
  }
  std::vector<std::string_view> known;
  for (const auto& event : model_.events) known.push_back(event.name);
  fail(why, Diag::event_unknown_event, fmt::format("no event is called {}", shown(name)),
       did_you_mean(nearest_name(name.text, known)));
  why.notes.push_back("the model has " + nearest_first(name.text, known));
  return false;
}

bool FieldReader::resolve_args(model::EventTypeId id, std::vector<RawArg>& raw, Args& args, uint8_t& refs,
                               Diagnostic& why) {
  args.fill(model::no_value);
  refs = 0;
  const model::EventType& type = model_[id];
  const size_t count = type.params.size();
  unsigned given = 0;
  size_t at = 0;  // arguments mostly stand in the order of the declaration
  for (RawArg& arg : raw) {
    size_t tried = 0;
    if (arg.param != RawArg::unknown) at = arg.param;
    for (; arg.param == RawArg::unknown && tried < count && type.params[at].label != arg.label; ++tried)
      at = at + 1 < count ? at + 1 : 0;
    if (tried == count) {
      std::vector<std::string_view> known;
      for (const auto& param : type.params) known.push_back(param.label);
      fail(why, Diag::event_unknown_parameter,
           fmt::format("`{}` has no parameter {}", type.name, quoted(arg.label)),
           did_you_mean(nearest_name(arg.label, known)));
      why.notes.push_back("its parameters: " + listed(known, [](std::string_view name) { return name; }));
      return false;
    }
    arg.param = static_cast<uint8_t>(at);
    const model::Param& param = type.params[at];
    if ((given >> at & 1U) != 0) {
      return fail(why, Diag::event_duplicate_key,
                  fmt::format("`{}` of `{}` is given twice", param.label, type.name));
    }
    given |= 1U << at;
    if (arg.value.form != Form::none) {
      if (!resolve_arg({&type, &param}, arg, args[at], why)) return false;
      if (param.type.kind == TypeKind::event) refs = static_cast<uint8_t>(refs | 1U << at);
    }
    at = at + 1 < count ? at + 1 : 0;
  }
  return true;
}

bool FieldReader::resolve_motion(RawEvent& raw, TimedEvent& event, Diagnostic& why) {
  event.content = {};
  event.content_refs = 0;
  if (!raw.has_motion) {
    if (event.event != model::event_propose) return true;
    return fail(why, Diag::event_bad_motion, "a proposal says what it proposes",
                R"(add "motion":{"event":…,"args":{…}}, which NDJSON can hold and CSV can not)");
  }
  if (event.event != model::event_propose) {
    return fail(why, Diag::event_bad_motion,
                fmt::format("only `propose` has a `motion`, and this is `{}`", model_[event.event].name));
  }
  if (!raw.motion_type && !resolve_event(raw.motion_event, raw.motion_type, why)) return false;
  event.content = raw.motion_type;
  if (event.content == model::event_propose) {
    return fail(why, Diag::event_bad_motion, "a motion can not be to propose a motion");
  }
  return resolve_args(event.content, raw.motion_args, event.content_args, event.content_refs, why);
}

bool FieldReader::resolve_assertion(const RawEvent& raw, TimedEvent& event, Diagnostic& why) {
  model::Assertion& a = event.assertion;
  if (!resolve_actors("asserted_by", raw.asserted_by, a.asserted_by, why)) return false;
  if (!resolve_actors("denied_by", raw.denied_by, a.denied_by, why)) return false;
  if (raw.known.form == Form::none) return true;
  WrittenInstant known;
  if (raw.known.form != Form::text || !instants_.read(raw.known.text, known)) {
    return fail(why, Diag::event_bad_instant,
                fmt::format("{} in `known` is not a date or time, such as 2022-02-24 or 2022-02-24T06:00Z",
                            shown(raw.known)));
  }
  a.known = known.at;
  return true;
}

bool FieldReader::resolve_actors(std::string_view key, const std::vector<RawValue>& raw,
                                 std::vector<model::EntityId>& out, Diagnostic& why) const {
  for (const RawValue& name : raw) {
    const uint32_t number = entities_.find(name.text);
    const model::EntityId id(number);
    if (number == NameTable::none) {
      return fail(why, Diag::event_unknown_name,
                  fmt::format("`{}` names {}, whom the model does not know", key, shown(name)),
                  did_you_mean(nearest_entity(name.text, model::kind_actor)));
    }
    if (!model_.entity_is(id, model::kind_actor)) {
      return fail(why, Diag::event_bad_value,
                  fmt::format("`{}` names actors, and `{}` is of the kind `{}`", key, model_[id].name,
                              model_[model_[id].kind].name));
    }
    out.push_back(id);
  }
  return true;
}

std::string FieldReader::nearest_entity(std::string_view name, model::KindId kind) const {
  std::vector<std::string_view> known;
  for (const auto& entity : model_.entities) {
    if (model_.is_kind(entity.kind, kind)) known.push_back(entity.name);
  }
  return nearest_name(name, known);
}

bool FieldReader::resolve_arg(const Place& place, const RawArg& arg, Value& value, Diagnostic& why) {
  const std::string_view text = arg.value.text;
  if (arg.seen == nullptr || text.empty() || text.size() > SeenValues::longest)
    return resolve_value(place, arg.value, value, why);
  const SeenValues::Key key = SeenValues::key_of(text);
  SeenValues::Entry& seen = arg.seen->place_of(key);
  if (seen.key == key) {
    value = seen.value;
    return true;
  }
  if (!resolve_value(place, arg.value, value, why)) return false;
  seen = {key, value};
  return true;
}

bool FieldReader::resolve_value(const Place& place, const RawValue& raw, Value& value, Diagnostic& why) {
  const auto bad = [&](std::string_view takes) {
    return fail(why, Diag::event_bad_value,
                fmt::format("`{}` of `{}` takes {}, not {}", place.param->label, place.event->name, takes,
                            shown(raw)));
  };
  switch (place.param->type.kind) {
    case TypeKind::entity:
      return resolve_entity(place, raw, value, why);
    case TypeKind::category:
      return resolve_category(place, raw, value, why);
    case TypeKind::quantity:
      return resolve_quantity(place, raw, value, why);
    case TypeKind::truth:
      if (raw.text != "true" && raw.text != "false") return bad("true or false");
      value = raw.text == "true" ? 1 : 0;
      return true;
    case TypeKind::count:
      return read_count(raw.text, value) || bad("a whole number");
    case TypeKind::instant: {
      WrittenInstant at;
      if (raw.form != Form::text || !instants_.read(raw.text, at))
        return bad("a date or time such as 2022-02-24T06:00Z");
      value = at.at.ms;
      return true;
    }
    case TypeKind::text:
    case TypeKind::event:
      break;
  }
  const bool event = place.param->type.kind == TypeKind::event;
  if (raw.form == Form::truth || (event && raw.text.empty()))
    return bad(event ? "the `id` of an event" : "a text");
  if (!event) {
    const uint32_t known = texts_.find(raw.text);
    value = known;
    if (known != NameTable::none) return true;
  }
  LabelNo label = no_label;
  if (!intern(raw.text, label, why)) return false;
  value = event ? Value{label} : static_cast<Value>(model_.texts.size()) + label;
  return true;
}

bool FieldReader::resolve_entity(const Place& place, const RawValue& raw, Value& value,
                                 Diagnostic& why) const {
  const model::KindId kind(place.param->type.id);
  const uint32_t number = raw.form == Form::text ? entities_.find(raw.text) : NameTable::none;
  const model::EntityId id(number);
  if (number == NameTable::none) {
    return fail(why, Diag::event_unknown_name,
                fmt::format("`{}` of `{}` names {}, which the model does not know", place.param->label,
                            place.event->name, shown(raw)),
                did_you_mean(nearest_entity(raw.text, kind)));
  }
  if (!model_.entity_is(id, kind)) {
    return fail(
        why, Diag::event_bad_value,
        fmt::format("`{}` of `{}` takes the kind `{}`, and `{}` is of the kind `{}`", place.param->label,
                    place.event->name, model_[kind].name, model_[id].name, model_[model_[id].kind].name));
  }
  value = number;
  return true;
}

bool FieldReader::resolve_category(const Place& place, const RawValue& raw, Value& value,
                                   Diagnostic& why) const {
  const auto& values = model_[model::CategoryId(place.param->type.id)].values;
  for (size_t i = 0; i < values.size(); ++i) {
    if (values[i].name != raw.text) continue;
    value = static_cast<Value>(i);
    return true;
  }
  std::vector<std::string_view> known;
  for (const auto& v : values) known.push_back(v.name);
  return fail(why, Diag::event_bad_value,
              fmt::format("`{}` of `{}` takes one of {}, not {}", place.param->label, place.event->name,
                          listed(known, [](std::string_view name) { return name; }), shown(raw)),
              did_you_mean(nearest_name(raw.text, known)));
}

namespace {

// "2.5" times `factor`, when that is a whole number of 64 bits.
bool read_scaled(std::string_view number, int64_t factor, Value& value) {
  std::string digits(number);
  const size_t point = digits.find('.');
  const size_t decimals = point == std::string::npos ? 0 : digits.size() - point - 1;
  if (point != std::string::npos) {
    if (point == 0 || decimals == 0 || digits[point - 1] == '-') return false;
    digits.erase(point, 1);
  }
  Value mantissa = 0;
  if (decimals > 18 || !read_count(digits, mantissa)) return false;
  Wide scaled = Wide{mantissa} * factor;
  for (size_t i = 0; i < decimals; ++i) {
    if (scaled % 10 != 0) return false;
    scaled /= 10;
  }
  value = static_cast<Value>(scaled);
  return value == scaled && value != model::no_value;
}

}  // namespace

bool FieldReader::resolve_quantity(const Place& place, const RawValue& raw, Value& value,
                                   Diagnostic& why) const {
  const model::Quantity& quantity = model_[model::QuantityId(place.param->type.id)];
  const auto unit_name = [](const model::Unit& unit) { return unit.name; };
  size_t number_size = raw.text.find_first_not_of("-0123456789.");
  if (number_size == std::string_view::npos) number_size = raw.text.size();
  const std::string_view number = raw.text.substr(0, number_size);
  std::string_view unit = raw.text.substr(number_size);
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  if (unit.empty() && read_scaled(number, 1, value)) return true;
  for (const model::Unit& u : quantity.units) {
    if (u.name == unit && read_scaled(number, u.factor, value)) return true;
  }
  const std::string base = quantity.units.empty() ? "its unit" : quantity.units.front().name;
  return fail(why, Diag::event_bad_value,
              fmt::format("`{}` of `{}` takes a {} such as \"5 {}\", in whole {}, not {}", place.param->label,
                          place.event->name, quantity.name, base, base, shown(raw)),
              "its units: " + listed(quantity.units, unit_name));
}

}  // namespace casus::evidence
