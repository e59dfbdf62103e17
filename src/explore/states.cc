// SPDX-License-Identifier: Apache-2.0
#include "explore/states.h"

#include "base/check.h"

namespace casus::explore {

States::States(const State& like)
    : parts_(like.snapshot.ends.size() - 1), rows_(parts_ + 3), store_(parts_ + 3), names_(parts_ + 3) {}

PairTable::Found States::put(const State& state) {
  const run::Snapshot& s = state.snapshot;
  CASUS_CHECK(s.ends.size() == parts_ + 1, "all states of a problem have the same parts");
  uint32_t from = 0;
  for (size_t i = 0; i < parts_; ++i) {
    names_[i] = rows_[i].put({s.words.data() + from, s.ends[i] - from}).number;
    from = s.ends[i];
  }
  // The last part says of occurrences what stands in them.
  row_.clear();
  for (const run::Told& o : s.occurrences) {
    row_.insert(row_.end(), {int64_t{o.event.value}, int64_t{o.content.value},
                             int64_t{o.decided} | int64_t{o.told} << 1, o.at});
    row_.insert(row_.end(), o.args.begin(), o.args.end());
    row_.insert(row_.end(), o.content_args.begin(), o.content_args.end());
  }
  names_[parts_] = rows_[parts_].put(row_).number;
  row_.assign(1, static_cast<int64_t>(s.moments.size()) * 2 + (state.after_due ? 1 : 0));
  for (const run::Moment& m : s.moments) row_.push_back(static_cast<int64_t>(m.kind));
  row_.insert(row_.end(), state.zone.words().begin(), state.zone.words().end());
  names_[parts_ + 1] = rows_[parts_ + 1].put(row_).number;
  row_.assign(1, static_cast<int64_t>(state.watches.size()));
  for (const Watch& w : state.watches) row_.insert(row_.end(), {w.property, w.subject});
  row_.insert(row_.end(), state.notes.begin(), state.notes.end());
  names_[parts_ + 2] = rows_[parts_ + 2].put(row_).number;
  return store_.put(names_);
}

void States::get(uint32_t number, State& state) const {
  store_.get(number, found_);
  run::Snapshot& s = state.snapshot;
  s.words.clear();
  s.ends.clear();
  for (size_t i = 0; i < parts_; ++i) {
    const auto row = rows_[i][found_[i]];
    s.words.insert(s.words.end(), row.begin(), row.end());
    s.ends.push_back(static_cast<uint32_t>(s.words.size()));
  }
  s.ends.push_back(static_cast<uint32_t>(s.words.size()));
  constexpr size_t args = model::max_event_params, stride = 4 + 2 * args;
  auto row = rows_[parts_][found_[parts_]];
  s.occurrences.resize(row.size() / stride);
  for (size_t i = 0; i < s.occurrences.size(); ++i) {
    const int64_t* w = row.data() + i * stride;
    run::Told& o = s.occurrences[i];
    o.event.value = static_cast<uint32_t>(w[0]);
    o.content.value = static_cast<uint32_t>(w[1]);
    o.decided = (w[2] & 1) != 0;
    o.told = (w[2] & 2) != 0;
    o.at = w[3];
    std::copy_n(w + 4, args, o.args.begin());
    std::copy_n(w + 4 + args, args, o.content_args.begin());
  }
  row = rows_[parts_ + 1][found_[parts_ + 1]];
  const auto moments = static_cast<size_t>(row[0] / 2);
  state.after_due = row[0] % 2 != 0;
  s.moments.resize(moments);
  for (size_t i = 0; i < moments; ++i) s.moments[i] = {static_cast<run::Moment::Kind>(row[1 + i]), 0};
  const auto times = row.subspan(1 + moments);
  row = rows_[parts_ + 2][found_[parts_ + 2]];
  const auto watches = static_cast<size_t>(row[0]);
  state.watches.resize(watches);
  for (size_t i = 0; i < watches; ++i) state.watches[i] = {row[1 + 2 * i], row[2 + 2 * i]};
  state.notes.assign(row.begin() + static_cast<std::ptrdiff_t>(1 + 2 * watches), row.end());
  const size_t size = zone_moments + moments + watches;
  CASUS_CHECK(times.size() == size * size, "a state's zone has a place for each instant");
  state.zone = Zone(size, times.data());
}

size_t States::bytes() const {
  size_t sum = store_.bytes();
  for (const RowTable& t : rows_) sum += t.bytes();
  return sum;
}

}  // namespace casus::explore
