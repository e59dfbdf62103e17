// SPDX-License-Identifier: Apache-2.0
#include "report/lanes.h"

#include <algorithm>
#include <map>

#include "report/phrases.h"
#include "text/words.h"

namespace casus::report {

using model::EntityId;
using run::Record;
using run::RecordKind;

namespace {

class Lanes {
 public:
  Lanes(const replay::Replay& r, int64_t from) : r_(r), m_(*r.model), from_(from) {
    for (const run::Occurrence& o : r.ledger.occurrences) motions_ += o.event == model::event_propose;
  }

  void show(Page& page) {
    for (const Record& rec : r_.ledger.records) tell(rec);
    lay_out();
    // Parties to whom the same happens share a lane.
    std::vector<std::pair<std::vector<EntityId>, Column>> columns;
    for (const EntityId who : order_) {
      const Column& own = cells_.at(who);
      const auto same =
          std::find_if(columns.begin(), columns.end(), [&](const auto& c) { return c.second == own; });
      if (same != columns.end())
        same->first.push_back(who);
      else
        columns.push_back({{who}, own});
    }
    const size_t shown = lanes_that_fit(page.width(), columns);
    const bool narrow = shown < columns.size();
    const size_t names = std::max<size_t>(2, page.width() / (shown + 1) / 4);
    std::vector<std::string> header{"WHEN"};
    for (size_t i = 0; i < shown; ++i) header.push_back(names_words(m_, columns[i].first, names));
    if (narrow) header.push_back("OTHERS");
    std::vector<std::vector<std::string>> rows;
    for (uint32_t n = 0; n < rows_.size(); ++n) {
      std::vector<std::string> row(header.size());
      if (n == 0 || rows_[n].at != rows_[n - 1].at) row[0] = instant_words(rows_[n].at, r_.kase.from.ms);
      if (rows_[n].across) row = {row[0], rows_[n].line};
      for (size_t i = 0; i < columns.size(); ++i) {
        const auto cell = columns[i].second.find(n);
        if (cell == columns[i].second.end()) continue;
        const size_t lane = std::min(i + 1, header.size() - 1);
        const bool shared = narrow && lane == header.size() - 1;
        std::string& to = row[lane];
        if (!to.empty()) to += "; ";
        to += (shared ? names_words(m_, columns[i].first, 2) + ": " : "") + cell->second;
      }
      rows.push_back(std::move(row));
    }
    if (rows.empty()) return page.line("  ", "nothing happens", Ink::dim);
    if (header.size() == 1) header.emplace_back();
    page.table(header, rows, {});
  }

  // The acts alone.
  void before(Page& page) const {
    constexpr size_t most = 12;
    size_t count = 0, number = 0;
    while (count < r_.events.size() && r_.events[count].at < from_) ++count;
    const size_t left_out = count > most ? count - most : 0;
    if (left_out != 0) page.line("  ", "… " + counted(left_out, "event") + " earlier", Ink::dim);
    for (const replay::EventNote& e : r_.events) {
      if (number++ < left_out) continue;
      if (number > count) break;
      const EntityId who = actor(e.occurrence);
      const std::string when = instant_words(e.at, r_.kase.from.ms);
      page.line("  " + when + std::string(when.size() < 14 ? 14 - when.size() : 1, ' '),
                (who ? m_[who].name + "  " : "") + words(e.occurrence), Ink::dim);
    }
  }

 private:
  using Column = std::map<uint32_t, std::string>;  // by row
  static constexpr size_t many_parties = 3;
  struct Said {
    int64_t at = 0;
    EntityId who;
    std::string what;
    friend bool operator==(const Said&, const Said&) = default;
  };
  // What is done or begins at one instant, in the order in which it does.
  struct Row {
    int64_t at = 0;
    bool across = false;
    std::string line;  // across
  };

  // The rest share one more.
  static size_t lanes_that_fit(size_t width,
                               const std::vector<std::pair<std::vector<EntityId>, Column>>& columns) {
    constexpr size_t stamp = 14;
    size_t left = width > stamp ? width - stamp : 0, shown = 0, others = 20;
    for (const auto& [who, cells] : columns) {
      size_t wide = 16;
      for (const auto& [row, cell] : cells) wide = std::max(wide, longest_word(cell));
      if (wide + 2 + (shown + 1 < columns.size() ? others : 0) > left) break;
      left -= wide + 2;
      ++shown;
    }
    return std::max<size_t>(shown, columns.empty() ? 0 : 1);
  }

