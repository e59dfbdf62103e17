// SPDX-License-Identifier: Apache-2.0
// The order of the work, the tree at hand, and messages.
#include <algorithm>

#include "model/resolver.h"

namespace casus::model {

Model resolve(std::span<const Input> inputs, const Sources& sources, Diagnostics& diagnostics) {
  return Resolver(inputs, sources, diagnostics).run();
}

Model Resolver::run() {
  builtins();
  declare_all();
  type_declarations();
  for (uint32_t i = 0; i < inputs_.size(); ++i) {
    enter(i);
    for (NodeId item : children(tree().root)) {
      enter(i);
      resolve_item(item);
    }
  }
  outcome_targets();
  strata();
  return std::move(m_);
}

void Resolver::resolve_item(NodeId item) {
  if (kind(item) == NodeKind::Clause) return clause(item);
  if (kind(item) == NodeKind::Claim) return claim(item);
  if (kind(item) == NodeKind::Given) {
    if (auto g = given(item)) m_.givens.push_back(std::move(*g));
    return;
  }
  const Decl* found = decl_of(item);
  if (!found) return;  // a second declaration of a name, reported
  const Decl d = *found;
  switch (kind(item)) {
    case NodeKind::EventDecl:
      return event_effects(d);
    case NodeKind::DerivedDecl:
      return derived_rule(d);
    case NodeKind::EntityDecl:
      return entity_attributes(d);
    case NodeKind::GroupDecl:
      return group_members(d);
    case NodeKind::SourceDecl:
      return source_record(d);
    case NodeKind::Viewpoint:
      return viewpoint_body(d);
    case NodeKind::Instrument:
      return instrument_body(d);
    case NodeKind::Scenario:
      return scenario(d);
    default:
      return;
  }
}

// ---- the tree at hand ----

void Resolver::enter(uint32_t input) {
  at_ = input;
  instrument_ = {};
  article_ = {};
  where_.clear();
}

void Resolver::place(InstrumentId instrument, ArticleId article) {
  instrument_ = instrument;
  article_ = article;
  where_.clear();
  if (!instrument) return;
  const Instrument& i = m_[instrument];
  where_ = i.title.empty() ? i.name : i.title;
  if (article) where_ += ", article " + m_[article].label;
}

std::span<const NodeId> Resolver::children(NodeId n) const {
  return n ? tree().children_of(n) : std::span<const NodeId>();
}

NodeId Resolver::nth(NodeId n, size_t i) const {
  const auto list = children(n);
  return i < list.size() ? list[i] : NodeId();
}

NodeId Resolver::last(NodeId n) const {
  const auto list = children(n);
  return list.empty() ? NodeId() : list.back();
}

NodeId Resolver::name_node(NodeId n) const {
  if (kind(n) == NodeKind::Name) return n;
  const NodeId inner = child(n, NodeKind::Name);
  return inner ? inner : n;
}

std::string_view Resolver::name(NodeId n) const { return text(name_node(n)); }

std::string Resolver::title(NodeId n) const {
  const NodeId t = child(n, NodeKind::Title);
  return t ? syntax::string_value(text(t)) : std::string();
}

std::string Resolver::label(NodeId n) const {
  std::string out;
  for (char c : text(n)) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') out += c;
  }
  return out;
}

bool Resolver::mentions(NodeId n, std::string_view word) const {
  std::vector<NodeId> open{n};
  while (!open.empty()) {
    const NodeId at = open.back();
    open.pop_back();
    if ((kind(at) == NodeKind::NameRef || kind(at) == NodeKind::OfName) && name(at) == word) return true;
    const auto below = children(at);
    open.insert(open.end(), below.begin(), below.end());
  }
  return false;
}

Named Resolver::named(NodeId decl, NodeId leaf) const {
  return {std::string(name(leaf)), title(decl), span(name_node(leaf))};
}

// ---- messages ----

