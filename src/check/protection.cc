// SPDX-License-Identifier: Apache-2.0
// Gaps in protection. An instrument protects those on whom an event must fall for a duty of others to arise: the
// `on` or `against` of the trigger, or of the event that the trigger is about (a request for help after an attack).
// Of each such event the lint asks whether there is a case in which it falls on a protected party and obliges
// nobody: every clause asks for more (an area, a condition, a reading, a certain actor), and no two of them are each
// other's complement. Decisions do not count, they may not be taken (CAS0906). A note tells which parties are not
// protected at all. What can not be seen: that the cases left over can not come about, and conditions that are
// complements by arithmetic or by facts.
#include <algorithm>
#include <bit>
#include <map>
#include <set>

#include "check/heard.h"
#include "text/words.h"

namespace casus::check {

using model::ArgMode;
using model::no_var;
using model::Op;
using model::VarIndex;

namespace {

constexpr size_t most_atoms = 10;  // of one event: two to that power cases are looked at

// What must hold for a clause to hear the event; `words` as the text has them.
struct Literal {
  std::string atom, words;
  bool wanted = true;
  model::ReadingId reading;  // where the atom is that an option of it is held
};
struct Guard {
  ClauseId clause;
  std::vector<Literal> literals;
  std::vector<EntityId> who;  // sorted
};

class Protection {
 public:
  Protection(Context& x, InstrumentId id) : x_(x), id_(id), parties_(parties()) {}

  bool find() {
    for (ClauseId c : x_.m[id_].clauses) {
      if (!x_.spend(1)) return false;
      clause(c);
    }
    for (const auto& [event, guards] : guards_) one_event(event, guards);
    return true;
  }

 private:
  std::vector<EntityId> parties() const {
    const auto known = x_.sets.known({{}, model::fact_party, x_.m[id_].entity});
    return {known.begin(), known.end()};
  }

  void clause(ClauseId id) {
    const Clause& c = x_.m[id];
    if (!is_duty(c)) return;
    for (const Heard& h : heard(x_.m, c)) add(id, h);
  }

  void add(ClauseId id, const Heard& h) {
    if (falls_on_side(x_.m, h)) return;
    Range who = target_range(x_, h);
    Guard g{id, {}, {}};
    std::vector<std::pair<ExprId, bool>> parts;
    conjuncts(x_.m, h.c.where, true, parts);
    conjuncts(x_.m, h.c.unless, false, parts);
    for (const auto& [e, wanted] : parts) {
      if (leaves_out_actor(h, e, wanted) || (wanted && names_target(x_, h, e, who))) continue;
      const model::ReadingId reading =
          x_.m[e].op == Op::reading ? model::ReadingId(x_.m[e].a) : model::ReadingId();
      g.literals.push_back({written(h, e), words_of(x_.m[e].span), wanted, reading});
    }
    if (h.direct) pattern_literals(h, g);
    if (h.c.reading) {
      const model::Reading& r = x_.m[h.c.reading];
      const std::string words = "reading " + r.name + " = " + r.options[h.c.reading_option].name;
      g.literals.push_back({reading_atom(h.c.reading.value, h.c.reading_option), words, true, h.c.reading});
    }
    g.who = protected_by(who, h);
    if (!g.who.empty()) guards_[h.event].push_back(std::move(g));
  }

  // `attacker != p`, where p is the bearer: nobody helps against itself, which leaves nobody without help.
  bool leaves_out_actor(const Heard& h, ExprId id, bool wanted) const {
    const model::Expr& e = x_.m[id];
    if (e.op != (wanted ? Op::ne : Op::eq)) return false;
    const auto bearer = [&](ExprId a) {
      const Range r = bearer_range(x_, h.c);
      const model::Expr& other = x_.m[a];
      return (other.op == Op::var && other.a == h.c.bearer.var) ||
             (other.op == Op::constant && r.value == other.value);
    };
    const auto actor = [&](ExprId a) {
      const auto p = h.parameter(x_.m, a);
      return p && *p == x_.m[h.event].by;
    };
    return (actor(e.args[0]) && bearer(e.args[1])) || (actor(e.args[1]) && bearer(e.args[0]));
  }

