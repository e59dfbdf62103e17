// SPDX-License-Identifier: Apache-2.0
// The matrix of parties and matters: docs/decisions/0009.
#include <algorithm>
#include <cctype>
#include <map>

#include "base/unicode.h"
#include "report/layout.h"
#include "report/phrases.h"
#include "report/sources.h"
#include "report/sources_words.h"
#include "text/words.h"

namespace casus::report {
namespace {

using claims::Positions;

// Who has a position: those first who have most of them on matters on which others have one too.
std::vector<model::EntityId> speakers(const std::vector<const Positions*>& all) {
  std::map<model::EntityId, std::pair<size_t, size_t>> matters;  // shared, all
  for (const Positions* p : all) {
    for (const auto& [who, position] : p->of) {
      matters[who].first += p->of.size() > 1 ? 1 : 0;
      ++matters[who].second;
    }
  }
  std::vector<model::EntityId> out;
  for (const auto& [who, n] : matters) out.push_back(who);
  std::stable_sort(out.begin(), out.end(), [&](auto a, auto b) { return matters[a] > matters[b]; });
  return out;
}

// "for: doc.1 doc.2; against: doc.3; on condition"
std::string cell(const model::Model& m, const Positions& p, model::EntityId who) {
  const auto it = p.of.find(who);
  if (it == p.of.end()) return {};
  std::string out;
  for (const auto& [side, some] : it->second.says)
    out += (out.empty() ? "" : "; ") + side_words(m, p.matter, side) + ": " + claim_ids(m, some);
  return out + (it->second.conditional ? "; on condition" : "");
}

// "+2", "−1", "+1 −3*", "raised (2)"
std::string short_cell(const model::Model& m, const Positions& p, model::EntityId who) {
  const auto it = p.of.find(who);
  if (it == p.of.end()) return {};
  const bool truth = m[p.matter.fact].result.kind == model::TypeKind::truth;
  std::string out;
  for (const auto& [side, some] : it->second.says) {
    const std::string n = std::to_string(some.size());
    out += (out.empty() ? "" : " ") +
           (truth ? (side.denied ? "−" : "+") + n : side_words(m, p.matter, side) + " (" + n + ")");
  }
  return out + (it->second.conditional ? "*" : "");
}

// A long name with blanks where its words begin, so that a narrow column breaks it there.
std::string breakable(std::string_view name) {
  if (name.size() <= 8) return std::string(name);
  std::string out;
  const auto is = [](int (*of)(int), char c) { return of(static_cast<unsigned char>(c)) != 0; };
  for (size_t i = 0; i < name.size(); ++i) {
    const bool word = i > 0 && ((is(std::isupper, name[i]) && !is(std::isupper, name[i - 1])) ||
                                (is(std::isdigit, name[i]) && is(std::isalpha, name[i - 1])));
    if (word) out += ' ';
    out += name[i] == '_' ? ' ' : name[i];
  }
  return out;
}

constexpr size_t full_cell = 14;  // the narrowest column in which claims are named

class Matrix {
 public:
  Matrix(const model::Model& m, std::vector<const Positions*> rows, const TextOptions& options)
      : m_(m),
        rows_(std::move(rows)),
        who_(speakers(rows_)),
        matter_width_(options.width >= 110 ? 40 : 28),
        page_(options.width, options.colour) {}

  std::string write(size_t left_out) {
    const size_t room = page_.width() - matter_width_;
    const bool full = who_.size() * (full_cell + 2) <= room;
    for (size_t from = 0; from < who_.size();) {
      size_t to = from, used = 0;
      while (to < who_.size() && (to == from || used + width_of(who_[to], full) <= room))
        used += width_of(who_[to++], full);
      if (from > 0) page_.blank();
      table(from, to, full);
      from = to;
    }
    if (!who_.empty()) page_.blank();
    page_.line("", full ? "A claim in full: casus sources ID"
                        : "+2: for it, in 2 claims · −: against it · *: on condition. With the claims: --by "
                          "for a few of them");
    page_.line("", counted(who_.size(), "speaker") + ", " + counted(rows_.size(), "matter") +
                       (left_out > 0
                            ? "; " + std::to_string(left_out) + " more, on which one speaker is alone: --all"
                            : ""));
    return page_.take();
  }

 private:
  // With the gap before it.
  size_t width_of(model::EntityId who, bool full) const {
    if (full) return full_cell + 2;
    size_t width = longest_word(breakable(m_[who].name));
    for (const Positions* p : rows_) width = std::max(width, longest_word(short_cell(m_, *p, who)));
    return width + 2;
  }

  // Matters of one fact stand below its words; a fact of one thing only needs no more than that thing's title.
  bool is_of_one_thing(const claims::Matter& matter) const {
    return matter.args.size() == 1 && m_[matter.fact].params[0].type.kind == model::TypeKind::entity &&
           m_[matter.fact].result.kind == model::TypeKind::truth;
  }
  std::string heading(model::FactId fact) const {
    const model::Fact& f = m_[fact];
    if (f.title.empty() || f.result.kind != model::TypeKind::truth) return title_of(f);
    return "… " + f.title + (f.params.size() > 1 ? " …" : "");
  }
  std::string label(const claims::Matter& matter) const {
    if (!is_of_one_thing(matter)) return matter_words(m_, matter);
    return title_of(m_[model::EntityId(static_cast<size_t>(matter.args[0]))]);
  }

  void table(size_t from, size_t to, bool full) {
    std::vector<std::string> header{"MATTER"};
    for (size_t i = from; i < to; ++i) header.push_back(breakable(m_[who_[i]].name));
    std::vector<std::vector<std::string>> rows;
    model::FactId fact;
    for (const Positions* p : rows_) {
      std::vector<std::string> row{label(p->matter)};
      bool any = false;
      for (size_t i = from; i < to; ++i) {
        row.push_back(full ? cell(m_, *p, who_[i]) : short_cell(m_, *p, who_[i]));
        any |= !row.back().empty();
      }
      if (!any) continue;
      if (p->matter.fact != fact) rows.push_back({heading(fact = p->matter.fact)});
      rows.push_back(std::move(row));
    }
    page_.table(header, rows, {});
  }

  const model::Model& m_;
  std::vector<const Positions*> rows_;
  std::vector<model::EntityId> who_;
  size_t matter_width_;
  Page page_;
};

}  // namespace

std::string matrix_text(const model::Model& m, const std::vector<Positions>& positions, bool all,
                        const TextOptions& options) {
  std::vector<const Positions*> rows;
  for (const Positions& p : positions) {
    if (all || p.of.size() > 1) rows.push_back(&p);
  }
  if (rows.empty()) {
    for (const Positions& p : positions) rows.push_back(&p);
  }
  const size_t left_out = positions.size() - rows.size();
  return Matrix(m, std::move(rows), options).write(left_out);
}

std::string matrix_csv(const model::Model& m, const std::vector<Positions>& positions) {
  const auto field = [](std::string text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    for (size_t at = 0; (at = text.find('"', at)) != std::string::npos; at += 2) text.insert(at, 1, '"');
    return '"' + text + '"';
  };
  std::vector<const Positions*> rows;
  for (const Positions& p : positions) rows.push_back(&p);
  const std::vector<model::EntityId> who = speakers(rows);
  std::string out = "matter,fact";
  for (model::EntityId e : who) out += "," + field(m[e].name);
  out += "\n";
  for (const Positions& p : positions) {
    out += field(matter_words(m, p.matter)) + "," + field(m[p.matter.fact].name);
    for (model::EntityId e : who) out += "," + field(cell(m, p, e));
    out += "\n";
  }
  return out;
}

}  // namespace casus::report
