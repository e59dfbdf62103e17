// SPDX-License-Identifier: Apache-2.0
// Internal to the room: cards from a model, one function for each sort of name.
#pragma once

#include <functional>
#include <map>
#include <utility>

#include "report/card.h"

namespace casus::report {

class CardBuilder {
 public:
  // Cost: linear in the model; each card then costs what it shows, and one walk over what can mention its
  // name.
  CardBuilder(const model::Model& model, const Sources& sources);

  // card_instrument.cc
  Card instrument(model::InstrumentId id) const;
  Card article(model::ArticleId id) const;
  Card body(model::BodyId id) const;
  CardSection body_section(model::BodyId id) const;
  // card_actor.cc
  Card entity(model::EntityId id) const;
  Card viewpoint(model::ViewpointId id) const;
  Card source(model::SourceRefId id) const;
  Card scenario(model::ScenarioId id) const;
  // card_vocabulary.cc
  Card event(model::EventTypeId id) const;
  Card fact(model::FactId id) const;
  Card kind(model::KindId id) const;
  Card category(model::CategoryId id) const;
  Card quantity(model::QuantityId id) const;
  Card reading(model::ReadingId id) const;
  // card_choice.cc
  Card choice(model::ChoiceId id) const;
  Card exploration(model::ExplorationId id) const;
  std::string only_when(model::ExprId guard) const;
  model::ExprId guard_of(model::ArticleId id) const;

 private:
  // card_builder.cc
  Card head(std::string sort, const model::Named& named) const;
  static void add(CardSection& section, std::string label, std::string text);  // nothing for an empty text
  static void add(Card& card, CardSection section);  // nothing for one without entries
  void add_source(CardSection& section, std::string label, Span span) const;
  void add_given(CardSection& section, const model::GivenFact& given) const;
  std::string place(Span span) const;
  std::string names(const std::vector<model::EntityId>& who) const;
  std::string domain_words(const model::Domain& domain) const;
  std::string params_words(const std::vector<model::Param>& params) const;
  std::string given_words(const model::GivenFact& given) const;
  std::string fact_words(model::FactId fact, const model::Value* args, model::Value value) const;
  std::string wording_words(const std::optional<model::Wording>& wording) const;
  std::string source_names(const std::vector<model::SourceRefId>& ids) const;
  std::string claim_words(const model::Claim& claim) const;
  std::string citations(const std::function<bool(model::ClauseId)>& wanted) const;
  // The articles, decisions, derived facts and scenarios in which one of the places stands.
  std::string citations_at(std::vector<Span> places) const;
  void members_by_date(CardSection& section, model::FactId fact, model::InstrumentId of) const;

  // card_instrument.cc
  void life(CardSection& section, model::InstrumentId id) const;
  CardSection clauses_of(const std::string& heading, model::InstrumentId instrument,
                         model::ArticleId article) const;
  CardSection article_section(model::ArticleId id) const;
  void decisions(CardSection& section, model::BodyId id) const;
  std::string blocking_words(const model::Body& body, model::RuleId rule) const;
  std::string bearer_words(const model::Clause& clause) const;
  std::string clause_words(const model::Clause& clause) const;
  // card_choice.cc
  bool asks_for(model::ExprId guard, model::ChoiceId choice, uint32_t option) const;

  const model::Model& m_;
  const Sources& sources_;
  std::vector<std::vector<uint32_t>> givens_of_;  // by fact: indices of Model::givens
  std::map<uint32_t, std::vector<std::pair<model::BodyId, size_t>>>
      decisions_in_;  // by article: body, index of its decision
  mutable std::map<std::pair<uint32_t, uint32_t>, std::string> blocking_;  // by entity of the body, rule
};

// A rule of a body's own as written; one that is built in by what it says.
std::string rule_words(const model::Model& model, const Sources& sources, model::RuleId id);
// "from 1949-08-24 until 2019-08-02"; empty for always.
std::string interval_words(Instant from, Instant until);
// Day precision where the instant is a day's first.
std::string date_words(Instant at);
// The lines of a file from `begin` to `end` without prose, blank lines and the indentation that all have.
std::string dedented(const SourceFile& file, uint32_t begin, uint32_t end);

}  // namespace casus::report
