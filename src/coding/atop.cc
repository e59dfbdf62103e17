// SPDX-License-Identifier: Apache-2.0
#include "coding/atop_coder.h"

#include <algorithm>

namespace casus::coding {

Coding Coder::run() {
  out_.instrument = id_;
  out_.number = given("atop");
  out_.phase = given("atop_phase");
  for (const Obligation& o : obligations) fits_[o.variable] = fits(m_, id_, scheme_, o.variable);
  dates();
  joining();
  term();
  the_five();
  conditions();
  for (const Provision& p : {Provision{"NOTAIDEN", true},
                             {"DIPAID", false},
                             {"TERRRES", false},
                             {"SEPPEACE", false},
                             {"THIRDCOM", false},
                             {"NOOTHALL", false}})
    provision(p);
  never({"SPECTHRT", "STATTHR1", "STATTHR2"},
        "whom a treaty has in mind stands in its preamble, not in norms");
  for (const Provision& p : {Provision{"CONWTIN", true},
                             {"MEDARB", false},
                             {"MILCON", true},
                             {"MILAID", true},
                             {"INTCOM", false},
                             {"SUBORD", true}})
    provision(p);
  organisations();
  for (const Provision& p : {Provision{"BASE", true},
                             {"CONTRIB", false},
                             {"ARMRED", true},
                             {"ACQTERR", false},
                             {"DIVGAINS", false},
                             {"DEMWITH", false}})
    provision(p);
  references();
  for (const Provision& p : {Provision{"NOMICOOP", false},
                             {"CONRES", false},
                             {"CONMEN", false},
                             {"ECAID", true},
                             {"INTERV", true}})
    provision(p);
  never({"COMPAG", "AGPROIS"}, "other agreements of the day are not in the model");
  members();
  institutions();
  return std::move(out_);
}

// The number that a fact gives the instrument.
std::optional<int64_t> Coder::given(std::string_view fact) const {
  for (const model::GivenFact& g : m_.givens) {
    if (m_[g.fact].name == fact && m_[g.fact].result.kind == model::TypeKind::count &&
        model::EntityId(static_cast<size_t>(g.args[0])) == m_[id_].entity)
      return g.value;
  }
  return std::nullopt;
}

void Coder::put(std::string variable, std::vector<int64_t> codes, std::string why,
                std::vector<model::ClauseId> clauses) {
  out_.variables.push_back(
      {std::move(variable), Certainty::derived, std::move(codes), std::move(why), std::move(clauses)});
}

void Coder::provided(std::string variable, std::string why, std::vector<model::ClauseId> clauses) {
  out_.variables.push_back(
      {std::move(variable), Certainty::provided, {}, std::move(why), std::move(clauses)});
}

void Coder::never(std::initializer_list<const char*> variables, const std::string& why) {
  for (const char* v : variables) out_.variables.push_back({v, Certainty::not_derivable, {}, why, {}});
}

std::vector<model::ClauseId> Coder::clauses_of(const Fits& f) {
  std::vector<model::ClauseId> out;
  for (const Match& match : f.matches) {
    if (std::find(out.begin(), out.end(), match.clause) == out.end()) out.push_back(match.clause);
  }
  return out;
}

std::string Coder::cited(const std::vector<model::ClauseId>& clauses) const {
  std::string out;
  for (model::ClauseId c : clauses) out += (out.empty() ? "" : ", ") + m_.cite(c);
  return out;
}

std::string Coder::noted(const Fits& f) const {
  std::string note;
  const auto all = [&](auto is) { return std::all_of(f.matches.begin(), f.matches.end(), is); };
  if (all([](const Match& x) { return static_cast<bool>(x.reading); }))
    note += ", only in the reading " + m_[f.matches.front().reading].name;
  if (all([](const Match& x) { return x.one_of_several; })) note += ", as one of several acts";
  return cited(clauses_of(f)) + note;
}

void Coder::provision(const Provision& p) {
  const Fits f = fits(m_, id_, scheme_, p.variable);
  if (!f.known) return never({p.variable}, "the scheme has no words for it");
  if (f.matches.empty()) {
    put(p.variable, {0}, "no such clause");
  } else if (p.many && f.code == 1) {
    provided(p.variable, noted(f), clauses_of(f));
  } else {
    put(p.variable, {f.code}, noted(f), clauses_of(f));
  }
}

bool Scheme::is_scheme(model::InstrumentId i) const {
  return std::find(instruments.begin(), instruments.end(), i) != instruments.end();
}

bool Coded::admits(int64_t code) const {
  if (certainty == Certainty::provided) return code != 0;
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::string code_words(const Coded& c) {
  if (c.certainty == Certainty::not_derivable) return "–";
  if (c.certainty == Certainty::provided) return "not 0";
  std::string out;
  for (int64_t code : c.codes) out += (out.empty() ? "" : " or ") + std::to_string(code);
  return out;
}

const Coded* Coding::find(std::string_view variable) const {
  const auto it = std::find_if(variables.begin(), variables.end(),
                               [&](const Coded& c) { return c.variable == variable; });
  return it == variables.end() ? nullptr : &*it;
}

Coding code_atop(const model::Model& model, model::InstrumentId instrument, const Scheme& scheme,
                 Instant at) {
  return Coder(model, instrument, scheme, at).run();
}

}  // namespace casus::coding
