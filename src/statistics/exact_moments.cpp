//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "exact_moments.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace perf_timer::inline v0_1::statistics {

namespace {

// Room for everything below: count < 2^64, total < 2^127, squares < 2^190.
using Wide = boost::multiprecision::uint256_t;
using Narrow = boost::multiprecision::uint128_t;

Wide wide(std::uint64_t high, std::uint64_t middle, std::uint64_t low) {
  return (Wide{high} << 128) + (Wide{middle} << 64) + low;
}

std::uint64_t bits_of(const std::chrono::nanoseconds& sample) noexcept {
  return static_cast<std::uint64_t>(sample.count());
}

struct Squares {
  std::uint64_t low = 0, high = 0;
  std::int64_t min = 0, max = 0;
};

template <bool Carry>
Squares squares_of(std::span<const std::chrono::nanoseconds> samples) noexcept {
  Squares of{.min = samples[0].count(), .max = samples[0].count()};
  for (const auto& sample : samples) {
    const std::uint64_t square = bits_of(sample) * bits_of(sample);
    of.low += square;
    if constexpr (Carry) of.high += of.low < square ? 1U : 0U;
    of.min = std::min<std::int64_t>(of.min, sample.count());
    of.max = std::max<std::int64_t>(of.max, sample.count());
  }
  return of;
}

}  // namespace

std::optional<SmallSamples> SmallSamples::of(
    std::span<const std::chrono::nanoseconds> samples) noexcept {
  if (samples.empty() || samples.size() >> 31 != 0) return {};
  // Only this in one loop, and no copies, so that compilers vectorise it.
  std::uint64_t all = 0, sum = 0;
  for (const auto& sample : samples) {
    all |= bits_of(sample);
    sum += bits_of(sample);
  }
  if (all >> 32 != 0) return {};
  if (all == 0) return SmallSamples{.count = samples.size()};  // as for what never waits
  const bool no_carry = all >> 28 == 0 && samples.size() <= 256;
  const Squares squares = no_carry ? squares_of<false>(samples) : squares_of<true>(samples);
  return SmallSamples{.count = samples.size(),
                      .sum = sum,
                      .squares_low = squares.low,
                      .squares_high = squares.high,
                      .min = squares.min,
                      .max = squares.max};
}

std::int64_t ExactTotal::total() const noexcept {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  if (high_ != 0 || low_ > static_cast<std::uint64_t>(most)) return most;
  return static_cast<std::int64_t>(low_);
}

std::int64_t ExactTotal::mean() const noexcept {
  if (count_ == 0) return 0;
  const std::uint64_t half = count_ / 2;
  if (high_ == 0 && low_ + half >= half) return static_cast<std::int64_t>((low_ + half) / count_);
  const Wide rounded = (wide(0, high_, low_) + count_ / 2) / count_;
  return static_cast<std::int64_t>(rounded);
}

void ExactSquares::add_wide(std::uint64_t value) noexcept {
  const std::uint64_t upper = value >> 32, lower = value & half_mask;
  const std::uint64_t cross = 2 * upper * lower;  // fits, for upper < 2^31
  const std::uint64_t low = lower * lower + (cross << 32);
  const std::uint64_t carry = low < (cross << 32) ? 1U : 0U;
  add_limbs(low, upper * upper + (cross >> 32) + carry, 0);
}

double ExactSquares::stddev(const ExactTotal& total) const noexcept {
  if (total.count_ == 0) return 0;
  if (total.high_ == 0 && limbs_[1] == 0 && limbs_[2] == 0) {  // as most are, and cheaper
    const Narrow sum = total.low_, scaled = Narrow{total.count_} * limbs_[0] - sum * sum;
    return std::sqrt(static_cast<double>(scaled)) / static_cast<double>(total.count_);
  }
  const Wide sum = wide(0, total.high_, total.low_);
  const Wide squares = wide(limbs_[2], limbs_[1], limbs_[0]);
  // n^2 times the variance. Nothing was rounded, so no digits cancel.
  const Wide scaled = total.count_ * squares - sum * sum;
  return std::sqrt(static_cast<double>(scaled)) / static_cast<double>(total.count_);
}

}  // namespace perf_timer::inline v0_1::statistics
