// SPDX-License-Identifier: Apache-2.0
#include "check/stated.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

namespace casus::check {

namespace {

struct Word {
  std::string text;  // in lower case
  std::optional<int64_t> number;
  size_t begin = 0, end = 0;
};

constexpr std::string_view small[] = {"zero",     "one",      "two",      "three",   "four",    "five",
                                      "six",      "seven",    "eight",    "nine",    "ten",     "eleven",
                                      "twelve",   "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
                                      "eighteen", "nineteen", "twenty"};
constexpr std::string_view tens[] = {"twenty", "thirty",  "forty",  "fifty",
                                     "sixty",  "seventy", "eighty", "ninety"};
struct Unit {
  std::string_view name;
  int32_t months = 0;
  int64_t ms = 0;
};
constexpr Unit units[] = {{"minute", 0, 60'000}, {"min", 0, 60'000},     {"hour", 0, ms_per_hour},
                          {"h", 0, ms_per_hour}, {"day", 0, ms_per_day}, {"week", 0, 7 * ms_per_day},
                          {"month", 1, 0},       {"year", 12, 0}};
struct Part {
  std::string_view name;
  int64_t of = 0;
};
constexpr Part parts[] = {{"half", 2}, {"third", 3}, {"quarter", 4}, {"fifth", 5}};
constexpr int64_t largest = 1'000'000'000, largest_duration = 1'000'000;

template <class List>
std::optional<int64_t> place_in(const List& list, std::string_view word) {
  const auto it = std::find(std::begin(list), std::end(list), word);
  return it == std::end(list) ? std::nullopt : std::optional<int64_t>(it - std::begin(list));
}

std::optional<int64_t> number_of(std::string_view word) {
  if (const auto n = place_in(small, word)) return n;
  if (const auto n = place_in(tens, word)) return (*n + 2) * 10;
  int64_t out = 0;
  for (char c : word) {
    if (c < '0' || c > '9' || out > largest) return std::nullopt;
    out = out * 10 + (c - '0');
  }
  return word.empty() || out > largest ? std::nullopt : std::optional<int64_t>(out);  // too long for a text
}

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool digit(char c) { return c >= '0' && c <= '9'; }

// Where a number ends that begins at `i`: "1,000" and "9_000" are one.
size_t end_of_number(std::string_view text, size_t i) {
  size_t end = i;
  while (end < text.size() && digit(text[end])) ++end;
  const auto group = [&](size_t at) {
    if (at + 3 >= text.size() || (text[at] != ',' && text[at] != '_')) return false;
    for (size_t k = at + 1; k < at + 4; ++k) {
      if (!digit(text[k])) return false;
    }
    return at + 4 == text.size() || !digit(text[at + 4]);
  };
  if (end - i <= 3) {
    while (group(end)) end += 4;
  }
  return end;
}

// Words, numbers, and single marks, but hyphens: "72-hour" is two words. What is part of a longer number
// ("2.5", "27(3)") is none.
std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> out;
  for (size_t i = 0; i < text.size();) {
    size_t end = i + 1;
    const bool is_number = digit(text[i]);
    if (is_number) end = end_of_number(text, i);
    if (letter(text[i])) {
      while (end < text.size() && letter(text[end])) ++end;
    }
    const bool dash = text.substr(i).starts_with("\xE2\x80\x93");  // "500–5,500"
    if (dash) end = i + 3;
    Word w{std::string(text.substr(i, end - i)), {}, i, end};
    std::erase_if(w.text, [&](char c) { return is_number && !digit(c); });
    std::transform(w.text.begin(), w.text.end(), w.text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (is_number || letter(text[i])) w.number = number_of(w.text);
    if (is_number) {
      const auto joined = [&](size_t at, size_t beyond) {
        return at < text.size() && beyond < text.size() &&
               (text[at] == '.' || text[at] == ',' || text[at] == '(') && digit(text[beyond]);
      };
      if (joined(end, end + 1) || (i >= 2 && joined(i - 1, i - 2))) w.number.reset();
    }
    const bool blank =
        text[i] == ' ' || text[i] == '\t' || text[i] == '\n' || text[i] == '\r' || text[i] == '-';
    if (!blank && !dash) out.push_back(std::move(w));
    i = end;
  }
  return out;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : words_(words_of(text)) {}

  Stated read() {
    for (size_t i = 0; i < words_.size();) {
      if (is(i, "majority") && plain_majority(i))
        out_.majorities.push_back({true, words_[i].begin, words_[i].end});
      if (is(i, "more") && is(i + 1, "than") && is(i + 2, "half"))
        out_.majorities.push_back({true, words_[i].begin, words_[i + 2].end});
      if (words_[i].number)
        i = number(i);
      else
        ++i;
    }
    return std::move(out_);
  }

 private:
  bool is(size_t i, std::string_view text) const { return i < words_.size() && words_[i].text == text; }

  // "a majority of two thirds", "a qualified majority" are more than that.
  bool plain_majority(size_t i) const {
    const std::string_view before = i == 0 ? std::string_view() : std::string_view(words_[i - 1].text);
    for (std::string_view other :
         {"qualified", "special", "thirds", "third", "quarters", "fifths", "blocking", "no"}) {
      if (before == other) return false;
    }
    return !is(i + 1, "of") || i + 2 >= words_.size() || !words_[i + 2].number;
  }

  // "24", "twenty-four": of two words.
  std::optional<int64_t> simple_at(size_t i, size_t& next) const {
    if (i >= words_.size() || !words_[i].number) return std::nullopt;
    next = i + 1;
    int64_t n = *words_[i].number;
    if (n >= 20 && letter(words_[i].text.front()) && next < words_.size() && words_[next].number &&
        *words_[next].number < 10 && letter(words_[next].text.front())) {
      n += *words_[next++].number;
    }
    return n;
  }

  // "two hundred and fifty thousand" too.
  std::optional<int64_t> number_at(size_t i, size_t& next) const {
    const auto first = simple_at(i, next);
    if (!first) return std::nullopt;
    int64_t total = 0, n = *first;
    while (n <= largest && total <= largest) {
      if (is(next, "hundred"))
        n *= 100;
      else if (is(next, "thousand") || is(next, "million"))
        total += std::exchange(n, 0) * (is(next, "million") ? 1'000'000 : 1000);
      else
        return total + n;
      ++next;
      const size_t more = next + (is(next, "and") ? 1 : 0);
      const bool word = more < words_.size() && letter(words_[more].text.front());
      if (const auto rest = word ? simple_at(more, next) : std::nullopt) n += *rest;
    }
    return std::nullopt;
  }

  // What the number at `i` states; where to go on.
  size_t number(size_t i) {
    size_t next = i;
    const auto stated = number_at(i, next);
    if (!stated || next == words_.size()) return next;
    const int64_t n = *stated;
    const std::string_view unit = singular(words_[next].text);
    for (const Unit& u : units) {
      if (u.name != unit || n > largest_duration) continue;
      out_.durations.push_back(
          {{static_cast<int32_t>(n * u.months), n * u.ms}, words_[i].begin, words_[next].end});
      return next + 1;
    }
    for (const Part& p : parts) {
      if (p.name == unit && n < p.of) return add(share(n, p.of), i, next + 1);
    }
    if (unit == "%" || unit == "percent") return add(share(n, 100), i, next + 1);
    if (unit == "per" && is(next + 1, "cent")) return add(share(n, 100), i, next + 2);
    size_t after = next + 1;
    if (unit == "of") {
      if (is(after, "the") || is(after, "its")) ++after;
      size_t end = after;
      const auto all = number_at(after, end);
      if (all && n <= *all) {
        out_.members.push_back({*all, words_[after].begin, words_[end - 1].end});
        return add({n, 0}, i, end);
      }
    }
    if (unit == "vote" || (next + 1 < words_.size() && singular(words_[next + 1].text) == "vote"))
      return add({n, 0}, i, next);
    amount(n, i, next);
    return next;
  }

  // "500 to 5,500 km": what the second number counts the first does too.
  void amount(int64_t n, size_t first, size_t next) {
    size_t noun = next;
    if (is(noun, "to") || is(noun, "and") || is(noun, "or")) ++noun;
    if (noun < words_.size() && words_[noun].number)
      ++noun;
    else
      noun = next;
    if (noun >= words_.size() || !letter(words_[noun].text.front())) return;
    Amount out{n, std::string(singular(words_[noun].text)), {}};
    if (noun + 1 < words_.size() && letter(words_[noun + 1].text.front()))
      out.second = singular(words_[noun + 1].text);
    out_.amounts.push_back({std::move(out), words_[first].begin, words_[next - 1].end});
  }

  size_t add(Threshold t, size_t first, size_t end) {
    out_.thresholds.push_back({t, words_[first].begin, words_[end - 1].end});
    return end;
  }

  std::vector<Word> words_;
  Stated out_;
};

}  // namespace

std::string_view singular(std::string_view word) {
  if (word == "halves") return "half";
  return word.size() > 1 && word.back() == 's' ? word.substr(0, word.size() - 1) : word;
}

Threshold share(int64_t number, int64_t of) {
  const int64_t common = std::max<int64_t>(std::gcd(number, of), 1);
  return {number / common, of / common};
}

Stated stated_in(std::string_view text) { return Reader(text).read(); }

}  // namespace casus::check
