// SPDX-License-Identifier: Apache-2.0
// casus sources: claims and the documents they are from; who contradicts whom; the matrix of parties and matters.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "app/session.h"
#include "report/sources.h"

namespace casus::app {
namespace {

namespace fs = std::filesystem;

constexpr size_t max_document_bytes = 16u << 20;
constexpr size_t max_cells = 4'000'000;

bool is_view(const std::string& word) { return word == "matrix" || word == "contradictions"; }

// There, or written as only a file is.
bool is_place(const std::string& word) {
  std::error_code error;
  return fs::exists(word, error) || word.ends_with(".casus") || word.ends_with(".casus.md") ||
         word.find('/') != std::string::npos;
}

class SourcesVerb {
 public:
  explicit SourcesVerb(Session& s) : s_(s) {}

  int run() {
    if (!load() || !fits_together() || !filters() || !select()) return s_.code;
    const CommandLine& line = s_.line;
    if (!line.documents.empty() && !documents()) return s_.code;
    if (view_ == "matrix") {
      if (const size_t n = claims::cells(positions()); n > max_cells)
        return s_.fail(inconclusive,
                       "the matrix would have " + std::to_string(n) + " cells; the limit is " +
                           std::to_string(max_cells),
                       "narrow it with --by or --about");
    }
    const bool good = std::all_of(verified_.begin(), verified_.end(), [](const auto& v) { return v.good(); });
    const auto json = [&] { return report::sources_json(m(), s_.sources, some_, wanted_.by, verified_); };
    if (!line.csv.empty()) {
      for (const auto& [path, content] : {std::pair(line.csv, report::matrix_csv(m(), positions())),
                                          std::pair(line.csv + ".json", json())}) {
        if (auto written = write_file(path, content); !written) return s_.fail(written.failure());
      }
    }
    return s_.emit(line.json ? json() : text(), good ? done : findings);
  }

 private:
  const model::Model& m() const { return s_.model(); }
  std::vector<claims::Positions> positions() const { return claims::positions(m(), some_, wanted_.by); }

  // What is asked: files or folders that are there (else the library), one word, and names.
  bool load() {
    std::vector<std::string> places;
    for (const std::string& word : s_.line.paths) {
      if (view_.empty() && names_.empty() && is_view(word)) {
        view_ = word;
      } else if (view_.empty() && names_.empty() && is_place(word)) {
        places.push_back(word);
      } else {
        names_.push_back(word);
      }
    }
    if (places.empty()) places.push_back(library_folder());
    std::vector<std::string> files;
    std::set<fs::path> before;
    for (const std::string& place : places) {
      auto found = model_files(place);
      if (!found) return s_.fail(found.failure()), false;
      for (const std::string& file : found.value()) {
        std::error_code error;
        if (before.insert(fs::weakly_canonical(file, error)).second) files.push_back(file);
      }
    }
    return s_.load(files);
  }

  bool fits_together() {
    const CommandLine& line = s_.line;
    if (line.verify && line.documents.empty())
      return s_.fail(usage, "--verify needs the documents", "name your folder of them: --documents DIR"),
             false;
    if (!view_.empty() && !line.documents.empty())
      return s_.fail(usage, "casus sources " + view_ + " looks into no documents",
                     "casus sources --documents DIR shows claims in their passages"),
             false;
    if (view_ != "matrix" && !line.csv.empty())
      return s_.fail(usage, "--csv writes the matrix", "casus sources matrix --csv " + line.csv), false;
    return true;
  }

  std::string text() {
    const CommandLine& line = s_.line;
    const report::TextOptions options{s_.screen.width, s_.screen.colour, {}};
    if (line.verify) return report::verified_text(m(), s_.sources, verified_, options);
    if (view_ == "matrix") return report::matrix_text(m(), positions(), line.all, options);
    if (view_ == "contradictions") return report::contradictions_text(m(), positions(), options);
    if (names_.empty() && !filtered_ && line.documents.empty())
      return report::sources_text(m(), some_, options);
    return report::claims_text(
        m(), some_, verified_, [this](model::SourceRefId id) { return document(id); }, options);
  }

  bool filters() {
    const CommandLine& line = s_.line;
    filtered_ = !line.by.empty() || !line.about.empty() || !line.stances.empty() || !line.since.empty() ||
                !line.until.empty();
    for (const std::string& name : line.by) {
      wanted_.by.push_back(m().find_entity(name));
      if (!wanted_.by.back()) return unknown("nobody is called '" + name + "'", name, m().entities);
    }
    for (const std::string& name : line.views) {  // what a viewpoint accepts is what its speakers claim
      const model::ViewpointId view = m().find_viewpoint(name);
      if (!view) return unknown("there is no viewpoint '" + name + "'", name, m().viewpoints);
      wanted_.by.insert(wanted_.by.end(), m()[view].accepts.begin(), m()[view].accepts.end());
      filtered_ = true;
    }
    if (!line.about.empty()) {
      wanted_.about_entity = m().find_entity(line.about);
      for (size_t i = 0; i < m().facts.size() && !wanted_.about_entity; ++i) {
        if (m().facts[i].name == line.about) wanted_.about_fact = model::FactId(i);
      }
      if (!wanted_.about_entity && !wanted_.about_fact)
        return unknown("nothing is called '" + line.about + "'", line.about, m().entities);
    }
    for (const std::string& word : line.stances) {
      const auto it = std::find(model::stance_words.begin(), model::stance_words.end(), word);
      if (it == model::stance_words.end()) {
        s_.unknown("nobody claims in the way '" + word + "'", word,
                   {model::stance_words.begin(), model::stance_words.end()},
                   "asserts, holds, demands, refuses, requires, offers or expects");
        return false;
      }
      wanted_.stances.push_back(static_cast<model::Stance>(it - model::stance_words.begin()));
    }
    return date(line.since, "--since", wanted_.since, false) &&
           date(line.until, "--until", wanted_.until, true);
  }

