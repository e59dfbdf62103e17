// SPDX-License-Identifier: Apache-2.0
// Sources, claims and contradictions as text. The matrix: sources_matrix.cc; for machines: sources_json.cc.
#include "report/sources.h"

#include <algorithm>

#include "report/layout.h"
#include "report/sources_words.h"
#include "text/words.h"

namespace casus::report {

using claims::Index;

std::string matter_words(const model::Model& m, const claims::Matter& matter) {
  return plain_words(m, matter.fact, matter.args);
}

std::string side_words(const model::Model& m, const claims::Matter& matter, const claims::Side& side) {
  const model::Type type = m[matter.fact].result;
  if (type.kind == model::TypeKind::truth) return side.denied ? "against" : "for";
  return (side.denied ? "not " : "") + m.show(side.value, type);
}

std::string_view stance_word(const model::Claim& c) {
  return c.words.empty() ? std::string_view() : model::stance_words[static_cast<size_t>(c.stance)];
}

std::string claim_ids(const model::Model& m, const std::vector<Index>& some) {
  std::string out;
  for (Index i : some) out += (out.empty() ? "" : " ") + claims::id_of(m, m.claims[i]);
  return out;
}

std::string title_of(const model::Named& n) { return n.title.empty() ? spaced(n.name) : n.title; }

namespace {

constexpr uint32_t around = 160;  // characters shown before and after a passage

std::string who_and_when(const model::Model& m, const model::Claim& c) {
  std::string out;
  for (model::EntityId e : c.by) out += (out.empty() ? "" : ", ") + m[e].name;
  if (!c.speaker.empty()) out += " (" + c.speaker + ")";
  if (c.at) out += ", " + format_iso(c.at->at, c.at->precision);
  return out;
}

void passage(Page& page, const model::Claim& c, const claims::Document& d) {
  if (const std::string wrong = claims::fault(c, d); !wrong.empty())
    return page.line("    ✗ ", wrong, Ink::red);
  const auto [from, to] = *c.passage;
  const uint32_t before = from > around ? from - around : 0;
  const uint32_t after = d.characters() - to > around ? to + around : d.characters();
  const std::string head = one_line(d.text(before, from)), tail = one_line(d.text(to, after));
  page.line("    │ ",
            (before > 0 ? "…" : "") + head + (head.empty() ? "" : " ") + "»" + one_line(d.text(from, to)) +
                "«" + (tail.empty() ? "" : " ") + tail + (after < d.characters() ? "…" : ""),
            Ink::dim, "    │ ");
}

// Who else speaks on the matter of a claim, by what is said of it.
void others(Page& page, const model::Model& m, Index one) {
  const model::Claim& c = m.claims[one];
  const claims::Matter matter{c.fact, c.args};
  std::map<claims::Side, std::string> by_side;
  for (Index i = 0; i < m.claims.size(); ++i) {
    const model::Claim& other = m.claims[i];
    if (i == one || claims::Matter{other.fact, other.args} != matter) continue;
    std::string& said = by_side[{other.negated, other.value}];
    said += (said.empty() ? "" : " · ") + claims::id_of(m, other) + " " + who_and_when(m, other);
  }
  const bool truth = m[c.fact].result.kind == model::TypeKind::truth;
  for (const auto& [side, said] : by_side) {
    const bool same = side == claims::Side{c.negated, c.value};
    page.line("    ", (same    ? "the same: "
                       : truth ? "the opposite: "
                               : side_words(m, matter, side) + ": ") +
                          said);
  }
}

void source_head(Page& page, const model::SourceRecord& s) {
  page.line("", s.name + " · " + title_of(s), Ink::bold);
  std::string about;
  for (const auto& [key, value] : s.properties) {
    if (key != "sha256") about += (about.empty() ? "" : " · ") + spaced(key) + " " + value;
  }
  if (!about.empty()) page.line("  ", about, Ink::dim);
}

}  // namespace

std::string sources_text(const model::Model& m, const std::vector<Index>& some, const TextOptions& options) {
  std::vector<size_t> count(m.sources.size());
  for (Index i : some) ++count[m.claims[i].source.index()];
  std::vector<std::vector<std::string>> rows;
  for (size_t i = 0; i < m.sources.size(); ++i) {
    const model::SourceRecord& s = m.sources[i];
    if (s.name.empty()) continue;  // a text after `source`, which is no record of a document
    rows.push_back({s.name, std::to_string(count[i]), std::string(claims::property(s, "published")),
                    std::string(claims::property(s, "outlet")), title_of(s)});
  }
  Page page(options.width, options.colour);
  page.table({"SOURCE", "CLAIMS", "PUBLISHED", "OUTLET", "TITLE"}, rows, {});
  page.blank();
  page.line("", counted(some.size(), "claim") + " in " + counted(rows.size(), "source"));
  return page.take();
}

std::string claims_text(const model::Model& m, const std::vector<Index>& some,
                        const std::vector<Verified>& verified, const DocumentOf& documents,
                        const TextOptions& options) {
  Page page(options.width, options.colour);
  model::SourceRefId source;
  for (Index i : some) {
    const model::Claim& c = m.claims[i];
    if (c.source != source) {
      if (source) page.blank();
      source = c.source;
      source_head(page, m[source]);
      for (const Verified& v : verified) {
        if (v.source == source && !v.wrong.empty()) page.line("  ✗ ", "the document: " + v.wrong, Ink::red);
      }
    }
    page.line("  ", claims::id_of(m, c) + "  " + who_and_when(m, c), Ink::cyan);
    if (!c.words.empty()) page.line("    ", std::string(stance_word(c)) + " “" + c.words + "”");
    const claims::Matter matter{c.fact, c.args};
    std::string what = side_words(m, matter, {c.negated, c.value}) + ": " + matter_words(m, matter);
    if (c.passage)
      what += " · passage " + std::to_string(c.passage->first) + ".." + std::to_string(c.passage->second);
    page.line("    ", what, Ink::dim);
    if (some.size() == 1) others(page, m, i);
    if (const claims::Document* d = documents(c.source)) passage(page, c, *d);
  }
  if (!some.empty()) page.blank();
  page.line("", some.empty() ? "no claim fits" : counted(some.size(), "claim"));
  return page.take();
}

namespace {

// "2022-02-13", "2022-01-12 to 2022-02-13"; claims without a date are left out.
std::string dates(const model::Model& m, const std::vector<Index>& some) {
  const WrittenInstant *first = nullptr, *last = nullptr;
  for (Index i : some) {
    const auto& at = m.claims[i].at;
    if (!at) continue;
    if (!first || at->at < first->at) first = &*at;
    if (!last || last->at < at->at) last = &*at;
  }
  if (!first) return {};
  const std::string from = format_iso(first->at, first->precision),
                    to = format_iso(last->at, last->precision);
  return from == to ? from : from + " to " + to;
}

std::string stances(const model::Model& m, const std::vector<Index>& some) {
  std::array<bool, model::stance_words.size()> seen{};
  for (Index i : some) {
    if (!m.claims[i].words.empty()) seen[static_cast<size_t>(m.claims[i].stance)] = true;
  }
  std::string out;
  for (size_t s = 0; s < seen.size(); ++s) {
    if (seen[s]) out += (out.empty() ? "" : ", ") + std::string(model::stance_words[s]);
  }
  return out;
}

void contradiction(Page& page, const model::Model& m, const claims::Positions& p) {
  std::map<claims::Side, std::vector<std::vector<std::string>>> by_side;
  std::string both;
  for (const auto& [who, position] : p.of) {
    for (const auto& [side, some] : position.says)
      by_side[side].push_back(
          {side_words(m, p.matter, side), m[who].name, dates(m, some), stances(m, some), claim_ids(m, some)});
    if (claims::contradict(position)) both += (both.empty() ? "" : ", ") + m[who].name;
  }
  std::vector<std::vector<std::string>> rows;
  for (auto& [side, of] : by_side) rows.insert(rows.end(), of.begin(), of.end());
  page.line("", matter_words(m, p.matter), Ink::bold);
  page.table({"", "WHO", "WHEN", "HOW", "CLAIMS"}, rows, {});
  if (!both.empty()) page.line("  ", "against itself: " + both, Ink::yellow);
}

}  // namespace

std::string contradictions_text(const model::Model& m, const std::vector<claims::Positions>& all,
                                const TextOptions& options) {
  Page page(options.width, options.colour);
  size_t disputed = 0;
  for (const claims::Positions& p : all) {
    if (!claims::contradict(p)) continue;
    if (disputed++ > 0) page.blank();
    contradiction(page, m, p);
  }
  if (disputed > 0) page.blank();
  page.line("",
            std::to_string(disputed) + " of " + counted(all.size(), "matter") + " disputed between claims");
  return page.take();
}

std::string verified_text(const model::Model& m, const Sources& sources, const std::vector<Verified>& all,
                          const TextOptions& options) {
  Page page(options.width, options.colour);
  const auto place = [&](Span span) {
    return sources[span.source].path + ":" + std::to_string(sources.locate(span.source, span.begin).line);
  };
  size_t faults = 0, claims_in_all = 0;
  for (const Verified& v : all) {
    const model::SourceRecord& s = m[v.source];
    claims_in_all += v.claims;
    faults += v.faults.size() + (v.wrong.empty() ? 0 : 1);
    const std::string file(claims::property(s, "file"));
    const std::string head = s.name + (file.empty() ? "" : " · " + file);
    const std::string found = ": the text that was read; " + std::to_string(v.claims - v.faults.size()) +
                              " of " + counted(v.claims, "passage") + " found";
    if (!v.wrong.empty())
      page.line("✗ ", head + " (" + place(s.span) + "): " + v.wrong, Ink::red);
    else if (!v.good())
      page.line("✗ ", head + found, Ink::red);
    else
      page.line("✓ ", head + found);
    for (const auto& [i, why] : v.faults)
      page.line("    ", claims::id_of(m, m.claims[i]) + " (" + place(m.claims[i].span) + "): " + why,
                Ink::red);
  }
  if (!all.empty()) page.blank();
  page.line("", counted(claims_in_all, "claim") + " of " + counted(all.size(), "source") + ": " +
                    (faults == 0 ? "nothing found" : counted(faults, "finding")));
  return page.take();
}

}  // namespace casus::report
