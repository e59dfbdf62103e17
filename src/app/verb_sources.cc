// SPDX-License-Identifier: Apache-2.0
// casus sources: claims and the documents they are from; who contradicts whom; the matrix of parties and matters.
#include <algorithm>
#include <filesystem>
#include <map>

#include "app/session.h"
#include "report/sources.h"

namespace casus::app {
namespace {

namespace fs = std::filesystem;

constexpr size_t max_document_bytes = 16u << 20;

class SourcesVerb {
 public:
  explicit SourcesVerb(Session& s) : s_(s) {}

  int run() {
    std::vector<std::string> asked = s_.line.paths;
    std::error_code error;
    std::string place = library_folder();
    if (!asked.empty() && fs::exists(asked.front(), error)) {
      place = asked.front();
      asked.erase(asked.begin());
    }
    auto files = model_files(place);
    if (!files) return s_.fail(files.failure());
    if (!s_.load(files.value())) return s_.code;
    if (!filters()) return s_.code;
    std::string view;
    if (!asked.empty() && (asked.front() == "matrix" || asked.front() == "contradictions")) {
      view = asked.front();
      asked.erase(asked.begin());
    }
    if (!select(asked)) return s_.code;
    if (some_.empty()) return s_.fail(usage, "no claim fits", "casus sources lists what there is");
    if (!documents()) return s_.code;
    const int answer = std::all_of(verified_.begin(), verified_.end(), [](const auto& v) { return v.good(); }) ? done : findings;
    if (!s_.line.csv.empty()) {
      if (auto written = write_file(s_.line.csv, report::matrix_csv(m(), claims::positions(m(), some_))); !written) return s_.fail(written.failure());
    }
    return s_.emit(s_.line.json ? report::sources_json(m(), some_, verified_) : text(view, !asked.empty() || filtered_), answer);
  }

 private:
  const model::Model& m() const { return s_.model(); }

  std::string text(const std::string& view, bool narrowed) {
    const report::TextOptions options{s_.screen.width, s_.screen.colour, {}};
    if (s_.line.verify) return report::verified_text(m(), s_.sources, verified_, options);
    if (view == "matrix") return report::matrix_text(m(), claims::positions(m(), some_), options);
    if (view == "contradictions") return report::contradictions_text(m(), claims::positions(m(), some_), options);
    if (!narrowed) return report::sources_text(m(), some_, options);
    return report::claims_text(m(), some_, [this](model::SourceRefId id) { return document(id); }, options);
  }

  bool filters() {
    const CommandLine& line = s_.line;
    filtered_ = !line.by.empty() || !line.about.empty() || !line.stance.empty() || !line.since.empty() || !line.until.empty();
    if (!line.by.empty() && !(wanted_.by = m().find_entity(line.by))) return no_entity(line.by);
    if (!line.about.empty()) {
      wanted_.about_entity = m().find_entity(line.about);
      for (size_t i = 0; i < m().facts.size() && !wanted_.about_entity; ++i) {
        if (m().facts[i].name == line.about) wanted_.about_fact = model::FactId(i);
      }
      if (!wanted_.about_entity && !wanted_.about_fact) return no_entity(line.about);
    }
    if (!line.stance.empty()) {
      const auto it = std::find(model::stance_words.begin(), model::stance_words.end(), line.stance);
      if (it == model::stance_words.end()) {
        s_.unknown("nobody claims in the way '" + line.stance + "'", line.stance, {model::stance_words.begin(), model::stance_words.end()},
                   "asserts, holds, demands, refuses, requires, offers or expects");
        return false;
      }
      wanted_.stance = static_cast<model::Stance>(it - model::stance_words.begin());
    }
    return date(line.since, "--since", wanted_.since, false) && date(line.until, "--until", wanted_.until, true);
  }

  bool date(const std::string& text, const char* flag, std::optional<Instant>& into, bool last) {
    if (text.empty()) return true;
    const auto w = parse_instant(text);
    if (!w) return s_.fail(usage, std::string(flag) + ": '" + text + "' is no date", "write 2022-02-24"), false;
    into = last ? last_of(*w) : w->at;
    return true;
  }

