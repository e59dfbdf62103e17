// SPDX-License-Identifier: Apache-2.0
#include "explore/net_symmetry.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <optional>
#include <set>

namespace casus::explore {

namespace {

constexpr uint64_t most_leaves = 20'000'000;  // of conjunctions, in one comparison
constexpr uint64_t most_work = 500'000'000;   // gates, in all comparisons

// ---- functions in a form in which order does not matter ----

class Sorted {
 public:
  Sorted(const Circuit& from, std::vector<bool> needed) : from_(from), needed_(std::move(needed)) {
    for (uint32_t i = 0; i < from.inputs(); ++i) inputs_.push_back(to_.input());
  }
  Literal input(uint32_t bit) const { return inputs_[bit]; }

  // All literals that are needed, with bit `instead[b]` in place of bit b. False: too much work.
  bool make(const std::vector<uint32_t>& instead) {
    made_.assign(from_.size(), never);
    uint64_t leaves = 0;
    for (uint32_t n = 1; n < from_.size() && leaves < most_leaves; ++n) {
      if (!needed_[n]) continue;
      if (from_.is_input(n)) {
        made_[n] = inputs_[instead[from_.gate(n).b.code]];
      } else if (const Sum* sum = from_.sum(n); sum != nullptr) {
        std::vector<Weighted> of = sum->of;
        for (Weighted& w : of) w.when = (*this)(w.when);
        std::sort(of.begin(), of.end());
        made_[n] = to_.sum_at_least(sum->bound, std::move(of));
      } else {
        conjunction(n);
        leaves += parts_.size();
        made_[n] = to_.all_of(parts_);
      }
    }
    return leaves < most_leaves && to_.size() < NetLimits().gates;
  }
  Literal operator()(Literal l) const {
    const Literal m = made_[l.node()];
    return l.node() == 0 ? l : l.negated() ? !m : m;
  }

 private:
  // What the gate is the conjunction of: through gates that are not negated, as far as they go.
  void conjunction(uint32_t node) {
    parts_.clear();
    std::vector<uint32_t> stack{node};
    while (!stack.empty()) {
      const Circuit::Gate& g = from_.gate(stack.back());
      stack.pop_back();
      for (const Literal l : {g.a, g.b}) {
        const uint32_t n = l.node();
        if (l.negated() || from_.is_input(n) || from_.sum(n) != nullptr)
          parts_.push_back((*this)(l));
        else
          stack.push_back(n);
      }
    }
    std::sort(parts_.begin(), parts_.end());
    parts_.erase(std::unique(parts_.begin(), parts_.end()), parts_.end());
    // A literal and its negation are neighbours.
    for (size_t i = 1; i < parts_.size(); ++i) {
      if (parts_[i] == !parts_[i - 1]) {
        parts_ = {never};
        return;
      }
    }
  }

  const Circuit& from_;
  std::vector<bool> needed_;
  Circuit to_;
  std::vector<Literal> inputs_, made_, parts_;
};

// ---- names ----

bool is_part_of_a_name(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c & 0x80) != 0;
}

// The words of a name, and what stands between them.
template <class Word, class Between>
void each_word(const std::string& name, Word word, Between between) {
  for (size_t i = 0; i < name.size();) {
    size_t end = i;
    while (end < name.size() && is_part_of_a_name(name[end])) ++end;
    if (end == i)
      between(name[i++]);
    else
      word(name.substr(i, end - i));
    i = std::max(i, end);
  }
}

std::string renamed(const std::string& name, const std::map<std::string, std::string>& words) {
  std::string out;
  each_word(
      name,
      [&](const std::string& word) {
        const auto it = words.find(word);
        out += it == words.end() ? word : it->second;
      },
      [&](char c) { out += c; });
  return out;
}

// ---- finding ----

using Key = std::vector<int64_t>;

class Finder {
 public:
  Finder(const NetProblem& problem, const model::Model& model)
      : p_(problem), net_(problem.net), m_(model), sorted_(net_.circuit, needed()) {
    for (uint32_t b = 0; b < net_.bits.size(); ++b) {
      const auto [it, fresh] = by_name_.try_emplace(net_.bits[b].name, b);
      if (!fresh) it->second = ambiguous;
      each_word(
          net_.bits[b].name, [&](const std::string& word) { with_word_[word].insert(b); }, [](char) {});
    }
  }

  Symmetry run() {
    Symmetry out;
    if (!plain_rules()) return out;
    for (const auto& alike : candidates()) {
      for (const auto& parties : classes_of(alike)) add(parties, out);
    }
    return out;
  }

 private:
  static constexpr uint32_t ambiguous = UINT32_MAX;

