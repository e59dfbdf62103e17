// SPDX-License-Identifier: Apache-2.0
// casus code: treaties coded by a scheme of the data on alliances, from their norms; beside it what people coded.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "app/session.h"
#include "replay/package.h"
#include "report/coding_report.h"

namespace casus::app {
namespace fs = std::filesystem;

namespace {

struct Asked {
  std::vector<std::string> files;   // models whose instruments are coded; empty: all that are loaded
  std::vector<std::string> names;   // instruments of the library
  std::vector<std::string> shapes;  // files of the scheme
};

void take_files(std::vector<std::string>& to, const std::vector<std::string>& files) {
  for (const std::string& f : files) {
    const auto same = [&](const std::string& other) {
      std::error_code error;
      return fs::equivalent(f, other, error);
    };
    if (std::none_of(to.begin(), to.end(), same)) to.push_back(f);
  }
}

// Loads the scheme, the files, and the library where names are asked for. False: reported.
bool load(Session& s, Asked& asked) {
  const auto scheme = module_path(s.line.scheme, "");
  if (!scheme)
    return s.fail(usage, "there is no scheme '" + s.line.scheme + "' in the library",
                  "a scheme is a module in library/schemes, such as atop"),
           false;
  asked.shapes = {*scheme};
  for (const std::string& words : s.line.words) asked.shapes.push_back(words);
  std::vector<std::string> roots;
  for (const std::string& path : s.line.paths) {
    std::error_code error;
    if (!fs::exists(path, error)) {
      asked.names.push_back(path);
      continue;
    }
    auto files = model_files(path);
    if (!files) return s.fail(files.failure()), false;
    take_files(asked.files, files.value());
  }
  roots = asked.files;
  if (roots.empty() || !asked.names.empty()) {
    auto library = model_files(library_folder());
    if (!library) return s.fail(library.failure()), false;
    take_files(roots, library.value());
  }
  take_files(roots, asked.shapes);
  return s.load(roots);
}

// The instruments to be coded, in the order of the model. Empty: reported.
std::vector<model::InstrumentId> chosen(Session& s, const Asked& asked, const coding::Scheme& scheme) {
  std::vector<model::InstrumentId> out;
  std::vector<std::string_view> known;
  for (const auto& i : s.model().instruments) known.push_back(i.name);
  for (const std::string& name : asked.names) {
    if (s.model().find_instrument(name)) continue;
    s.unknown("there is neither a file nor an instrument '" + name + "'", name, known,
              "casus list names the instruments of the library");
    return {};
  }
  for (size_t i = 0; i < s.model().instruments.size(); ++i) {
    const model::InstrumentId id(i);
    const model::Instrument& instrument = s.model()[id];
    const bool named =
        std::find(asked.names.begin(), asked.names.end(), instrument.name) != asked.names.end();
    const bool all = asked.files.empty() && asked.names.empty();
    if (!scheme.is_scheme(id) && (all || named || s.is_in(instrument.span, asked.files))) out.push_back(id);
  }
  if (out.empty())
    s.fail(usage,
           "there is no instrument in " + (s.line.paths.empty() ? library_folder() : s.line.paths.front()),
           "an instrument begins: instrument NAME \"its title\" { … }");
  return out;
}

// The text of an instrument, as --package makes it. nullptr, reported: a choice is open, and its draft was named.
const model::Model* text_of(Session& s, const Asked& asked, const model::Package& package,
                            model::InstrumentId id) {
  const bool named = !asked.files.empty() || !asked.names.empty();
  if (named || !replay::left_open(s.model(), {&id, 1}, {}, package, s.model()[id].span))
    return s.text_of({id}, {}, package, s.model()[id].span);
  std::fprintf(stderr, "casus: %s is left out: choices are open in it; --package says which\n",
               s.model()[id].name.c_str());
  return nullptr;
}

bool read_data(Session& s, report::CodingReport& report) {
  std::set<int64_t> numbers;
  for (const auto& i : report.instruments) {
    if (i.coding.number) numbers.insert(*i.coding.number);
  }
  EventFiles files("");
  for (const std::string& path : s.line.against) {
    auto input = files.open(path);
    if (!input) return s.fail(input.failure()), false;
    if (const auto read = coding::read_human(path, std::move(input.value()), numbers, report.human); !read)
      return s.fail(read.failure()), false;
    report.files.push_back(path);
  }
  return true;
}

}  // namespace

int verb_code(Session& s) {
  if (s.line.scheme != "atop")
    return s.fail(usage, "there is no scheme '" + s.line.scheme + "'",
                  "the scheme that is known is atop: --scheme atop");
  Instant at = Instant::far_future();
  if (!s.line.at.empty()) {
    const auto w = parse_instant(s.line.at);
    if (!w) return s.fail(usage, "--at '" + s.line.at + "' is not a date", "write 2018-12-31");
    at = last_of(*w);
  }
  Asked asked;
  if (!load(s, asked)) return s.code;
  coding::Scheme scheme;
  for (size_t i = 0; i < s.model().instruments.size(); ++i) {
    if (s.is_in(s.model().instruments[i].span, asked.shapes)) scheme.instruments.emplace_back(i);
  }
  report::CodingReport report;
  report.scheme = s.line.scheme;
  const auto instruments = chosen(s, asked, scheme);
  if (instruments.empty()) return s.code;
  const auto package = read_package(s, s.line.package);
  if (!package) return s.code;
  for (model::InstrumentId id : instruments) {
    const model::Model* const text = text_of(s, asked, *package, id);
    if (text) report.instruments.push_back({coding::code_atop(*text, id, scheme, at), {}});
    if (!text && s.code != done) return s.code;
  }
  // Of the whole library, only what people coded is put beside it.
  if (s.line.paths.empty() && !s.line.against.empty())
    std::erase_if(report.instruments, [](const auto& i) { return !i.coding.number; });
  if (!read_data(s, report)) return s.code;
  for (auto& i : report.instruments) {
    if (!s.line.against.empty()) i.compared = coding::against(i.coding, report.human);
  }
  if (!s.line.csv.empty()) {
    if (const auto written = write_file(s.line.csv, report::coding_csv(s.model(), report)); !written)
      return s.fail(written.failure());
  }
  if (s.line.json) return s.emit(report::coding_json(s.model(), report));
  return s.emit(report::coding_text(s.model(), report, s.screen.width, s.screen.colour));
}

}  // namespace casus::app
