// SPDX-License-Identifier: Apache-2.0
#include "report/story_file.h"

#include "model/choose.h"

namespace casus::report {

using model::Model;
using model::no_value;
using model::Scenario;
using model::TypeKind;

namespace {

class Writer {
 public:
  Writer(const Model& m, const Scenario& s, const std::string& condition)
      : m_(m), s_(s), condition_(condition) {}

  std::string run() {
    out_ += "scenario " + (s_.name.empty() ? "" : s_.name + " ") + quote(s_.title) + " {\n";
    std::string under;
    for (const model::Under& u : s_.under) {
      under += (under.empty() ? "" : ", ") + m_[u.instrument].name;
      if (u.as_if_from) under += " as if in force from " + format_iso(*u.as_if_from);
    }
    line("under " + under);
    line("from " + format_iso(s_.from->at, short_for(s_.from->at)));
    line("until " + format_iso(s_.until->at, s_.until->precision));
    if (s_.view) line("view " + m_[s_.view].name);
    if (!s_.with.empty()) line("with " + model::words(m_, s_.with));
    for (const model::GivenFact& g : s_.givens) given(g);
    for (const model::ScenarioEvent& e : s_.events) event(e);
    for (const model::Expectation& e : s_.expectations) expect(e);
    return out_ + "}\n";
  }

 private:
  static std::string quote(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    return out + '"';
  }
  static Precision short_for(Instant t) {
    return t.ms % ms_per_day == 0 ? Precision::day
           : t.ms % 60'000 == 0   ? Precision::minute
                                  : Precision::second;
  }
  void line(const std::string& text) { out_ += "  " + text + ";\n"; }
  std::string value(model::Value v, model::Type type) const {
    if (type.kind == TypeKind::text) return quote(m_.show(v, type));
    return m_.show(v, type);
  }
  std::string names(const std::vector<model::EntityId>& who) const {
    std::string out;
    for (const model::EntityId e : who) out += (out.empty() ? "" : ", ") + m_[e].name;
    return out;
  }
  std::string assertion(const model::Assertion& a) const {
    std::string out;
    if (!a.asserted_by.empty()) out += " asserted by " + names(a.asserted_by);
    if (!a.denied_by.empty()) out += " denied by " + names(a.denied_by);
    if (a.known) out += " known " + format_iso(*a.known);
    if (a.source) out += " source " + quote(m_[a.source]);
    return out;
  }
  void given(const model::GivenFact& g) {
    const model::Fact& f = m_[g.fact];
    std::string text = "given ";
    const bool relation = f.result.kind == TypeKind::truth;
    if (relation && g.value == 0) text += "not ";
    text += f.name + "(";
    for (size_t i = 0; i < f.params.size(); ++i) text += (i ? ", " : "") + value(g.args[i], f.params[i].type);
    text += ")";
    if (!relation) text += " = " + value(g.value, f.result);
    if (g.from != Instant::far_past()) text += " from " + format_iso(g.from);
    if (g.until != Instant::far_future()) text += " until " + format_iso(g.until);
    line(text + assertion(g.assertion));
  }
  std::string call(model::EventTypeId id, const std::array<model::Value, model::max_event_params>& args,
                   const std::string& more) const {
    const model::EventType& type = m_[id];
    std::string inside;
    for (size_t i = 0; i < type.params.size(); ++i) {
      if (args[i] == no_value) continue;
      const model::Param& p = type.params[i];
      inside += (inside.empty() ? "" : ", ") + p.label + ": " +
                (p.type.kind == TypeKind::event ? s_.events[static_cast<size_t>(args[i])].label
                                                : value(args[i], p.type));
    }
    if (!more.empty()) inside += (inside.empty() ? "" : ", ") + more;
    return type.name + "(" + inside + ")";
  }
  void event(const model::ScenarioEvent& e) {
    const std::string motion = e.content ? "motion: " + call(e.content, e.content_args, {}) : std::string();
    std::string text = format_iso(e.at.at, e.at.precision) + " " + call(e.event, e.args, motion);
    if (!e.label.empty()) text += " as " + e.label;
    line(text + assertion(e.assertion));
  }
  void expect(const model::Expectation& e) {
    static constexpr const char* verdicts[] = {"duty",     "fulfilled", "breach",  "unperformed", "released",
                                               "lapsed",   "suspended", "pending", "void",        "adopted",
                                               "rejected", "holds",     "late"};
    std::string text = "expect ";
    if (e.at) text += "at " + format_iso(e.at->at, e.at->precision) + " ";
    if (e.never) text += "never ";
    text += verdicts[static_cast<size_t>(e.verdict)];
    if (e.verdict == model::Verdict::holds) return line(text + " " + condition_);
    std::string inside;
    const auto put = [&](const std::string& part) { inside += (inside.empty() ? "" : ", ") + part; };
    const bool motion = e.verdict == model::Verdict::adopted || e.verdict == model::Verdict::rejected;
    if (motion && !e.motion.empty()) put("of: " + e.motion);
    if (e.bearer) put("by: " + m_[e.bearer].name);
    if (e.act) put("of: " + m_[e.act].name);
    if (e.article)
      put("under: " + m_[e.instrument].name + "." + m_[e.article].label);
    else if (e.instrument)
      put("under: " + m_[e.instrument].name);
    line(text + "(" + inside + ")");
  }

  const Model& m_;
  const Scenario& s_;
  const std::string& condition_;
  std::string out_;
};

}  // namespace

std::string scenario_text(const Model& model, const Scenario& scenario, const std::vector<std::string>& use,
                          const std::vector<std::string>& remarks, const std::string& condition) {
  std::string out;
  for (const std::string& file : use) out += "use \"" + file + "\";\n";
  out += "\n";
  for (const std::string& r : remarks) out += "// " + r + "\n";
  return out + Writer(model, scenario, condition).run();
}

}  // namespace casus::report
