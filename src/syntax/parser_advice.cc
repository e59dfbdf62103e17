// SPDX-License-Identifier: Apache-2.0
// What treaties say in other words than the language: which keyword was meant, and what to write instead. All
// of it serves messages only; a text without errors never comes here.
#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "base/unicode.h"
#include "syntax/lexer.h"
#include "syntax/parser.h"
#include "text/words.h"

namespace casus::syntax {
namespace {

using Advice = std::pair<std::string_view, std::string_view>;

// Other words for keywords, where no likeness of letters tells.
constexpr auto other_words = std::to_array<Advice>({
    {"must", "shall"},
    {"will", "shall"},
    {"should", "shall"},
    {"can", "may"},
    {"might", "may"},
    {"if", "when"},
    {"whenever", "when"},
    {"upon", "when"},
    {"parties", "party"},
    {"since", "from"},
    {"section", "article"},
    {"immediately", "promptly"},
    {"forthwith", "promptly"},
});

// After a whole clause: what its author may have meant by the word that stands there.
constexpr std::string_view deadline = "a deadline is `within 30 days`, or `by` and a date";
constexpr std::string_view condition =
    "a condition follows `where`, `while` or `unless`; what happens first stands first, after `when`";
constexpr auto after_clause = std::to_array<Advice>({
    {"if", condition},
    {"when", condition},
    {"once", condition},
    {"provided", condition},
    {"in", deadline},
    {"not", deadline},
    {"no", deadline},
    {"before", deadline},
    {"on", deadline},
    {"after", "a deadline runs `of` an event: `within 30 days of attack`"},
    {"and", "write a clause for each act"},
    {"or", "a choice of acts is `take one of { assist, supply_arms }(to: …)`"},
    {"except", "`except` stands after the bearer; a condition follows `unless`"},
    {")", "it closes nothing: take it out"},
});

// Where a duty, a power or a consequence was expected.
constexpr std::string_view one_trigger = "a clause has one trigger: write a clause for each event";
constexpr std::string_view in_parentheses =
    "what the event needs stands in its parentheses: `armed_attack(by: FRA, on: UKR)`";
constexpr auto for_effect = std::to_array<Advice>({
    {"when", one_trigger},
    {"once", one_trigger},
    {"or", one_trigger},
    {"and", one_trigger},
    {"within", "a deadline follows the act: `shall consult(about: it) within 30 days`"},
    {"by", in_parentheses},
    {"on", in_parentheses},
    {"at", in_parentheses},
    {"against", in_parentheses},
    {"each", "`then` begins a consequence: leave it out before a duty"},
    {"in", "an event follows `when`, a condition follows `while`"},
});

std::string_view find(std::span<const Advice> table, std::string_view word) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Advice& a) { return a.first == word; });
  return found == table.end() ? std::string_view() : found->second;
}

// What is borne, in the words of the language: `Parties` → `party`, `guarantors` → `guarantor`.
std::string bearers(std::string_view plural) {
  const std::string one = singular(plural);
  return one == "Party" ? "party" : truncate_to_width(one, 40);
}

}  // namespace