  void put(EntityId who, int64_t at, const std::string& what) {
    if (!who || at < from_) return;
    const Said said{at, who, what};
    if (std::find(said_.begin(), said_.end(), said) == said_.end()) said_.push_back(said);
  }
  // What bodies do, and what befalls many at once, runs across the lanes.
  void lay_out() {
    std::map<std::pair<int64_t, std::string>, std::vector<EntityId>> together;
    for (const Said& s : said_) together[{s.at, s.what}].push_back(s.who);
    for (const Said& s : said_) {
      const std::vector<EntityId>& all = together[{s.at, s.what}];
      const bool body = bool(m_[s.who].body), many = all.size() >= many_parties;
      if (many && all.front() != s.who) continue;
      const bool across = body || many;
      if (across) {
        rows_.push_back({s.at, true, (many ? names_words(m_, all, 12) + ": " : "") + s.what});
        continue;
      }
      if (rows_.empty() || rows_.back().at != s.at || rows_.back().across) rows_.push_back({s.at, false, {}});
      const auto [it, fresh] = cells_.try_emplace(s.who);
      if (fresh) order_.push_back(s.who);
      std::string& cell = it->second[static_cast<uint32_t>(rows_.size() - 1)];
      cell += (cell.empty() ? "" : "; ") + s.what;
    }
  }
  std::string words(const run::Occurrence& o) const {
    if (o.event == model::event_vote) {
      const run::Occurrence& motion = r_.ledger.occurrences[static_cast<size_t>(o.args[1])];
      return "votes " + m_.show(o.args[2], m_[o.event].params[2].type) +
             (motions_ > 1 ? " on " + event_words(m_, motion.content) : "");
    }
    if (o.event == model::event_propose) {
      return "proposes" +
             (o.args[1] == model::no_value ? "" : " in " + m_.show(o.args[1], m_[o.event].params[1].type)) +
             ": " + content_words(r_, o);
    }
    const std::string args = arguments(r_, o, false);
    return event_words(m_, o.event) + (args.empty() ? "" : " " + args);
  }
  EntityId actor(const run::Occurrence& o) const {
    const uint8_t by = m_[o.event].by;
    return by == 0xFF || o.args[by] == model::no_value ? EntityId()
                                                       : EntityId(static_cast<size_t>(o.args[by]));
  }
  // What somebody did; not what it counts as, which the text of the articles says.
  void acted(const Record& rec) {
    if (rec.clause) return;
    const run::Occurrence& o = r_.ledger.occurrences[rec.occurrence];
    const EntityId who = actor(o);
    if (who && m_[who].body) return;
    put(who, rec.at, "▸ " + words(o));
  }
  std::string motion(const Record& rec) const {
    return m_[rec.bearer].name + ": " + content_words(r_, r_.ledger.occurrences[rec.occurrence]);
  }
  void tell(const Record& rec) {
    switch (rec.kind) {
      case RecordKind::occurred:
        return acted(rec);
      case RecordKind::void_act:
        return put(rec.bearer, rec.at, "(without effect: " + std::string(reason_words(rec.reason)) + ")");
      case RecordKind::born:
        if (m_[rec.clause].kind == model::ClauseKind::permission ||
            m_[rec.clause].kind == model::ClauseKind::power)
          return;
        return put(rec.bearer, rec.at,
                   "+ " + std::string(modal_words(m_[rec.clause].kind)) + " " + act_words(m_, rec.clause) +
                       (rec.extra == model::no_value ? "" : " by " + instant_words(rec.extra, rec.at)) +
                       " · " + m_.cite(rec.clause));
      case RecordKind::fulfilled:
        return put(rec.bearer, rec.at, "✓ kept " + m_.cite(rec.clause));
      case RecordKind::late:
        return put(rec.bearer, rec.at, "✓ kept late " + m_.cite(rec.clause));
      case RecordKind::breach:
        return put(rec.bearer, rec.at, "✗ BREACH of " + m_.cite(rec.clause));
      case RecordKind::unperformed:
        return put(rec.bearer, rec.at, "· not done, left to its judgement: " + m_.cite(rec.clause));
      case RecordKind::released:
      case RecordKind::lapsed:
        return put(rec.bearer, rec.at,
                   "− " + m_.cite(rec.clause) + " ends: " + std::string(reason_words(rec.reason)));
      case RecordKind::adopted:
        return put(rec.bearer, rec.at, "✓ ADOPTED by " + motion(rec));
      case RecordKind::rejected:
        return put(rec.bearer, rec.at, "✗ NOT ADOPTED by " + motion(rec));
      case RecordKind::motion_opened:
        return put(rec.bearer, rec.at,
                   "+ a vote in " + m_[rec.bearer].name +
                       (rec.extra == model::no_value ? "" : " until " + instant_words(rec.extra, rec.at)));
      default:
        return;
    }
  }

  const replay::Replay& r_;
  const model::Model& m_;
  int64_t from_;
  std::vector<EntityId> order_;  // of first appearance
  std::map<EntityId, Column> cells_;
  std::vector<Said> said_;
  std::vector<Row> rows_;
  size_t motions_ = 0;
};

}  // namespace

void lanes(Page& page, const replay::Replay& replay, int64_t from) { Lanes(replay, from).show(page); }
void told_before(Page& page, const replay::Replay& replay, int64_t from) { Lanes(replay, from).before(page); }

}  // namespace casus::report
