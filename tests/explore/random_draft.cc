// SPDX-License-Identifier: Apache-2.0
#include "explore/random_draft.h"

#include <fmt/format.h>

#include "base/rng.h"

namespace casus::explore::test {

std::string Draft::text() const {
  std::string out;
  for (const auto& l : head) out += l + "\n";
  out += "instrument Pact {\n  in force from 2020-01-01;\n";
  for (const auto& l : articles) out += l + "\n";
  out += "}\n";
  for (const auto& l : tail) out += l + "\n";
  return out;
}

namespace {

class Maker {
 public:
  Maker(uint64_t seed, bool from_earlier) : rng_(seed), from_earlier_(from_earlier) {}

  Draft make(int seconds) {
    Draft d;
    d.head = {"kind state is actor;",
              "state A; state B; state C;",
              "event hit(by: actor, on: state);",
              "event ask(by: actor);",
              "event help(by: actor, to: state);",
              "event pay(by: actor);",
              "event tell(by: actor, about: event hit);",
              "institutional event quit(by: actor);",
              "institutional event act(by: actor, on: state);",
              "fact calm(who: state);",
              "fact free(who: state);"};
    d.articles.push_back(rng_.chance(1, 2) ? "  party A, B;" : "  party A, B, C;");
    d.articles.push_back("  role guard: A;");
    d.articles.push_back(body());
    const uint64_t count = 2 + rng_.below(4);
    for (uint64_t i = 0; i < count; ++i) {
      const uint64_t clauses = 1 + rng_.below(2);
      std::string article = fmt::format("  article {} {{", i + 1);
      if (i == 0) article += "\n    each party x shall not pay while " + fact(false, false) + ";";
      for (uint64_t k = 0; k < clauses; ++k) article += "\n    " + clause() + ";";
      d.articles.push_back(article + "\n  }");
    }
    d.tail.push_back(fmt::format(
        "scenario \"s\" {{ under Pact; from 2024-01-01; until 2024-01-01T00:00:{:02}Z; {} }}", seconds,
        rng_.chance(1, 3) ? "given calm(A) from 2024-01-01 until 2024-01-01T00:00:04Z;" : ""));
    return d;
  }

