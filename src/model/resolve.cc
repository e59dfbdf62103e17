// SPDX-License-Identifier: Apache-2.0
// The order of the work, the tree at hand, and messages.
#include <algorithm>

#include "model/resolver.h"
#include "text/words.h"

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
  for (size_t i = 0; i < decls_.size(); ++i) {
    at_ = decls_[i].input;
    if (kind(decls_[i].node) == NodeKind::Explore) exploration(decls_[i]);
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
  const std::string near = meant(diag, wrong, known);
  std::string hint = near.empty() ? "not declared in this model" : "did you mean `" + near + "`?";
  if (diag == Diag::unknown_group && (wrong == "a" || wrong == "an" || wrong == "the" || wrong == "any"))
    hint = "take it away";
  if (const EntityId e = m_.find_entity(near); diag == Diag::unknown_entity && e && !m_[e].title.empty())
    hint = "did you mean `" + near + "`, " + m_[e].title + '?';
  error(diag, span(leaf), "no " + std::string(sort) + " is called `" + wrong + '`', std::move(hint), {},
        near);
}

// A plural, the beginning of a title, or a near name.
std::string Resolver::meant(Diag diag, std::string_view wrong,
                            const std::vector<std::string_view>& known) const {
  const std::string one = singular(wrong);
  Span where;
  const bool plural =
      one != wrong && (std::find(known.begin(), known.end(), one) != known.end() || one == "party" ||
                       (diag == Diag::unknown_entity && !other_sort(one, &where).empty()));
  if (plural) return one;
  const auto begins_with_it = [&](const Entity& e) {
    return e.title.size() >= wrong.size() && wrong.size() >= 3 &&
           std::equal(wrong.begin(), wrong.end(), e.title.begin(),
                      [](char a, char b) { return (a | 32) == (b | 32); });
  };
  if (diag == Diag::unknown_entity) {
    const auto at = std::find_if(m_.entities.begin(), m_.entities.end(), begins_with_it);
    if (at != m_.entities.end()) return at->name;
  }
  return nearest_name(wrong, known);
}

// A whole has no part of this name: which it has.
void Resolver::unknown_part(Diag diag, NodeId at, std::string message, const Named& whole,
                            const std::vector<std::string_view>& known) {
  const std::string_view wrong = name(at);
  Diagnostic d;
  d.kind = diag;
  d.span = span(name_node(at));
  d.message = std::move(message);
  d.where = where_;
  d.related = declared(whole.span);
  if (diagnostics_.full()) return diagnostics_.add(std::move(d));
  d.replacement = nearest_name(wrong, known);
  if (!d.replacement.empty()) d.label = "did you mean `" + d.replacement + "`?";
  d.notes.push_back('`' + whole.name + "` has " + (known.empty() ? "none" : nearest_first(wrong, known)));
  diagnostics_.add(std::move(d));
}

std::string Resolver::remedy_for(Type wanted) const {
  if (diagnostics_.full()) return {};  // not shown, and the cost would add up
  const auto listed = [](const auto& named) {
    std::vector<std::string_view> names;
    for (const auto& n : named) names.push_back(n.name);
    return nearest_first("", std::move(names));
  };
  switch (wanted.kind) {
    case TypeKind::truth:
      return "write a condition";
    case TypeKind::count:
      return "write a whole number";
    case TypeKind::quantity:
      return "the units are " + listed(m_.quantities[wanted.id].units);
    case TypeKind::instant:
      return "write a date, such as `2022-02-24`";
    case TypeKind::text:
      return "write a text in quotes";
    case TypeKind::category:
      return "write one of " + listed(m_.categories[wanted.id].values);
    case TypeKind::event:
      return "name an event: `it`, or one named with `as`";
    case TypeKind::entity:
      break;
  }
  if (wanted == poison_type) return {};
  for (const Entity& e : m_.entities) {
    if (m_.is_kind(e.kind, KindId(wanted.id)))
      return "name " + type_name(wanted) + ", such as `" + e.name + '`';
  }
  return "name " + type_name(wanted) + ": none is declared";
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
  if (const auto it = choices_.find(key); it != choices_.end())
    return found("choice", m_.choices[it->second]);
  if (const auto it = own_choices_.find(key); it != own_choices_.end())
    return found("choice", m_[it->second.front()]);
  if (const auto it = viewpoints_.find(key); it != viewpoints_.end())
    return found("viewpoint", m_.viewpoints[it->second]);
  if (const auto it = source_names_.find(key); it != source_names_.end())
    return found("source", m_.sources[it->second]);
  return {};
}

}  // namespace casus::model
