// SPDX-License-Identifier: Apache-2.0
// Sources, claims, viewpoints.
#include "model/resolver.h"

namespace casus::model {

void Resolver::source_record(const Decl& d) {
  SourceRecord& r = m_.sources[d.index];
  for (NodeId p : all(d.node, NodeKind::Property)) {
    const NodeId key = nth(p, 0), value = nth(p, 1);
    for (const auto& [before, written] : r.properties) {
      if (before == name(key)) duplicate(key, "property", r.span);
    }
    const bool quoted = kind(value) == NodeKind::String;
    r.properties.emplace_back(std::string(name(key)),
                              quoted ? syntax::string_value(text(value)) : std::string(text(value)));
  }
}

// claim rt.7 by RUS (Lavrov) at … passage 1..2 : [not] F(…) [= value];
void Resolver::claim(NodeId n) {
  Claim c;
  c.span = span(n);
  const NodeId leaf = child(n, NodeKind::Name);
  const auto record = source_names_.find(std::string(name(leaf)));
  if (record == source_names_.end()) {
    std::vector<std::string_view> known;
    for (const SourceRecord& r : m_.sources) known.push_back(r.name);
    return unknown(Diag::unknown_source, leaf, "source", known);
  }
  c.source = SourceRefId(record->second);
  const NodeId number = child(n, NodeKind::ClaimNumber);
  c.number = text(number);
  if (!claims_.emplace(c.source.value, c.number).second) {
    return error(Diag::duplicate_declaration, span(number),
                 "claim " + c.number + " of `" + m_[c.source].name + "` is told twice",
                 "give one of the two another number");
  }
  c.by = entities(child(n, NodeKind::By));
  for (NodeId word : all(child(n, NodeKind::Speaker), NodeKind::Name)) {
    if (!c.speaker.empty()) c.speaker += ' ';
    c.speaker += text(word);
  }
  c.at = instant_of(child(n, NodeKind::At));
  if (const NodeId passage = child(n, NodeKind::Passage)) {
    const auto from = whole(nth(passage, 0)), to = whole(nth(passage, 1));
    if (!from || !to) return;
    if (*from > *to || *to > UINT32_MAX) {
      return error(Diag::passage_reversed, span(passage),
                   "the passage ends before it begins, or beyond every document", "write `passage 10..20`");
    }
    c.passage = {static_cast<uint32_t>(*from), static_cast<uint32_t>(*to)};
  }
  if (const NodeId words = child(n, NodeKind::ClaimWords)) {
    const auto stance =
        std::find(stance_words.begin(), stance_words.end(), text(child(words, NodeKind::ClaimStance)));
    c.stance = static_cast<Stance>(stance - stance_words.begin());
    c.words = syntax::string_value(text(child(words, NodeKind::String)));
  }
  c.negated = child(n, NodeKind::NotWord).valid();
  const NodeId pattern_node = child(n, NodeKind::Pattern);
  c.fact = fact(child(pattern_node, NodeKind::Name));
  const auto args = c.fact ? fact_args(c.fact, pattern_node) : std::nullopt;
  if (!args) return;
  for (ExprId a : *args) {
    if (m_[a].op != Op::constant) {
      return error(Diag::not_constant, m_[a].span, "what is claimed must be named outright",
                   "write a name, number, date or text");
    }
    c.args.push_back(m_[a].value);
  }
  if (!claimed_value(c, n, pattern_node)) return;
  m_.claims.push_back(std::move(c));
}

bool Resolver::claimed_value(Claim& c, NodeId n, NodeId pattern_node) {
  const auto parts = children(n);
  GivenFact told;
  told.fact = c.fact;
  if (!given_value(told, parts.back() == pattern_node ? NodeId() : parts.back(), span(pattern_node)))
    return false;
  c.value = told.value;
  if (m_[c.fact].result == truth_type && c.value == 0) {  // `calm = false` says `not calm`
    c.value = 1;
    c.negated = !c.negated;
  }
  return true;
}

void Resolver::viewpoint_body(const Decl& d) {
  for (NodeId item : children(d.node)) {
    Viewpoint& v = m_.viewpoints[d.index];
    switch (kind(item)) {
      case NodeKind::Accepts: {
        const auto more = entities(item);
        v.accepts.insert(v.accepts.end(), more.begin(), more.end());
        break;
      }
      case NodeKind::ChoosesReading:
        chooses(v, item);
        break;
      case NodeKind::Holds:
        if (auto g = given(item)) {
          if (child(item, NodeKind::NotWord)) negate(*g, item);
          m_.viewpoints[d.index].holds.push_back(std::move(*g));
        }
        break;
      default:
        break;
    }
  }
}

void Resolver::negate(GivenFact& g, NodeId item) {
  if (m_[g.fact].result == truth_type)
    g.value = 0;
  else
    error(Diag::needs_value, span(item), '`' + m_[g.fact].name + "` has a value, which `not` does not tell",
          "give the value that is held");
}

void Resolver::chooses(Viewpoint& v, NodeId item) {
  const ReadingId id = reading(nth(item, 0));
  if (!id) return;
  const auto option = reading_option(id, nth(item, 1));
  if (!option) return;
  for (const auto& [before, chosen] : v.readings) {
    if (before == id) {
      return error(Diag::reading_twice, span(item),
                   "this viewpoint has chosen a reading of `" + m_[id].name + "` already",
                   "take one of the two away");
    }
  }
  v.readings.emplace_back(id, *option);
}

}  // namespace casus::model
