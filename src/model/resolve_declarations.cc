// SPDX-License-Identifier: Apache-2.0
// Every name of every input, before anything is looked up: so the order of declarations never matters.
#include "model/resolver.h"

namespace casus::model {

namespace {

Named builtin(std::string_view name) { return {std::string(name), {}, {}}; }

// The words that are types of the language itself, beside the built-in kinds and `ballot`.
bool is_type_word(std::string_view name) {
  return name == "count" || name == "text" || name == "truth" || name == "instant" || name == "event";
}

}  // namespace

void Resolver::builtins() {
  const auto add_kind = [this](std::string_view name, KindId parent) {
    kinds_.emplace(name, static_cast<uint32_t>(m_.kinds.size()));
    m_.kinds.push_back({builtin(name), parent});
  };
  add_kind("thing", KindId());
  add_kind("actor", kind_thing);
  add_kind("body", kind_actor);
  add_kind("instrument", kind_thing);

  categories_.emplace("ballot", 0u);
  m_.categories.push_back({builtin("ballot"), {builtin("yes"), builtin("no"), builtin("abstain")}});
  for (uint32_t i = 0; i < 3; ++i) values_[m_.categories[0].values[i].name].emplace_back(category_ballot, i);

  const Type actor = entity_type(kind_actor), body = entity_type(kind_body),
             ballot{TypeKind::category, category_ballot.value};
  const auto add_event = [this](std::string_view name, std::vector<Param> params) {
    m_.event_by_name.emplace(name, EventTypeId(m_.events.size()));
    EventType e;
    static_cast<Named&>(e) = builtin(name);
    e.params = std::move(params);
    e.by = 0;
    m_.events.push_back(std::move(e));
  };
  add_event("propose", {{"by", actor}, {"in", body}});
  add_event("vote", {{"by", actor}, {"on", event_type(event_propose)}, {"as", ballot}});
  add_event("close", {{"by", actor}, {"on", event_type(event_propose)}});

  const Type instrument = entity_type(kind_instrument);
  const auto add_fact = [this](std::string_view name, FactRole role, std::vector<Param> params) {
    facts_.emplace(name, static_cast<uint32_t>(m_.facts.size()));
    Fact f;
    static_cast<Named&>(f) = builtin(name);
    f.params = std::move(params);
    f.role = role;
    m_.facts.push_back(std::move(f));
  };
  add_fact("party", FactRole::party, {{"who", actor}, {"of", instrument}});
  add_fact("in_force", FactRole::in_force, {{"what", instrument}});
  add_fact("suspended", FactRole::suspended, {{"what", instrument}, {"whom", entity_type(kind_thing)}});
  add_fact("terminated", FactRole::terminated, {{"what", instrument}});
}

void Resolver::declare_all() {
  for (uint32_t i = 0; i < inputs_.size(); ++i) {
    enter(i);
    for (NodeId item : children(tree().root)) declare(item);
  }
  // After all entities: a body may not take the name of one, wherever it stands.
  const size_t instruments = decls_.size();
  for (size_t i = 0; i < instruments; ++i) {
    const Decl d = decls_[i];
    at_ = d.input;
    if (kind(d.node) == NodeKind::Instrument) declare_parts(InstrumentId(d.index), d.node);
  }
  name_bodies();
  choice_names_are_free();
}

const Resolver::Decl* Resolver::decl_of(NodeId item) const {
  const auto it = decl_at_.find({at_, item.value});
  return it == decl_at_.end() ? nullptr : &decls_[it->second];
}

void Resolver::remember(NodeId item, uint32_t index) {
  decl_at_.emplace(std::pair(at_, item.value), static_cast<uint32_t>(decls_.size()));
  decls_.push_back({at_, item, index});
}

void Resolver::duplicate(NodeId leaf, std::string_view sort, Span first) {
  std::vector<RelatedSpan> related;
  if (first.valid()) related.push_back({first, "first declared here"});
  error(Diag::duplicate_declaration, span(name_node(leaf)),
        article_name(sort) + " called `" + std::string(name(leaf)) + "` is already " +
            (first.valid() ? "declared" : "built in"),
        "give one of the two another name", std::move(related));
}

// Kinds, categories and quantities are all types: one name means one of them.
bool Resolver::type_name_taken(NodeId leaf, std::string_view sort) {
  const std::string key(name(leaf));
  if (is_type_word(key)) return duplicate(leaf, "type", {}), true;
  if (const auto it = kinds_.find(key); it != kinds_.end())
    return duplicate(leaf, sort, m_.kinds[it->second].span), true;
  if (const auto it = categories_.find(key); it != categories_.end()) {
    return duplicate(leaf, sort, m_.categories[it->second].span), true;
  }
  if (const auto it = quantities_.find(key); it != quantities_.end()) {
    return duplicate(leaf, sort, m_.quantities[it->second].span), true;
  }
  return false;
}

void Resolver::declare(NodeId item) {
  const NodeId leaf = child(item, NodeKind::Name);
  switch (kind(item)) {
    case NodeKind::KindDecl:
      if (!type_name_taken(leaf, "kind")) declare_in(kinds_, m_.kinds, item, leaf, "kind");
      return;
    case NodeKind::CategoryDecl: {
      if (type_name_taken(leaf, "category")) return;
      Category* c = declare_in(categories_, m_.categories, item, leaf, "category");
      const CategoryId id(m_.categories.size() - 1);
      for (NodeId v : all(item, NodeKind::CategoryValue)) category_value_decl(id, *c, v);
      return;
    }
    case NodeKind::QuantityDecl:
      if (!type_name_taken(leaf, "quantity")) declare_in(quantities_, m_.quantities, item, leaf, "quantity");
      return;
    case NodeKind::EventDecl:
      return declare_event(item, leaf);
    case NodeKind::FactDecl:
      declare_in(facts_, m_.facts, item, leaf, "fact");
      return;
    case NodeKind::DerivedDecl:
      return declare_derived(item, leaf);
    case NodeKind::GroupDecl:
      if (Fact* f = declare_in(facts_, m_.facts, item, leaf, "group")) f->role = FactRole::group;
      return;
    case NodeKind::EntityDecl:
      declare_entity(item, nth(item, 1), {});
      return;
    case NodeKind::Instrument:
      if (declare_entity(item, leaf, InstrumentId(m_.instruments.size()))) {
        Instrument& i = m_.instruments.emplace_back();
        static_cast<Named&>(i) = named(item, leaf);
        i.entity = EntityId(m_.entities.size() - 1);
      }
      return;
    case NodeKind::SourceDecl:
      declare_in(source_names_, m_.sources, item, leaf, "source");
      return;
    case NodeKind::ReadingDecl:
      declare_reading(item, {});
      return;
    case NodeKind::ChoiceDecl:
      declare_choice(item, {});
      return;
    case NodeKind::Explore:
      return declare_exploration(item, leaf);
    case NodeKind::Viewpoint:
      declare_in(viewpoints_, m_.viewpoints, item, leaf, "viewpoint");
      return;
    case NodeKind::Scenario:
      return declare_scenario(item, leaf);
    default:
      return;
  }
}

void Resolver::category_value_decl(CategoryId id, Category& c, NodeId v) {
  for (const Named& before : c.values) {
    if (before.name == name(v)) return duplicate(v, "value", before.span);
  }
  values_[std::string(name(v))].emplace_back(id, static_cast<uint32_t>(c.values.size()));
  c.values.push_back(named(v, v));
}

bool Resolver::declare_entity(NodeId item, NodeId leaf, InstrumentId instrument) {
  const auto [it, fresh] =
      m_.entity_by_name.try_emplace(std::string(name(leaf)), EntityId(m_.entities.size()));
  if (!fresh) {
    duplicate(leaf, instrument ? "instrument" : "entity", m_[it->second].span);
    return false;
  }
  remember(item, instrument ? instrument.value : static_cast<uint32_t>(m_.entities.size()));
  Entity& e = m_.entities.emplace_back();
  static_cast<Named&>(e) = named(item, leaf);
  e.instrument = instrument;
  e.kind = instrument ? kind_instrument : kind_thing;  // of others: type_declarations
  return true;
}

void Resolver::declare_event(NodeId item, NodeId leaf) {
  const auto [it, fresh] =
      m_.event_by_name.try_emplace(std::string(name(leaf)), EventTypeId(m_.events.size()));
  if (!fresh) return duplicate(leaf, "event", m_[it->second].span);
  remember(item, static_cast<uint32_t>(m_.events.size()));
  EventType& e = m_.events.emplace_back();
  static_cast<Named&>(e) = named(item, leaf);
  e.institutional = child(item, NodeKind::Institutional).valid();
}

// Several `derived` with one name are several ways in which it holds.
void Resolver::declare_derived(NodeId item, NodeId leaf) {
  const auto it = facts_.find(std::string(name(leaf)));
  if (it != facts_.end() && m_.facts[it->second].role == FactRole::derived) return remember(item, it->second);
  if (Fact* f = declare_in(facts_, m_.facts, item, leaf, "fact")) f->role = FactRole::derived;
}

void Resolver::declare_scenario(NodeId item, NodeId leaf) {
  if (leaf) {
    if (Scenario* s = declare_in(scenario_names_, m_.scenarios, item, leaf, "scenario"))
      s->title = title(item);
    return;
  }
  remember(item, static_cast<uint32_t>(m_.scenarios.size()));
  Scenario& s = m_.scenarios.emplace_back();
  static_cast<Named&>(s) = {std::string(), title(item), span(child(item, NodeKind::Title))};
}

void Resolver::declare_reading(NodeId item, InstrumentId instrument) {
  const NodeId leaf = child(item, NodeKind::Name);
  const ReadingId id(m_.readings.size());
  if (instrument) {
    auto& same = own_readings_[std::string(name(leaf))];
    for (ReadingId r : same) {
      if (m_[r].instrument == instrument) return duplicate(leaf, "reading", m_[r].span);
    }
    same.push_back(id);
    Reading& r = m_.readings.emplace_back();
    static_cast<Named&>(r) = named(item, leaf);
    r.instrument = instrument;
  } else if (!declare_in(readings_, m_.readings, item, leaf, "reading")) {
    return;
  }
  for (NodeId option : all(item, NodeKind::ReadingOption)) {
    for (const Named& before : m_.readings[id.index()].options) {
      if (before.name == name(option)) duplicate(option, "option", before.span);
    }
    m_.readings[id.index()].options.push_back(named(option, option));
  }
}

// ---- inside instruments ----

void Resolver::declare_parts(InstrumentId id, NodeId item) {
  place(id);
  for (NodeId part : children(item)) {
    switch (kind(part)) {
      case NodeKind::Article:
        declare_article(id, part);
        break;
      case NodeKind::Role:
        declare_role(id, part);
        break;
      case NodeKind::Body:
        declare_body(id, part);
        break;
      case NodeKind::ReadingDecl:
        declare_reading(part, id);
        break;
      case NodeKind::ChoiceDecl:
        declare_choice(part, id);
        break;
      default:
        break;
    }
  }
  where_.clear();
}

void Resolver::declare_article(InstrumentId id, NodeId part) {
  const NodeId leaf = child(part, NodeKind::Label);
  const std::string text = label(leaf);
  articles_.resize(m_.instruments.size());
  const auto [it, fresh] = articles_[id.index()].try_emplace(text, ArticleId(m_.articles.size()));
  if (!fresh) {
    return error(
        Diag::duplicate_declaration, span(leaf), "article `" + text + "` is already in this instrument",
        "put its clauses together, or give it another label", {{m_[it->second].span, "first declared here"}});
  }
  remember(part, static_cast<uint32_t>(m_.articles.size()));
  m_.instruments[id.index()].articles.push_back(ArticleId(m_.articles.size()));
  Article& a = m_.articles.emplace_back();
  static_cast<Named&>(a) = {text, title(part), span(leaf)};
  a.instrument = id;
  a.label = text;
}

// A role may be declared in several statements; `party` is everybody's already.
void Resolver::declare_role(InstrumentId id, NodeId part) {
  const NodeId leaf = child(part, NodeKind::RoleName);
  const std::string text(name(leaf));
  if (text == "party") return duplicate(leaf, "role", {});
  auto& same = roles_[text];
  for (FactId r : same) {
    if (m_[r].instrument == id) return;
  }
  same.push_back(FactId(m_.facts.size()));
  m_.instruments[id.index()].roles.push_back(FactId(m_.facts.size()));
  Fact& f = m_.facts.emplace_back();
  static_cast<Named&>(f) = named(part, leaf);
  f.role = FactRole::role;
  f.instrument = id;
  f.params = {{"who", entity_type(kind_actor)}};
}

void Resolver::declare_body(InstrumentId id, NodeId part) {
  const NodeId leaf = child(part, NodeKind::Name);
  auto& same = bodies_[std::string(name(leaf))];
  for (BodyId b : same) {
    if (m_[b].instrument == id) return duplicate(leaf, "body", m_[b].span);
  }
  if (const EntityId e = m_.find_entity(name(leaf))) return duplicate(leaf, "body", m_[e].span);
  const BodyId body(m_.bodies.size());
  same.push_back(body);
  remember(part, body.value);
  Body& b = m_.bodies.emplace_back();
  static_cast<Named&>(b) = named(part, leaf);
  b.instrument = id;
  b.entity = EntityId(m_.entities.size());
  m_.instruments[id.index()].bodies.push_back(body);
  Entity& e = m_.entities.emplace_back();
  static_cast<Named&>(e) = b;
  e.kind = kind_body;
  e.body = body;
}

// `NATO.Council` names a body from everywhere; `Council` alone only where there is one.
void Resolver::name_bodies() {
  for (const auto& [word, same] : bodies_) {
    for (BodyId id : same) {
      Entity& e = m_.entities[m_[id].entity.index()];
      const std::string full = m_[m_[id].instrument].name + '.' + word;
      m_.entity_by_name.emplace(full, m_[id].entity);
      if (same.size() == 1)
        m_.entity_by_name.emplace(word, m_[id].entity);
      else
        e.name = full;
    }
  }
}

}  // namespace casus::model
