// SPDX-License-Identifier: Apache-2.0
#include "explore/packed_step.h"

#include <algorithm>

#include "base/hash.h"
#include "explore/packed_order.h"

namespace casus::explore {

namespace {

constexpr size_t worth_turning = 200;  // turns of single lanes: as long as turning 64 lanes of a word takes

size_t first_lane(const Slice& s) {
  size_t k = 0;
  while (s[k] == 0) ++k;
  return k * 64 + static_cast<size_t>(__builtin_ctzll(s[k]));
}

inline uint64_t count(const Slice& s) {
  uint64_t n = 0;
  for (const uint64_t w : s) n += static_cast<uint64_t>(__builtin_popcountll(w));
  return n;
}

}  // namespace

std::optional<PackedForm> PackedForm::of(uint32_t bits, uint32_t timing_bits, uint32_t most) {
  PackedForm out;
  out.bits = bits;
  const uint32_t words = (bits + timing_bits + 63) / 64;
  if (words > most) return std::nullopt;
  return out.widened(words);
}

PackedForm PackedForm::widened(uint32_t to) const {
  PackedForm out = *this;
  out.words = to;
  const uint32_t below = 64 * (to - 1);
  out.shift = bits > below ? bits - below : 0;
  out.timing_bits = std::min(64 - out.shift, most_timing_bits);
  return out;
}

PackedRules::PackedRules(const NetProblem& problem, bool timers, bool states, bool order)
    : tape_(problem.net.circuit) {
  const std::vector<Literal> input = problem.net.circuit.input_literals();
  if (states) {
    std::vector<Literal> ask;
    for (uint32_t i = 0; i < problem.asked.size(); ++i) {
      if (problem.asked[i].state == never) continue;
      of_states_.push_back(i);
      ask.push_back(problem.asked[i].state);
    }
    tape_.ask(ask);
  }
  for (uint32_t i = 0; i < problem.net.rules.size(); ++i) {
    const Rule& rule = problem.net.rules[i];
    const RuleTiming& time = problem.groups.rules[i];
    if (rule.is_timer != timers || time.enabled == never) continue;
    Literals& r = rules_.emplace_back();
    r.rule = i;
    r.passes = time.passes;
    std::vector<Literal> ask{time.enabled, rule.beyond};
    for (const GroupApart& g : time.apart) {
      ask.push_back(g.when);
      r.groups.push_back(g.group);
    }
    r.signature = ask.size();
    for (const GroupStart& g : time.starts) ask.push_back(g.starts);
    for (const GroupAfter& g : time.after) ask.push_back(g.runs);
    r.asked = ask.size();
    for (uint32_t a = 0; a < problem.asked.size(); ++a) {
      if (problem.asked[a].by.empty() || problem.asked[a].by[i] == never) continue;
      ask.push_back(problem.asked[a].by[i]);
      r.by.push_back(a);
    }
    r.writes = ask.size();
    for (const Write& w : rule.writes) {
      ask.push_back(w.next);
      ask.push_back(input[w.bit]);
      r.bits.push_back(w.bit);
    }
    r.end = ask.size();
    r.point = tape_.ask(ask);
  }
  tape_.finish();
  if (!order || timers) return;
  const std::vector<EventOrder> orders = find_order(problem);
  for (Literals& r : rules_) {
    r.label = orders[r.rule].label;
    r.asleep = orders[r.rule].asleep;
  }
}

std::optional<TimingId> TimingCache::after(TimingId id, uint32_t rule, uint64_t signature) {
  const uint64_t h = mix64(signature ^ mix64(uint64_t{id} << 32 | rule));
  Entry& e = entries_[h % places];
  if (e.id != id || e.rule != rule || e.signature != signature) {
    const auto made = timings_.after(id, rule, signature);
    e = {id, made.value_or(0), rule, made.has_value(), signature};
  }
  return e.possible ? std::optional(e.after) : std::nullopt;
}

PackedStep::PackedStep(const NetProblem& problem, const PackedForm& form, Timings& timings)
    : p_(problem),
      form_(form),
      cache_(timings),
      changes_(form.bits),
      common_(form.words),
      next_(lanes * form.words) {}

void PackedStep::load(const Tape& tape, const uint64_t* states, size_t count) {
  if (values_.size() < tape.places()) values_.resize(tape.places());
  values_[0].fill(0);  // the constant
  for (size_t block = 0; block < lane_words; ++block) {
    const size_t here = count <= block * 64 ? 0 : std::min<size_t>(64, count - block * 64);
    valid_[block] = here == 64 ? ~uint64_t{0} : (uint64_t{1} << here) - 1;
    for (uint32_t word = 0; word * 64 < form_.bits; ++word) {
      uint64_t rows[64];
      for (size_t i = 0; i < here; ++i) rows[i] = states[(block * 64 + i) * form_.words + word];
      std::fill(rows + here, rows + 64, 0);
      if (here != 0) transpose(rows);
      for (uint32_t bit = word * 64; bit < std::min(form_.bits, word * 64 + 64); ++bit) {
        const uint32_t place = tape.input_places()[bit];
        if (place != UINT32_MAX) values_[place][block] = rows[bit % 64];
      }
    }
  }
}

namespace {

CASUS_EACH_WIDTH
void hash_states(const uint64_t* states, size_t count, const PackedForm& form, const uint64_t* timings,
                 uint64_t* hashes) {
  const size_t words = form.words;
  const uint32_t shift = form.shift;
  const uint64_t mask = (uint64_t{1} << form.timing_bits) - 1, bits = (uint64_t{1} << shift) - 1;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t* const s = states + i * words;
    uint64_t h = timings[s[words - 1] >> shift & mask];
    for (size_t w = 0; w + 1 < words; ++w) h = ((h ^ s[w]) * UINT64_C(0x9E3779B97F4A7C15)) ^ (h >> 32);
    hashes[i] = h ^ (s[words - 1] & bits);
  }
  for (size_t i = 0; i < count; ++i) {
    uint64_t h = hashes[i];
    h = (h ^ (h >> 32)) * UINT64_C(0xD6E8FEB86659FD93);
    hashes[i] = h ^ (h >> 32);
  }
}

}  // namespace

