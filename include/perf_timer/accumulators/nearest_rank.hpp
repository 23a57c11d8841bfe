//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>

namespace perf_timer::inline v0_1::accumulators {

/// Returns the rank, from 1, of the `probability` quantile among `count` sorted samples: the least
/// k with k >= probability * count. So probability 0 asks for the least sample and 1 for the
/// greatest. Returns 0 only if `count` is 0. Throws `std::invalid_argument` if `probability` is not
/// in [0, 1].
inline std::uint64_t nearest_rank(double probability, std::uint64_t count) {
  if (!(probability >= 0 && probability <= 1)) {  // so that a NaN fails
    throw std::invalid_argument("quantile probability is outside [0, 1]; give one such as 0.99");
  }
  if (count == 0) return 0;
  if (probability >= 1) return count;
  // 0.07 * 100 is a little over 7 in binary, and must not become 8.
  constexpr double one_less = 1 - 4 * std::numeric_limits<double>::epsilon();
  const double rank = std::ceil(probability * static_cast<double>(count) * one_less);
  if (rank >= static_cast<double>(count)) return count;
  return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(rank));
}

}  // namespace perf_timer::inline v0_1::accumulators
