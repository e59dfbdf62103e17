// SPDX-License-Identifier: Apache-2.0
// Choices of drafts: their options and parameters, conditions over them, packages.
#include <algorithm>

#include "model/resolver.h"

namespace casus::model {

namespace {
constexpr int64_t most_values = 1000;     // of one parameter
constexpr size_t most_choice_params = 8;  // of one option
}  // namespace

// ---- declarations ----

void Resolver::declare_choice(NodeId item, InstrumentId instrument) {
  const NodeId leaf = child(item, NodeKind::Name);
  const ChoiceId id(m_.choices.size());
  if (instrument) {
    auto& same = own_choices_[std::string(name(leaf))];
    for (ChoiceId c : same) {
      if (m_[c].instrument == instrument) return duplicate(leaf, "choice", m_[c].span);
    }
    same.push_back(id);
    DraftChoice& c = m_.choices.emplace_back();
    static_cast<Named&>(c) = named(item, leaf);
    c.instrument = instrument;
  } else if (!declare_in(choices_, m_.choices, item, leaf, "choice")) {
    return;
  }
  for (NodeId option : all(item, NodeKind::ChoiceOption)) choice_option_decl(m_.choices[id.index()], option);
}

void Resolver::choice_option_decl(DraftChoice& c, NodeId n) {
  for (const Named& before : c.options) {
    if (before.name == name(n)) return duplicate(n, "option", before.span);
  }
  ChoiceOption option;
  static_cast<Named&>(option) = named(n, n);
  for (NodeId p : all(n, NodeKind::ChoiceParameter)) {
    if (option.parameters.size() == most_choice_params) {
      error(Diag::too_many_parameters, span(p),
            "an option has at most " + std::to_string(most_choice_params) + " parameters",
            "split it into several choices");
      break;
    }
    ChoiceParameter parameter;
    if (choice_parameter_decl(c, option, parameter, p)) option.parameters.push_back(std::move(parameter));
  }
  c.options.push_back(std::move(option));
}

// Names of parameters are unique in a choice, so that `enlargement.years` means one.
bool Resolver::choice_parameter_decl(const DraftChoice& c, const ChoiceOption& option, ChoiceParameter& out,
                                     NodeId n) {
  static_cast<Named&>(out) = named(n, n);
  const auto taken = [&](const ChoiceOption& o) {
    for (const ChoiceParameter& p : o.parameters) {
      if (p.name == out.name) return duplicate(n, "parameter of this choice", p.span), true;
    }
    return false;
  };
  if (taken(option) || std::any_of(c.options.begin(), c.options.end(), taken)) return false;
  const auto numbers = all(n, NodeKind::Number);
  if (numbers.size() < 2) return false;  // the parser has reported it
  const auto low = whole(numbers[0]), high = whole(numbers[1]);
  const auto step = numbers.size() > 2 ? whole(numbers[2]) : std::optional<int64_t>(1);
  if (!low || !high || !step) return false;
  out.low = *low;
  out.high = *high;
  out.step = *step;
  const Span at = Span{span(numbers[0]).source, span(numbers[0]).begin, span(n).end};
  if (*low > *high) {
    error(Diag::choice_range, at, '`' + out.name + "` ends before it begins",
          "write the least value first, as in `10 .. 25`");
  } else if (*step == 0) {
    error(Diag::choice_range, span(numbers[2]), "a step of 0 comes to no further value",
          "write a step of 1 or more");
  } else if ((*high - *low) / *step >= most_values) {
    error(Diag::choice_range, at,
          '`' + out.name + "` has more than " + std::to_string(most_values) + " values",
          "write a greater `step`, or a shorter range");
  } else {
    return true;
  }
  return false;
}

// A choice is named where an actor or thing could be: one name means one of them.
void Resolver::choice_names_are_free() {
  for (const DraftChoice& c : m_.choices) {
    const EntityId e = m_.find_entity(c.name);
    if (!e) continue;
    place(c.instrument);
    error(Diag::duplicate_declaration, c.span, '`' + c.name + "` is already the name of something else",
          "give one of the two another name", {{m_[e].span, "first declared here"}});
  }
  where_.clear();
}

// ---- names ----

// With `report` false nothing is said when nothing is found.
ChoiceId Resolver::find_choice(NodeId at, bool report) {
  const NodeId leaf = name_node(at);
  const std::string word(text(leaf));
  const auto own = own_choices_.find(word);
  if (own != own_choices_.end() && instrument_) {
    for (ChoiceId c : own->second) {
      if (m_[c].instrument == instrument_) return c;
    }
  }
  if (const auto it = choices_.find(word); it != choices_.end()) return ChoiceId(it->second);
  if (own != own_choices_.end() && own->second.size() == 1) return own->second.front();
  if (!report) return {};
  if (own != own_choices_.end()) {
    ambiguous(leaf, "choice", m_[m_[own->second[0]].instrument].name + '.' + word, m_[own->second[0]].span,
              m_[own->second[1]].span);
  } else {
    unknown(Diag::unknown_choice, leaf, "choice", known_choices());
  }
  return {};
}

// `Draft.rule`
ChoiceId Resolver::choice_of(InstrumentId of, NodeId at, bool report) {
  std::vector<std::string_view> known;
  for (size_t i = 0; i < m_.choices.size(); ++i) {
    if (m_.choices[i].instrument != of) continue;
    if (m_.choices[i].name == name(at)) return ChoiceId(i);
    known.push_back(m_.choices[i].name);
  }
  if (report)
    unknown_part(Diag::unknown_choice, at,
                 '`' + m_[of].name + "` has no choice `" + std::string(name(at)) + '`', m_[of], known);
  return {};
}

std::vector<std::string_view> Resolver::known_choices() const {
  std::vector<std::string_view> out;
  for (const DraftChoice& c : m_.choices) out.push_back(c.name);
  return out;
}

// The choice that an expression names: `enlargement`, `Draft.rule`. Nothing is said when it names none.
ChoiceId Resolver::asked_choice(NodeId n) {
  if (kind(n) == NodeKind::NameRef) {
    return find_var(name(n)) == no_var && !find_entity(n, false) ? find_choice(n, false) : ChoiceId();
  }
  if (kind(n) != NodeKind::Field || kind(nth(n, 0)) != NodeKind::NameRef) return {};
  if (find_var(name(nth(n, 0))) != no_var) return {};
  const InstrumentId of = m_.find_instrument(name(nth(n, 0)));
  return of ? choice_of(of, nth(n, 1), false) : ChoiceId();
}

std::optional<uint32_t> Resolver::choice_option(ChoiceId id, NodeId at) {
  const NodeId leaf = name_node(at);
  std::vector<std::string_view> known;
  for (uint32_t i = 0; i < m_[id].options.size(); ++i) {
    if (m_[id].options[i].name == text(leaf)) return i;
    known.push_back(m_[id].options[i].name);
  }
  unknown_part(Diag::unknown_choice_option, leaf,
               "the choice `" + m_[id].name + "` has no option `" + std::string(text(leaf)) + '`', m_[id],
               known);
  return std::nullopt;
}

// ---- conditions ----

// `enlargement = open_door`: what stands at the right is an option of the choice at the left.
ExprId Resolver::chosen(ChoiceId id, NodeId n) {
  const std::string_view op = operator_of(n);
  const NodeId right = nth(n, 1);
  if ((op != "=" && op != "!=") || kind(right) != NodeKind::NameRef) {
    error(Diag::type_mismatch, span(n),
          "an option of `" + m_[id].name + "` is neither more nor less than another, and no value",
          "write `" + m_[id].name + " = " + first_option(id) + '`');
    return {};
  }
  const auto option = choice_option(id, right);
  if (!option) return {};
  const ExprId is = make(Op::chosen, truth_type, span(n), {}, id.value, *option);
  return op == "=" ? is : make(Op::logical_not, truth_type, span(n), {is});
}

std::string Resolver::first_option(ChoiceId id) const {
  return m_[id].options.empty() ? std::string("…") : m_[id].options.front().name;
}

// `enlargement.years`
ExprId Resolver::chosen_number(ChoiceId id, NodeId n) {
  const NodeId part = nth(n, 1);
  std::vector<std::string_view> known;
  for (size_t o = 0; o < m_[id].options.size(); ++o) {
    const auto& parameters = m_[id].options[o].parameters;
    for (size_t p = 0; p < parameters.size(); ++p) {
      if (parameters[p].name == name(part)) {
        return make(Op::choice_parameter, count_type, span(n), {}, id.value, static_cast<Value>(o * 256 + p));
      }
      known.push_back(parameters[p].name);
    }
  }
  unknown_part(Diag::unknown_field, part,
               "no option of `" + m_[id].name + "` has a parameter `" + std::string(name(part)) + '`', m_[id],
               known);
  return {};
}

// A truth over choices only. None, and reported, when it asks for anything else.
ExprId Resolver::only_if(NodeId n) { return about_choices(n) ? condition(n) : ExprId(); }

bool Resolver::about_choices(NodeId n) {
  switch (kind(n)) {
    case NodeKind::Paren:
    case NodeKind::And:
    case NodeKind::Or:
    case NodeKind::Not: {
      const auto parts = children(n);
      return std::all_of(parts.begin(), parts.end(), [this](NodeId part) { return about_choices(part); });
    }
    case NodeKind::Compare: {
      const NodeId left = nth(n, 0);
      if (asked_choice(left)) return true;
      Span elsewhere;
      if (kind(left) != NodeKind::NameRef || !other_sort(name(left), &elsewhere).empty()) break;
      return find_choice(left, true).valid();  // says that there is none
    }
    default:
      break;
  }
  error(Diag::not_about_choices, span(n),
        "what stands in a draft depends on its choices only, and this is none",
        "put the condition into the clauses, after `when`, `while` or `unless`");
  return false;
}

// `within enlargement.years years`: also the longest that it can be must be a length of time.
bool Resolver::open_duration(Deadline& d, NodeId n) {
  const NodeId number = nth(n, 0), unit = nth(n, 1);
  const auto length = unit_length(unit);
  const ExprId count = expr(number, count_type);
  if (!length || !count) return false;
  if (m_[count].op != Op::choice_parameter) {
    error(Diag::not_constant, span(number), "a deadline is known beforehand: in digits, or by a choice",
          "write `24 h`, or the parameter of a choice");
    return false;
  }
  const int64_t high = model::choice_parameter(m_, m_[count]).high;
  if (!short_enough(high, *length)) return duration_too_long(n), false;
  d.open = OpenDuration{count, *length};
  return true;
}

// ---- packages ----

// with enlargement = moratorium(years: 15), Draft.rule = most;
Package Resolver::package(NodeId n) {
  Package out;
  for (NodeId item : all(n, NodeKind::Chosen)) {
    const NodeId ref = child(item, NodeKind::ChoiceRef), qualified = nth(ref, 1);
    const InstrumentId of = qualified ? instrument(nth(ref, 0)) : InstrumentId();
    if (qualified && !of) continue;
    const ChoiceId id = qualified ? choice_of(of, qualified, true) : find_choice(nth(ref, 0), true);
    if (!id) continue;
    const auto option = choice_option(id, child(item, NodeKind::Name));
    if (!option) continue;
    Chosen chosen{id, *option, {}};
    if (!chosen_values(chosen, item)) continue;
    const bool twice = std::any_of(out.begin(), out.end(), [&](const Chosen& c) { return c.choice == id; });
    if (twice) {
      error(Diag::modifier_twice, span(item), "the choice `" + m_[id].name + "` is made twice",
            "take one of the two away");
      continue;
    }
    out.push_back(std::move(chosen));
  }
  std::sort(out.begin(), out.end(), [](const Chosen& a, const Chosen& b) { return a.choice < b.choice; });
  return out;
}

// All of the option's parameters, or none: then every value is meant.
bool Resolver::chosen_values(Chosen& c, NodeId item) {
  const ChoiceOption& option = m_[c.choice].options[c.option];
  const auto given = all(item, NodeKind::ChosenValue);
  if (given.empty()) return true;
  std::vector<std::optional<int64_t>> values(option.parameters.size());
  std::vector<std::string_view> known;
  for (const ChoiceParameter& p : option.parameters) known.push_back(p.name);
  for (NodeId v : given) {
    const auto at = std::find(known.begin(), known.end(), name(v));
    if (at == known.end()) {
      unknown_part(Diag::unknown_label, v,
                   '`' + option.name + "` has no parameter `" + std::string(name(v)) + '`', option, known);
      return false;
    }
    const auto i = static_cast<size_t>(at - known.begin());
    if (values[i]) {
      error(Diag::argument_twice, span(v), '`' + std::string(*at) + "` is given twice",
            "take one of the two away");
      return false;
    }
    const NodeId number = child(v, NodeKind::Number);
    values[i] = whole(number);
    if (!values[i]) return false;
    const ChoiceParameter& p = option.parameters[i];
    if (!takes(p, *values[i])) {
      error(Diag::package_value, span(number), '`' + p.name + "` does not take this value",
            "it goes " + range_words(p), declared(p.span));
      return false;
    }
  }
  for (size_t i = 0; i < values.size(); ++i) {
    if (!values[i]) {
      error(Diag::missing_argument, span(item),
            '`' + option.name + "` is told without its `" + std::string(known[i]) + '`',
            "add `" + std::string(known[i]) + ": …`", declared(option.parameters[i].span));
      return false;
    }
    c.parameters.push_back(*values[i]);
  }
  return true;
}

}  // namespace casus::model
