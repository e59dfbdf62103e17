// SPDX-License-Identifier: Apache-2.0
#include "explore/circuit.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "explore/net_rebuild.h"

namespace casus::explore {
namespace {

std::vector<Literal> inputs(Circuit& c, size_t n) {
  std::vector<Literal> out;
  for (size_t i = 0; i < n; ++i) out.push_back(c.input());
  return out;
}

bool value(const Circuit& c, Literal l, uint64_t in) {
  std::vector<bool> bits;
  for (uint32_t i = 0; i < c.inputs(); ++i) bits.push_back((in >> i & 1) != 0);
  std::vector<uint8_t> values;
  c.evaluate(bits, values);
  return Circuit::value(l, values);
}

TEST(Circuit, makes_a_gate_once_and_folds_constants) {
  Circuit c;
  const Literal a = c.input(), b = c.input();
  const Literal both = c.land(a, b);
  EXPECT_EQ(c.land(b, a), both);
  EXPECT_EQ(c.land(a, always), a);
  EXPECT_EQ(c.land(a, never), never);
  EXPECT_EQ(c.land(a, !a), never);
  EXPECT_EQ(c.lor(a, !a), always);
  EXPECT_EQ(c.land(a, both), both);
  EXPECT_EQ(c.land(!a, both), never);
  EXPECT_EQ(c.land(a, !c.land(!a, b)), a);
  EXPECT_EQ(c.land(a, !both), c.land(a, !b));
  EXPECT_EQ(c.ite(a, b, b), b);
}

TEST(Circuit, a_threshold_stays_small) {
  for (const size_t n : {15u, 30u}) {
    Circuit c;
    c.at_least(n / 2 + 1, inputs(c, n));
    EXPECT_LT(c.size(), 16 * n);
  }
  Circuit c;  // sums that are all different
  std::vector<Weighted> of;
  for (size_t i = 0; i < 30; ++i) of.push_back({int64_t{1} << i, c.input()});
  of.push_back({12345, c.input()});
  c.sum_at_least(123'456'789, of);
  EXPECT_LT(c.size(), 2000u);
}

RC_GTEST_PROP(Circuit, a_sum_is_compared_as_its_arithmetic_says, ()) {
  const size_t n = *rc::gen::inRange<size_t>(1, 13);
  // Small weights go by partial sums, many large ones by adders.
  const auto size = *rc::gen::element<int64_t>(3, 100, 1'000'000'000);
  const auto weights =
      *rc::gen::container<std::vector<int64_t>>(n, rc::gen::inRange<int64_t>(-size, size + 1));
  const int64_t bound = *rc::gen::inRange<int64_t>(-2 * size, 2 * size);
  Circuit c;
  std::vector<Weighted> of;
  for (const int64_t w : weights) of.push_back({w, c.input()});
  const Literal met = c.sum_at_least(bound, of);
  for (const uint64_t in :
       *rc::gen::container<std::vector<uint64_t>>(50, rc::gen::inRange<uint64_t>(0, uint64_t{1} << n))) {
    int64_t sum = 0;
    for (size_t i = 0; i < n; ++i) sum += (in >> i & 1) != 0 ? weights[i] : 0;
    RC_ASSERT(value(c, met, in) == (sum >= bound));
  }
}

// A sum is remembered as such, and is added up again in another circuit, with other things in place of the inputs.
RC_GTEST_PROP(Circuit, a_sum_is_added_up_again, ()) {
  const size_t n = *rc::gen::inRange<size_t>(2, 13);
  const auto weights = *rc::gen::container<std::vector<int64_t>>(n, rc::gen::inRange<int64_t>(-4, 5));
  const int64_t bound = *rc::gen::inRange<int64_t>(-9, 9);
  const auto instead =
      *rc::gen::container<std::vector<uint32_t>>(n, rc::gen::inRange<uint32_t>(0, 2 + 2 * 13));
  Circuit from, to;
  inputs(to, 13);
  std::vector<Weighted> of;
  for (const int64_t w : weights) of.push_back({w, from.input()});
  if (n > 4) of[4].when = from.land(of[0].when, of[1].when);
  const Literal met = from.sum_at_least(bound, of);
  const std::vector<bool> some = *rc::gen::container<std::vector<bool>>(n, rc::gen::arbitrary<bool>());
  std::vector<uint8_t> values;
  from.evaluate(some, values);
  if (const Sum* sum = from.sum(met.node()); sum != nullptr) {
    int64_t total = 0;
    for (const Weighted& w : sum->of) total += Circuit::value(w.when, values) ? w.weight : 0;
    RC_ASSERT((total >= sum->bound) == (values[met.node()] != 0));
  }
  std::vector<Literal> stand(n);  // constants among them
  for (size_t i = 0; i < n; ++i) stand[i] = {instead[i]};
  Substitution substitution(from, to);
  substitution.with(stand);
  const Literal made = substitution(met);
  for (const uint64_t in :
       *rc::gen::container<std::vector<uint64_t>>(20, rc::gen::inRange<uint64_t>(0, 1 << 13))) {
    std::vector<bool> seen;
    for (const Literal l : stand) seen.push_back(value(to, l, in));
    from.evaluate(seen, values);
    RC_ASSERT(value(to, made, in) == Circuit::value(met, values));
  }
}

RC_GTEST_PROP(Circuit, gates_mean_what_they_are_called, ()) {
  Circuit c;
  std::vector<Literal> all = inputs(c, 4);
  std::vector<uint16_t> tables{0xAAAA, 0xCCCC, 0xF0F0, 0xFF00};  // by the values of the inputs
  const size_t steps = *rc::gen::inRange<size_t>(1, 40);
  for (size_t i = 0; i < steps; ++i) {
    const auto pick = [&] {
      const size_t at = *rc::gen::inRange<size_t>(0, all.size());
      const bool negated = *rc::gen::arbitrary<bool>();
      return std::pair(negated ? !all[at] : all[at],
                       static_cast<uint16_t>(negated ? ~tables[at] : tables[at]));
    };
    const auto [x, tx] = pick();
    const auto [y, ty] = pick();
    const auto [z, tz] = pick();
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        all.push_back(c.land(x, y));
        tables.push_back(tx & ty);
        break;
      case 1:
        all.push_back(c.lor(x, y));
        tables.push_back(tx | ty);
        break;
      case 2:
        all.push_back(c.lxor(x, y));
        tables.push_back(tx ^ ty);
        break;
      default:
        all.push_back(c.ite(x, y, z));
        tables.push_back(static_cast<uint16_t>((tx & ty) | (~tx & tz)));
    }
  }
  for (uint64_t in = 0; in < 16; ++in) {
    for (size_t i = 0; i < all.size(); ++i) RC_ASSERT(value(c, all[i], in) == ((tables[i] >> in & 1) != 0));
  }
}

}  // namespace
}  // namespace casus::explore
