// SPDX-License-Identifier: Apache-2.0
// --package enlargement=moratorium(years:15),rule=most: which text of a draft is meant.
#include <algorithm>
#include <charconv>
#include <cstdio>

#include "app/session.h"
#include "model/choose.h"
#include "replay/package.h"

namespace casus::app {

namespace {

constexpr const char* form = "write --package 'enlargement=moratorium(years:15), rule=most'";

// Reads the words of one package. Whoever finds a mistake has reported it, and the rest is not read.
class PackageReader {
 public:
  PackageReader(Session& s, std::string_view text) : s_(s), own_(s.model()), m_(&s.model()), rest_(text) {}

  std::optional<model::Package> read() {
    model::Package out;
    do {
      auto chosen = one();
      if (!chosen) return std::nullopt;
      if (m_ != &own_) continue;
      const auto same = [&](const model::Chosen& c) { return c.choice == chosen->choice; };
      if (std::any_of(out.begin(), out.end(), same))
        return s_.fail(usage, "--package makes the choice '" + words(*m_, chosen->choice) + "' twice", form),
               std::nullopt;
      out.push_back(std::move(*chosen));
    } while (sign(','));
    if (!rest_.empty()) return odd(), std::nullopt;
    return out;
  }

 private:
  std::optional<model::Chosen> one() {
    const std::string choice = word();
    if (choice.empty() || !sign('=')) return odd(), std::nullopt;
    m_ = s_.beside && named_in(own_, choice).empty() && !named_in(*s_.beside, choice).empty() ? s_.beside
                                                                                              : &own_;
    const auto id = choice_named(choice);
    if (!id) return std::nullopt;
    model::Chosen out{*id, 0, {}};
    if (!option_named(out, word())) return std::nullopt;
    return !sign('(') || values(out) ? std::optional(std::move(out)) : std::nullopt;
  }

  static std::vector<model::ChoiceId> named_in(const model::Model& m, const std::string& name) {
    std::vector<model::ChoiceId> out;
    for (size_t i = 0; i < m.choices.size(); ++i) {
      const model::DraftChoice& c = m[model::ChoiceId(i)];
      const std::string full = c.instrument ? m[c.instrument].name + '.' + c.name : c.name;
      if (name == c.name || name == full) out.push_back(model::ChoiceId(i));
    }
    return out;
  }

  std::optional<model::ChoiceId> choice_named(const std::string& name) {
    const std::vector<model::ChoiceId> found = named_in(*m_, name);
    if (found.size() == 1) return found.front();
    std::vector<std::string> known;
    for (size_t i = 0; i < m_->choices.size(); ++i) known.push_back(words(*m_, model::ChoiceId(i)));
    if (found.empty())
      s_.unknown("there is no choice '" + name + "' in these models", name, {known.begin(), known.end()},
                 "a choice begins: choice NAME { an option; … }");
    else
      s_.fail(usage, "several choices are called '" + name + "'", "say which: " + words(*m_, found.front()));
    return std::nullopt;
  }

  bool option_named(model::Chosen& to, const std::string& name) {
    std::vector<std::string_view> known;
    for (const model::ChoiceOption& o : (*m_)[to.choice].options) {
      if (o.name == name) return true;
      known.push_back(o.name);
      ++to.option;
    }
    s_.unknown("the choice '" + words(*m_, to.choice) + "' has no option '" + name + "'", name, known,
               "it has " + nearest_first(name, known));
    return false;
  }

  // `years:15, members:2)`, each of them.
  bool values(model::Chosen& to) {
    const model::ChoiceOption& option = (*m_)[to.choice].options[to.option];
    std::vector<std::optional<int64_t>> given(option.parameters.size());
    do {
      const std::string name = word();
      const auto p = std::find_if(option.parameters.begin(), option.parameters.end(),
                                  [&](const model::ChoiceParameter& x) { return x.name == name; });
      if (p == option.parameters.end()) {
        std::vector<std::string_view> known;
        for (const auto& x : option.parameters) known.push_back(x.name);
        s_.unknown("'" + option.name + "' has no parameter '" + name + "'", name, known,
                   known.empty() ? "it has none" : "it has " + nearest_first(name, known));
        return false;
      }
      if (!sign(':')) return odd();
      const std::string digits = word();
      int64_t value = 0;
      const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
      if (digits.empty() || read.ec != std::errc() || read.ptr != digits.data() + digits.size() ||
          !takes(*p, value)) {
        s_.fail(usage, "'" + name + "' of '" + option.name + "' does not take '" + digits + "'",
                "it goes " + range_words(*p));
        return false;
      }
      given[static_cast<size_t>(p - option.parameters.begin())] = value;
    } while (sign(','));
    if (!sign(')')) return odd();
    for (size_t i = 0; i < given.size(); ++i) {
      if (!given[i])
        return s_.fail(usage, "'" + option.name + "' is told without its '" + option.parameters[i].name + "'",
                       form),
               false;
      to.parameters.push_back(*given[i]);
    }
    return true;
  }

  bool odd() {
    s_.fail(usage,
            rest_.empty() ? "--package ends too early"
                          : "--package can not be read from '" + std::string(rest_) + "' on",
            form);
    return false;
  }

  void blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }
  std::string word() {
    blanks();
    const auto in_word = [](char c) {
      return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || c == '.';
    };
    const size_t end =
        static_cast<size_t>(std::find_if_not(rest_.begin(), rest_.end(), in_word) - rest_.begin());
    std::string out(rest_.substr(0, end));
    rest_.remove_prefix(end);
    blanks();
    return out;
  }
  bool sign(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    blanks();
    return true;
  }
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  Session& s_;
  const model::Model& own_;
  const model::Model* m_;  // whose choice is being read
  std::string_view rest_;
};

}  // namespace

std::optional<model::Package> read_package(Session& s, const std::string& text) {
  return text.empty() ? model::Package() : PackageReader(s, text).read();
}

const model::Model* Session::text_of(const std::vector<model::InstrumentId>& instruments,
                                     std::span<const model::Expectation> expectations,
                                     const model::Package& package, Span at) {
  if (model::open_choices(model(), instruments, expectations).empty()) return &model();
  if (const auto open = replay::left_open(model(), instruments, expectations, package, at)) {
    Diagnostics alone;  // other scenarios may have theirs
    alone.add(*open);
    std::fflush(stdout);
    std::fputs(render(alone, sources, {screen.colour, static_cast<int>(screen.width)}).c_str(), stderr);
    code = model_wrong;
    return nullptr;
  }
  chosen_.push_back(std::make_unique<model::Model>(model::choose(model(), package)));
  return chosen_.back().get();
}

const model::Model* Session::text_of(model::ScenarioId id, replay::Options& options) {
  const auto asked = read_package(*this, line.package);
  if (!asked) return nullptr;
  const model::Scenario& scenario = model()[id];
  const model::Package package = replay::package_of(scenario, *asked);
  std::vector<model::InstrumentId> instruments;
  for (const auto& u : options.under.value_or(scenario.under)) instruments.push_back(u.instrument);
  const model::Model* text = text_of(instruments, scenario.expectations, package, scenario.span);
  if (text && text != &model()) options.package = words(model(), package);
  return text;
}

}  // namespace casus::app
