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

/// By what tests divide what takes long: PERF_TIMER_BRIEF of the environment, else 1. Under TSan,
/// many short executions see more orders than one long one, and an emulator is slow.
inline std::uint64_t brief_mode() {
  const char* value = std::getenv("PERF_TIMER_BRIEF");
  const auto divisor = value ? std::strtoull(value, nullptr, 10) : 1;
  return divisor ? divisor : 1;
}

/// A number of repetitions, multiplied by PERF_TIMER_LONG or divided by PERF_TIMER_BRIEF; at least
/// one.
inline std::uint64_t scaled(std::uint64_t amount) {
  return amount * long_mode() / brief_mode() + 1;
}

}  // namespace perf_timer::test