  std::vector<bool> needed() const {
    std::vector<bool> out(net_.circuit.size());
    const auto need = [&](Literal l) { out[l.node()] = true; };
    for (size_t r = 0; r < net_.rules.size(); ++r) {
      const RuleTiming& t = p_.groups.rules[r];
      need(t.enabled);
      need(net_.rules[r].beyond);
      for (const Write& w : net_.rules[r].writes) need(w.next);
      for (const GroupStart& g : t.starts) need(g.starts);
      for (const GroupAfter& g : t.after) need(g.runs);
      for (const GroupApart& g : t.apart) need(g.when);
    }
    for (const NetAsked& a : p_.asked) {
      need(a.state);
      for (const Literal l : a.by) need(l);
    }
    for (auto n = static_cast<uint32_t>(out.size()); n-- > 1;) {
      if (!out[n] || net_.circuit.is_input(n)) continue;
      if (const Sum* sum = net_.circuit.sum(n); sum != nullptr) {
        for (const Weighted& w : sum->of) need(w.when);
      } else {
        need(net_.circuit.gate(n).a);
        need(net_.circuit.gate(n).b);
      }
    }
    out[0] = false;
    return out;
  }

  // ---- rules, as far as an exchange could change them ----

  // What a rule is, with bit `instead[b]` for bit b, of literals that are made so.
  Key key_of(uint32_t rule, const std::vector<uint32_t>& instead) const {
    const Rule& r = net_.rules[rule];
    const RuleTiming& t = p_.groups.rules[rule];
    Key key{r.is_timer ? int64_t{r.index} : -1, code(t.enabled), code(r.beyond)};
    std::vector<std::pair<uint32_t, Literal>> writes;
    for (const Write& w : r.writes) {
      const Literal next = sorted_(w.next);
      if (next != sorted_.input(instead[w.bit])) writes.emplace_back(instead[w.bit], next);
    }
    std::sort(writes.begin(), writes.end());
    for (const auto& [bit, next] : writes) key.insert(key.end(), {bit, next.code});
    key.push_back(-1);
    for (const GroupStart& g : t.starts)
      key.insert(key.end(),
                 {g.group, g.due.absolute, g.due.after.months, g.due.after.ms, g.due.at, code(g.starts)});
    key.push_back(-1);
    for (const GroupAfter& g : t.after) key.insert(key.end(), {g.group, code(g.runs)});
    key.push_back(-1);
    for (const GroupApart& g : t.apart) key.insert(key.end(), {g.group, code(g.when)});
    key.push_back(-1);
    for (const NetAsked& a : p_.asked) key.push_back(a.by.empty() ? -1 : code(a.by[rule]));
    return key;
  }
  int64_t code(Literal l) const { return sorted_(l).code; }
  Key asked_key() const {
    Key out;
    for (const NetAsked& a : p_.asked) out.push_back(code(a.state));
    return out;
  }

  bool plain_rules() {
    same_.resize(net_.bits.size());
    std::iota(same_.begin(), same_.end(), 0u);
    if (!sorted_.make(same_)) return false;
    for (uint32_t r = 0; r < net_.rules.size(); ++r) {
      if (p_.groups.rules[r].enabled != never) rules_.insert(key_of(r, same_));
    }
    asked_ = asked_key();
    return true;
  }

  // That nothing changes when these two are exchanged.
  bool is_exchange(EntityId a, EntityId b) {
    if ((work_ += net_.circuit.size()) > most_work || (p_.stop && p_.stop->load())) return false;
    const auto instead = exchange(a, b);
    if (!instead) return false;
    for (uint32_t i = 0; i < instead->size(); ++i) {
      if (net_.initial[i] != net_.initial[(*instead)[i]]) return false;
    }
    if (!sorted_.make(*instead) || asked_key() != asked_) return false;
    for (uint32_t r = 0; r < net_.rules.size(); ++r) {
      if (p_.groups.rules[r].enabled != never && !rules_.contains(key_of(r, *instead))) return false;
    }
    return true;
  }
  std::optional<std::vector<uint32_t>> exchange(EntityId a, EntityId b) const {
    const std::string &of_a = m_[a].name, &of_b = m_[b].name;
    const std::map<std::string, std::string> words{{of_a, of_b}, {of_b, of_a}};
    std::vector<uint32_t> out = same_;
    for (const std::string& word : {of_a, of_b}) {
      for (const uint32_t bit : with_word_.at(word)) {
        const auto it = by_name_.find(renamed(net_.bits[bit].name, words));
        if (it == by_name_.end() || it->second == ambiguous) return std::nullopt;
        out[bit] = it->second;
      }
    }
    return out;
  }

  // ---- classes ----

