// SPDX-License-Identifier: Apache-2.0
// What is the same article, clause or body before and after: by label, title and likeness. Greedy, the likest first; ties fall so that
// the drafts can change places.
#include "diff/pairing.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace casus::diff {

namespace {

struct Match {
  size_t i, j;
  double score;
};

// Each of the one side with at most one of the other; only pairs with a score above 0.
std::vector<Match> matched(std::vector<Match> all) {
  std::erase_if(all, [](const Match& m) { return m.score <= 0; });
  const auto key = [](const Match& m) {
    const size_t low = std::min(m.i, m.j), high = std::max(m.i, m.j);
    return std::tuple(-m.score, high - low, low, high);
  };
  std::stable_sort(all.begin(), all.end(), [&](const Match& a, const Match& b) { return key(a) < key(b); });
  std::set<size_t> left, right;
  std::vector<Match> out;
  for (const Match& m : all) {
    if (left.contains(m.i) || right.contains(m.j)) continue;
    left.insert(m.i);
    right.insert(m.j);
    out.push_back(m);
  }
  return out;
}

// From 0 to 1: parts that are alike, by their weight, among those that either has. Clauses that share neither act, nor event, nor what
// follows are not alike, whoever they bind.
double likeness(const ClauseForm& a, const ClauseForm& b) {
  double same = 0, all = 0;
  bool shared = false;
  for (size_t p = 0; p < part_count; ++p) {
    if (a[p].empty() && b[p].empty()) continue;
    const auto part = static_cast<Part>(p);
    const bool standing = part == Part::trigger && a[p] == b[p] && a[p].find('(') == std::string::npos;
    const bool core = (part == Part::what || part == Part::trigger || part == Part::effects) && !standing;
    const double weight = core ? 4 : part == Part::who || part == Part::kind ? 2 : 1;
    all += weight;
    const bool near =
        core && !a[p].empty() && a[p].substr(0, a[p].find('(')) == b[p].substr(0, b[p].find('('));
    shared = shared || near;
    if (a[p] == b[p])
      same += weight;
    else if (near)
      same += weight * 0.6;  // the same act or event, with other particulars
  }
  return shared ? same / all : 0;
}

using Forms = std::vector<ClauseForm>;

Forms forms_of(const Former& former, const std::vector<ClauseId>& clauses) {
  Forms out;
  for (ClauseId c : clauses) out.push_back(former.clause(c));
  return out;
}

constexpr size_t most_pairs =
    4'000'000;  // that are asked for their likeness; beyond, only what is equal is matched

// Those with equal keys, each with the first that is left.
template <class Key>
std::vector<Match> match_equal(const std::vector<Key>& a, const std::vector<Key>& b) {
  std::multimap<Key, size_t> left;
  for (size_t i = a.size(); i > 0; --i) left.emplace(a[i - 1], i - 1);
  std::vector<Match> out;
  for (size_t j = 0; j < b.size(); ++j) {
    const auto it = left.find(b[j]);
    if (it == left.end()) continue;
    out.push_back({it->second, j, 1});
    left.erase(it);
  }
  return out;
}

std::vector<Match> match_clauses(const Forms& a, const Forms& b, double least) {
  if (a.size() * b.size() > most_pairs) return match_equal(a, b);
  std::vector<Match> all;
  for (size_t i = 0; i < a.size(); ++i) {
    for (size_t j = 0; j < b.size(); ++j) {
      const double score = likeness(a[i], b[j]);
      if (score >= least) all.push_back({i, j, score});
    }
  }
  return matched(std::move(all));
}

// How much two articles say the same, from 0 to 1.
double likeness(const Forms& a, const Forms& b) {
  if (a.empty() || b.empty()) return 0;
  double sum = 0;
  for (const Match& m : match_clauses(a, b, 0.5)) sum += m.score;
  return 2 * sum / static_cast<double>(a.size() + b.size());
}

// A label that says nothing by itself: 5, IV, 2.4.
bool is_number(const std::string& label) {
  return label.find_first_not_of("0123456789.()IVXLC") == std::string::npos;
}

struct Decided {  // a decision, wherever its body stands
  BodyId body;
  size_t index;
};

std::vector<Decided> decisions_of(const Draft& d, ArticleId article) {
  std::vector<Decided> out;
  for (size_t b = 0; b < d.model->bodies.size(); ++b) {
    const model::Body& body = d.model->bodies[b];
    if (body.instrument != d.instrument || (!d.instrument && !is_in(d, body.span))) continue;
    for (size_t i = 0; i < body.decisions.size(); ++i) {
      if (body.decisions[i].article == article) out.push_back({BodyId(b), i});
    }
  }
  return out;
}

std::vector<Match> match_articles(const Draft& before, const Draft& after, const Names& names) {
  const auto& a = (*before.model)[before.instrument].articles;
  const auto& b = (*after.model)[after.instrument].articles;
  const bool other_name = (*before.model)[before.instrument].name != (*after.model)[after.instrument].name;
  std::vector<Forms> forms_a, forms_b;
  size_t clauses_a = 0, clauses_b = 0;
  for (ArticleId id : a)
    clauses_a += forms_a.emplace_back(forms_of(names.before, clauses_of(before, id))).size();
  for (ArticleId id : b)
    clauses_b += forms_b.emplace_back(forms_of(names.after, clauses_of(after, id))).size();
  if (a.size() * b.size() > most_pairs) {
    const auto labels = [](const Model& m, const std::vector<ArticleId>& articles) {
      std::vector<std::string> out;
      for (ArticleId id : articles) out.push_back(m[id].label);
      return out;
    };
    return match_equal(labels(*before.model, a), labels(*after.model, b));
  }
  const bool ask = clauses_a * clauses_b <= most_pairs;
  std::vector<Match> all;
  for (size_t i = 0; i < a.size(); ++i) {
    for (size_t j = 0; j < b.size(); ++j) {
      const model::Article& one = (*before.model)[a[i]];
      const model::Article& other = (*after.model)[b[j]];
      const bool number = one.label == other.label;
      const bool label = number && !(other_name && is_number(one.label));
      const bool title = !one.title.empty() && one.title == other.title;
      const double alike = ask ? likeness(forms_a[i], forms_b[j]) : 0;
      if (label || title || alike >= (number ? 0.3 : 0.45))
        all.push_back({i, j, (label ? 2.0 : 0) + (title ? 2.5 : 0) + alike * 3 + (alike == 1 ? 2 : 0)});
    }
  }
  return matched(std::move(all));
}

std::vector<ClausePair> pair_clauses(const Draft& before, const std::vector<ClauseId>& a, const Draft& after,
                                     const std::vector<ClauseId>& b, const Names& names) {
  constexpr double least = 0.4;
  std::vector<bool> kept(a.size());
  std::vector<std::optional<size_t>> then(b.size());
  for (const Match& m : match_clauses(forms_of(names.before, a), forms_of(names.after, b), least))
    kept[m.i] = true, then[m.j] = m.i;
  std::vector<ClausePair> out;
  size_t next = 0;
  const auto gone_up_to = [&](size_t end) {
    for (; next < end; ++next) {
      if (!kept[next]) out.push_back({a[next], ClauseId(), {}});
    }
  };
  for (size_t j = 0; j < b.size(); ++j) {
    if (!then[j]) {
      out.push_back({ClauseId(), b[j], {}});
      continue;
    }
    gone_up_to(*then[j]);
    out.push_back({a[*then[j]], b[j], changes(*before.model, a[*then[j]], *after.model, b[j], names)});
  }
  gone_up_to(a.size());
  return out;
}

std::vector<DecisionPair> pair_decisions(const Draft& before, const std::vector<Decided>& a,
                                         const Draft& after, const std::vector<Decided>& b,
                                         const std::vector<BodyPair>& bodies, const Names& names) {
  using Form = std::array<std::string, 5>;
  std::map<BodyId, BodyId> same_body;
  for (const BodyPair& p : bodies) {
    if (p.before && p.after) same_body.emplace(p.before, p.after);
  }
  const auto forms_in = [](const Former& f, const Model& m, const std::vector<Decided>& all) {
    std::vector<Form> out;
    for (const Decided& d : all) out.push_back(f.decision(m[d.body].decisions[d.index]));
    return out;
  };
  const std::vector<Form> one = forms_in(names.before, *before.model, a);
  const std::vector<Form> other = forms_in(names.after, *after.model, b);
  const auto event = [](const Form& f) { return std::string_view(f[0]).substr(0, f[0].find('(')); };
  std::vector<Match> all;
  const bool too_many = a.size() * b.size() > most_pairs;
  if (too_many) all = match_equal(one, other);
  for (size_t i = 0; !too_many && i < a.size(); ++i) {
    const auto body = same_body.find(a[i].body);
    for (size_t j = 0; body != same_body.end() && j < b.size(); ++j) {
      if (body->second != b[j].body || event(one[i]) != event(other[j])) continue;
      double score = 1;
      for (size_t k = 0; k < one[i].size(); ++k) score += one[i][k] == other[j][k] ? 1 : 0;
      all.push_back({i, j, score});
    }
  }
  std::vector<DecisionPair> out;
  std::set<size_t> left, right;
  for (const Match& m : matched(std::move(all))) {
    left.insert(m.i);
    right.insert(m.j);
    const auto differs = [&](size_t k) { return one[m.i][k] != other[m.j][k]; };
    out.push_back({a[m.i].body, b[m.j].body, a[m.i].index, b[m.j].index, differs(0), differs(1), differs(2),
                   differs(3), differs(4)});
  }
  for (size_t i = 0; i < a.size(); ++i) {
    if (!left.contains(i)) out.push_back({a[i].body, {}, a[i].index, {}});
  }
  for (size_t j = 0; j < b.size(); ++j) {
    if (!right.contains(j)) out.push_back({{}, b[j].body, {}, b[j].index});
  }
  return out;
}

}  // namespace