void Resolver::error(Diag diag, Span at, std::string message, std::string hint,
                     std::vector<RelatedSpan> related, std::string replacement) {
  Diagnostic d;
  d.kind = diag;
  d.span = at;
  d.message = std::move(message);
  d.label = std::move(hint);
  d.where = where_;
  d.related = std::move(related);
  d.replacement = std::move(replacement);
  diagnostics_.add(std::move(d));
}

std::vector<RelatedSpan> Resolver::declared(Span s) const {
  if (!s.valid()) return {};  // built in
  return {{s, "declared here"}};
}

// Nothing of that sort bears the name: said at its first use only, since one missing declaration is one
// cause. `known`: the names that could have been meant.
void Resolver::unknown(Diag diag, NodeId at, std::string_view sort,
                       const std::vector<std::string_view>& known) {
  const NodeId leaf = name_node(at);
  const std::string wrong(text(leaf));
  if (!unknown_.emplace(diag, wrong).second) return;
  if (diagnostics_.full())
    return error(diag, span(leaf), "no " + std::string(sort) + " is called `" + wrong + '`');
  Span elsewhere;
  const std::string other = other_sort(wrong, &elsewhere);
  if (!other.empty()) {
    return error(Diag::wrong_sort, span(leaf),
                 '`' + wrong + "` is " + other + ", and " + article_name(sort) + " is wanted here", "",
                 declared(elsewhere));
  }
  const std::string near = nearest_name(wrong, known);
  error(diag, span(leaf), "no " + std::string(sort) + " is called `" + wrong + '`',
        near.empty() ? "not declared in this model" : "did you mean `" + near + "`?", {}, near);
}

std::string Resolver::article_name(std::string_view word) const {
  const bool vowel = !word.empty() && std::string_view("aeioAEIO").find(word[0]) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(word);
}

std::string Resolver::type_name(Type t) const {
  switch (t.kind) {
    case TypeKind::truth:
      return "a condition";
    case TypeKind::count:
      return "a whole number";
    case TypeKind::quantity:
      return article_name(m_.quantities[t.id].name);
    case TypeKind::instant:
      return "an instant";
    case TypeKind::text:
      return "a text";
    case TypeKind::category:
      return article_name(m_.categories[t.id].name);
    case TypeKind::event:
      return t.id == Id<void>::none_value ? "an event" : "an event `" + m_.events[t.id].name + '`';
    case TypeKind::entity:
      return t == poison_type ? "something" : article_name(m_.kinds[t.id].name);
  }
  return "a value";
}

std::string Resolver::other_sort(std::string_view word, Span* where) const {
  const std::string key(word);
  const auto found = [&](std::string_view sort, const Named& n) {
    *where = n.span;
    return article_name(sort);
  };
  if (const auto it = kinds_.find(key); it != kinds_.end()) return found("kind", m_.kinds[it->second]);
  if (const auto it = categories_.find(key); it != categories_.end())
    return found("category", m_.categories[it->second]);
  if (const auto it = quantities_.find(key); it != quantities_.end())
    return found("quantity", m_.quantities[it->second]);
  if (const EntityId e = m_.find_entity(word)) {
    return m_[e].instrument ? found("instrument", m_[e])
           : m_[e].body     ? found("body", m_[e])
                            : found(m_[m_[e].kind].name, m_[e]);
  }
  if (const EventTypeId e = m_.find_event(word)) return found("event", m_[e]);
  if (const auto it = facts_.find(key); it != facts_.end()) {
    const Fact& f = m_.facts[it->second];
    return found(f.role == FactRole::group ? "group" : "fact", f);
  }
  if (const auto it = roles_.find(key); it != roles_.end()) return found("role", m_[it->second.front()]);
  if (const auto it = viewpoints_.find(key); it != viewpoints_.end())
    return found("viewpoint", m_.viewpoints[it->second]);
  if (const auto it = source_names_.find(key); it != source_names_.end())
    return found("source", m_.sources[it->second]);
  return {};
}

}  // namespace casus::model
