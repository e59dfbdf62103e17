// SPDX-License-Identifier: Apache-2.0
// Prose. A model is a document: who reads an instrument must find what the model covers, what it rests on,
// what its author chose and where its limits are. The lint asks for headings of those names, at any level, in
// the file that holds the instrument. What can not be seen: whether what stands under them is true, or
// anything at all.
#include <algorithm>
#include <cctype>
#include <set>

#include "check/context.h"
#include "check/markdown.h"

namespace casus::check {

namespace {

constexpr std::string_view wanted[] = {"What this model covers", "Sources", "Modelling choices", "Limits"};

bool same_words(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  });
}

void sections(Context& x, const model::Instrument& i, InstrumentId id) {
  const std::string_view text = x.sources[i.span.source].text;
  const Markdown markdown = read_markdown(text);
  std::vector<std::string> missing;
  for (std::string_view name : wanted) {
    const bool found = std::any_of(markdown.prose.begin(), markdown.prose.end(), [&](const ProseLine& l) {
      return l.heading && same_words(heading_text(text.substr(l.begin, l.end - l.begin)), name);
    });
    if (!found) missing.push_back('"' + std::string(name) + '"');
  }
  if (missing.empty()) return;
  x.add({.kind = Diag::missing_sections,
         .span = i.span,
         .message = "the prose about `" + i.name + "` has no section " + join(missing),
         .where = x.where(id),
         .notes = {"add a heading of that name, at any level, and say it in your own words"}});
}

}  // namespace

// Once for each file: its prose is about all of its instruments.
void check_prose(Context& x) {
  std::set<SourceId> done;
  for (size_t k = 0; k < x.m.instruments.size(); ++k) {
    const model::Instrument& i = x.m.instruments[k];
    if (!x.here(i.span) || !done.insert(i.span.source).second) continue;
    if (x.sources[i.span.source].literate) {
      sections(x, i, InstrumentId(k));
    } else {
      x.add({.kind = Diag::no_prose,
             .span = i.span,
             .message = '`' + i.name + "` stands in a file without prose",
             .where = x.where(InstrumentId(k)),
             .notes = {"a file named `….casus.md` holds prose with the model in fenced `casus` blocks, and "
                       "renders as its page"}});
    }
  }
}

}  // namespace casus::check
