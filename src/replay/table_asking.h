// SPDX-License-Identifier: Apache-2.0
// Internal to the room: what a table asks a running engine about a clause, part by part.
#pragma once

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "replay/table.h"
#include "run/inquiry.h"
#include "text/words.h"

namespace casus::replay {

inline bool is_duty(const model::Clause& c) {
  return c.kind == model::ClauseKind::obligation || c.kind == model::ClauseKind::bring_about ||
         c.kind == model::ClauseKind::maintenance;
}

// Asks the engine about a clause part by part: what it makes true or false as a whole, each part says for itself.
class Asking {
 public:
  using Frame = run::Inquiry::Frame;
  Asking(const model::Model& m, const Sources& sources, run::Engine& engine, const program::Program& program)
      : m_(m),
        sources_(sources),
        p_(program),
        ask_(engine),
        contested_(m.exprs.size()),
        places_(m.clauses.size()) {
    for (size_t i = 0; i < m.clauses.size(); ++i) places_[i] = places_of(m.clauses[i]);
  }

  // Parameters of the event that say who stands on whose side.
  struct Places {
    int partner = -1, adversary = -1;
  };
  const Places& places(model::ClauseId clause) const { return places_[clause.index()]; }
  const program::Program& program() const { return p_; }
  // Whether such events are occasions of duties and prohibitions, and not only acts that perform or break them.
  bool heard(model::EventTypeId type) const {
    const program::EventPlan& plan = p_.events[type.index()];
    const auto standing = [this](const program::ActUse& use) {
      return p_.clauses[use.clause.index()].standing();
    };
    return std::any_of(plan.prohibitions.begin(), plan.prohibitions.end(), standing) ||
           std::any_of(plan.triggers.begin(), plan.triggers.end(), [this](model::ClauseId id) {
             return is_duty(m_[id]) || m_[id].kind == model::ClauseKind::prohibition;
           });
  }
  run::Inquiry& inquiry() { return ask_; }

  // What stands in the way, in the order in which it was asked.
  struct Found {
    Condition condition = Condition::met;
    std::vector<std::string> hard, open;
    void bar(std::string why) { hard.push_back(std::move(why)), condition = Condition::not_met; }
    std::string words() const {
      std::string out;
      for (const std::string& w : hard.empty() ? open : hard) out += (out.empty() ? "" : "; ") + w;
      return out;
    }
  };

  // Each of the condition's parts that are joined with `and`.
  void condition(model::ExprId id, program::Node node, const Frame& frame, Found& found) {
    if (!id || node == program::no_node) return;
    for_parts(id, node, [&](model::ExprId part, program::Node at) {
      const Answer a = answer(part, at, frame);
      if (a == Answer::yes) return;
      if (a == Answer::no) return found.bar(words(part));
      found.open.push_back("not told: " + words(part));
      if (found.condition == Condition::met) found.condition = Condition::open;
    });
  }

  // Everything about the bearer, who is in the frame.
  void bearer(model::ClauseId id, model::EntityId who, const Frame& frame, Found& found) {
    using Bar = run::Inquiry::Bar;
    switch (ask_.bar(id, who)) {
      case Bar::none:
        break;
      case Bar::reserved:
        found.bar("it has a reservation to the article");
        break;
      case Bar::suspended:
        found.bar("the instrument is suspended");
        break;
      case Bar::not_begun:
        found.bar("it does not bind yet");
        break;
      case Bar::ended:
        found.bar("it binds no longer");
        break;
    }
    const model::Clause& c = m_[id];
    const program::ClausePlan& plan = p_.clauses[id.index()];
    condition(c.while_, plan.while_, frame, found);
    const auto unless = [&](model::ExprId e, program::Node node, const char* word) {
      if (e && node != program::no_node && ask_.value(node, frame) == 1) found.bar(word + words(e));
    };
    unless(c.unless, plan.unless, "unless ");
    unless(c.until, plan.until, "until ");
  }

 private:
  // Yes and no, and what only a contested fact decides that nobody has told.
  enum class Answer : uint8_t { no, open, yes };

