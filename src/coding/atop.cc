// SPDX-License-Identifier: Apache-2.0
#include "coding/atop.h"

#include <algorithm>
#include <functional>
#include <map>

#include "coding/atop_shapes.h"

namespace casus::coding {

using model::InstrumentId;
using model::Model;

namespace {

// The five obligations that make a treaty an alliance in the data, and the prefix of their conditions.
struct Obligation {
  const char* variable;
  const char* prefix;
  const char* words;
};
constexpr Obligation obligations[] = {{"DEFENSE", "DEF", "help when a member is attacked"},
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
  Coder(const Model& m, InstrumentId instrument, const Scheme& scheme, Instant at)
      : m_(m), id_(instrument), scheme_(scheme), at_(at), life_(m, instrument, at) {}

  Coding run() {
    out_.instrument = id_;
    out_.number = number();
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

 private:
  std::optional<int64_t> number() const {
    for (const model::GivenFact& g : m_.givens) {
      if (m_[g.fact].name == "atop" && m_[g.fact].result.kind == model::TypeKind::count &&
          model::EntityId(static_cast<size_t>(g.args[0])) == m_[id_].entity)
        return g.value;
    }
    return std::nullopt;
  }

  // ---- how a value is written down ----
  Coded& put(std::string variable, std::vector<int64_t> codes, std::string why,
             std::vector<model::ClauseId> clauses = {}) {
    out_.variables.push_back(
        {std::move(variable), Certainty::derived, std::move(codes), std::move(why), std::move(clauses)});
    return out_.variables.back();
  }
  void provided(std::string variable, std::string why, std::vector<model::ClauseId> clauses) {
    out_.variables.push_back(
        {std::move(variable), Certainty::provided, {}, std::move(why), std::move(clauses)});
  }
  void never(std::initializer_list<const char*> variables, const std::string& why) {
    for (const char* v : variables) out_.variables.push_back({v, Certainty::not_derivable, {}, why, {}});
  }

  static std::vector<model::ClauseId> clauses_of(const Fits& f) {
    std::vector<model::ClauseId> out;
    for (const Match& match : f.matches) {
      if (std::find(out.begin(), out.end(), match.clause) == out.end()) out.push_back(match.clause);
    }
    return out;
  }
  std::string cited(const std::vector<model::ClauseId>& clauses) const {
    std::string out;
    for (model::ClauseId c : clauses) out += (out.empty() ? "" : ", ") + m_.cite(c);
    return out;
  }
  std::string noted(const Fits& f) const {
    std::string note;
    const auto all = [&](auto is) { return std::all_of(f.matches.begin(), f.matches.end(), is); };
    if (all([](const Match& x) { return static_cast<bool>(x.reading); }))
      note += ", only in the reading " + m_[f.matches.front().reading].name;
    if (all([](const Match& x) { return x.one_of_several; })) note += ", as one of several acts";
    return cited(clauses_of(f)) + note;
  }

  void provision(const Provision& p) {
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

  // ---- its life ----
  void date(const char* prefix, const std::optional<Instant>& at, const std::string& why) {
    const CivilDate d = at ? civil_date(*at) : CivilDate{0, 0, 0};
    const std::string p(prefix);
    put(p + "YR", {d.year}, why);
    put(p + "MO", {d.month}, why);
    put(p + "DAY", {d.day}, why);
  }

  void dates() {
    const std::optional<Instant> begin = life_.signed_on ? life_.signed_on : life_.in_force_from;
    if (begin)
      date("BEG", begin, life_.signed_on ? "signed" : "in force; no date of signature is given");
    else
      never({"BEGYR", "BEGMO", "BEGDAY"}, "neither signed nor in force");
    if (life_.in_force_from) {
      date("END", life_.ended, life_.ended ? "its end" : "it has no end");
      put("INEFFECT", {life_.ended ? 0 : 1}, life_.ended ? "it has ended" : "in force");
    } else {
      never({"ENDYR", "ENDMO", "ENDDAY", "INEFFECT"}, "it is in force at no date that is given");
    }
    if (life_.first_members.empty())
      never({"BILAT"}, "nobody is party");
    else
      put("BILAT", {life_.first_members.size() == 2},
          std::to_string(life_.first_members.size()) + " parties at first");
    never({"MAXPHASE"}, "a phase is a change of the coding");
    never({"WARTIME"}, "what else went on when it was made is not in it");
    establishment();
    never({"PUBSECR", "SECRART"}, "who knew of a text is not in it");
  }

  void establishment() {
    const Fits f = fits(m_, id_, scheme_, "ESTMODE");
    if (!f.matches.empty()) {
      put("ESTMODE", {1}, "ratified: " + noted(f), clauses_of(f));
    } else if (m_[id_].binding != model::Binding::law) {
      put("ESTMODE", {0}, "binding in politics: nothing to ratify");
    } else if (life_.signed_on && life_.in_force_from) {
      const bool later = *life_.signed_on < *life_.in_force_from;
      put("ESTMODE", {later}, later ? "in force after its signature" : "in force by its signature");
    } else {
      never({"ESTMODE"}, "whether it had to be ratified is not said");
    }
  }

  void joining() {
    const Fits f = fits(m_, id_, scheme_, "PROADD");
    if (!f.known) return never({"PROADD", "FUTMEM"}, "the scheme has no words for it");
    if (f.matches.empty()) {
      put("PROADD", {0}, "nobody has a power to accede");
      put("FUTMEM", {0}, "nobody has a power to accede");
    } else {
      provided("PROADD", noted(f), clauses_of(f));
      provided("FUTMEM", noted(f), clauses_of(f));
    }
  }

  // A power to leave that opens at a date is a term, which goes on afterwards until somebody leaves; one that is open from the
  // beginning is renunciation.
  void term() {
    const Fits f = fits(m_, id_, scheme_, "RENOUNCE");
    if (!f.known)
      return never({"SPECLGTH", "LENGTH", "RENOUNCE", "PROREN", "RENEWLGT", "TERM"},
                   "the scheme has no words for it");
    const std::vector<model::ClauseId> all = clauses_of(f);
    std::optional<Instant> opens;
    bool open = false, conditional = !f.matches.empty();
    for (const Match& match : f.matches) {
      const model::Clause& c = m_[match.clause];
      if (!c.from)
        open = true;
      else if (!opens || *c.from < *opens)
        opens = c.from;
      conditional &= !match.conditions.empty();
    }
    if (!open && opens && life_.in_force_from) {
      put("SPECLGTH", {1}, "nobody can leave before " + format_short(*opens) + ": " + cited(all), all);
      put("LENGTH", {months(*life_.in_force_from, *opens)}, "months from entry into force to that day", all);
      put("RENOUNCE", {0}, "no leaving before the term has ended", all);
      put("PROREN", {2}, "it goes on after the term until somebody leaves", all);
    } else {
      if (life_.ends_by_condition)
        put("SPECLGTH", {2}, "it ends when a condition is met");
      else
        put("SPECLGTH", {0, 3}, "no term; whether the text says so is not in the norms");
      put("LENGTH", {0}, "no term");
      if (all.empty())
        put("RENOUNCE", {0}, "no power to leave");
      else
        put("RENOUNCE", {conditional ? 3 : 1}, noted(f) + (conditional ? ", on a condition" : ""), all);
      put("PROREN", {0}, "no term, so no renewal");
    }
    never({"RENEWLGT", "TERM"}, "how long a renewal lasts, and why a treaty ended, is not in the norms");
  }

  static int64_t months(Instant from, Instant to) {
    const CivilDate a = civil_date(from), b = civil_date(to);
    return int64_t{b.year - a.year} * 12 + static_cast<int64_t>(b.month) - static_cast<int64_t>(a.month) -
           (b.day < a.day ? 1 : 0);
  }

  // ---- the five obligations ----
  void the_five() {
    for (const Obligation& o : obligations) {
      const Fits& f = fits_[o.variable];
      if (!f.known)
        never({o.variable}, "the scheme has no words for it");
      else if (f.matches.empty())
        put(o.variable, {0}, std::string("no clause with ") + o.words);
      else
        put(o.variable, {1}, noted(f), clauses_of(f));
    }
    const auto active = {"DEFENSE", "OFFENSE"};
    const bool any =
        std::any_of(active.begin(), active.end(), [&](const char* v) { return !fits_[v].matches.empty(); });
    put("ACTIVE", {any}, any ? "DEFENSE or OFFENSE" : "neither DEFENSE nor OFFENSE");
  }

  // Conditions on a role: of any clause. Conditions of no role, and decisions: where no clause is free of them.
  struct Asked {
    std::vector<model::ClauseId> adversary, location, number, other;
  };
  Asked asked(const Fits& f) const {
    Asked out;
    size_t free = 0;
    for (const Match& match : f.matches) {
      bool other = false;
      for (const Condition& c : match.conditions) {
        if (c.about == About::number)
          out.number.push_back(match.clause);
        else if (c.about != About::role)
          other = true;
        else if (c.role == "adversary")
          out.adversary.push_back(match.clause);
        else if (c.role == "location")
          out.location.push_back(match.clause);
      }
      free += !other;
      if (other) out.other.push_back(match.clause);
    }
    if (free > 0) out.other.clear();
    return out;
  }

  void conditions() {
    std::vector<Coded> parts;  // of members in the data: told after the alliance's own
    std::vector<model::ClauseId> limited;
    for (const Obligation& o : obligations) {
      const Asked a = asked(fits_[o.variable]);
      limited.insert(limited.end(), a.other.begin(), a.other.end());
      const std::string prefix = o.prefix;
      if (prefix.empty()) continue;
      const auto part = [&](const char* suffix, const std::vector<model::ClauseId>& clauses,
                            const char* what) {
        Coded c{prefix + suffix, Certainty::derived, {!clauses.empty()}, "", clauses};
        c.why = fits_[o.variable].matches.empty() ? std::string("no ") + o.words
                : clauses.empty()                 ? std::string("no condition on ") + what
                                  : std::string("a condition on ") + what + ": " + cited(clauses);
        parts.push_back(std::move(c));
      };
      part("COADV", a.adversary, "who the adversary is");
      part("COLOC", a.location, "the place");
      if (prefix != "CON") part("CONUM", a.number, "a number");
      shaped(prefix + "COCON", fits_[o.variable], a.other, parts);
      if (prefix != "CON") shaped(prefix + "CODEM", fits_[o.variable], a.other, parts);
      if (prefix == "DEF" || prefix == "NEU") shaped(prefix + "CONPR", fits_[o.variable], a.other, parts);
      if (prefix == "NEU") shaped("NEUCOATT", fits_[o.variable], a.other, parts);
      if (prefix == "CON") shaped("CONCOREQ", fits_[o.variable], a.other, parts);
    }
    const auto holds = [&](const std::string& prefix) {
      return std::any_of(parts.begin(), parts.end(), [&](const Coded& c) {
        return c.variable.starts_with(prefix) && c.certainty == Certainty::derived &&
               c.codes == std::vector<int64_t>{1};
      });
    };
    bool any = !limited.empty();
    std::vector<std::pair<std::string, bool>> sums;
    for (const Obligation& o : obligations) {
      if (*o.prefix == '\0') continue;
      sums.emplace_back(std::string(o.prefix) + "CON", holds(std::string(o.prefix) + "CO"));
      any |= sums.back().second;
    }
    put("CONDITIO", {any}, any ? "some obligation has a condition" : "no obligation has a condition");
    for (const auto& [variable, yes] : sums)
      put(variable, {yes}, yes ? "a condition below" : "no condition below");
    for (Coded& c : parts) out_.variables.push_back(std::move(c));
    put("OLIMOB", {!limited.empty()},
        limited.empty() ? "no other limit on an obligation" : "other limits: " + cited(limited), limited);
    asymmetry();
  }

  // A kind of condition that needs words: by shapes of its own. Without them: 0 where no condition is left that could be meant.
  void shaped(const std::string& variable, const Fits& obligation, const std::vector<model::ClauseId>& other,
              std::vector<Coded>& to) const {
    const Fits f = fits(m_, id_, scheme_, variable);
    Coded c{variable, Certainty::derived, {0}, "no such condition", {}};
    if (!f.matches.empty() && !obligation.matches.empty()) {
      c.codes = {1};
      c.clauses = clauses_of(f);
      c.why = noted(f);
    } else if (!other.empty() && !f.known) {
      c = {variable,
           Certainty::not_derivable,
           {},
           "a limit that is neither of place, adversary nor number: " + cited(other),
           other};
    }
    to.push_back(std::move(c));
  }

  void asymmetry() {
    std::vector<model::ClauseId> some;
    bool any = false;
    for (const Obligation& o : obligations) {
      const Fits& f = fits_[o.variable];
      any |= !f.matches.empty();
      const bool all = std::any_of(f.matches.begin(), f.matches.end(),
                                   [&](const Match& x) { return of_all(m_[x.clause].bearer); });
      const auto clauses = clauses_of(f);
      if (!all) some.insert(some.end(), clauses.begin(), clauses.end());
    }
    const std::string why = !any           ? "none of the five obligations"
                            : some.empty() ? "each obligation is of all parties"
                                           : "of some parties only: " + cited(some);
    put("ASYMM", {!some.empty()}, why, some);
    put("OBVARY", {!some.empty()}, why, some);
  }
  bool of_all(const model::Bearer& b) const {
    if (b.kind == model::BearerKind::one || b.kind == model::BearerKind::none) return false;
    if (!b.domain.fact || b.domain.fact == model::fact_party) return true;
    const auto holders = life_.holders(b.domain.fact);
    return std::includes(holders.begin(), holders.end(), life_.members.begin(), life_.members.end());
  }

  // ---- organs, references, sums ----
  // A body of its own is a named organisation; one that a standing officer chairs, who is no member, has an apparatus.
  void organisations() {
    const model::Body* best = nullptr;
    bool standing = false;
    for (model::BodyId b : m_[id_].bodies) {
      const model::Body& body = m_.bodies[b.index()];
      const bool officer = body.chair && !life_.members.contains(body.chair);
      if (!best || (officer && !standing)) best = &body;
      standing |= officer;
    }
    if (!best) {
      put("ORGAN1", {0}, "no body");
      put("ORGPURP1", {0}, "no body");
      put("ORGAN2", {0}, "no body");
      return never({"ORGPURP2"}, "purposes of second bodies are not told apart");
    }
    const std::string name = best->title.empty() ? best->name : best->title;
    put("ORGAN1", {standing ? 3 : 2},
        name + (standing ? ", chaired by a standing officer" : ", with members only"));
    const bool military = std::any_of(m_[id_].bodies.begin(), m_[id_].bodies.end(),
                                      [&](model::BodyId b) { return of_attacks(b); });
    if (military)
      put("ORGPURP1", {1, 4}, name + " acts upon what the obligations rest on");
    else
      never({"ORGPURP1"}, "what " + name + " is for beyond its decisions is not in the norms");
    const bool two = m_[id_].bodies.size() > 1;
    if (two)
      never({"ORGAN2"}, "which bodies are organisations of their own is not in the norms");
    else
      put("ORGAN2", {0}, "one body only");
    never({"ORGPURP2"}, "purposes of second bodies are not told apart");
  }
  // Whether the body decides on, or takes part in what is owed upon, the events that the obligations wait for.
  bool of_attacks(model::BodyId id) const {
    const model::Body& body = m_.bodies[id.index()];
    std::set<uint32_t> events;
    for (const auto& [variable, f] : fits_) {
      for (const Match& match : f.matches) {
        const model::Clause& c = m_[match.clause];
        if (c.trigger.pattern) events.insert(m_[c.trigger.pattern].event.value);
        for (model::PatternId a : c.acts) {
          for (const model::PatternArg& arg : m_[a].args) {
            if (arg.match && m_[arg.match].op == model::Op::constant &&
                m_[arg.match].type.kind == model::TypeKind::entity &&
                m_[arg.match].value == static_cast<model::Value>(body.entity.value))
              return true;
          }
        }
      }
    }
    for (const model::Decision& d : body.decisions) {
      for (const model::Param& p : m_[m_[d.content].event].params) {
        if (p.type.kind == model::TypeKind::event && events.contains(p.type.id)) return true;
      }
    }
    return false;
  }

  void references() {
    const auto universal = [&](model::EntityId e) {
      return std::any_of(m_.givens.begin(), m_.givens.end(), [&](const model::GivenFact& g) {
        return m_[g.fact].name == "universal_organisation" && g.args[0] == static_cast<model::Value>(e.value);
      });
    };
    std::string of_all, bodies, instruments;
    for (model::EntityId e : life_.mentioned) {
      const model::Entity& entity = m_[e];
      const bool own =
          entity.instrument == id_ || (entity.body && m_.bodies[entity.body.index()].instrument == id_);
      std::string& list = universal(e) ? of_all : entity.instrument ? instruments : bodies;
      if (!own && (universal(e) || entity.instrument || entity.body))
        list += (list.empty() ? "" : ", ") + entity.name;
    }
    if (of_all.empty())
      put("REFLNUN", {0}, "its clauses name no universal organisation");
    else
      put("REFLNUN", {2}, "its clauses name " + of_all);
    put("REFOTHIO", {!bodies.empty()},
        bodies.empty() ? "its clauses name no other body" : "its clauses name " + bodies);
    if (instruments.empty())
      put("NATREFAL", {0}, "its clauses name no other instrument");
    else
      provided("NATREFAL", "its clauses name " + instruments, {});
  }

  void members() {
    put("MEMBERS", {static_cast<int64_t>(life_.members.size())},
        "parties at any time (columns mem1 to mem59)");
  }

  // Sums of variables as Leeds and Anac (2005) make them.
  void institutions() {
    const auto is = [&](const char* v, auto test) -> std::optional<bool> {
      const Coded* c = out_.find(v);
      if (!c || c->certainty == Certainty::not_derivable) return std::nullopt;
      if (c->certainty == Certainty::provided)
        return test(int64_t{1}) && test(int64_t{2}) && test(int64_t{3}) ? std::optional(true) : std::nullopt;
      const bool first = test(c->codes.front());
      for (int64_t code : c->codes) {
        if (test(code) != first) return std::nullopt;
      }
      return first;
    };
    const auto some = [](int64_t c) { return c != 0; };
    const auto sum = [&](const char* variable, std::initializer_list<std::optional<bool>> parts,
                         const char* why) {
      const bool yes = std::any_of(parts.begin(), parts.end(), [](const auto& p) { return p && *p; });
      const bool unknown = std::any_of(parts.begin(), parts.end(), [](const auto& p) { return !p; });
      if (yes || !unknown)
        put(variable, {yes}, why);
      else
        never({variable}, std::string("not all is derivable of: ") + why);
    };
    sum("HINST", {is("MILCON", [](int64_t c) { return c == 3; }), is("INTCOM", some), is("BASE", some)},
        "MILCON 3, INTCOM or BASE");
    sum("MILORG", {is("ORGPURP1", [](int64_t c) { return c == 1 || c == 4; })}, "ORGPURP1 1 or 4");
    sum("FORMORG", {is("ORGAN1", [](int64_t c) { return c >= 2; })}, "ORGAN1 2 or 3");
    never({"MINST", "MILINST", "PUBTREAT", "FORMAL"}, "sums of what is not derivable");
  }

  const Model& m_;
  const InstrumentId id_;
  const Scheme& scheme_;
  const Instant at_;
  const Life life_;
  std::map<std::string, Fits> fits_;
  Coding out_;
};

}  // namespace

bool Scheme::is_scheme(InstrumentId i) const {
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

Coding code_atop(const Model& model, InstrumentId instrument, const Scheme& scheme, Instant at) {
  return Coder(model, instrument, scheme, at).run();
}

}  // namespace casus::coding
