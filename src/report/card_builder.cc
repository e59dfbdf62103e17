// SPDX-License-Identifier: Apache-2.0
#include "report/card_builder.h"

#include <algorithm>
#include <set>

#include "report/phrases.h"

namespace casus::report {

std::string date_words(Instant at) {
  return format_iso(at, at.ms % ms_per_day == 0 ? Precision::day
                        : at.ms % 60'000 == 0   ? Precision::minute
                                                : Precision::millisecond);
}

std::string interval_words(Instant from, Instant until) {
  std::string out;
  if (from > Instant::far_past()) out = "from " + date_words(from);
  if (until < Instant::far_future())
    out += (out.empty() ? "" : " ") + std::string("until ") + date_words(until);
  return out;
}

std::string dedented(const SourceFile& file, uint32_t begin, uint32_t end) {
  // From the line's own start, so that the first line's indentation counts; what stands before the place on
  // that line is blanked.
  size_t start = begin;
  while (start > 0 && file.code[start - 1] != '\n') --start;
  std::string text = std::string(begin - start, ' ') + file.code.substr(begin, end - begin);
  std::vector<std::string> lines;
  size_t indent = std::string::npos;
  for (size_t at = 0; at <= text.size();) {
    const size_t stop = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, stop - at);
    at = stop + 1;
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r' || line.back() == '\t'))
      line.pop_back();
    if (line.empty()) continue;
    // A construct in the middle of a line sets no indentation; the lines after it do.
    const bool inside = lines.empty() && file.code.find_first_not_of(" \t", start) < begin;
    if (!inside) indent = std::min(indent, line.find_first_not_of(" \t"));
    lines.push_back(inside ? line.substr(begin - start) : std::move(line));
  }
  std::string out;
  for (std::string& line : lines) {
    const size_t blank = std::min(line.find_first_not_of(" \t"), indent);
    out += (out.empty() ? "" : "\n") + line.substr(blank == std::string::npos ? 0 : blank);
  }
  return out;
}

CardBuilder::CardBuilder(const model::Model& model, const Sources& sources)
    : m_(model), sources_(sources), givens_of_(model.facts.size()) {
  for (size_t i = 0; i < m_.givens.size(); ++i)
    givens_of_[m_.givens[i].fact.index()].push_back(static_cast<uint32_t>(i));
  for (size_t b = 0; b < m_.bodies.size(); ++b) {
    for (size_t d = 0; d < m_.bodies[b].decisions.size(); ++d) {
      const model::ArticleId article = m_.bodies[b].decisions[d].article;
      if (article) decisions_in_[article.value].emplace_back(model::BodyId(b), d);
    }
  }
}

Card CardBuilder::head(std::string sort, const model::Named& named) const {
  Card card;
  card.sort = std::move(sort);
  card.name = named.name;
  card.title = named.title;
  card.place = place(named.span);
  return card;
}

void CardBuilder::add(CardSection& section, std::string label, std::string text) {
  if (!text.empty()) section.entries.push_back({std::move(label), std::move(text), false});
}

void CardBuilder::add(Card& card, CardSection section) {
  if (!section.entries.empty()) card.sections.push_back(std::move(section));
}

void CardBuilder::add_source(CardSection& section, std::string label, Span span) const {
  if (!span.valid()) return;
  section.entries.push_back({std::move(label), dedented(sources_[span.source], span.begin, span.end), true});
}

std::string CardBuilder::place(Span span) const {
  if (!span.valid()) return {};
  return sources_[span.source].path + ":" + std::to_string(sources_.locate(span.source, span.begin).line);
}

std::string CardBuilder::names(const std::vector<model::EntityId>& who) const {
  std::string out;
  for (auto e : who) out += (out.empty() ? "" : ", ") + m_[e].name;
  return out;
}

std::string CardBuilder::domain_words(const model::Domain& d) const {
  if (d.second) return "parties to " + m_[d.second].name;
  if (d.fact) return m_[d.fact].name;
  return d.kind ? "every " + m_[d.kind].name : std::string();
}

std::string CardBuilder::params_words(const std::vector<model::Param>& params) const {
  std::string out;
  for (const auto& p : params) out += (out.empty() ? "" : ", ") + p.label + ": " + m_.type_words(p.type);
  return "(" + out + ")";
}