  // A certain actor, place or weapon.
  void pattern_literals(const Heard& h, Guard& g) const {
    for (size_t i = 0; i < h.pattern.args.size(); ++i) {
      const model::PatternArg& a = h.pattern.args[i];
      if (i == h.target) continue;
      const std::string label = x_.m[h.event].params[i].label;
      if (a.mode == ArgMode::match) {
        const std::string words = label + ": " + words_of(x_.m[a.match].span);
        g.literals.push_back({words, words, true, {}});
      } else if (a.mode == ArgMode::bind && a.filter) {
        const std::string name = a.filter->fact ? x_.m[a.filter->fact].name : x_.m[a.filter->kind].name;
        g.literals.push_back({label + ": " + name, label + ": " + name, true, {}});
      }
    }
  }

  static std::string reading_atom(uint32_t reading, Value option) {
    return "reading " + std::to_string(reading) + ' ' + std::to_string(option);
  }

  std::string written(const Heard& h, ExprId id) const {
    if (x_.m[id].op == Op::reading) return reading_atom(x_.m[id].a, x_.m[id].value);
    if (const auto p = h.parameter(x_.m, id)) return '<' + x_.m[h.event].params[*p].label + '>';
    const model::Expr& e = x_.m[id];
    if (e.op == Op::var && e.a == h.alias) return '<' + x_.m[h.event].params[h.target].label + '>';
    std::string out = std::to_string(static_cast<int>(e.op)) + ':' + std::to_string(e.value) + ':' +
                      std::to_string(e.a) + '(';
    for (ExprId a : e.args) out += (a ? written(h, a) : std::string()) + ',';
    return out + ')';
  }

  std::string words_of(const Span& s) const {
    if (!s.valid()) return "…";
    return one_line(std::string_view(x_.sources[s.source].code).substr(s.begin, s.end - s.begin));
  }

  // The known members, for whom somebody is left to bear the duty; of a kind or anybody: the parties.
  std::vector<EntityId> protected_by(const Range& who, const Heard& h) const {
    std::vector<EntityId> out;
    if (who.value) {
      out.emplace_back(static_cast<size_t>(*who.value));
    } else {
      const Domain* in = nullptr;
      for (const Domain& d : who.in) {
        if (d.fact) in = &d;
      }
      const auto known = in ? x_.sets.known(*in) : std::span<const EntityId>(parties_);
      for (EntityId e : known) {
        if (x_.sets.admits(who, e.value)) out.push_back(e);
      }
    }
    if (h.c.bearer.kind == model::BearerKind::one || !h.c.bearer.domain.fact) return out;
    const bool excepted = std::any_of(h.c.bearer.except.begin(), h.c.bearer.except.end(), [&](ExprId e) {
      const auto p = h.parameter(x_.m, e);
      return p && *p == h.target;
    });
    const auto bearers = x_.sets.known(h.c.bearer.domain);
    if (excepted && bearers.size() == 1)
      out.erase(std::remove(out.begin(), out.end(), bearers[0]), out.end());
    return out;
  }

  void one_event(model::EventTypeId event, const std::vector<Guard>& guards) {
    std::set<EntityId> all;
    for (const Guard& g : guards) all.insert(g.who.begin(), g.who.end());
    std::map<std::string, std::vector<EntityId>> gaps;  // by the case
    for (EntityId e : all) {
      std::vector<const Guard*> mine;
      for (const Guard& g : guards) {
        if (std::find(g.who.begin(), g.who.end(), e) != g.who.end()) mine.push_back(&g);
      }
      if (const std::string open = open_case(mine); !open.empty()) gaps[open].push_back(e);
    }
    const Clause& first = x_.m[guards.front().clause];
    for (const auto& [open, who] : gaps) gap(event, first, open, who);
    std::vector<EntityId> others;
    for (EntityId e : parties_) {
      if (!all.contains(e)) others.push_back(e);
    }
    if (others.empty()) return;
    x_.add({.kind = Diag::one_sided,
            .span = first.span,
            .message = '`' + x_.m[event].name + "` on " + names(others) +
                       " obliges nobody: " + names({all.begin(), all.end()}) + " alone " +
                       (all.size() == 1 ? "is" : "are") + " protected",
            .where = x_.where(first)});
  }