  // The bits that speak of a party, by their names with something else in its place.
  std::map<std::string, uint32_t> block(EntityId party) const {
    std::map<std::string, uint32_t> out;
    const auto bits = with_word_.find(m_[party].name);
    if (bits == with_word_.end()) return out;
    for (const uint32_t b : bits->second) out.emplace(renamed(net_.bits[b].name, {{m_[party].name, "*"}}), b);
    return out;
  }
  // Parties of whom the same can be said.
  std::vector<std::vector<EntityId>> candidates() const {
    std::set<EntityId> parties;
    for (const Bit& b : net_.bits) {
      if (b.party) parties.insert(b.party);
    }
    std::map<std::set<std::string>, std::vector<EntityId>> alike;
    for (const EntityId party : parties) {
      std::set<std::string> said;
      for (const auto& [name, bit] : block(party)) said.insert(name);
      if (!said.empty()) alike[said].push_back(party);
    }
    std::vector<std::vector<EntityId>> out;
    for (auto& [said, some] : alike) {
      if (some.size() > 1) out.push_back(std::move(some));
    }
    std::sort(out.begin(), out.end());
    return out;
  }
  std::vector<std::vector<EntityId>> classes_of(const std::vector<EntityId>& alike) {
    std::vector<std::vector<EntityId>> out;
    for (const EntityId party : alike) {
      const auto it = std::find_if(out.begin(), out.end(),
                                   [&](const auto& known) { return is_exchange(known[0], party); });
      if (it == out.end())
        out.push_back({party});
      else
        it->push_back(party);
    }
    std::erase_if(out, [](const auto& some) { return some.size() < 2; });
    return out;
  }
  void add(const std::vector<EntityId>& parties, Symmetry& out) {
    std::vector<std::vector<uint32_t>> blocks;
    std::set<uint32_t> taken;
    for (const EntityId party : parties) {
      auto& bits = blocks.emplace_back();
      for (const auto& [name, bit] : block(party)) {
        bits.push_back(bit);
        if (!taken.insert(bit).second) return;  // of two of them
      }
    }
    out.classes.push_back(std::move(blocks));
    out.parties.push_back(parties);
  }

  const NetProblem& p_;
  const Net& net_;
  const model::Model& m_;
  Sorted sorted_;
  std::map<std::string, uint32_t> by_name_;
  std::map<std::string, std::set<uint32_t>> with_word_;  // bits in whose names it stands
  std::vector<uint32_t> same_;
  std::set<Key> rules_;
  Key asked_;
  uint64_t work_ = 0;
};

}  // namespace

Symmetry find_symmetry(const NetProblem& problem, const model::Model& model) {
  return Finder(problem, model).run();
}

namespace {

using Blocks = std::vector<std::vector<uint32_t>>;

uint64_t part(const std::vector<uint32_t>& bits, size_t from, std::span<const uint64_t> words) {
  uint64_t out = 0;
  for (size_t i = from; i < std::min(bits.size(), from + 64); ++i)
    out |= (words[bits[i] / 64] >> (bits[i] % 64) & 1) << (i - from);
  return out;
}
void put(const std::vector<uint32_t>& bits, size_t from, uint64_t value, std::span<uint64_t> words) {
  for (size_t i = from; i < std::min(bits.size(), from + 64); ++i) {
    const uint64_t bit = uint64_t{1} << (bits[i] % 64);
    uint64_t& word = words[bits[i] / 64];
    word = (value >> (i - from) & 1) != 0 ? word | bit : word & ~bit;
  }
}

// The usual case: a word is enough for what is said of one party, and there are not very many.
constexpr size_t few = 64;
void sort_few(const Blocks& blocks, std::span<uint64_t> words) {
  std::array<uint64_t, few> values;
  for (size_t p = 0; p < blocks.size(); ++p) values[p] = part(blocks[p], 0, words);
  const auto end = values.begin() + static_cast<std::ptrdiff_t>(blocks.size());
  if (std::is_sorted(values.begin(), end)) return;
  std::sort(values.begin(), end);
  for (size_t p = 0; p < blocks.size(); ++p) put(blocks[p], 0, values[p], words);
}

void sort_many(const Blocks& blocks, std::span<uint64_t> words) {
  std::vector<std::vector<uint64_t>> values(blocks.size());
  for (size_t p = 0; p < blocks.size(); ++p) {
    for (size_t i = 0; i < blocks[p].size(); i += 64) values[p].push_back(part(blocks[p], i, words));
  }
  std::sort(values.begin(), values.end());
  for (size_t p = 0; p < blocks.size(); ++p) {
    for (size_t i = 0; i < blocks[p].size(); i += 64) put(blocks[p], i, values[p][i / 64], words);
  }
}

}  // namespace

void Symmetry::canonical(std::span<uint64_t> words) const {
  for (const Blocks& blocks : classes) {
    if (blocks.size() <= few && blocks[0].size() <= 64)
      sort_few(blocks, words);
    else
      sort_many(blocks, words);
  }
}

uint64_t Symmetry::most() const {
  uint64_t out = 1;
  for (const Blocks& blocks : classes) {
    for (uint64_t i = 2; i <= blocks.size(); ++i) {
      if (__builtin_mul_overflow(out, i, &out)) return UINT64_MAX;
    }
  }
  return out;
}

}  // namespace casus::explore
