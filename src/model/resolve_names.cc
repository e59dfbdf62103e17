// SPDX-License-Identifier: Apache-2.0
// Looking names up: in the instrument at hand first, then everywhere, where the name is unique.
#include "model/resolver.h"

namespace casus::model {

EntityId Resolver::find_entity(NodeId at, bool report) {
  const NodeId leaf = name_node(at);
  const std::string word(text(leaf));
  const auto bodies = bodies_.find(word);
  if (bodies != bodies_.end() && instrument_) {
    for (BodyId b : bodies->second) {
      if (m_[b].instrument == instrument_) return m_[b].entity;
    }
  }
  if (const EntityId e = m_.find_entity(word)) return e;
  if (!report) return {};
  if (bodies != bodies_.end()) {
    const Body& first = m_[bodies->second.front()];
    ambiguous(leaf, "body", m_[first.entity].name, first.span, m_[bodies->second[1]].span);
  } else {
    unknown(Diag::unknown_entity, leaf, "actor or thing", known_entities());
  }
  return {};
}

void Resolver::ambiguous(NodeId leaf, std::string_view sort, const std::string& example, Span one, Span two) {
  std::vector<RelatedSpan> related;
  for (Span s : {one, two}) {
    if (s.valid()) related.push_back({s, "one of them"});
  }
  error(Diag::ambiguous_name, span(leaf),
        "more than one " + std::string(sort) + " is called `" + std::string(text(leaf)) + '`',
        "say which: `" + example + '`', std::move(related));
}

InstrumentId Resolver::instrument(NodeId at) {
  const NodeId leaf = name_node(at);
  const EntityId e = m_.find_entity(text(leaf));
  if (e && m_[e].instrument) return m_[e].instrument;
  std::vector<std::string_view> known;
  for (const Instrument& i : m_.instruments) known.push_back(i.name);
  unknown(Diag::unknown_instrument, leaf, "instrument", known);
  return {};
}

EventTypeId Resolver::event(NodeId at) {
  const NodeId leaf = name_node(at);
  const EventTypeId e = m_.find_event(text(leaf));
  if (e) return e;
  std::vector<std::string_view> known;
  for (const EventType& k : m_.events) known.push_back(k.name);
  unknown(Diag::unknown_event, leaf, "event", known);
  return {};
}

FactId Resolver::find_fact(NodeId at, bool report) {
  const NodeId leaf = name_node(at);
  const std::string word(text(leaf));
  const auto roles = roles_.find(word);
  if (roles != roles_.end() && instrument_) {
    for (FactId r : roles->second) {
      if (m_[r].instrument == instrument_) return r;
    }
  }
  if (const auto it = facts_.find(word); it != facts_.end()) return FactId(it->second);
  if (roles != roles_.end() && exploration_) {
    std::vector<FactId> explored;
    for (const Under& u : exploration_->start.under) {
      for (FactId r : roles->second) {
        if (m_[r].instrument == u.instrument) explored.push_back(r);
      }
    }
    if (explored.size() == 1) return explored.front();
  }
  if (roles != roles_.end() && roles->second.size() == 1) return roles->second.front();
  if (!report) return {};
  if (roles != roles_.end()) {
    ambiguous(leaf, "role", "a group, or a role declared in this instrument", m_[roles->second[0]].span,
              m_[roles->second[1]].span);
  } else {
    unknown(Diag::unknown_fact, leaf, "fact", known_facts());
  }
  return {};
}

ReadingId Resolver::reading(NodeId at) {
  const NodeId leaf = name_node(at);
  const std::string word(text(leaf));
  const auto own = own_readings_.find(word);
  if (own != own_readings_.end() && instrument_) {
    for (ReadingId r : own->second) {
      if (m_[r].instrument == instrument_) return r;
    }
  }
  if (const auto it = readings_.find(word); it != readings_.end()) return ReadingId(it->second);
  if (own != own_readings_.end() && own->second.size() == 1) return own->second.front();
  if (own != own_readings_.end()) {
    ambiguous(leaf, "reading", "declare it once, outside the instruments", m_[own->second[0]].span,
              m_[own->second[1]].span);
    return {};
  }
  std::vector<std::string_view> known;
  for (const Reading& r : m_.readings) known.push_back(r.name);
  unknown(Diag::unknown_reading, leaf, "reading", known);
  return {};
}

std::optional<uint32_t> Resolver::reading_option(ReadingId id, NodeId at) {
  const NodeId leaf = name_node(at);
  std::vector<std::string_view> known;
  for (uint32_t i = 0; i < m_[id].options.size(); ++i) {
    if (m_[id].options[i].name == text(leaf)) return i;
    known.push_back(m_[id].options[i].name);
  }
  unknown_part(Diag::unknown_reading_option, leaf,
               "the reading `" + m_[id].name + "` has no option `" + std::string(text(leaf)) + '`', m_[id],
               known);
  return std::nullopt;
}

ViewpointId Resolver::viewpoint(NodeId at) {
  const NodeId leaf = name_node(at);
  const auto it = viewpoints_.find(std::string(text(leaf)));
  if (it != viewpoints_.end()) return ViewpointId(it->second);
  std::vector<std::string_view> known;
  for (const Viewpoint& v : m_.viewpoints) known.push_back(v.name);
  unknown(Diag::unknown_viewpoint, leaf, "viewpoint", known);
  return {};
}

TextId Resolver::source_text(NodeId parent) {
  const NodeId ref = child(parent, NodeKind::SourceRef);
  const SourceRefId s = ref ? source(ref) : SourceRefId();
  return s ? intern(m_[s].name.empty() ? m_[s].title : m_[s].name) : TextId();
}

// A SourceRef: the name of a record, or a text, which is a record of its own.
SourceRefId Resolver::source(NodeId ref) {
  if (const NodeId s = child(ref, NodeKind::String)) {
    const std::string title = syntax::string_value(text(s));
    const auto [it, fresh] = source_texts_.try_emplace(title, SourceRefId(m_.sources.size()));
    if (fresh) {
      SourceRecord& r = m_.sources.emplace_back();
      static_cast<Named&>(r) = {std::string(), title, span(s)};
    }
    return it->second;
  }
  const NodeId leaf = child(ref, NodeKind::Name);
  const auto it = source_names_.find(std::string(text(leaf)));
  if (it != source_names_.end()) return SourceRefId(it->second);
  std::vector<std::string_view> known;
  for (const SourceRecord& r : m_.sources) known.push_back(r.name);
  unknown(Diag::unknown_source, leaf, "source", known);
  return {};
}

// `article 5` of the instrument at hand, `NATO.5`, `NATO`, or the label of an article at hand.
ClauseRef Resolver::article_ref(NodeId n, bool needs_article) {
  const NodeId leaf = child(n, NodeKind::Name), label_node = child(n, NodeKind::Label);
  ClauseRef out;
  if (leaf && !label_node && instrument_) {
    const auto& own = articles_[instrument_.index()];
    if (const auto it = own.find(std::string(text(leaf))); it != own.end()) return {instrument_, it->second};
  }
  if (leaf) {
    out.instrument = instrument(leaf);
    if (!out.instrument) return {};
  } else if (!instrument_) {
    error(Diag::outside_instrument, span(n), "`" + std::string(text(n)) + "` says no instrument",
          "write `NATO.5`");
    return {};
  } else {
    out.instrument = instrument_;
  }
  if (!label_node) {
    if (!needs_article) return out;
    error(Diag::unknown_article, span(n), "an article is wanted here",
          "write `" + m_[out.instrument].name + ".5`");
    return {};
  }
  const auto& articles = articles_[out.instrument.index()];
  const std::string wrong = label(label_node);
  if (const auto it = articles.find(wrong); it != articles.end()) return {out.instrument, it->second};
  std::vector<std::string_view> known;
  for (ArticleId a : m_[out.instrument].articles) known.push_back(m_[a].label);
  unknown_part(Diag::unknown_article, label_node,
               "the model of `" + m_[out.instrument].name + "` has no article `" + wrong + '`',
               m_[out.instrument], known);
  return {};
}

EntityId Resolver::this_instrument(NodeId at, std::string_view what, std::string remedy) {
  if (instrument_) return m_[instrument_].entity;
  error(Diag::outside_instrument, span(at), std::string(what) + " stands outside every instrument",
        std::move(remedy));
  return {};
}

// A kind, a role, a group, `party`, or a declared fact of one place.
std::optional<Domain> Resolver::find_domain(NodeId at, bool report) {
  const NodeId leaf = name_node(at);
  const std::string word(text(leaf));
  if (const auto it = kinds_.find(word); it != kinds_.end()) return Domain{KindId(it->second), {}, {}};
  const FactId id = find_fact(leaf, false);
  if (id == fact_party) {
    if (!report && !instrument_) return std::nullopt;
    const EntityId of =
        this_instrument(leaf, "`party`", "put it into its instrument, or ask `party(s, NATO)`");
    return of ? std::optional(Domain{{}, fact_party, of}) : std::nullopt;
  }
  if (id) {
    const Fact& f = m_[id];
    const bool set =
        f.params.size() == 1 && f.params[0].type.kind == TypeKind::entity && f.result == truth_type;
    if (set && f.role != FactRole::derived) return Domain{{}, id, {}};
    if (!report) return std::nullopt;
    error(Diag::wrong_sort, span(leaf),
          '`' + word + "` is " + (set ? "a derived fact" : "a fact") +
              ", and a kind, role or group is wanted here",
          set ? "name a kind, and ask for the fact in a condition: `state s where " + word + "(s)`" : "",
          declared(f.span));
    return std::nullopt;
  }
  if (report && roles_.contains(word))
    fact(leaf);  // says that it is ambiguous
  else if (report)
    unknown(Diag::unknown_group, leaf, "kind, role or group", known_domains());
  return std::nullopt;
}

KindId Resolver::domain_kind(const Domain& d) const {
  if (!d.fact) return d.kind;
  const Type t = m_[d.fact].params[0].type;
  return t.kind == TypeKind::entity && t != poison_type ? KindId(t.id) : kind_thing;
}

std::vector<std::string_view> Resolver::known_entities() const {
  std::vector<std::string_view> out{"this", "it", "now"};
  if (frame_) {
    for (const auto& v : frame_->visible) out.push_back(v.name);
  }
  for (const Entity& e : m_.entities) out.push_back(e.name);
  return out;
}

std::vector<std::string_view> Resolver::known_facts() const {
  std::vector<std::string_view> out;
  for (const Fact& f : m_.facts) out.push_back(f.name);
  if (exploration_) add_verdicts(out);
  return out;
}

std::vector<std::string_view> Resolver::known_domains() const {
  std::vector<std::string_view> out;
  for (const Kind& k : m_.kinds) out.push_back(k.name);
  for (const Fact& f : m_.facts) {
    if (f.params.size() == 1 || f.role == FactRole::party) out.push_back(f.name);
  }
  return out;
}

TextId Resolver::intern(std::string_view word) {
  const auto [it, fresh] = texts_.try_emplace(std::string(word), TextId(m_.texts.size()));
  if (fresh) m_.texts.emplace_back(word);
  return it->second;
}

}  // namespace casus::model