  bool date(const std::string& text, const char* flag, std::optional<Instant>& into, bool last) {
    if (text.empty()) return true;
    const auto w = parse_instant(text);
    if (!w)
      return s_.fail(usage, std::string(flag) + " '" + text + "' is not a date",
                     "write 2022-02-24 or 2022-02-24T06:00Z"),
             false;
    into = last ? last_of(*w) : w->at;
    return true;
  }

  template <typename Named>
  bool unknown(const std::string& message, const std::string& name, const std::vector<Named>& all) {
    std::vector<std::string_view> known;
    for (const auto& e : all) known.push_back(e.name);
    s_.unknown(message, name, known, "casus sources lists the sources, casus list what else there is");
    return false;
  }

  // Sources and claims by name; without any, all.
  bool select() {
    if (names_.empty()) {
      some_ = claims::find(m(), wanted_);
      for (size_t i = 0; i < m().sources.size(); ++i) {
        if (!filtered_ && !claims::property(m().sources[i], "file").empty())
          to_verify_.insert(model::SourceRefId(i));
      }
    }
    for (const std::string& name : names_) {
      const size_t dot = name.find('.');
      const std::string source = name.substr(0, dot);
      wanted_.source = model::SourceRefId();
      for (size_t i = 0; i < m().sources.size(); ++i) {
        if (!source.empty() && m().sources[i].name == source) wanted_.source = model::SourceRefId(i);
      }
      if (!wanted_.source) return unknown("no source is called '" + source + "'", source, m().sources);
      to_verify_.insert(wanted_.source);
      wanted_.number = dot == std::string::npos ? "" : name.substr(dot + 1);
      const auto more = claims::find(m(), wanted_);
      if (more.empty() && dot != std::string::npos && !filtered_)
        return s_.fail(usage, "there is no claim '" + name + "'",
                       "casus sources " + source + " lists its claims"),
               false;
      some_.insert(some_.end(), more.begin(), more.end());
    }
    std::sort(some_.begin(), some_.end());
    some_.erase(std::unique(some_.begin(), some_.end()), some_.end());
    return true;
  }

  // Reads the documents of the sources asked about, and holds their claims to them.
  bool documents() {
    std::error_code error;
    if (!fs::is_directory(s_.line.documents, error))
      return s_.fail(
                 Failure{s_.line.documents + " is no folder", "name the folder that holds the documents"}),
             false;
    std::map<model::SourceRefId, std::vector<claims::Index>> by_source;
    for (model::SourceRefId source : to_verify_) by_source[source];
    for (claims::Index i : some_) by_source[m().claims[i].source].push_back(i);
    for (const auto& [source, of] : by_source) verified_.push_back(verify(source, of));
    return true;
  }

  Result<std::string> read_document(const std::string& file) const {
    std::error_code error;
    if (file.empty()) return Failure{"the source names no file", ""};
    if (fs::path(file).filename() != file)
      return Failure{"`" + file + "` is not the plain name of a file", ""};
    const std::string path = (fs::path(s_.line.documents) / file).string();
    // A pipe would be waited for.
    const fs::file_status status = fs::status(path, error);
    if (fs::exists(status) && !fs::is_regular_file(status)) return Failure{path + " is not a file", ""};
    auto bytes = read_file(path, max_document_bytes + 1);
    if (bytes && bytes.value().size() > max_document_bytes)
      return Failure{path + " is longer than 16 MiB", ""};
    return bytes;
  }

  report::Verified verify(model::SourceRefId id, const std::vector<claims::Index>& of) {
    const model::SourceRecord& source = m()[id];
    report::Verified v{id, {}, {}, of.size()};
    auto bytes = read_document(std::string(claims::property(source, "file")));
    if (!bytes) {
      v.wrong = bytes.failure().what;
      return v;
    }
    const std::string_view stated = claims::property(source, "sha256");
    const std::string digest = claims::sha256_hex(bytes.value());
    if (stated != digest)
      v.wrong = stated.empty() ? "the source states no digest" : "another text: its SHA-256 is " + digest;
    size_t at = 0;
    auto document = claims::Document::of(std::move(bytes.value()), at);
    if (!document) {
      v.wrong = "not UTF-8 from byte " + std::to_string(at) + " on";
      return v;
    }
    for (claims::Index i : of) {
      if (std::string why = claims::fault(m().claims[i], *document); !why.empty())
        v.faults.emplace_back(i, std::move(why));
    }
    documents_.emplace(id, std::move(*document));
    return v;
  }

  const claims::Document* document(model::SourceRefId id) const {
    const auto it = documents_.find(id);
    return it == documents_.end() ? nullptr : &it->second;
  }

  Session& s_;
  std::string view_;
  std::vector<std::string> names_;
  claims::Wanted wanted_;
  bool filtered_ = false;
  std::vector<claims::Index> some_;
  std::set<model::SourceRefId> to_verify_;  // also without a claim
  std::vector<report::Verified> verified_;
  std::map<model::SourceRefId, claims::Document> documents_;
};

}  // namespace

int verb_sources(Session& s) { return SourcesVerb(s).run(); }

}  // namespace casus::app