bool is_in(const Draft& d, const Span& span) {
  return span.valid() &&
         std::find(d.files.begin(), d.files.end(), (*d.sources)[span.source].path) != d.files.end();
}

std::vector<ClauseId> clauses_of(const Draft& d, ArticleId article) {
  const Model& m = *d.model;
  std::vector<ClauseId> out;
  const auto take = [&](ClauseId c) {
    if (m[c].article == article && m[c].trigger.kind != model::TriggerKind::reparation) out.push_back(c);
  };
  if (article) {
    for (ClauseId c : m[article].clauses) take(c);
  } else if (d.instrument) {
    for (ClauseId c : m[d.instrument].clauses) take(c);
  } else {
    for (size_t c = 0; c < m.clauses.size(); ++c) {
      if (!m.clauses[c].instrument && is_in(d, m.clauses[c].span)) take(ClauseId(c));
    }
  }
  return out;
}

std::vector<BodyPair> pair_bodies(const Draft& before, const Draft& after, Names& names) {
  const auto bodies_of = [](const Draft& d) {
    std::vector<BodyId> out;
    for (size_t b = 0; b < d.model->bodies.size(); ++b) {
      const model::Body& body = d.model->bodies[b];
      if (body.instrument == d.instrument && (d.instrument || is_in(d, body.span))) out.emplace_back(b);
    }
    return out;
  };
  std::vector<BodyId> left, right = bodies_of(after);
  std::vector<BodyPair> out;
  for (BodyId b : bodies_of(before)) {
    const auto it = std::find_if(right.begin(), right.end(), [&](BodyId other) {
      return (*after.model)[other].name == (*before.model)[b].name;
    });
    if (it == right.end()) {
      left.push_back(b);
      continue;
    }
    out.push_back({b, *it, {}});
    right.erase(it);
  }
  if (left.size() == 1 && right.size() == 1) {  // by another name
    names.after.call((*after.model)[right.front()].entity, "this." + (*before.model)[left.front()].name);
    out.push_back({left.front(), right.front(), {}});
    return out;
  }
  for (BodyId b : left) out.push_back({b, {}, {}});
  for (BodyId b : right) out.push_back({{}, b, {}});
  return out;
}

