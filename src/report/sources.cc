// SPDX-License-Identifier: Apache-2.0
#include "report/sources.h"

#include <algorithm>

#include "report/json.h"
#include "report/layout.h"
#include "report/plain_words.h"
#include "text/words.h"

namespace casus::report {
namespace {

using claims::Index;

constexpr uint32_t around = 160;  // characters shown before and after a passage

std::string names(const model::Model& m, const std::vector<model::EntityId>& who) {
  std::string out;
  for (model::EntityId e : who) out += (out.empty() ? "" : ", ") + m[e].name;
  return out;
}

std::string title(const model::Named& n) { return n.title.empty() ? spaced(n.name) : n.title; }

std::string matter_words(const model::Model& m, const claims::Matter& matter) {
  return plain_words(m, matter.fact, matter.args);
}

std::string_view stance(const model::Claim& c) {
  return c.words.empty() ? std::string_view() : model::stance_words[static_cast<size_t>(c.stance)];
}

std::string who_and_when(const model::Model& m, const model::Claim& c) {
  std::string out = names(m, c.by);
  if (!c.speaker.empty()) out += " (" + c.speaker + ")";
  if (c.at) out += ", " + format_iso(c.at->at, c.at->precision);
  return out;
}

std::string list(const model::Model& m, const std::vector<Index>& some, std::string_view sign = "") {
  std::string out;
  for (Index i : some) out += (out.empty() ? "" : " ") + std::string(sign) + claims::id_of(m, m.claims[i]);
  return out;
}

void passage(Page& page, const model::Claim& c, const claims::Document& d) {
  if (const std::string wrong = claims::fault(c, d); !wrong.empty()) return page.line("    ✗ ", wrong, Ink::red);
  const auto [from, to] = *c.passage;
  const uint32_t before = from > around ? from - around : 0;
  const uint32_t after = std::min(d.characters(), to + around);
  const auto cut = [](std::string_view text) { return one_line(text); };
  const std::string head = cut(d.text(before, from)), tail = cut(d.text(to, after));
  page.line("    │ ", (before > 0 ? "…" : "") + head + (head.empty() ? "" : " ") + "»" + cut(d.text(from, to)) + "«" +
                          (tail.empty() ? "" : " ") + tail + (after < d.characters() ? "…" : ""),
            Ink::dim, "    │ ");
}

}  // namespace

std::string sources_text(const model::Model& m, const std::vector<Index>& some, const TextOptions& options) {
  std::vector<size_t> count(m.sources.size());
  for (Index i : some) ++count[m.claims[i].source.index()];
  std::vector<std::vector<std::string>> rows;
  for (size_t i = 0; i < m.sources.size(); ++i) {
    const model::SourceRecord& s = m.sources[i];
    if (count[i] == 0) continue;
    rows.push_back({s.name, std::to_string(count[i]), std::string(claims::property(s, "published")),
                    std::string(claims::property(s, "outlet")), title(s)});
  }
  Page page(options.width, options.colour);
  page.table({"SOURCE", "CLAIMS", "PUBLISHED", "OUTLET", "TITLE"}, rows, {});
  page.blank();
  page.line("", counted(some.size(), "claim") + " in " + counted(rows.size(), "source"));
  return page.take();
}

std::string claims_text(const model::Model& m, const std::vector<Index>& some, const DocumentOf& documents,
                        const TextOptions& options) {
  Page page(options.width, options.colour);
  model::SourceRefId source;
  for (Index i : some) {
    const model::Claim& c = m.claims[i];
    if (c.source != source) {
      if (source) page.blank();
      source = c.source;
      const model::SourceRecord& s = m[source];
      page.line("", s.name + " · " + title(s), Ink::bold);
      std::string about;
      for (const auto& [key, value] : s.properties) {
        if (key != "sha256") about += (about.empty() ? "" : " · ") + spaced(key) + " " + value;
      }
      if (!about.empty()) page.line("  ", about, Ink::dim);
    }
    page.line("  ", claims::id_of(m, c) + "  " + who_and_when(m, c), Ink::cyan);
    if (!c.words.empty()) page.line("    ", std::string(stance(c)) + " “" + c.words + "”");
    std::string what = (c.negated ? "not: " : "") + matter_words(m, {c.fact, c.args});
    if (c.passage) what += " · passage " + std::to_string(c.passage->first) + "–" + std::to_string(c.passage->second);
    page.line("    ", what, Ink::dim);
    if (const claims::Document* d = documents(c.source)) passage(page, c, *d);
  }
  page.blank();
  page.line("", counted(some.size(), "claim"));
  return page.take();
}

std::string contradictions_text(const model::Model& m, const std::vector<claims::Positions>& all, const TextOptions& options) {
  Page page(options.width, options.colour);
  size_t disputed = 0;
  for (const claims::Positions& p : all) {
    if (!p.disputed()) continue;
    if (disputed++ > 0) page.blank();
    page.line("", matter_words(m, p.matter), Ink::bold);
    std::vector<std::vector<std::string>> rows;
    std::string itself;
    for (const bool favour : {true, false}) {
      for (const auto& [who, position] : p.of) {
        const auto& some = favour ? position.in_favour : position.against;
        if (some.empty()) continue;
        std::string how;
        for (Index i : some) {
          const std::string word(stance(m.claims[i]));
          if (!word.empty() && how.find(word) == std::string::npos) how += (how.empty() ? "" : ", ") + word;
        }
        rows.push_back({favour ? "for" : "against", m[who].name, how, list(m, some)});
        if (favour && !position.against.empty()) itself += (itself.empty() ? "" : ", ") + m[who].name;
      }
    }
    page.table({"", "WHO", "", "CLAIMS"}, rows, {});
    if (!itself.empty()) page.line("  ", "on both sides, in different claims: " + itself, Ink::yellow);
  }
  if (disputed > 0) page.blank();
  page.line("", std::to_string(disputed) + " of " + counted(all.size(), "matter") + " disputed between claims");
  return page.take();
}

namespace {

// Who has a position: those first who have most of them on matters on which others have one too.
std::vector<model::EntityId> speakers(const std::vector<claims::Positions>& all) {
  std::map<model::EntityId, std::pair<size_t, size_t>> matters;  // shared, all
  for (const auto& p : all) {
    for (const auto& [who, position] : p.of) {
      matters[who].first += p.of.size() > 1;
      ++matters[who].second;
    }
  }
  std::vector<model::EntityId> out;
  for (const auto& [who, n] : matters) out.push_back(who);
  std::stable_sort(out.begin(), out.end(), [&](auto a, auto b) { return matters[a] > matters[b]; });
  return out;
}

std::string cell(const model::Model& m, const claims::Positions& p, model::EntityId who) {
  const auto it = p.of.find(who);
  if (it == p.of.end()) return {};
  const auto& position = it->second;
  std::string out = !position.in_favour.empty() && !position.against.empty() ? "both" : position.against.empty() ? "for" : "against";
  if (position.conditional()) out += ", on condition";
  std::vector<Index> some = position.in_favour;
  some.insert(some.end(), position.against.begin(), position.against.end());
  return out + ": " + list(m, some);
}

}  // namespace

std::string matrix_text(const model::Model& m, const std::vector<claims::Positions>& all, const TextOptions& options) {
  constexpr size_t matter_width = 30, party_width = 16;
  const std::vector<model::EntityId> who = speakers(all);
  const size_t at_once = std::max<size_t>(2, (options.width - std::min(options.width, matter_width)) / party_width);
  Page page(options.width, options.colour);
  for (size_t from = 0; from < who.size(); from += at_once) {
    if (from > 0) page.blank();
    const size_t to = std::min(who.size(), from + at_once);
    std::vector<std::string> header{"MATTER"};
    for (size_t i = from; i < to; ++i) header.push_back(m[who[i]].name);
    std::vector<std::vector<std::string>> rows;
    model::FactId fact;
    for (const auto& p : all) {
      std::vector<std::string> row{matter_words(m, p.matter)};
      bool any = false;
      for (size_t i = from; i < to; ++i) {
        row.push_back(cell(m, p, who[i]));
        any |= !row.back().empty();
      }
      if (!any) continue;
      // What is asked of one thing stands above; then the thing is enough.
      const model::Fact& asked = m[p.matter.fact];
      if (asked.params.size() == 1 && asked.params[0].type.kind == model::TypeKind::entity) {
        if (fact != p.matter.fact) rows.push_back({"… " + title(asked)});
        row[0] = title(m[model::EntityId(static_cast<size_t>(p.matter.args[0]))]);
      } else if (fact != p.matter.fact) {
        rows.push_back({"… otherwise"});
      }
      fact = p.matter.fact;
      rows.push_back(std::move(row));
    }
    page.table(header, rows, {});
  }
  page.blank();
  page.line("", counted(who.size(), "speaker") + ", " + counted(all.size(), "matter") + ". A claim in full: casus sources ID");
  return page.take();
}

std::string matrix_csv(const model::Model& m, const std::vector<claims::Positions>& all) {
  const auto field = [](std::string text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    for (size_t at = 0; (at = text.find('"', at)) != std::string::npos; at += 2) text.insert(at, 1, '"');
    return '"' + text + '"';
  };
  const std::vector<model::EntityId> who = speakers(all);
  std::string out = "matter,fact";
  for (auto e : who) out += "," + field(m[e].name);
  out += "\n";
  for (const auto& p : all) {
    out += field(matter_words(m, p.matter)) + "," + field(m[p.matter.fact].name);
    for (auto e : who) {
      const auto it = p.of.find(e);
      std::string signs;
      if (it != p.of.end()) {
        signs = list(m, it->second.in_favour, "+");
        const std::string against = list(m, it->second.against, "-");
        signs += (signs.empty() || against.empty() ? "" : " ") + against;
      }
      out += "," + field(signs);
    }
    out += "\n";
  }
  return out;
}

std::string verified_text(const model::Model& m, const Sources& sources, const std::vector<Verified>& all,
                          const TextOptions& options) {
  Page page(options.width, options.colour);
  size_t faults = 0, claims_in_all = 0;
  for (const Verified& v : all) {
    const model::SourceRecord& s = m[v.source];
    claims_in_all += v.claims;
    faults += v.faults.size() + !v.wrong.empty();
    const std::string file(claims::property(s, "file"));
    if (!v.wrong.empty()) page.line("✗ ", s.name + " · " + file + ": " + v.wrong, Ink::red);
    else page.line(v.good() ? "✓ " : "✗ ", s.name + " · " + file + ": the digest is the one stated, " +
                       std::to_string(v.claims - v.faults.size()) + " of " + std::to_string(v.claims) + " passages lie in it",
                   v.good() ? Ink::plain : Ink::red);
    for (const auto& [i, why] : v.faults) {
      const model::Claim& c = m.claims[i];
      const std::string place = sources[c.span.source].path + ":" + std::to_string(sources.locate(c.span.source, c.span.begin).line);
      page.line("    ", claims::id_of(m, c) + " (" + place + "): " + why, Ink::red);
    }
  }
  page.blank();
  page.line("", counted(claims_in_all, "claim") + " of " + counted(all.size(), "source") + ", " +
                    (faults == 0 ? "nothing found" : counted(faults, "finding")));
  return page.take();
}

std::string sources_json(const model::Model& m, const std::vector<Index>& some, const std::vector<Verified>& verified) {
  Json out = json_head("casus/sources/1");
  const auto ids = [&](const std::vector<Index>& list) {
    Json array = Json::array();
    for (Index i : list) array.push_back(claims::id_of(m, m.claims[i]));
    return array;
  };
  const auto matter = [&](model::FactId fact, const std::vector<model::Value>& args) {
    Json values = Json::object();
    for (size_t i = 0; i < args.size(); ++i) values[m[fact].params[i].label] = m.show(args[i], m[fact].params[i].type);
    return Json{{"fact", m[fact].name}, {"args", std::move(values)}, {"words", matter_words(m, {fact, args})}};
  };
  std::vector<bool> named(m.sources.size());
  for (Index i : some) named[m.claims[i].source.index()] = true;
  Json& sources = out["sources"] = Json::array();
  for (size_t i = 0; i < m.sources.size(); ++i) {
    if (!named[i]) continue;
    Json properties = Json::object();
    for (const auto& [key, value] : m.sources[i].properties) properties[key] = value;
    sources.push_back({{"name", m.sources[i].name}, {"title", title(m.sources[i])}, {"properties", std::move(properties)}});
  }
  Json& all = out["claims"] = Json::array();
  for (Index i : some) {
    const model::Claim& c = m.claims[i];
    all.push_back({{"id", claims::id_of(m, c)},
                   {"source", m[c.source].name},
                   {"by", json_names(m, c.by)},
                   {"speaker", json_text_or_null(c.speaker)},
                   {"at", c.at ? Json(format_iso(c.at->at, c.at->precision)) : Json()},
                   {"passage", c.passage ? Json::array({c.passage->first, c.passage->second}) : Json()},
                   {"stance", json_text_or_null(stance(c))},
                   {"claim", json_text_or_null(c.words)},
                   {"denies", c.negated},
                   {"matter", matter(c.fact, c.args)}});
  }
  Json& matters = out["matters"] = Json::array();
  for (const auto& p : claims::positions(m, some)) {
    Json positions = Json::array();
    for (const auto& [who, position] : p.of) {
      positions.push_back({{"party", m[who].name},
                           {"in_favour", ids(position.in_favour)},
                           {"against", ids(position.against)},
                           {"conditional", position.conditional()}});
    }
    matters.push_back({{"matter", matter(p.matter.fact, p.matter.args)}, {"disputed", p.disputed()}, {"positions", std::move(positions)}});
  }
  Json& checked = out["verified"] = Json::array();
  for (const Verified& v : verified) {
    Json faults = Json::array();
    for (const auto& [i, why] : v.faults) faults.push_back({{"claim", claims::id_of(m, m.claims[i])}, {"why", why}});
    checked.push_back({{"source", m[v.source].name}, {"wrong", json_text_or_null(v.wrong)}, {"faults", std::move(faults)}});
  }
  return json_text(out);
}

}  // namespace casus::report
