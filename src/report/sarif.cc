// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "base/version.h"
#include "report/check_report.h"
#include "report/json.h"
#include "text/words.h"

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

// What a page says, without its example: what the message means, and how to mend it.
struct Page {
  std::string meaning, remedy, markdown;
};

// Lines made one; "*Warning.*" at the beginning, which the level says, left out.
std::string plain(std::string_view paragraph) {
  paragraph.remove_prefix(std::min(paragraph.find_first_not_of(" \n"), paragraph.size()));
  const size_t level = paragraph.starts_with('*') ? paragraph.find(".* ") : std::string_view::npos;
  if (level != std::string_view::npos) paragraph.remove_prefix(level + 3);
  return one_line(paragraph);
}

Page read_page(std::string_view text) {
  const auto section = [text](std::string_view heading) {
    const size_t at = text.find(heading);
    if (at == std::string_view::npos) return std::string();
    const size_t begin = text.find('\n', at + 1);
    return begin == std::string_view::npos ? std::string()
                                           : plain(text.substr(begin, text.find("\n## ", begin) - begin));
  };
  const size_t title = text.find("# ");
  return {section("\n# "), section("\n## How to mend it"),
          title == std::string_view::npos ? std::string() : std::string(text.substr(title))};
}

class Log {
 public:
  explicit Log(const PageOf& page_of) : page_of_(page_of) {}

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
                {"originalUriBaseIds",
                 {{base_, {{"description", {{"text", "the folder in which the program ran"}}}}}}},
                {"columnKind", "unicodeCodePoints"},
                {"results", std::move(results_)}};
    return json_text({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                      {"version", "2.1.0"},
                      {"runs", Json::array({std::move(run)})}});
  }

 private:
  Json rule(const DiagInfo& kind) const {
    const std::string title = std::string(kind.title) + '.';
    Page page = read_page(page_of_ ? page_of_(kind.code) : std::string());
    if (page.meaning.empty()) page.meaning = title;
    Json help = {{"text", page.meaning + (page.remedy.empty() ? "" : ' ' + page.remedy)}};
    if (!page.markdown.empty()) help["markdown"] = page.markdown;
    return {{"id", kind.code},
            {"name", pascal(kind.name)},
            {"shortDescription", {{"text", title}}},
            {"fullDescription", {{"text", page.meaning}}},
            {"help", std::move(help)},
            {"defaultConfiguration", {{"level", level_of(kind.severity)}}}};
  }

  Json artifact(const Span& s, const Sources& sources) {
    std::string_view path = sources[s.source].path;
    while (path.starts_with("./")) path.remove_prefix(2);
    const std::string uri = path_uri(path);
    Json place = {{"uri", uri}};
    if (!path.starts_with('/')) place["uriBaseId"] = base_;
    const auto [at, fresh] = artifact_.try_emplace(uri, artifacts_.size());
    if (fresh) artifacts_.push_back({{"location", place}, {"sourceLanguage", "casus"}});
    place["index"] = at->second;
    return place;
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

  static constexpr const char* base_ = "%SRCROOT%";
  const PageOf& page_of_;
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

std::string sarif(std::span<const Checked> inputs, const PageOf& page_of) {
  Log log(page_of);
  log.rules(inputs);
  for (const Checked& input : inputs) {
    for (const Diagnostic& d : input.diagnostics->all()) log.result(d, input);
  }
  return log.text();
}

}  // namespace casus::report