std::string CardBuilder::fact_words(model::FactId id, const model::Value* args, model::Value value) const {
  const model::Fact& f = m_[id];
  std::string out;
  for (size_t i = 0; i < f.params.size(); ++i) {
    out += (out.empty() ? "" : ", ") + f.params[i].label + ": " + m_.show(args[i], f.params[i].type);
  }
  out = f.name + "(" + out + ")";
  if (f.result.kind != model::TypeKind::truth) return out + " = " + m_.show(value, f.result);
  return value == 0 ? "not " + out : out;
}

std::string CardBuilder::given_words(const model::GivenFact& g) const {
  return fact_words(g.fact, g.args.data(), g.value);
}

void CardBuilder::add_given(CardSection& section, const model::GivenFact& g) const {
  std::string text = given_words(g);
  const std::string who = evidence::assertion_words(g.assertion, m_);
  if (!who.empty()) text += " · " + who;
  if (g.assertion.source) text += " · source " + m_[g.assertion.source];
  add(section, interval_words(g.from, g.until), std::move(text));
}

std::string CardBuilder::wording_words(const std::optional<model::Wording>& w) const {
  if (!w) return {};
  std::string out = w->mark == 'V'   ? "read in the text"
                    : w->mark == 'S' ? "from a secondary source"
                                     : "unverified";
  if (!w->where.empty()) out += ": " + w->where;
  return out;
}

std::string CardBuilder::source_names(const std::vector<model::SourceRefId>& ids) const {
  std::string out;
  for (auto s : ids) out += (out.empty() ? "" : "; ") + (m_[s].name.empty() ? m_[s].title : m_[s].name);
  return out;
}

std::string CardBuilder::claim_words(const model::Claim& c) const {
  std::vector<model::Value> args = c.args;
  args.resize(model::max_fact_params, model::no_value);
  std::string out = names(c.by);
  if (!c.speaker.empty()) out += " (" + c.speaker + ")";
  if (c.at) out += ", " + format_iso(c.at->at, c.at->precision);
  if (!c.words.empty())
    out += " " + std::string(model::stance_words[static_cast<size_t>(c.stance)]) + " “" + c.words + "”";
  return out + ": " + (c.negated ? "not " : "") + fact_words(c.fact, args.data(), c.value);
}

std::string CardBuilder::citations(const std::function<bool(model::ClauseId)>& wanted) const {
  std::string out;
  for (size_t i = 0; i < m_.clauses.size(); ++i) {
    if (wanted(model::ClauseId(i))) out += (out.empty() ? "" : ", ") + m_.cite(model::ClauseId(i));
  }
  return out;
}

std::string CardBuilder::citations_at(std::vector<Span> places) const {
  std::erase_if(places, [](Span s) { return !s.valid(); });
  const auto before = [](Span a, Span b) {
    return std::pair(a.source.value, a.begin) < std::pair(b.source.value, b.begin);
  };
  std::sort(places.begin(), places.end(), before);
  std::set<std::string> seen;
  std::string out;
  const auto mention = [&](Span outer, const std::string& text) {
    if (!outer.valid()) return;
    const auto first = std::lower_bound(places.begin(), places.end(), outer, before);
    if (first == places.end() || first->source != outer.source || first->begin >= outer.end ||
        !seen.insert(text).second)
      return;
    out += (out.empty() ? "" : ", ") + text;
  };
  for (size_t i = 0; i < m_.clauses.size(); ++i) mention(m_.clauses[i].span, m_.cite(model::ClauseId(i)));
  for (const auto& b : m_.bodies) {
    for (const auto& d : b.decisions) mention(d.span, "decisions of " + m_[b.entity].name);
  }
  for (const auto& f : m_.facts) {
    for (const auto& rule : f.rules) mention(rule.span, "derived " + f.name);
  }
  return out;
}

// Who the fact holds for, those with the same dates together.
void CardBuilder::members_by_date(CardSection& section, model::FactId fact, model::InstrumentId of) const {
  std::map<std::pair<int64_t, int64_t>, std::string> by_date;
  for (const uint32_t i : givens_of_[fact.index()]) {
    const model::GivenFact& g = m_.givens[i];
    if (g.value != 1 || g.instrument != of || !g.assertion.asserted_by.empty() ||
        !g.assertion.denied_by.empty())
      continue;
    std::string& who = by_date[{g.from.ms, g.until.ms}];
    who += (who.empty() ? "" : ", ") + m_.show(g.args[0], m_[fact].params[0].type);
  }
  for (const auto& [dates, who] : by_date)
    add(section, interval_words(Instant{dates.first}, Instant{dates.second}), who);
}

}  // namespace casus::report
