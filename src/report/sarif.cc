// SPDX-License-Identifier: Apache-2.0
#include "report/sarif.h"

#include <map>
#include <nlohmann/json.hpp>

#include "base/version.h"

namespace casus::report {

using Json = nlohmann::ordered_json;

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

std::string page_of(std::string_view code) { return "docs/diagnostics/" + std::string(code) + ".md"; }

// A path as a URI: relative to where the program ran, or file:// when it is absolute.
std::string uri_of(std::string_view path) {
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

Json region_of(const Span& s, const Sources& sources) {
  const LineColumn begin = sources.locate(s.source, s.begin), end = sources.locate(s.source, s.end);
  return {{"startLine", begin.line},
          {"startColumn", begin.column},
          {"endLine", end.line},
          {"endColumn", end.column}};
}

Json artifact_of(const Span& s, const Sources& sources) { return {{"uri", uri_of(sources[s.source].path)}}; }

Json location_of(const Span& s, const Sources& sources) {
  return {{"physicalLocation",
           {{"artifactLocation", artifact_of(s, sources)}, {"region", region_of(s, sources)}}}};
}

// The message with everything that the terminal's form puts around it.
std::string text_of(const Diagnostic& d) {
  std::string out = d.message;
  if (!d.label.empty()) out += " (" + d.label + ')';
  if (!d.where.empty()) out = d.where + ": " + out;
  for (const std::string& note : d.notes) out += "; " + note;
  return out;
}

Json fix_of(const Diagnostic& d, const Sources& sources) {
  Json replacement = {{"deletedRegion", region_of(d.span, sources)},
                      {"insertedContent", {{"text", d.replacement}}}};
  Json change = {{"artifactLocation", artifact_of(d.span, sources)},
                 {"replacements", Json::array({std::move(replacement)})}};
  return {{"description", {{"text", d.label.empty() ? "replace it by `" + d.replacement + '`' : d.label}}},
          {"artifactChanges", Json::array({std::move(change)})}};
}

Json result_of(const Diagnostic& d, const Sources& sources, size_t rule) {
  const DiagInfo& kind = info(d.kind);
  Json out = {{"ruleId", kind.code},
              {"ruleIndex", rule},
              {"level", level_of(kind.severity)},
              {"message", {{"text", text_of(d)}}}};
  if (!d.span.valid()) return out;
  out["locations"] = Json::array({location_of(d.span, sources)});
  Json related = Json::array();
  for (const RelatedSpan& r : d.related) {
    if (!r.span.valid()) continue;
    Json at = location_of(r.span, sources);
    at["id"] = related.size() + 1;
    at["message"] = {{"text", r.message}};
    related.push_back(std::move(at));
  }
  if (!related.empty()) out["relatedLocations"] = std::move(related);
  if (!d.replacement.empty()) out["fixes"] = Json::array({fix_of(d, sources)});
  return out;
}

Json rule_of(const DiagInfo& kind) {
  const std::string page = page_of(kind.code);
  return {
      {"id", kind.code},
      {"shortDescription", {{"text", kind.title}}},
      {"help", {{"text", "See " + page}, {"markdown", "See [" + std::string(kind.code) + "](" + page + ')'}}},
      {"defaultConfiguration", {{"level", level_of(kind.severity)}}}};
}

}  // namespace

std::string sarif(std::span<const SarifInput> inputs) {
  std::map<std::string_view, size_t> numbers;  // of rules that occur, by code
  for (const SarifInput& input : inputs) {
    for (const Diagnostic& d : input.diagnostics->all()) numbers[info(d.kind).code] = 0;
  }
  Json rules = Json::array();
  size_t next = 0;
  for (auto& [code, number] : numbers) number = next++;
  for (const auto& [code, number] : numbers) {
    for (size_t k = 0; k < diag_kind_count(); ++k) {
      if (info(static_cast<Diag>(k)).code == code) rules.push_back(rule_of(info(static_cast<Diag>(k))));
    }
  }
  Json results = Json::array();
  for (const SarifInput& input : inputs) {
    for (const Diagnostic& d : input.diagnostics->all())
      results.push_back(result_of(d, *input.sources, numbers[info(d.kind).code]));
  }
  Json driver = {{"name", "casus"}, {"version", CASUS_VERSION}, {"rules", std::move(rules)}};
  Json run = {{"tool", {{"driver", std::move(driver)}}},
              {"columnKind", "unicodeCodePoints"},
              {"results", std::move(results)}};
  const Json log = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                    {"version", "2.1.0"},
                    {"runs", Json::array({std::move(run)})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace casus::report
