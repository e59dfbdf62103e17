// SPDX-License-Identifier: Apache-2.0
// A story as a file that `casus run` replays.
#include <set>

#include "diff/cast.h"
#include "diff/stories.h"
#include "model/choose.h"

namespace casus::diff {

using model::no_value;
using model::TypeKind;
using model::Value;

namespace {

class Writer {
 public:
  Writer(const Model& m, const model::Scenario& s) : m_(m), s_(s) {}

  std::string run(const std::vector<std::string>& modules) {
    std::string body = scenario();
    std::string out = "// SPDX-License-Identifier: Apache-2.0\n";
    for (const std::string& module : modules) out += "use " + module + ";\n";
    out += '\n';
    for (EntityId e : extras_) out += m_[m_[e].kind].name + " " + m_[e].name + " \"" + m_[e].title + "\";\n";
    return out + (extras_.empty() ? "" : "\n") + body;
  }

 private:
  std::string entity(EntityId id) {
    const model::Entity& e = m_[id];
    if (e.body) return (m_[e.body].instrument ? m_[m_[e.body].instrument].name + "." : "") + m_[e.body].name;
    if (is_extra(e)) extras_.insert(id);
    return e.name;
  }
  std::string value(Value v, const model::Type& t) {
    if (t.kind == TypeKind::entity) return entity(EntityId(static_cast<size_t>(v)));
    if (t.kind == TypeKind::event) return "event_" + std::to_string(v + 1);
    return m_.show(v, t);
  }
  template <class Args>
  std::string arguments(model::EventTypeId event, const Args& args, const std::string& content = {}) {
    const auto& params = m_[event].params;
    std::string out;
    for (size_t i = 0; i < params.size(); ++i) {
      if (args[i] == no_value) continue;
      out += (out.empty() ? "" : ", ") + params[i].label + ": " + value(args[i], params[i].type);
    }
    return m_[event].name + "(" + out + (content.empty() ? "" : ", motion: " + content) + ")";
  }
  std::string event(const model::ScenarioEvent& e) {
    return arguments(e.event, e.args, e.content ? arguments(e.content, e.content_args) : "");
  }

  bool referred_to(size_t k) const {
    const auto in = [&](model::EventTypeId type, const auto& args) {
      for (size_t i = 0; type && i < m_[type].params.size(); ++i) {
        if (m_[type].params[i].type.kind == TypeKind::event && args[i] == static_cast<Value>(k)) return true;
      }
      return false;
    };
    for (const model::ScenarioEvent& e : s_.events) {
      if (in(e.event, e.args) || in(e.content, e.content_args)) return true;
    }
    return false;
  }

  std::string scenario() {
    std::string out = "scenario " + s_.name + " \"" + s_.title + "\" {\n";
    std::string under;
    for (const model::Under& u : s_.under) {
      under += (under.empty() ? "  under " : ", ") + m_[u.instrument].name;
      if (u.as_if_from) under += " as if in force from " + format_iso(*u.as_if_from, Precision::day);
    }
    if (!under.empty()) out += under + ";\n";
    out += "  from " + format_iso(s_.from->at, s_.from->precision) + ";\n";
    out += "  until " + format_iso(s_.until->at, s_.until->precision) + ";\n";
    if (s_.view) out += "  view " + m_[s_.view].name + ";\n";
    if (!s_.with.empty()) out += "  with " + model::words(m_, s_.with) + ";\n";
    out += '\n';
    for (const model::GivenFact& g : s_.givens) {
      const model::Fact& f = m_[g.fact];
      std::string args;
      for (size_t i = 0; i < f.params.size(); ++i)
        args += (i ? ", " : "") + value(g.args[i], f.params[i].type);
      out += "  given " + f.name + "(" + args + ")" +
             (f.result.kind == TypeKind::truth ? "" : " = " + value(g.value, f.result)) + " from " +
             format_iso(g.from, Precision::minute) +
             (g.until == Instant::far_future() ? "" : " until " + format_iso(g.until, Precision::minute)) +
             ";\n";
    }
    if (!s_.givens.empty()) out += '\n';
    for (size_t k = 0; k < s_.events.size(); ++k) {
      const model::ScenarioEvent& e = s_.events[k];
      out += "  " + format_iso(e.at.at, e.at.precision) + " " + event(e) +
             (referred_to(k) ? " as event_" + std::to_string(k + 1) : "") + ";\n";
    }
    return out + "}\n";
  }

  const Model& m_;
  const model::Scenario& s_;
  std::set<EntityId> extras_;
};

}  // namespace

std::string scenario_text(const Model& m, const model::Scenario& s, const std::vector<std::string>& modules) {
  return Writer(m, s).run(modules);
}

}  // namespace casus::diff
