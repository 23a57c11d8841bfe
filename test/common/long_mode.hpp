//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstdint>
#include <cstdlib>

namespace perf_timer::test {

/// The factor by which tests multiply their repetitions: PERF_TIMER_LONG of the environment, else
/// 1.
inline std::uint64_t long_mode() {
  const char* value = std::getenv("PERF_TIMER_LONG");
  const auto factor = value ? std::strtoull(value, nullptr, 10) : 1;
  return factor ? factor : 1;
}

}  // namespace perf_timer::test