std::vector<ArticlePair> pair_articles(const Draft& before, const Draft& after,
                                       const std::vector<BodyPair>& bodies, Names& names) {
  std::vector<ArticlePair> out;
  ArticlePair outside;
  if (before.instrument && after.instrument) {
    const auto& a = (*before.model)[before.instrument].articles;
    const auto& b = (*after.model)[after.instrument].articles;
    const std::vector<Match> matches = match_articles(before, after, names);
    std::vector<std::optional<size_t>> of_b(b.size());
    std::vector<bool> kept(a.size()), told(a.size());
    for (const Match& m : matches) of_b[m.j] = m.i, kept[m.i] = true;
    const auto gone_up_to = [&](size_t end) {
      for (size_t i = 0; i < end; ++i) {
        if (!kept[i] && !told[i]) out.push_back({a[i], {}, false, false, {}, {}}), told[i] = true;
      }
    };
    for (size_t j = 0; j < b.size(); ++j) {
      const model::Article& now = (*after.model)[b[j]];
      if (!of_b[j]) {
        names.after.call(b[j], "new." + now.label);
        out.push_back({{}, b[j], false, false, {}, {}});
        continue;
      }
      const model::Article& then = (*before.model)[a[*of_b[j]]];
      names.after.call(b[j], "this." + then.label);
      gone_up_to(*of_b[j]);
      out.push_back({a[*of_b[j]], b[j], then.label != now.label, then.title != now.title, {}, {}});
    }
    gone_up_to(a.size());
  }
  out.insert(out.begin(), outside);
  // References to articles are known now.
  for (ArticlePair& p : out) {
    const bool whole = !p.before && !p.after;
    const auto of = [&](const Draft& d, ArticleId article) {
      return article || whole ? clauses_of(d, article) : std::vector<ClauseId>();
    };
    const auto decided = [&](const Draft& d, ArticleId article) {
      return article || whole ? decisions_of(d, article) : std::vector<Decided>();
    };
    p.clauses = pair_clauses(before, of(before, p.before), after, of(after, p.after), names);
    p.decisions =
        pair_decisions(before, decided(before, p.before), after, decided(after, p.after), bodies, names);
  }
  return out;
}

}  // namespace casus::diff
