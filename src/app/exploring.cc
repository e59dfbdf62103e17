// SPDX-License-Identifier: Apache-2.0
#include "app/exploring.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <thread>

#include "text/words.h"

namespace casus::app {

namespace {

std::atomic<bool> interrupted{false};
void on_interrupt(int) { interrupted = true; }
constexpr int signals[2] = {SIGINT, SIGTERM};

// "512M", "2G", "50000K", or bytes.
std::optional<size_t> bytes_of(const std::string& text) {
  size_t at = 0;
  uint64_t n = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    if (n > UINT64_MAX / 100) return std::nullopt;
    n = n * 10 + static_cast<uint64_t>(text[at] - '0');
  }
  if (at == 0 || text.size() > at + 1) return std::nullopt;
  const std::string_view units = "KMG";
  for (size_t unit = 0; at < text.size(); ++unit) {
    if (unit == units.size()) return std::nullopt;
    if (n > (UINT64_MAX >> 10)) return std::nullopt;
    n <<= 10;
    if (units[unit] == text[at]) break;
  }
  return static_cast<size_t>(n);
}

}  // namespace

Exploring::Exploring(const Session& s) : shows_(::isatty(STDERR_FILENO) == 1 && !s.line.plain) {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (size_t i = 0; i < 2; ++i) sigaction(signals[i], &action, &before_[i]);
}

Exploring::~Exploring() {
  for (size_t i = 0; i < 2; ++i) sigaction(signals[i], &before_[i], nullptr);
}

std::optional<explore::Limits> Exploring::limits(Session& s) {
  explore::Limits out;
  out.threads = s.line.threads != 0 ? s.line.threads : std::max(1u, std::thread::hardware_concurrency());
  out.stop = &interrupted;
  if (s.line.engine == "explicit") out.engine = explore::Engine::packed;
  if (s.line.engine == "symbolic") out.engine = explore::Engine::symbolic;
  for (const std::string& name : s.line.without) {
    explore::Reductions& r = out.reductions;
    (name == "slice" ? r.slice : name == "symmetry" ? r.symmetry : r.order) = false;
  }
  if (s.line.most_states != 0) out.states = s.line.most_states;
  if (s.line.memory.empty()) return out;
  const auto bytes = bytes_of(s.line.memory);
  if (!bytes)
    return s.fail(usage, "--memory '" + s.line.memory + "' is no size", "write 512M or 2G"), std::nullopt;
  out.bytes = *bytes;
  return out;
}

explore::Report Exploring::progress() const {
  if (!shows_) return {};
  return [](const std::string&, const explore::Progress& p) {
    const std::string what =
        p.states == 0 ? "sets of states" : thousands(p.states) + (p.states == 1 ? " state" : " states");
    std::fprintf(stderr, "\r%s, %u events deep, memory %.0f %% full\x1b[K", what.c_str(), p.events,
                 100 * p.full);
  };
}

std::string condition_of(const Sources& sources, const model::Model& model, const model::Property& property) {
  if (!property.condition) return {};
  const Span span = model[property.condition].span;
  return sources[span.source].code.substr(span.begin, span.end - span.begin);
}

void Exploring::clear() const {
  if (shows_) std::fputs("\r\x1b[K", stderr);
}

}  // namespace casus::app
