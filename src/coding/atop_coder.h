// SPDX-License-Identifier: Apache-2.0
// The coding of one instrument, step by step. Its methods stand in four files: atop.cc (how a value is written down), atop_life.cc,
// atop_obligations.cc, atop_institutions.cc.
#pragma once

#include <map>

#include "coding/atop_shapes.h"

namespace casus::coding {

// The five obligations that make a treaty an alliance in the data, and the prefix of their conditions.
struct Obligation {
  const char* variable;
  const char* prefix;
  const char* words;
};
inline constexpr Obligation obligations[] = {{"DEFENSE", "DEF", "help when a member is attacked"},
                                             {"OFFENSE", "OFF", "help in an attack"},
                                             {"NEUTRAL", "NEU", "neutrality"},
                                             {"NONAGG", "", "no force among members"},
                                             {"CONSUL", "CON", "consultation in a crisis"}};

// Provisions that a shape of the scheme tells. `many`: the data has several codes for it, which shapes may or may not tell apart.
struct Provision {
  const char* variable;
  bool many;
};

class Coder {
 public:
  Coder(const model::Model& m, model::InstrumentId instrument, const Scheme& scheme, Instant at)
      : m_(m), id_(instrument), scheme_(scheme), life_(m, instrument, at) {}

  Coding run();

 private:
  std::optional<int64_t> given(std::string_view fact) const;

  void put(std::string variable, std::vector<int64_t> codes, std::string why,
           std::vector<model::ClauseId> clauses = {});
  void provided(std::string variable, std::string why, std::vector<model::ClauseId> clauses);
  void never(std::initializer_list<const char*> variables, const std::string& why);
  static std::vector<model::ClauseId> clauses_of(const Fits& f);
  std::string cited(const std::vector<model::ClauseId>& clauses) const;
  std::string noted(const Fits& f) const;
  void provision(const Provision& p);

  void date(const char* prefix, const std::optional<Instant>& at, const std::string& why);
  void dates();
  void establishment();
  void joining();
  void term();
  static int64_t months(Instant from, Instant to);

  void the_five();
  struct Asked {
    std::vector<model::ClauseId> adversary, location, number, other;
  };
  Asked asked(const Fits& f) const;
  void conditions();
  void shaped(const std::string& variable, const Fits& obligation, const std::vector<model::ClauseId>& other,
              std::vector<Coded>& to) const;
  void asymmetry();
  bool of_all(const model::Bearer& b) const;

  void organisations();
  bool of_attacks(model::BodyId id) const;
  void references();
  void members();
  void institutions();

  const model::Model& m_;
  const model::InstrumentId id_;
  const Scheme& scheme_;
  const Life life_;
  std::map<std::string, Fits> fits_;  // of the five obligations
  Coding out_;
};

}  // namespace casus::coding
