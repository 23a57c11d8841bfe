//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "exact_moments.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <cmath>
#include <limits>

namespace perf_timer::statistics {

namespace {

// Room for everything below: count < 2^64, total < 2^127, squares < 2^190.
using Wide = boost::multiprecision::uint256_t;

Wide wide(std::uint64_t high, std::uint64_t middle, std::uint64_t low) {
  return (Wide{high} << 128) + (Wide{middle} << 64) + low;
}

}  // namespace

std::int64_t ExactTotal::total() const noexcept {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  if (high_ != 0 || low_ > static_cast<std::uint64_t>(most)) return most;
  return static_cast<std::int64_t>(low_);
}

std::int64_t ExactTotal::mean() const noexcept {
  if (count_ == 0) return 0;
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
  const Wide sum = wide(0, total.high_, total.low_);
  const Wide squares = wide(limbs_[2], limbs_[1], limbs_[0]);
  // n^2 times the variance; nothing was rounded, so nothing can cancel.
  const Wide scaled = total.count_ * squares - sum * sum;
  return std::sqrt(static_cast<double>(scaled)) / static_cast<double>(total.count_);
}

}  // namespace perf_timer::statistics
