// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "base/version.h"
#include "report/check_report.h"
#include "report/json.h"

namespace casus::report {

namespace {

constexpr const char* level_of(Severity s) {
  switch (s) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      break;
  }
  return "note";
}

Json region_of(const Span& s, const Sources& sources) {
  const LineColumn begin = sources.locate(s.source, s.begin), end = sources.locate(s.source, s.end);
  return {{"startLine", begin.line},
          {"startColumn", begin.column},
          {"endLine", end.line},
          {"endColumn", end.column}};
}

// "permission_clash" → "PermissionClash".
std::string pascal(std::string_view name) {
  std::string out;
  bool first = true;
  for (char c : name) {
    if (c == '_') {
      first = true;
      continue;
    }
    out += first && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    first = false;
  }
  return out;
}

// The message with everything that the terminal's form puts around it.
std::string text_of(const Diagnostic& d) {
  std::string out = d.message;
  if (!d.label.empty()) out += " (" + d.label + ')';
  if (!d.where.empty()) out = d.where + ": " + out;
  for (const std::string& note : d.notes) out += "; " + note;
  return out;
}

Json logical_locations(const LegalPlace& place) {
  Json out = Json::array();
  for (const std::string* name : {&place.article, &place.clause}) {
    if (name->empty() || (name == &place.clause && place.clause == place.article)) continue;
    out.push_back({{"name", *name},
                   {"fullyQualifiedName", place.instrument.empty() ? *name : place.instrument + '/' + *name},
                   {"kind", "element"}});
  }
  if (out.empty() && !place.instrument.empty())
    out.push_back({{"name", place.instrument}, {"fullyQualifiedName", place.instrument}, {"kind", "module"}});
  return out;
}

class Log {
 public:
  explicit Log(std::string_view pages) : pages_(pages) {}

  void rules(std::span<const Checked> inputs) {
    for (const Checked& input : inputs) {
      for (const Diagnostic& d : input.diagnostics->all()) rule_[info(d.kind).code] = {};
      left_out_ += input.diagnostics->dropped();
    }
    for (size_t k = 0; k < diag_kind_count(); ++k) {
      const DiagInfo& kind = info(static_cast<Diag>(k));
      const auto it = rule_.find(kind.code);
      if (it == rule_.end()) continue;
      it->second = rules_.size();
      rules_.push_back(rule(kind));
    }
  }

  void result(const Diagnostic& d, const Checked& input) {
    const DiagInfo& kind = info(d.kind);
    const Sources& sources = *input.sources;
    Json out = {{"ruleId", kind.code},
                {"ruleIndex", rule_[kind.code]},
                {"level", level_of(kind.severity)},
                {"message", {{"text", text_of(d)}}}};
    if (d.span.valid()) {
      Json at = location(d.span, sources);
      Json logical = input.model ? logical_locations(legal_place(*input.model, d)) : Json::array();
      if (!logical.empty()) at["logicalLocations"] = std::move(logical);
      out["locations"] = Json::array({std::move(at)});
    }
    Json related = Json::array();
    for (const RelatedSpan& r : d.related) {
      if (!r.span.valid()) continue;
      Json at = location(r.span, sources);
      at["id"] = related.size() + 1;
      at["message"] = {{"text", r.message}};
      related.push_back(std::move(at));
    }
    if (!related.empty()) out["relatedLocations"] = std::move(related);
    if (d.span.valid() && !d.replacement.empty()) out["fixes"] = Json::array({fix(d, sources)});
    results_.push_back(std::move(out));
  }

  std::string text() {
    Json invocation = {{"executionSuccessful", true}};
    if (left_out_ != 0) {
      invocation["toolExecutionNotifications"] = Json::array(
          {{{"level", "warning"},
            {"message", {{"text", std::to_string(left_out_) + " more were found than are kept"}}}}});
    }
    Json driver = {{"name", "casus"}, {"version", CASUS_VERSION}, {"rules", std::move(rules_)}};
    Json run = {{"tool", {{"driver", std::move(driver)}}},
                {"invocations", Json::array({std::move(invocation)})},
                {"artifacts", std::move(artifacts_)},
                {"columnKind", "unicodeCodePoints"},
                {"results", std::move(results_)}};
    return json_text({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                      {"version", "2.1.0"},
                      {"runs", Json::array({std::move(run)})}});
  }

 private:
  Json rule(const DiagInfo& kind) const {
    const std::string page = std::string(kind.code) + ".md", shipped = "docs/diagnostics/" + page;
    const std::string title(kind.title);
    Json out = {{"id", kind.code},
                {"name", pascal(kind.name)},
                {"shortDescription", {{"text", title}}},
                {"fullDescription", {{"text", title}}},
                {"help",
                 {{"text", title + ". An example, and how to mend it: " + shipped},
                  {"markdown", title + ". An example, and how to mend it: [" + std::string(kind.code) + "](" +
                                   (pages_.empty() ? shipped : std::string(pages_) + page) + ')'}}},
                {"defaultConfiguration", {{"level", level_of(kind.severity)}}}};
    if (!pages_.empty()) out["helpUri"] = std::string(pages_) + page;
    return out;
  }

  Json artifact(const Span& s, const Sources& sources) {
    const std::string uri = path_uri(sources[s.source].path);
    const auto [at, fresh] = artifact_.try_emplace(uri, artifacts_.size());
    if (fresh) artifacts_.push_back({{"location", {{"uri", uri}}}, {"sourceLanguage", "casus"}});
    return {{"uri", uri}, {"index", at->second}};
  }

  Json location(const Span& s, const Sources& sources) {
    return {{"physicalLocation",
             {{"artifactLocation", artifact(s, sources)}, {"region", region_of(s, sources)}}}};
  }

  Json fix(const Diagnostic& d, const Sources& sources) {
    Json replacement = {{"deletedRegion", region_of(d.span, sources)},
                        {"insertedContent", {{"text", d.replacement}}}};
    Json change = {{"artifactLocation", artifact(d.span, sources)},
                   {"replacements", Json::array({std::move(replacement)})}};
    return {{"description", {{"text", d.label.empty() ? "replace it by `" + d.replacement + '`' : d.label}}},
            {"artifactChanges", Json::array({std::move(change)})}};
  }

  std::string_view pages_;
  std::map<std::string_view, size_t> rule_;  // of those that occur, by code
  std::map<std::string, size_t> artifact_;   // by URI
  Json rules_ = Json::array(), artifacts_ = Json::array(), results_ = Json::array();
  size_t left_out_ = 0;
};

}  // namespace

std::string path_uri(std::string_view path) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out = path.starts_with('/') ? "file://" : "";
  for (char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain)
      out += c;
    else
      (out += '%').append({hex[byte >> 4], hex[byte & 15]});
  }
  return out;
}

std::string sarif(std::span<const Checked> inputs, std::string_view pages) {
  Log log(pages);
  log.rules(inputs);
  for (const Checked& input : inputs) {
    for (const Diagnostic& d : input.diagnostics->all()) log.result(d, input);
  }
  return log.text();
}

}  // namespace casus::report
