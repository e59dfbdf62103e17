// SPDX-License-Identifier: Apache-2.0
// Numbers, units, lengths of time, instants: what is written, as a value; exactly, or with a message.
#include <array>

#include "base/wide.h"
#include "model/resolver.h"

namespace casus::model {

namespace {

struct TimeUnit {
  std::string_view name;
  int64_t ms = 0;  // 0: months
  int32_t months = 0;
};
constexpr std::array<TimeUnit, 13> time_units{{{"ms", 1, 0},
                                               {"s", ms_per_second, 0},
                                               {"min", 60 * ms_per_second, 0},
                                               {"h", ms_per_hour, 0},
                                               {"d", ms_per_day, 0},
                                               {"day", ms_per_day, 0},
                                               {"days", ms_per_day, 0},
                                               {"week", 7 * ms_per_day, 0},
                                               {"weeks", 7 * ms_per_day, 0},
                                               {"month", 0, 1},
                                               {"months", 0, 1},
                                               {"year", 0, 12},
                                               {"years", 0, 12}}};

const TimeUnit* time_unit(std::string_view name) {
  for (const TimeUnit& u : time_units) {
    if (u.name == name) return &u;
  }
  return nullptr;
}

std::string_view unit_meant(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> beginnings{{
      {"mil", "ms"},
      {"sec", "s"},
      {"sek", "s"},
      {"min", "min"},
      {"ho", "h"},
      {"hr", "h"},
      {"stunde", "h"},
      {"heure", "h"},
      {"tag", "days"},
      {"jour", "days"},
      {"woche", "weeks"},
      {"semaine", "weeks"},
  }};
  std::string low(word);
  for (char& c : low) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const auto& [beginning, unit] : beginnings) {
    if (low.starts_with(beginning)) return unit;
  }
  if (low.starts_with("monat") || low == "mois") return "months";
  return low.starts_with("jahr") || low == "an" || low == "ans" ? "years" : "";
}

// More than any treaty says, and far below what an instant can hold.
constexpr int64_t longest_ms = 10'000 * 366 * ms_per_day;
constexpr int64_t most_months = 120'000;

}  // namespace

bool Resolver::is_time_unit(std::string_view word) { return time_unit(word) != nullptr; }

std::optional<Resolver::Decimal> Resolver::decimal(NodeId number) {
  Decimal out;
  bool point = false;
  for (char c : text(number)) {
    if (c == '_') continue;
    if (c == '.') {
      point = true;
      continue;
    }
    const auto shifted = times(out.mantissa, 10);
    if (!shifted || __builtin_add_overflow(*shifted, c - '0', &out.mantissa)) {
      error(Diag::number_too_large, span(number), "the number is larger than can be counted with",
            "at most 9_223_372_036_854_775_807");
      return std::nullopt;
    }
    out.scale += point ? 1 : 0;
  }
  return out;
}

std::optional<int64_t> Resolver::whole(NodeId number) {
  const auto d = decimal(number);
  if (!d) return std::nullopt;
  if (d->scale == 0) return d->mantissa;
  error(Diag::decimal_number, span(number), "a whole number is wanted here",
        "a decimal number needs a unit, as in `2.5 km`");
  return std::nullopt;
}

// The number times the unit's size, which must come out whole in the base unit.
std::optional<int64_t> Resolver::in_units(NodeId number, int64_t factor, Span at, std::string_view base) {
  const auto d = decimal(number);
  if (!d) return std::nullopt;
  Wide value = static_cast<Wide>(d->mantissa) * factor;
  for (int i = 0; i < d->scale; ++i) {
    if (value % 10 != 0) {
      error(Diag::not_whole_units, at, "this is no whole number of " + std::string(base),
            "give the quantity a smaller base unit, or round the number");
      return std::nullopt;
    }
    value /= 10;
  }
  if (value > INT64_MAX) {
    error(Diag::number_too_large, at, "the quantity is larger than can be counted in " + std::string(base),
          "write a smaller one, or give the quantity a larger base unit");
    return std::nullopt;
  }
  return static_cast<int64_t>(value);
}

// Full words for the units, also of other languages; else the nearest unit.
void Resolver::unknown_time_unit(NodeId leaf) {
  const std::string word(text(leaf));
  if (!unknown_.emplace(Diag::unknown_unit, word).second) return;
  std::vector<std::string_view> known;
  for (const TimeUnit& u : time_units) known.push_back(u.name);
  const std::string near(unit_meant(word));
  const std::string meant = near.empty() ? nearest_name(word, known) : near;
  error(Diag::unknown_unit, span(leaf), "no unit of time is called `" + word + '`',
        meant.empty() ? "write `s`, `min`, `h`, `days`, `weeks`, `months` or `years`"
                      : "did you mean `" + meant + "`?",
        {}, meant);
}

std::optional<Duration> Resolver::unit_length(NodeId leaf) {
  if (const TimeUnit* unit = time_unit(text(leaf))) return Duration{unit->months, unit->ms};
  unknown_time_unit(leaf);
  return std::nullopt;
}

// Whether so many of the unit, on top of what is `before`, is a length of time that can be counted with.
bool Resolver::short_enough(int64_t count, Duration unit, Duration before) {
  const auto months = times(count, unit.months);
  const auto ms = times(count, unit.ms);
  return months && ms && *months <= most_months - before.months && *ms <= longest_ms - before.ms;
}

void Resolver::duration_too_long(NodeId n) {
  error(Diag::number_too_large, span(n), "the length of time is longer than 10,000 years",
        "write a shorter one");
}

// A Duration node: pairs of a number and a unit of time.
std::optional<Duration> Resolver::duration(NodeId n) {
  Duration out;
  const auto parts = children(n);
  for (size_t i = 0; i + 1 < parts.size(); i += 2) {
    const auto number = whole(parts[i]);
    const auto unit = number ? unit_length(parts[i + 1]) : std::nullopt;
    if (!unit) return std::nullopt;
    if (!short_enough(*number, *unit, out)) return duration_too_long(n), std::nullopt;
    out.months += static_cast<int32_t>(*number * unit->months);
    out.ms += *number * unit->ms;
  }
  return out;
}

// Of an Instant, or of a node that wraps one. The lexer has checked the calendar.
std::optional<WrittenInstant> Resolver::instant_of(NodeId n) {
  const NodeId leaf = kind(n) == NodeKind::Instant ? n : child(n, NodeKind::Instant);
  return leaf ? parse_instant(text(leaf)) : std::nullopt;
}

// `from` and `until` below n; what is not written stays as it is.
void Resolver::dates(NodeId n, Instant& from, Instant& until) {
  const NodeId first = child(n, NodeKind::From), end = child(n, NodeKind::Until);
  if (const auto w = instant_of(first)) from = w->at;
  if (const auto w = instant_of(end)) until = w->at;
  if (end && until <= from) {
    error(Diag::dates_reversed, span(end),
          "the end is not after the beginning, " + format_iso(from, Precision::day),
          "`until` names the first instant at which it is over");
  }
}

// The value of an expression that must be known from the text alone.
std::optional<Value> Resolver::constant(NodeId n, Type wanted, std::string_view what) {
  const ExprId e = expr(n, wanted);
  if (!e || !expect_type(e, wanted, span(n), what)) return std::nullopt;
  if (m_[e].op == Op::constant) return m_[e].value;
  error(Diag::not_constant, span(n), std::string(what) + " must be named outright here",
        "write a name, number, date or text");
  return std::nullopt;
}

}  // namespace casus::model
