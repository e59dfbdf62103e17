// SPDX-License-Identifier: Apache-2.0
#include "streams.h"

#include <cstdio>
#include <cstdlib>

#include "app/world.h"
#include "base/rng.h"
#include "model/loader.h"

namespace casus::bench {

using model::Value;

namespace {

constexpr int64_t start_ms = 1'600'000'000'000;  // 13 September 2020

run::Occurrence event(const model::Model& m, const char* name, int64_t at) {
  run::Occurrence o;
  o.at = at;
  o.event = m.find_event(name);
  o.args.fill(model::no_value);
  o.content_args.fill(model::no_value);
  return o;
}

Value entity(const model::Model& m, const std::string& name) { return m.find_entity(name).value; }

}  // namespace

model::Model model_of(const std::string& name, const std::string& before, const Replacements& replacements) {
  std::string text =
      before +
      app::read_file(std::string(CASUS_SOURCE_DIR) + "/bench/models/" + name + ".casus", SIZE_MAX).value();
  for (const auto& [what, by] : replacements) {
    for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
      text.replace(at, what.size(), by);
  }
  Sources sources;
  Diagnostics diagnostics;
  auto loaded = model::load(
      name + ".casus", text, [](const auto&, const auto&) { return std::nullopt; }, sources, diagnostics);
  if (diagnostics.has_errors()) {
    std::fputs(render(diagnostics, sources, {}).c_str(), stderr);
    std::exit(1);
  }
  return std::move(loaded.model);
}

run::Case case_of(const model::Model& m, int64_t from) {
  run::Case c;
  for (size_t i = 0; i < m.instruments.size(); ++i) c.under.push_back({model::InstrumentId(i), std::nullopt});
  c.from = Instant{from};
  c.givens = m.givens;
  return c;
}

// ---- (a) ----

model::Model voting_model(uint32_t members) {
  std::string before = "kind member is actor;\ngroup member_of_assembly = {";
  std::string list, entities;
  for (uint32_t i = 0; i < members; ++i) {
    entities += "member M" + std::to_string(i) + ";\n";
    list += (i ? ", M" : " M") + std::to_string(i);
  }
  return model_of("voting", before + list + " };\n" + entities);
}

std::vector<run::Occurrence> voting_stream(const model::Model& m, uint32_t members, size_t events,
                                           uint64_t seed) {
  Rng rng(seed);
  std::vector<Value> who;
  for (uint32_t i = 0; i < members; ++i) who.push_back(entity(m, "M" + std::to_string(i)));
  const Value chair = entity(m, "Chair"), body = entity(m, "Assembly");
  const model::EventTypeId resolve = m.find_event("resolve");
  std::vector<run::Occurrence> out;
  int64_t at = start_ms;
  // Occurrence numbers: each event takes one, and each motion that is adopted one more, for its content.
  uint32_t number = 0;
  for (Value item = 0; out.size() < events; ++item) {
    run::Occurrence o = event(m, "propose", at += 60'000);
    o.args[0] = who[rng.below(members)];
    o.args[1] = body;
    o.content = resolve;
    o.content_args[1] = item;
    const Value motion = number++;
    out.push_back(o);
    o = event(m, "second", at += 1000);
    o.args[0] = who[rng.below(members)];
    o.args[1] = motion;
    out.push_back(o);
    ++number;
    // Everybody votes, in an order of its own; the motion is decided by the chair's closing, so that all votes count.
    const uint32_t first = static_cast<uint32_t>(rng.below(members));
    size_t yes = 0, no = 0;
    const size_t half = members / 2;
    for (uint32_t k = 0; k < members; ++k) {
      o = event(m, "vote", at);
      o.args[0] = who[(first + k) % members];
      o.args[1] = motion;
      // Abstentions keep it open until the last.
      const bool may = yes + 1 < half && no + 1 < half;
      o.args[2] = may && rng.chance(1, 2) ? (yes++, model::ballot_yes)
                  : may                   ? (no++, model::ballot_no)
                                          : model::ballot_abstain;
      out.push_back(o);
      ++number;
      if (rng.chance(1, 50)) {
        o = event(m, "vote_out_of_turn", at);
        o.args[0] = who[rng.below(members)];
        out.push_back(o);
        ++number;
      }
      at += 20;
    }
    o = event(m, "close", at += 1000);
    o.args[0] = chair;
    o.args[1] = motion;
    out.push_back(o);
    ++number;
    const bool carried = yes > no;
    if (carried) ++number;
    if (rng.chance(1, 20)) {
      at += 4'000'000;  // the chair forgets, and is rebuked
    } else {
      o = event(m, "declare", at += 1000);
      o.args[0] = chair;
      o.args[1] = item;
      o.args[2] = carried ? 0 : 1;
      out.push_back(o);
      ++number;
    }
  }
  return out;
}

std::string voting_ndjson(const model::Model& m, const std::vector<run::Occurrence>& events) {
  std::string out;
  Value proposals = 0;
  Value item = -1;
  for (const run::Occurrence& o : events) {
    const model::EventType& type = m[o.event];
    out += "{\"at\":\"" + format_iso(Instant{o.at}) + "\",\"event\":\"" + type.name + "\",";
    if (o.event == model::event_propose) {
      ++proposals;
      item = o.content_args[1];
      out += "\"id\":\"r" + std::to_string(item) +
             "\",\"motion\":{\"event\":\"resolve\",\"args\":{\"item\":" + std::to_string(item) + "}},";
    }
    out += "\"args\":{";
    bool first = true;
    for (size_t i = 0; i < type.params.size(); ++i) {
      if (o.args[i] == model::no_value) continue;
      out += (first ? "\"" : ",\"") + type.params[i].label + "\":";
      first = false;
      const bool number = type.params[i].type.kind == model::TypeKind::count;
      const std::string value = type.params[i].type.kind == model::TypeKind::event
                                    ? "r" + std::to_string(item)
                                    : m.show(o.args[i], type.params[i].type);
      out += number ? value : "\"" + value + "\"";
    }
    out += "}}\n";
  }
  return out;
}

// ---- (b) ----

std::vector<CrisisEvent> crisis_stream(size_t events, uint64_t seed) {
  Rng rng(seed);
  std::vector<CrisisEvent> out;
  struct Answer {
    int64_t at;
    uint32_t kind, by, victim, about;
  };
  // Answers by the second at which they come: a ring of 128 hours.
  std::vector<std::vector<Answer>> ring(128 * 60);
  uint32_t attacks = 0;
  for (int64_t minute = 0; out.size() < events; ++minute) {
    const int64_t at = start_ms / 1000 + minute * 60;
    if (minute % 62 == 0) {
      const auto by = static_cast<uint32_t>(rng.below(32));
      const auto victim = static_cast<uint32_t>((by + 1 + rng.below(31)) % 32);
      out.push_back({at, 0, by, victim, 0});
      for (uint32_t who = 0; who < 32; ++who) {
        if (who == victim) continue;
        // Within 24 and 72 hours; one in ten perhaps too late.
        const auto consult = static_cast<int64_t>(1 + rng.below(rng.chance(9, 10) ? 1400 : 4000));
        const auto assist = static_cast<int64_t>(1 + rng.below(rng.chance(9, 10) ? 4200 : 7600));
        ring[static_cast<size_t>(minute + consult) % ring.size()].push_back({0, 1, who, victim, attacks});
        ring[static_cast<size_t>(minute + assist) % ring.size()].push_back({0, 2, who, victim, attacks});
      }
      ++attacks;
    }
    auto& now = ring[static_cast<size_t>(minute) % ring.size()];
    for (const Answer& a : now) out.push_back({at, a.kind, a.by, a.victim, a.about});
    now.clear();
  }
  out.resize(events);
  return out;
}

std::vector<CrisisEvent> stretched(std::vector<CrisisEvent> events, int64_t by) {
  for (CrisisEvent& e : events) e.at = start_ms / 1000 + (e.at - start_ms / 1000) * by;
  return events;
}

model::Model crisis_model(int64_t stretch) {
  std::string before = "kind state is actor;\n", list;
  for (int i = 0; i < 32; ++i) {
    before += "state S" + std::to_string(i) + ";\n";
    list += (i ? ", S" : "S") + std::to_string(i);
  }
  return model_of(
      "crisis", before + "group all_allies = { " + list + " };\n",
      {{"24 h", std::to_string(24 * stretch) + " h"}, {"72 h", std::to_string(72 * stretch) + " h"}});
}

CrisisWords::CrisisWords(const model::Model& m)
    : kinds{m.find_event("attack"), m.find_event("confer"), m.find_event("aid")} {
  for (int i = 0; i < 32; ++i) who.push_back(entity(m, "S" + std::to_string(i)));
}

run::Occurrence CrisisWords::blank() {
  run::Occurrence o;
  o.args.fill(model::no_value);
  o.content_args.fill(model::no_value);
  return o;
}

void CrisisWords::say(const CrisisEvent& e, std::vector<Value>& number_of, run::OccurrenceNo next,
                      run::Occurrence& o) const {
  o.at = e.at * 1000;
  o.event = kinds[e.kind];
  o.args[0] = who[e.by];
  o.args[1] = e.kind == 1 ? number_of[e.about] : who[e.other];
  o.args[2] = e.kind == 2 ? number_of[e.about] : model::no_value;
  if (e.kind == 0) number_of.push_back(Value{next});
}

std::vector<run::Occurrence> crisis_occurrences(const model::Model& m,
                                                const std::vector<CrisisEvent>& events) {
  const CrisisWords words(m);
  std::vector<Value> number_of;
  std::vector<run::Occurrence> out;
  run::Occurrence o = CrisisWords::blank();
  for (const CrisisEvent& e : events) {
    words.say(e, number_of, static_cast<run::OccurrenceNo>(out.size()), o);
    out.push_back(o);
  }
  return out;
}

// ---- (c) ----

model::Model market_model(uint32_t firms) {
  std::string before = "kind firm is actor;\n";
  for (uint32_t i = 0; i < firms; ++i) before += "firm F" + std::to_string(i) + ";\n";
  return model_of("contract_net", before);
}

std::vector<run::Occurrence> market_stream(const model::Model& m, uint32_t firms, size_t events,
                                           uint64_t seed) {
  Rng rng(seed);
  std::vector<Value> who;
  for (uint32_t i = 0; i < firms; ++i) who.push_back(entity(m, "F" + std::to_string(i)));
  std::vector<run::Occurrence> out;
  int64_t at = start_ms;
  for (Value lot = 0; out.size() < events; ++lot) {
    const Value caller = who[rng.below(firms)];
    const auto say = [&](const char* what, Value by, Value to, int64_t later) {
      run::Occurrence o = event(m, what, at += later);
      o.args[0] = by;
      o.args[1] = lot;
      o.args[2] = to;
      out.push_back(o);
    };
    say("call", caller, model::no_value, 60'000);
    std::vector<Value> bidders;
    for (uint64_t k = 0, n = 2 + rng.below(4); k < n; ++k) {
      bidders.push_back(who[rng.below(firms)]);
      say("bid", bidders.back(), model::no_value, 1000);
    }
    const Value winner = bidders[rng.below(bidders.size())];
    say("award", caller, winner, 1000);
    if (rng.chance(9, 10)) say("deliver", winner, model::no_value, 1000);
    if (rng.chance(9, 10)) say("pay", caller, winner, 1000);
  }
  return out;
}

}  // namespace casus::bench