void PackedStep::hash(const uint64_t* states, size_t count, uint64_t* hashes) {
  hash_states(states, count, form_, cache_.hashes(), hashes);
}

void PackedStep::find_parts(const uint64_t* states, size_t count) {
  parts_.clear();
  part_of_.resize(cache_.timings().size(), UINT32_MAX);
  for (size_t lane = 0; lane < count; ++lane) {
    const TimingId id = form_.timing(states + lane * form_.words);
    if (part_of_[id] == UINT32_MAX) {
      part_of_[id] = static_cast<uint32_t>(parts_.size());
      parts_.push_back({id, {}});
    }
    parts_[part_of_[id]].lanes[lane / 64] |= uint64_t{1} << lane % 64;
  }
  for (const Part& part : parts_) part_of_[part.id] = UINT32_MAX;
}

void PackedStep::find_labels(const uint8_t* by, size_t count) {
  labels_.clear();
  if (by == nullptr) return;
  std::array<uint16_t, 256> at{};  // one more than where in labels_
  for (size_t lane = 0; lane < count; ++lane) {
    if (by[lane] == 0) continue;
    if (at[by[lane]] == 0) {
      labels_.push_back({by[lane], {}});
      at[by[lane]] = static_cast<uint16_t>(labels_.size());
    }
    labels_[at[by[lane]] - 1u].second[lane / 64] |= uint64_t{1} << lane % 64;
  }
}

void PackedStep::hit(uint32_t asked, const Slice& here, uint32_t rule, const std::vector<uint8_t>& open,
                     PackedFound& found) const {
  if (!open[asked] || !any(here)) return;
  for (const PackedHit& h : found.hits) {
    if (h.asked == asked) return;
  }
  found.hits.push_back({asked, first_lane(here), rule});
}

void PackedStep::ask_states(const PackedRules& rules, const std::vector<uint8_t>& open, PackedFound& found) {
  if (rules.of_states().empty()) return;
  rules.tape().run(0, values_.data());
  const Timings& timings = cache_.timings();
  const Slice end = timed([&](TimingId id) { return timings.may_end(id); });
  const Slice there = timed([&](TimingId id) { return timings.may_end(id) || timings.lasts(id); });
  for (size_t i = 0; i < rules.of_states().size(); ++i) {
    const uint32_t asked = rules.of_states()[i];
    Slice s = slice(rules.tape().held(0)[i]);
    for (size_t k = 0; k < lane_words; ++k) s[k] &= (p_.asked[asked].at_the_end ? end : there)[k];
    hit(asked, s, RuleTiming::none, open, found);
  }
}

CASUS_EACH_WIDTH
bool PackedStep::change() {
  changed_.fill(0);
  for (const Turn& t : turns_) {
    for (size_t k = 0; k < lane_words; ++k) changed_[k] |= t.lanes[k];
  }
  std::fill(common_.begin(), common_.end(), 0);
  size_t single = 0, blocks = 0;
  for (Turn& t : turns_) {
    t.common = t.lanes == changed_;
    if (t.common)
      common_[t.word] ^= t.delta;
    else
      ++single;
  }
  for (const uint64_t w : changed_) blocks += w != 0;
  turned_ = single * count(changed_) > worth_turning * blocks * common_.size();
  return !turns_.empty();
}