  bool no_entity(const std::string& name) {
    std::vector<std::string_view> known;
    for (const auto& e : m().entities) known.push_back(e.name);
    s_.unknown("nothing is called '" + name + "'", name, known, "casus list shows what there is");
    return false;
  }

  // Sources and claims by name; without any, all.
  bool select(const std::vector<std::string>& names) {
    if (names.empty()) {
      some_ = claims::find(m(), wanted_);
      return true;
    }
    for (const std::string& name : names) {
      const size_t dot = name.find('.');
      const std::string source = name.substr(0, dot);
      std::vector<std::string_view> known;
      wanted_.source = model::SourceRefId();
      for (size_t i = 0; i < m().sources.size(); ++i) {
        if (m().sources[i].name.empty()) continue;
        known.push_back(m().sources[i].name);
        if (m().sources[i].name == source) wanted_.source = model::SourceRefId(i);
      }
      if (!wanted_.source) {
        s_.unknown("no source is called '" + source + "'", source, known, "casus sources lists them");
        return false;
      }
      wanted_.number = dot == std::string::npos ? "" : name.substr(dot + 1);
      const auto more = claims::find(m(), wanted_);
      if (more.empty() && dot != std::string::npos) {
        s_.fail(usage, "there is no claim '" + name + "'" + (filtered_ ? " that fits" : ""), "casus sources " + source + " lists its claims");
        return false;
      }
      some_.insert(some_.end(), more.begin(), more.end());
    }
    return true;
  }

  // Reads the documents of the sources asked about, and holds their claims to them.
  bool documents() {
    if (s_.line.documents.empty()) {
      if (!s_.line.verify) return true;
      return s_.fail(usage, "--verify needs the documents", "name your folder of them: --documents DIR"), false;
    }
    std::error_code error;
    if (!fs::is_directory(s_.line.documents, error)) return s_.fail(Failure{s_.line.documents + " is no folder", "name the folder that holds the documents"}), false;
    std::map<model::SourceRefId, std::vector<claims::Index>> by_source;
    for (claims::Index i : some_) by_source[m().claims[i].source].push_back(i);
    for (const auto& [source, of] : by_source) verified_.push_back(verify(source, of));
    return true;
  }

  report::Verified verify(model::SourceRefId id, const std::vector<claims::Index>& of) {
    const model::SourceRecord& source = m()[id];
    report::Verified v{id, {}, {}, of.size()};
    const std::string file(claims::property(source, "file"));
    if (file.empty() || fs::path(file).filename() != file) {
      v.wrong = file.empty() ? "the source names no file" : "its file is no plain name";
      return v;
    }
    auto bytes = read_file((fs::path(s_.line.documents) / file).string(), max_document_bytes + 1);
    if (!bytes) {
      v.wrong = bytes.failure().what;
      return v;
    }
    if (bytes.value().size() > max_document_bytes) {
      v.wrong = "it is longer than 16 MiB";
      return v;
    }
    const std::string_view stated = claims::property(source, "sha256");
    const std::string digest = claims::sha256_hex(bytes.value());
    if (stated != digest) v.wrong = stated.empty() ? "the source states no digest" : "another text: its SHA-256 is " + digest;
    size_t at = 0;
    auto document = claims::Document::of(std::move(bytes.value()), at);
    if (!document) {
      v.wrong = "not UTF-8 from byte " + std::to_string(at) + " on";
      return v;
    }
    for (claims::Index i : of) {
      if (std::string why = claims::fault(m().claims[i], *document); !why.empty()) v.faults.emplace_back(i, std::move(why));
    }
    documents_.emplace(id, std::move(*document));
    return v;
  }

  const claims::Document* document(model::SourceRefId id) const {
    const auto it = documents_.find(id);
    return it == documents_.end() ? nullptr : &it->second;
  }

  Session& s_;
  claims::Wanted wanted_;
  bool filtered_ = false;
  std::vector<claims::Index> some_;
  std::vector<report::Verified> verified_;
  std::map<model::SourceRefId, claims::Document> documents_;
};

}  // namespace

int verb_sources(Session& s) { return SourcesVerb(s).run(); }

}  // namespace casus::app