// The keyword among those given that the word `n` tokens ahead was meant for; empty when it is one of them, or
// like none.
std::string_view Parser::near_miss(Words keywords, size_t n) const {
  if (!at_name(n) || at_any(keywords, n)) return {};
  std::string meant(find(other_words, word(n)));
  if (meant.empty() && word(n).size() >= 3) meant = nearest_name(word(n), keywords);
  const auto* found = std::find(keywords.begin(), keywords.end(), meant);
  // A code in capitals, as MAR, is a name; a keyword in capitals is a keyword.
  const bool capitals =
      std::all_of(word(n).begin(), word(n).end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  const auto lowered = [](char keyword, char c) { return keyword == c - 'A' + 'a'; };
  if (capitals && !std::equal(meant.begin(), meant.end(), word(n).begin(), word(n).end(), lowered)) return {};
  return found == keywords.end() ? std::string_view{} : *found;
}

// What stands here instead of what was expected, or what to write for it.
std::string Parser::found() const {
  if (at_end()) return "the file ends here";
  const size_t before = pos_ == 0 ? 0 : pos_ - 1;
  const std::string_view last = text_of(live_[before]);
  const bool number_before = tree_.tokens[live_[before]].kind == TokenKind::number;
  const bool number_next = kind(1) == TokenKind::number;
  if (at("-") && at_name(1))
    return "a name is one word, with `_`: " + quoted(std::string(last) + "_" + std::string(word(1)));
  if (at("=") && last == "=") return "write one `=`";
  if (at("/") && (last == "and" || last == "or")) return "write `or`: it holds also where both do";
  if ((at(",") && number_before && number_next) || (last == "." && kind() == TokenKind::number))
    return "write `4_000_000` with `_`, and `2.5` with a point";
  return "found " + quoted(word());
}

std::string Parser::found_after(std::string_view part) const {
  if (at_any({"to", "till"}) && kind(1) == TokenKind::instant) return "the end follows `until`";
  if (part == "the role" && at("=")) return "who is in the role follows `:`";
  if (part == "the party list" && at_name()) return "names are separated by `,`";
  if (part != "the clause") return found();
  const std::string_view advice = find(after_clause, word());
  if (!advice.empty()) return std::string(advice);
  if (at_name() && pos_ == bare_pattern_)
    return "what an act needs stands in parentheses, as in `consult(about: it)`";
  return found();
}

// `while calm() untill x = 3`: a misspelt modifier was read as a fact between two values, and what follows it
// is too much for one.
bool Parser::infix_was_modifier() {
  if (infix_ >= pos_) return false;
  const size_t now = std::exchange(pos_, infix_);
  const std::string_view meant = near_miss(modifier_words());
  if (!meant.empty()) {
    misspelt(meant);
    panic_ = true;
  }
  pos_ = now;
  return panic_;
}

// A sign that says nothing where it stands.
void Parser::stray() {
  report(Diag::stray_sign, token_span(), "no " + quoted(word()) + " stands here", "take it out", {});
  bump();
}

// The event's parameters without parentheses, a comma, a `)` too many.
void Parser::after_trigger() {
  if (at(",") || at(")")) stray();
  if (pos_ != bare_pattern_ || !at_name()) return;
  const std::string event(text_of(live_[pos_ - 1]));
  if (at_any({"is", "are", "has"}) && at_name(1) && !at_any({"suspended", "terminated"}, 1))
    return fail(Diag::expected_token, "expected an event after `when`",
                "a state of affairs follows `once` or `while`");
  if (at("(", 1) && !clause_ahead())
    return fail(Diag::expected_token, "expected `(` after " + quoted(event),
                "a name is one word, with `_`: " + quoted(event + "_" + std::string(word())));
  if (!at_name(1) || clause_ahead() || norm_ahead() ||
      at_any({"when", "once", "or", "and", "within", "in", "ends"}))
    return;
  if (!near_miss(effect_verbs(), 1).empty()) return;
  const bool binder = at_name(2) && !reserved(2) && !continues_clause(2) && !actor_ahead(2);
  fail(Diag::expected_token, "expected `(` after " + quoted(event),
       "write " + quoted(event + "(" + std::string(word()) + ": " + std::string(word(1)) +
                         (binder ? " " + std::string(word(2)) : "") + ")"));
}

// Where a duty, a power or a consequence was expected, and `subject` begins something else.
void Parser::no_effect(Span subject, std::string_view first) {
  std::string advice(find(for_effect, first));
  if (advice.empty() && at_name() && (at("(", 1) || (at_name(1) && at("(", 2))))
    return expected("`shall`, `shall not` or `may` after the bearer");
  if (advice.empty() && (first == "(" || is_digit(first.empty() ? ' ' : first[0])))
    advice = "a clause has no number of its own";
  if (advice.empty()) advice = at("-") ? found() : "for instance `each party shall …` or `s becomes party`";
  report(Diag::expected_effect, subject, "expected a duty, a power or a consequence", std::move(advice));
  panic_ = true;
}

// How many words stand before `shall`, `may` or `except`, where the first is one that bearers begin with in
// treaties, or the last is `Parties`; else 0.
size_t Parser::words_before_modal() const {
  size_t n = 0;
  const auto modal = [this](size_t i) {
    return at_any({"shall", "may", "except"}, i) || !near_miss({"shall"}, i).empty();
  };
  while (n < 6 && at_name(n) && !modal(n) && (n == 0 || !reserved(n)) && !at_any(effect_verbs(), n)) ++n;
  const bool begins =
      at_any({"all", "every", "both", "no", "neither", "a", "an", "the", "each", "any", "either"});
  const bool ends = n > 1 && bearers(word(n - 1)) == "party" && near_miss({"each", "any"}).empty() &&
                    !reserved() && !continues_clause(0);
  return n > 0 && modal(n) && (begins || ends) ? n : 0;
}

// `all parties shall`, `the Contracting Parties shall`, `each of the parties shall`: how treaties put it, but
// not whether each owes it or all together. Read as a bearer, once said.
bool Parser::worded_bearer() {
  const size_t n = words_before_modal();
  if (n < 2 || at("together", n - 1)) return false;
  const std::string one = bearers(word(n - 1));
  if (at_any({"each", "any"}) && !at("of", 1) && (n == 2 || one != "party")) return false;
  std::string words;
  for (size_t i = 0; i < n; ++i) words += (i == 0 ? "" : " ") + std::string(word(i));
  const Mark m = open();
  Span span = token_span();
  span.end = tree_.tokens[live_[pos_ + n - 1]].end;
  if (at_any({"no", "neither"})) {
    report(Diag::misspelt_keyword, span, "a prohibition names whom it binds, not " + quoted(words),
           "write `each " + one + " shall not`");
  } else if (at_any({"each", "every", "any", "either", "a", "an"})) {
    report(Diag::misspelt_keyword, span, "a bearer is not named by " + quoted(words),
           "write `each " + one + "`", "each " + one);
  } else {
    report(Diag::misspelt_keyword, span,
           quoted(words) + " does not say whether each owes it, or all together",
           "write `each " + one + "` or `the " + one + " together`");
  }
  for (size_t i = 0; i < n; ++i) bump();
  close(NodeKind::BearerOne, m);
  return true;
}

}  // namespace casus::syntax