 private:
  template <size_t n>
  std::string one_of(const char* const (&list)[n]) {
    return list[rng_.below(n)];
  }
  std::string limit() {
    if (rng_.chance(1, 6)) return "";
    return fmt::format(" within {} s{}", 2 * (1 + rng_.below(3)),
                       named_ && rng_.chance(1, 3) ? " of what" : "");
  }
  std::string body() {
    return "  body Council { members party; " + std::string(rng_.chance(1, 5) ? "votes may change; " : "") +
           "decides act by " + one_of({"consensus", "unanimity", "simple_majority", "absolute_majority"}) +
           (rng_.chance(3, 4) ? fmt::format(" within {} s", 2 * (1 + rng_.below(3))) : std::string()) +
           one_of({"", "", "", " recused v where v = A"}) + "; }";
  }
  // A trigger; whether it names an actor `p` and a target `q`.
  std::string trigger(bool& p, bool& q) {
    p = q = named_ = told_ = false;
    switch (rng_.below(9)) {
      case 0:
      case 1:
      case 2:
        p = q = true;
        named_ = told_ = from_earlier_;
        return "when hit(by: state p, on: state q)" + std::string(named_ ? " as what" : "");
      case 3:
      case 4:
        p = true;
        named_ = from_earlier_;
        return "when ask(by: " + one_of({"party p", "state p", "guard p"}) + ")" + (named_ ? " as what" : "");
      case 5:
        q = true;
        return "when decided act(on: state q)";
      case 6:
        p = true;
        return "when begins " + one_of({"calm", "free"}) + "(state p)";
      case 7:
        p = true;
        return "when breach of article 1 by party p";
      default:
        return "once " + fact(false, false) + " and " + fact(false, false);
    }
  }
  std::string fact(bool p, bool q) {
    const std::string who = q && rng_.chance(1, 2)   ? "q"
                            : p && rng_.chance(1, 2) ? "p"
                                                     : one_of({"A", "B", "C"});
    switch (rng_.below(6)) {
      case 0:
        return "party(" + who + ", Pact)";
      case 1:
        return "guard(" + who + ")";
      case 2:
        return "happened pay(by: " + who + ")";
      case 3:
        return "happened ask(by: " + who + ") within 2 s";
      default:
        return one_of({"calm", "free", "not calm", "not free"}) + "(" + who + ")";
    }
  }
  std::string modifiers(bool p, bool q, bool timed) {
    std::string out;
    const std::string within = timed ? limit() : "";
    out += within;
    if (rng_.chance(1, 6)) out += " unless " + fact(p, q);
    if (rng_.chance(1, 8)) out += " until " + fact(p, q);
    if (rng_.chance(1, 8)) out += " while " + fact(p, q);
    if (timed && rng_.chance(1, 8)) out += " as it deems necessary";
    if (!within.empty() && rng_.chance(1, 5)) out += " even if late";
    return out;
  }
  std::string bearer(bool p, bool q) {
    if (rng_.chance(1, 8)) return "the party together";
    if (p && rng_.chance(1, 5)) return "p";
    if (rng_.chance(1, 6)) return one_of({"A", "B"});
    return "each " + one_of({"party", "party", "guard"}) + " x" + (q && rng_.chance(1, 2) ? " except q" : "");
  }
  std::string effect(bool p, bool q) {
    const std::string who = q && rng_.chance(1, 2) ? "q" : p ? "p" : one_of({"A", "B"});
    switch (rng_.below(7)) {
      case 0:
        return "begins calm(" + who + ")";
      case 1:
        return "ends calm(" + who + ")";
      case 2:
        return "begins free(" + who + ")";
      case 3:
        return "ends free(" + who + ")";
      case 4:
        return who + " ceases to be party";
      case 5:
        return who + " becomes guard";
      default:
        return "begins calm(" + who + "), ends free(" + who + ")";
    }
  }
  std::string clause() {
    bool p = false, q = false;
    named_ = told_ = false;
    switch (rng_.below(8)) {
      case 0: {  // a ban
        std::string out = "each " + one_of({"party", "guard"}) + " x shall not " +
                          one_of({"pay", "hit(on: state q)", "ask"});
        if (rng_.chance(1, 3)) out += " while " + fact(false, false);
        if (rng_.chance(1, 2)) out += " otherwise x shall pay" + limit();
        return out;
      }
      case 1:
        return "each party x may quit" +
               std::string(rng_.chance(1, 2)
                               ? fmt::format(" takes effect {} s after notice", 2 + 2 * rng_.below(2))
                               : "");
      case 2: {
        std::string out = trigger(p, q) + " then " + effect(p, q);
        if (rng_.chance(1, 3)) out += fmt::format(" after {} s", 2 + 2 * rng_.below(2));
        return out;
      }
      case 3:
        return one_of({"each party x shall ensure not calm(x)", "A shall ensure free(B)",
                       "each party x shall bring about free(x) within 4 s"});
      case 4:
        return "when quit(by: party p) then p ceases to be party";
      default: {
        std::string out = trigger(p, q) + " " + bearer(p, q) + " shall " + act(q) + modifiers(p, q, true);
        if (rng_.chance(1, 4)) out += " otherwise " + one_of({"A", "each party"}) + " shall pay" + limit();
        return out;
      }
    }
  }
  std::string act(bool q) {
    if (told_ && rng_.chance(1, 2)) return "tell(about: what)";
    switch (rng_.below(4)) {
      case 0:
        return q ? "help(to: q)" : "help(to: B)";
      case 1:
        return "ask";
      case 2:
        return "take one of { ask, pay }";
      default:
        return "pay";
    }
  }

  Rng rng_;
  const bool from_earlier_;
  bool named_ = false;  // the trigger of the clause is an event, called `what`
  bool told_ = false;   // and it is a hit
};

}  // namespace

Draft random_draft(uint64_t seed, int seconds, bool from_earlier) {
  return Maker(seed, from_earlier).make(seconds);
}

Draft shrunk(Draft draft, const std::function<bool(const Draft&)>& differs) {
  for (size_t i = 3; i < draft.articles.size();) {  // the parties, the role and the body stay
    Draft without = draft;
    without.articles.erase(without.articles.begin() + static_cast<std::ptrdiff_t>(i));
    if (!differs(without)) {
      ++i;
      continue;
    }
    draft = std::move(without);
    i = 3;
  }
  return draft;
}

}  // namespace casus::explore::test
