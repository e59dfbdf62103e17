// SPDX-License-Identifier: Apache-2.0
#include "diff/verdicts.h"

#include <tuple>

#include "replay/compare.h"
#include "text/words.h"

namespace casus::diff {

using run::Record;
using run::RecordKind;

namespace {

std::string event_name(const Model& m, model::EventTypeId e) {
  return m[e].title.empty() ? spaced(m[e].name) : m[e].title;
}

// As a reader is told of it.
std::string spoken(const Former& names, EntityId id) {
  const std::string name = names.entity(id);
  if (name == "this") return "this instrument";
  return name.starts_with("this.") ? name.substr(5) : name;
}

std::string fact_words(const Model& m, const run::FactChange& c, const Former& names) {
  const model::Fact& f = m[c.fact];
  std::string args;
  for (size_t i = 0; i < f.params.size(); ++i) {
    const bool entity = f.params[i].type.kind == model::TypeKind::entity && c.args[i] != model::no_value;
    args += (i ? ", " : "") + (entity ? spoken(names, EntityId(static_cast<size_t>(c.args[i])))
                                      : m.show(c.args[i], f.params[i].type));
  }
  return spaced(f.name) + " (" + args + ")";
}

}  // namespace

Outcomes clause_outcomes(const replay::Replay& r, const CiteOf& cite) {
  std::map<std::string, ClauseId> clauses;  // by the citation in its own model
  for (const Record& rec : r.ledger.records) {
    if (rec.clause) clauses.emplace(r.model->cite(rec.clause), rec.clause);
  }
  Outcomes out;
  for (auto& [key, text] : replay::verdicts_of(r))
    out[{cite(clauses.at(key.first)), key.second}] = std::move(text);
  return out;
}

Outcomes other_outcomes(const replay::Replay& r, const Former& names) {
  const Model& m = *r.model;
  Outcomes out;
  const auto at = [](const Record& rec) { return " " + format_short(Instant{rec.at}); };
  const auto motion = [&](const Record& rec) {
    return std::pair("motion: " + event_name(m, r.ledger.occurrences[rec.occurrence].content), std::string());
  };
  const auto actor = [&](const run::Occurrence& o) {
    const uint8_t by = m[o.event].by;
    return by == 0xFF || o.args[by] == model::no_value
               ? std::string()
               : spoken(names, EntityId(static_cast<size_t>(o.args[by])));
  };
  for (const Record& rec : r.ledger.records) {
    switch (rec.kind) {
      case RecordKind::motion_opened:
        out[motion(rec)] = "open";
        break;
      case RecordKind::adopted:
        out[motion(rec)] = "adopted" + at(rec);
        break;
      case RecordKind::rejected:
        out[motion(rec)] = "rejected" + at(rec);
        break;
      case RecordKind::occurred:
        if (const auto& o = r.ledger.occurrences[rec.occurrence]; m[o.event].institutional && !o.decided)
          out[{event_name(m, o.event), actor(o)}] = "counts" + at(rec);
        break;
      case RecordKind::void_act: {
        const auto& o = r.ledger.occurrences[rec.occurrence];
        if (o.event == model::event_vote || o.event == model::event_close) break;
        const std::string what = o.event == model::event_propose ? motion(rec).first : event_name(m, o.event);
        out[{what, o.event == model::event_propose ? "" : actor(o)}] =
            "void: " + std::string(replay::reason_words(rec.reason));
        break;
      }
      case RecordKind::fact_begins:
      case RecordKind::fact_ends:
        out[{fact_words(m, r.ledger.fact_changes[rec.occurrence], names), ""}] =
            (rec.kind == RecordKind::fact_begins ? "from" : "until") + at(rec);
        break;
      default:
        break;
    }
  }
  return out;
}

bool is_motion(const Verdict& v) { return v.what.starts_with("motion: "); }

std::vector<Verdict> parted(const Outcomes& before, const Outcomes& after) {
  std::vector<Verdict> out;
  std::map<std::tuple<std::string, std::string, std::string>, size_t> places;
  const auto add = [&](const auto& key, const std::string& one, const std::string& other) {
    if (one == other) return;
    const auto [it, fresh] = places.try_emplace({key.first, one, other}, out.size());
    if (fresh) out.push_back({key.first, {}, one, other});
    Verdict& v = out[it->second];
    if (!key.second.empty()) v.who.push_back(key.second);
  };
  for (const auto& [key, text] : before) {
    const auto it = after.find(key);
    add(key, text, it == after.end() ? "–" : it->second);
  }
  for (const auto& [key, text] : after) {
    if (!before.contains(key)) add(key, "–", text);
  }
  return out;
}

}  // namespace casus::diff