void PackedStep::turn_back(size_t block, size_t word, uint64_t rows[64]) const {
  std::fill_n(rows, 64, 0);
  for (const Turn& t : turns_) {
    if (t.common || t.word != word) continue;
    for (uint64_t left = t.delta; left != 0; left &= left - 1) rows[__builtin_ctzll(left)] ^= t.lanes[block];
  }
  transpose(rows);
}

CASUS_EACH_WIDTH
bool PackedStep::step(const PackedRules& rules, const PackedRules::Literals& r, const Slice& may,
                      const std::vector<uint8_t>& open, PackedFound& found) {
  const std::vector<Held>& held = rules.tape().held(r.point);
  Slice enabled = slice(held[0]);
  for (size_t k = 0; k < lane_words; ++k) enabled[k] &= may[k] & valid_[k];
  if (!any(enabled)) return false;
  const auto where = [&](size_t i) {
    Slice s = slice(held[i]);
    for (size_t k = 0; k < lane_words; ++k) s[k] &= enabled[k];
    return s;
  };
  found.moves += count(enabled);
  if (const Slice beyond = where(1); any(beyond) && !found.beyond)
    found.beyond = PackedHit{0, first_lane(beyond), r.rule};
  for (size_t i = 0; i < r.groups.size(); ++i) {
    if (any(where(r.apart + i))) found.apart.insert(r.groups[i]);
  }
  for (size_t i = 0; i < r.by.size(); ++i) hit(r.by[i], where(r.asked + i), r.rule, open, found);
  turns_.clear();
  timing_changes_ = timing_after(r, held, enabled, found);
  Slice asleep{};
  for (const auto& [label, here] : labels_) {
    if (!r.asleep[label]) continue;
    for (size_t k = 0; k < lane_words; ++k) asleep[k] |= here[k];
  }
  for (size_t k = 0; k < lane_words; ++k) asleep[k] &= enabled[k] & ~timing_changes_[k];
  if (any(asleep)) found.left_out += count(asleep);
  for (size_t k = 0; k < lane_words; ++k) enabled[k] &= ~asleep[k];
  for (size_t i = 0; i < r.bits.size(); ++i) {
    Slice next = where(r.writes + 2 * i);
    const Slice now = where(r.writes + 2 * i + 1);
    for (size_t k = 0; k < lane_words; ++k) next[k] ^= now[k];
    if (!any(next)) continue;
    const uint32_t bit = r.bits[i];
    changes_[bit] += count(next);
    turns_.push_back({next, bit / 64, uint64_t{1} << bit % 64});
  }
  return change();
}

// Lanes of one timing and one signature have one timing after it.
Slice PackedStep::timing_after(const PackedRules::Literals& r, const std::vector<Held>& held,
                               const Slice& enabled, PackedFound& found) {
  Slice changes{};
  for (const Part& part : parts_) {
    Split all{enabled, 0};
    for (size_t k = 0; k < lane_words; ++k) all.lanes[k] &= part.lanes[k];
    if (!any(all.lanes)) continue;
    splits_.assign(1, all);
    for (size_t i = r.signature; i < r.asked; ++i) {
      const Slice s = slice(held[i]);
      more_splits_.clear();
      for (const Split& split : splits_) {
        Split with = split, without = split;
        with.signature |= uint64_t{1} << (i - r.signature);
        for (size_t k = 0; k < lane_words; ++k) {
          with.lanes[k] &= s[k];
          without.lanes[k] &= ~s[k];
        }
        if (any(with.lanes)) more_splits_.push_back(with);
        if (any(without.lanes)) more_splits_.push_back(without);
      }
      splits_.swap(more_splits_);
    }
    for (const Split& split : splits_) {
      const std::optional<TimingId> after = cache_.after(part.id, r.rule, split.signature);
      if (!after || *after == part.id)
        continue;  // none: there are too many, of which the search takes notice
      if ((*after + 1) >> form_.timing_bits != 0) {  // all ones is no state
        found.narrow = true;
        continue;
      }
      turns_.push_back({split.lanes, form_.words - 1, uint64_t{*after ^ part.id} << form_.shift});
      for (size_t k = 0; k < lane_words; ++k) changes[k] |= split.lanes[k];
    }
  }
  return changes;
}

}  // namespace casus::explore
