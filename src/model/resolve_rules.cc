// SPDX-License-Identifier: Apache-2.0
// Voting rules. A condition over the tally becomes comparisons of one linear form each: Σ coefficient × tally
// + constant, against 0, in whole numbers. Fractions are kept exact on the way and multiplied out at the end,
// so that 55 % of 27 is never rounded.
#include <array>
#include <cstdlib>
#include <numeric>

#include "model/resolver.h"

namespace casus::model {

// Every coefficient is over the one denominator. `type` is known as soon as a term or a number with a unit
// says it.
struct Resolver::Linear {
  std::vector<TallyTerm> terms;
  int64_t constant = 0;
  int64_t denominator = 1;
  std::optional<Type> type;
};

namespace {

constexpr uint8_t yes = static_cast<uint8_t>(Choice::yes), no = static_cast<uint8_t>(Choice::no),
                  abstain = static_cast<uint8_t>(Choice::abstain),
                  absent = static_cast<uint8_t>(Choice::absent);
struct TallyName {
  std::string_view name;
  uint8_t choices = 0;
};
constexpr std::array<TallyName, 7> tally_names{{{"yes", yes},
                                                {"no", no},
                                                {"abstain", abstain},
                                                {"absent", absent},
                                                {"members", yes | no | abstain | absent},
                                                {"present", yes | no | abstain},
                                                {"voting", yes | no}}};
constexpr int rule_depth = 100;
// Below this a coefficient times any weight, summed over all terms and voters, stays within 128 bits.
constexpr int64_t coefficient_limit = 1'000'000'000;

struct Builtin {
  std::string_view name;
  std::array<std::pair<int64_t, uint8_t>, 2> terms;
  Compare compare{};
};
constexpr std::array<Builtin, 5> builtin_rules{
    {{"consensus", {{{1, no}, {0, 0}}}, Compare::eq},
     {"unanimity", {{{1, yes}, {-1, yes | no | abstain | absent}}}, Compare::eq},
     {"simple_majority", {{{1, yes}, {-1, no}}}, Compare::gt},
     {"absolute_majority", {{{2, yes}, {-1, yes | no | abstain | absent}}}, Compare::gt},
     {"two_thirds", {{{3, yes}, {-2, yes | no}}}, Compare::ge}}};

// False where the sum, or its opposite, is beyond 64 bits.
bool add_to(int64_t& to, int64_t more) { return !__builtin_add_overflow(to, more, &to) && to != INT64_MIN; }

bool same_domain(const std::optional<Domain>& a, const std::optional<Domain>& b) {
  if (!a || !b) return !a && !b;
  return a->kind == b->kind && a->fact == b->fact && a->second == b->second;
}

}  // namespace

// ---- finding a rule ----

RuleId Resolver::rule(BodyId body, NodeId at) {
  const NodeId leaf = name_node(at);
  const std::string word(text(leaf));
  const auto& own = body_rules_[body.index()];
  if (const auto it = own.find(word); it != own.end()) return it->second;
  if (const RuleId r = builtin_rule(word)) return r;
  std::vector<std::string_view> known;
  for (const auto& [rule_name, id] : own) known.push_back(rule_name);
  for (const Builtin& b : builtin_rules) known.push_back(b.name);
  const std::string near = nearest_name(word, known);
  error(Diag::unknown_rule, span(leaf), "the body `" + m_[body].name + "` has no rule `" + word + '`',
        near.empty() ? "declare it: `rule " + word + ": yes > no;`" : "did you mean `" + near + "`?",
        declared(m_[body].span), near);
  return {};
}

RuleId Resolver::builtin_rule(std::string_view word) {
  if (const auto it = builtin_rules_.find(std::string(word)); it != builtin_rules_.end()) return it->second;
  for (const Builtin& b : builtin_rules) {
    if (b.name != word) continue;
    Rule r;
    r.name = word;
    Comparison c;
    for (const auto& [coefficient, choices] : b.terms) {
      if (coefficient != 0) c.terms.push_back({coefficient, choices, {}, {}});
    }
    c.compare = b.compare;
    r.comparisons.push_back(std::move(c));
    r.nodes.push_back({RuleOp::leaf, 0, {}});
    const RuleId id(m_.rules.size());
    m_.rules.push_back(std::move(r));
    builtin_rules_.emplace(word, id);
    return id;
  }
  return {};
}

// ---- making one ----

void Resolver::make_rule(BodyId body, NodeId n) {
  const NodeId leaf = child(n, NodeKind::Name);
  auto& own = body_rules_[body.index()];
  if (const auto it = own.find(std::string(name(leaf))); it != own.end()) {
    return duplicate(leaf, "rule", it->second ? m_[it->second].span : Span());
  }
  Rule r;
  static_cast<Named&>(r) = named(n, leaf);
  const auto root = rule_node(r, last(n), 0);
  // A rule that could not be made is known by its name all the same, so that its use is not reported too.
  own.emplace(r.name, RuleId(m_.rules.size()));
  r.root = root.value_or(0);
  m_.rules.push_back(std::move(r));
}

std::optional<uint32_t> Resolver::rule_node(Rule& r, NodeId n, int depth) {
  if (depth == rule_depth) return too_deep(n), std::nullopt;
  RuleNode node;
  switch (kind(n)) {
    case NodeKind::Paren:
      return rule_node(r, nth(n, 0), depth + 1);
    case NodeKind::And:
      node.op = RuleOp::both;
      break;
    case NodeKind::Or:
      node.op = RuleOp::either;
      break;
    case NodeKind::Not:
      node.op = RuleOp::negation;
      break;
    case NodeKind::Compare:
      return rule_leaf(r, n);
    default:
      error(Diag::not_a_tally, span(n), "a rule compares votes, and this does not",
            "write `yes > no` or the like");
      return std::nullopt;
  }
  for (NodeId part : children(n)) {
    const auto made = rule_node(r, part, depth + 1);
    if (!made) return std::nullopt;
    node.children.push_back(*made);
  }
  if (node.children.empty()) return std::nullopt;  // reported by the parser
  r.nodes.push_back(std::move(node));
  return static_cast<uint32_t>(r.nodes.size() - 1);
}

std::optional<uint32_t> Resolver::rule_leaf(Rule& r, NodeId n) {
  auto left = linear(nth(n, 0), 0);
  const auto right = left ? linear(nth(n, 1), 0) : std::nullopt;
  if (!right || !sum(*left, *right, -1, span(n))) return std::nullopt;
  const std::string_view op = operator_of(n);
  // All is over one positive denominator, which a comparison with 0 does not need; nor does it need a common
  // factor.
  int64_t factor = left->constant;
  for (const TallyTerm& t : left->terms) factor = std::gcd(factor, t.coefficient);
  if (factor == 0) factor = 1;
  Comparison c;
  for (TallyTerm t : left->terms) {
    t.coefficient /= factor;
    if (std::abs(t.coefficient) >= coefficient_limit) return too_large(span(n)), std::nullopt;
    if (t.coefficient != 0) c.terms.push_back(t);
  }
  c.constant = left->constant / factor;
  c.compare = op == "="    ? Compare::eq
              : op == "!=" ? Compare::ne
              : op == "<"  ? Compare::lt
              : op == "<=" ? Compare::le
              : op == ">"  ? Compare::gt
                           : Compare::ge;
  RuleNode leaf;
  leaf.leaf = static_cast<uint32_t>(r.comparisons.size());
  r.comparisons.push_back(std::move(c));
  r.nodes.push_back(std::move(leaf));
  return static_cast<uint32_t>(r.nodes.size() - 1);
}

// ---- linear forms ----

std::optional<Resolver::Linear> Resolver::linear(NodeId n, int depth) {
  if (depth == rule_depth) return too_deep(n), std::nullopt;
  switch (kind(n)) {
    case NodeKind::Paren:
      return linear(nth(n, 0), depth + 1);
    case NodeKind::Number: {
      const auto d = decimal(n);
      if (!d) return std::nullopt;
      Linear out;
      out.constant = d->mantissa;
      for (int i = 0; i < d->scale; ++i) {
        if (!scale(out, 1, 10, span(n))) return std::nullopt;
      }
      return out;
    }
    case NodeKind::Quantity: {
      const ExprId e = quantity(n);
      if (!e) return std::nullopt;
      Linear out;
      out.constant = m_[e].value;
      out.type = m_[e].type;
      return out;
    }
    case NodeKind::NameRef:
      return tally(name_node(n), {}, {});
    case NodeKind::TallyFrom: {
      const auto d = find_domain(nth(n, 1), true);
      return d ? tally(nth(n, 0), d, {}) : std::nullopt;
    }
    case NodeKind::TallyWeight: {
      const FactId f = weight(nth(n, 0));
      return f ? tally(nth(n, 1), {}, f) : std::nullopt;
    }
    case NodeKind::PercentOf: {
      const auto d = decimal(nth(n, 0));
      auto out = d ? linear(nth(n, 1), depth + 1) : std::nullopt;
      if (!out || !scale(*out, d->mantissa, 100, span(n))) return std::nullopt;
      for (int i = 0; i < d->scale; ++i) {
        if (!scale(*out, 1, 10, span(n))) return std::nullopt;
      }
      return out;
    }
    case NodeKind::Neg: {
      auto out = linear(nth(n, 0), depth + 1);
      return out && scale(*out, -1, 1, span(n)) ? out : std::nullopt;
    }
    case NodeKind::Add:
    case NodeKind::Sub: {
      auto out = linear(nth(n, 0), depth + 1);
      const auto other = out ? linear(nth(n, 1), depth + 1) : std::nullopt;
      return other && sum(*out, *other, kind(n) == NodeKind::Add ? 1 : -1, span(n)) ? out : std::nullopt;
    }
    case NodeKind::Mul:
    case NodeKind::Div:
      return product(n, depth);
    default:
      error(Diag::not_a_tally, span(n), "a rule knows the votes only, and this is something else",
            "use `yes`, `no`, `abstain`, `absent`, `members`, `present`, `voting`");
      return std::nullopt;
  }
}

std::optional<Resolver::Linear> Resolver::product(NodeId n, int depth) {
  auto a = linear(nth(n, 0), depth + 1);
  auto b = a ? linear(nth(n, 1), depth + 1) : std::nullopt;
  if (!b) return std::nullopt;
  const auto plain = [](const Linear& l) { return l.terms.empty() && !l.type; };
  if (kind(n) == NodeKind::Div) {
    if (!plain(*b) || b->constant == 0) {
      error(Diag::tally_product, span(nth(n, 1)), "votes are divided by a number that is not 0 only",
            "multiply the other side of the comparison instead");
      return std::nullopt;
    }
    return scale(*a, b->denominator, b->constant, span(n)) ? a : std::nullopt;
  }
  if (!plain(*a)) std::swap(a, b);
  if (!plain(*a)) {
    error(Diag::tally_product, span(n), "two counts of votes can not be multiplied", "multiply by a number");
    return std::nullopt;
  }
  return scale(*b, a->constant, a->denominator, span(n)) ? b : std::nullopt;
}

std::optional<Resolver::Linear> Resolver::tally(NodeId choice, std::optional<Domain> from, FactId weight) {
  std::vector<std::string_view> known;
  for (const TallyName& t : tally_names) {
    known.push_back(t.name);
    if (t.name != text(choice)) continue;
    Linear out;
    out.terms.push_back({1, t.choices, from, weight});
    out.type = weight ? m_[weight].result : count_type;
    return out;
  }
  const std::string near = nearest_name(text(choice), known);
  error(Diag::not_a_tally, span(choice), "votes are not counted by `" + std::string(text(choice)) + '`',
        near.empty() ? "use `yes`, `no`, `abstain`, `absent`, `members`, `present`, `voting`"
                     : "did you mean `" + near + "`?",
        {}, near);
  return std::nullopt;
}

// A number that every voter has: a function of one place.
FactId Resolver::weight(NodeId leaf) {
  const FactId id = fact(leaf);
  if (!id) return {};
  const Fact& f = m_[id];
  const bool number = f.result.kind == TypeKind::count || f.result.kind == TypeKind::quantity;
  if (number && f.params.size() == 1 && fits(f.params[0].type, entity_type(kind_actor))) return id;
  error(Diag::not_a_weight, span(leaf), "voters have no number `" + f.name + '`',
        "a fact of one actor that `is count` gives one", declared(f.span));
  return {};
}

bool Resolver::sum(Linear& to, const Linear& other, int sign, Span at) {
  const bool number_to = to.terms.empty() && !to.type, number_other = other.terms.empty() && !other.type;
  if (to.type && other.type && *to.type != *other.type) {
    error(Diag::units_differ, at,
          type_name(*to.type) + " and " + type_name(*other.type) + " are not compared or added",
          "compare numbers of one unit");
    return false;
  }
  const std::optional<Type> known = to.type ? to.type : other.type;
  const bool bare = (number_to && to.constant != 0) || (number_other && other.constant != 0);
  if (known && known->kind == TypeKind::quantity && bare) {
    error(Diag::units_differ, at, "a bare number stands beside " + type_name(*known),
          "give the number its unit");
    return false;
  }
  to.type = known;
  Linear add = other;
  const int64_t common = std::gcd(to.denominator, other.denominator);
  const int64_t mine = other.denominator / common, theirs = to.denominator / common;
  if (!scale(to, mine, mine, at, false) || !scale(add, theirs, theirs, at, false) || !scale(add, sign, 1, at))
    return false;
  for (const TallyTerm& t : add.terms) {
    bool found = false;
    for (TallyTerm& mine_term : to.terms) {
      if (mine_term.choices != t.choices || mine_term.weight != t.weight ||
          !same_domain(mine_term.from, t.from))
        continue;
      found = true;
      if (!add_to(mine_term.coefficient, t.coefficient)) return too_large(at);
    }
    if (!found) to.terms.push_back(t);
  }
  return add_to(to.constant, add.constant) || too_large(at);
}

bool Resolver::too_large(Span at) {
  error(Diag::number_too_large, at, "the rule's numbers become larger than can be counted with",
        "round its fractions");
  return false;
}

// l × num / den. With `reduce` false numerators and denominator grow together, to meet a common one.
bool Resolver::scale(Linear& l, int64_t num, int64_t den, Span at, bool reduce) {
  if (den < 0) {
    num = -num;
    den = -den;
  }
  if (reduce) {
    const int64_t common = std::gcd(num, den);
    num /= common;
    den /= common;
  }
  const auto denominator = times(l.denominator, den);
  const auto constant = times(l.constant, num);
  if (!denominator || !constant) return too_large(at);
  l.denominator = *denominator;
  l.constant = *constant;
  for (TallyTerm& t : l.terms) {
    const auto c = times(t.coefficient, num);
    if (!c) return too_large(at);
    t.coefficient = *c;
  }
  return true;
}

}  // namespace casus::model