  // The node of `and` or `or` over several parts is a chain of two.
  template <class F>
  void for_parts(model::ExprId id, program::Node node, F f) {
    if (m_[id].op != model::Op::logical_and) return f(id, node);
    for_chain(id, node, [&](model::ExprId part, program::Node at) { for_parts(part, at, f); });
  }
  template <class F>
  void for_chain(model::ExprId id, program::Node node, F f) {
    const auto& args = m_[id].args;
    for (size_t i = 0; i < args.size(); ++i) {
      const bool last = i + 1 == args.size();
      f(args[i], last ? node : p_.nodes[node].a);
      if (!last) node = p_.nodes[node].b;
    }
  }

  Answer answer(model::ExprId id, program::Node node, const Frame& frame) {
    const model::Expr& e = m_[id];
    if (e.op == model::Op::logical_and || e.op == model::Op::logical_or) {
      const bool all = e.op == model::Op::logical_and;
      Answer out = all ? Answer::yes : Answer::no;
      for_chain(id, node, [&](model::ExprId part, program::Node at) {
        const Answer a = answer(part, at, frame);
        out = all ? std::min(out, a) : std::max(out, a);
      });
      return out;
    }
    if (e.op == model::Op::logical_not) {
      const Answer a = answer(e.args[0], p_.nodes[node].a, frame);
      // What rests on silence stays as it counts: not told is not so.
      return a == Answer::yes ? Answer::no : Answer::yes;
    }
    if (ask_.value(node, frame) == 1) return Answer::yes;
    return rests_on_contested(id) ? Answer::open : Answer::no;
  }

  bool rests_on_contested(model::ExprId id) {
    uint8_t& known = contested_[id.index()];
    if (known == 0) {
      known = 1;  // a derived fact that asks itself adds nothing
      if (contested(id)) known = 2;
    }
    return known == 2;
  }
  bool contested(model::ExprId id) {
    const model::Expr& e = m_[id];
    if (std::any_of(e.args.begin(), e.args.end(), [&](model::ExprId a) { return rests_on_contested(a); }))
      return true;
    if (e.op != model::Op::fact) return false;
    const model::Fact& f = m_[model::FactId(e.a)];
    return f.contested || std::any_of(f.rules.begin(), f.rules.end(),
                                      [&](const auto& r) { return rests_on_contested(r.condition); });
  }

  // A fact by its title, anything else as it is written.
  std::string words(model::ExprId id) {
    auto [it, fresh] = words_.try_emplace(id.value);
    if (!fresh) return it->second;
    const model::Expr& e = m_[id];
    if (e.op == model::Op::fact && !m_[model::FactId(e.a)].title.empty())
      it->second = m_[model::FactId(e.a)].title;
    else
      it->second = e.span.valid() ? one_line(sources_.slice(e.span)) : "a condition";
    return it->second;
  }

  Places places_of(const model::Clause& c) const {
    const bool standing = c.trigger.kind == model::TriggerKind::none;
    const model::PatternId id =
        standing ? (c.acts.empty() ? model::PatternId() : c.acts.front()) : c.trigger.pattern;
    Places out;
    if (!id) return out;
    const model::Pattern& pattern = m_[id];
    const auto& params = m_[pattern.event].params;
    for (size_t i = 0; i < params.size() && i < pattern.args.size(); ++i) {
      const model::Type type = params[i].type;
      if (type.kind != model::TypeKind::entity || !m_.is_kind(model::KindId(type.id), model::kind_actor))
        continue;
      const bool by_bearer = standing && m_[pattern.event].by == i;
      const auto& filter = pattern.args[i].filter;
      const bool ours = !standing && filter && filter->fact;
      if (ours && out.partner < 0)
        out.partner = static_cast<int>(i);
      else if (!by_bearer && out.adversary < 0)
        out.adversary = static_cast<int>(i);
    }
    return out;
  }

  const model::Model& m_;
  const Sources& sources_;
  const program::Program& p_;
  run::Inquiry ask_;
  std::vector<uint8_t> contested_;  // by expression: 0 not asked, 1 no, 2 yes
  std::vector<Places> places_;      // by clause
  std::unordered_map<uint32_t, std::string> words_;
};

}  // namespace casus::replay
