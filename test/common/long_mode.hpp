//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstdint>
#include <cstdlib>

namespace perf_timer::test {

/// How many times as much a test should do: PERF_TIMER_LONG of the environment, 1 without.
inline std::uint64_t long_mode() {
  const char* const value = std::getenv("PERF_TIMER_LONG");
  const auto factor = value ? std::strtoull(value, nullptr, 10) : 1;
  return factor ? factor : 1;
}

}  // namespace perf_timer::test