  // A case that no clause hears, in words; empty when there is none, or too much to ask.
  std::string open_case(const std::vector<const Guard*>& guards) {
    std::vector<std::string> atoms;
    for (const Guard* g : guards) {
      if (g->literals.empty()) return {};
      for (const Literal& l : g->literals) {
        if (std::find(atoms.begin(), atoms.end(), l.atom) == atoms.end()) atoms.push_back(l.atom);
      }
    }
    if (atoms.size() > most_atoms || !x_.spend((size_t{1} << atoms.size()) * guards.size())) return {};
    if (guards.size() == 1) return alternatives(*guards[0]);
    const auto readings = options(guards, atoms);
    for (size_t world = 0; world < size_t{1} << atoms.size(); ++world) {
      if (!can_be(readings, world)) continue;
      const auto fails = [&](const Literal& l) {
        const auto at = std::find(atoms.begin(), atoms.end(), l.atom) - atoms.begin();
        return ((world >> at & 1) != 0) != l.wanted;
      };
      std::vector<std::string> why;
      std::set<std::string> told;  // one condition may stand in other words in another clause
      for (const Guard* g : guards) {
        const auto l = std::find_if(g->literals.begin(), g->literals.end(), fails);
        if (l == g->literals.end()) break;
        if (told.insert(l->atom).second) why.push_back(failing(*l));
        if (g == guards.back()) return joined(why, " and ");
      }
    }
    return {};
  }

  // Of each reading the atoms of its options, by their bits.
  using Options = std::map<model::ReadingId, size_t>;
  static Options options(const std::vector<const Guard*>& guards, const std::vector<std::string>& atoms) {
    Options out;
    for (const Guard* g : guards) {
      for (const Literal& l : g->literals) {
        if (l.reading)
          out[l.reading] |= size_t{1} << (std::find(atoms.begin(), atoms.end(), l.atom) - atoms.begin());
      }
    }
    return out;
  }
  // Whoever reads the text holds one option of a reading: none of two, and one of all that there are.
  bool can_be(const Options& readings, size_t world) const {
    return std::all_of(readings.begin(), readings.end(), [&](const auto& r) {
      const auto held = static_cast<size_t>(std::popcount(world & r.second)),
                 asked = static_cast<size_t>(std::popcount(r.second));
      return held <= 1 && (held == 1 || asked < x_.m[r.first].options.size());
    });
  }

  static std::string failing(const Literal& l) { return (l.wanted ? "not `" : "`") + l.words + '`'; }
  static std::string alternatives(const Guard& g) {
    std::vector<std::string> parts;
    for (const Literal& l : g.literals) parts.push_back(failing(l));
    return joined(parts, " or ");
  }
  static std::string joined(const std::vector<std::string>& parts, const std::string& between) {
    std::string out;
    for (size_t i = 0; i < parts.size(); ++i) out += (i == 0 ? "" : between) + parts[i];
    return out;
  }

  std::string names(const std::vector<EntityId>& who) const {
    if (who.size() > 3 && who == parties_) return "any party";
    return x_.names(who);
  }

  void gap(model::EventTypeId event, const Clause& first, const std::string& open,
           const std::vector<EntityId>& who) {
    Diagnostic d{.kind = Diag::protection_gap,
                 .span = first.span,
                 .message = '`' + x_.m[event].name + "` on " + names(who) + " obliges nobody where " + open,
                 .where = x_.where(first)};
    std::vector<std::string> others;
    for (const auto& [other, guards] : guards_) {
      if (other != event) others.push_back('`' + x_.m[other].name + '`');
    }
    if (!others.empty()) d.notes.push_back("duties arise on " + join(others));
    d.notes.push_back("let a clause hear the other cases too, or say in the prose that they are left out");
    x_.add(std::move(d));
  }

  Context& x_;
  InstrumentId id_;
  std::vector<EntityId> parties_;
  std::map<model::EventTypeId, std::vector<Guard>> guards_;
};

}  // namespace

void check_protection(Context& x) {
  for (size_t i = 0; i < x.m.instruments.size(); ++i) {
    if (!x.here(x.m.instruments[i].span) || x.of_shapes(InstrumentId(i))) continue;
    if (!Protection(x, InstrumentId(i)).find()) return;
  }
}

}  // namespace casus::check
