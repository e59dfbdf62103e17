// SPDX-License-Identifier: Apache-2.0
// What a part of a draft says, as a text that does not depend on how it was written: two parts mean the same when their
// forms are equal. White space, comments, the order of declarations and the names of variables leave no trace.
#pragma once

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/model.h"

namespace casus::diff {

using model::ArticleId;
using model::BodyId;
using model::ClauseId;
using model::EntityId;
using model::ExprId;
using model::InstrumentId;
using model::Model;

// The parts of a clause, in the order in which changes are told.
enum class Part : uint8_t {
  kind,  // must, must not, may
  who,
  what,
  act_where,  // what is asked of the act
  trigger,
  where,  // what is asked when it is triggered
  deadline,
  discretion,
  unless,
  while_,
  until,
  dates,  // not before, not after
  late,   // stays owed after the deadline
  owed_to,
  priority,
  otherwise,  // its reparation, and what a breach is called
  notice,     // of a power: when the act has its effect
  effects,
  after,
  reading,
  package,
};
inline constexpr size_t part_count = 21;
using ClauseForm = std::array<std::string, part_count>;
inline const std::string& part_of(const ClauseForm& f, Part p) { return f[static_cast<size_t>(p)]; }

class Former {
 public:
  // `own`: the instrument whose parts are told; it is "this" in forms, so that drafts with other names compare. May be none.
  Former(const Model& m, InstrumentId own);
  // By another name: of an article that was renumbered, of a body that was renamed.
  void call(ArticleId a, std::string name) { articles_[a] = std::move(name); }
  void call(EntityId e, std::string name) { entities_[e] = std::move(name); }

  ClauseForm clause(ClauseId id) const;
  // {content, where and recused, rule, time limit}
  std::array<std::string, 5> decision(const model::Decision& d) const;
  std::string rule(const model::Rule& r) const;
  std::string fact(const model::Fact& f) const;  // its parameters, value and derivations
  std::string event(const model::EventType& e) const;
  std::string domain(const model::Domain& d) const;
  std::string entity(EntityId id) const;
  // Parts of an `and`; the thing itself otherwise. Sorted.
  std::vector<std::string> conjuncts(ClauseId clause, ExprId e) const;
  std::vector<std::pair<std::string, ExprId>> conditions(ClauseId clause,
                                                         ExprId e) const;  // with where each stands

 private:
  // What each variable stands for: the place where it is bound; of a quantifier, how deep it stands.
  struct Names {
    std::vector<std::string> of;
    size_t depth = 0;
  };
  Names names_of(const model::Clause& c) const;
  void bind(Names& names, model::PatternId p, const std::string& place) const;
  static void bind(Names& names, const model::PatternArg& a, const std::string& place);
  std::string expr(ExprId id, Names& names) const;
  std::string list(const std::vector<ExprId>& args, Names& names, bool sorted = false) const;
  std::string arg(const model::PatternArg& a, Names& names) const;
  std::string args(const std::vector<model::Param>& params, const std::vector<model::PatternArg>& args,
                   Names& names) const;
  std::string pattern(model::PatternId id, Names& names) const;
  std::string trigger(const model::Trigger& t, Names& names) const;
  std::string bearer(const model::Bearer& b, Names& names) const;
  std::string deadline(const model::Deadline& d, Names& names) const;
  std::string effect(const model::Effect& e, Names& names) const;
  std::string cited(ClauseId id) const;
  std::string article(ArticleId id) const;
  std::string fact_name(model::FactId id) const;
  std::string show(model::Value v, model::Type t) const;

  const Model& m_;
  InstrumentId own_;
  std::map<ArticleId, std::string> articles_;
  std::map<EntityId, std::string> entities_;
};

}  // namespace casus::diff
