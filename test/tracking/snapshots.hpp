//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/operations.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace perf_timer::test {

using namespace std::chrono_literals;

/// A series of `count` durations with this mean; 99 % of them are no longer than thrice that.
inline DurationSummary series_of(std::uint64_t count, std::chrono::nanoseconds mean) {
  if (count == 0) return {};
  return {.count = count,
          .total = mean * static_cast<std::chrono::nanoseconds::rep>(count),
          .mean = mean,
          .max = 4 * mean,
          .quantiles = {{0.5, mean}, {0.99, 3 * mean}}};
}

/// The operations of a small server: one that is waited for, one that only executes a function, one
/// of which Asio doesn't tell when its result is there, and one that never ended.
inline std::vector<OperationSnapshot> of_a_server() {
  return {{.object = "socket",
           .operation = "async_receive",
           .file = "/home/me/server/session.cpp",
           .line = 41,
           .function = "session::read",
           .count = 52'310,
           .failed = 3,
           .open = 12,
           .waiting = series_of(52'310, 5'510us),
           .queued = series_of(52'310, 9'100ns),
           .busy = series_of(52'310, 30'200ns)},
          {.object = "io_context",
           .operation = "post",
           .function = "ledger::settle",
           .count = 120,
           .queued = series_of(120, 2us),
           .busy = series_of(120, 1ms)},
          {.object = "resolver",
           .operation = "async_resolve",
           .file = "upstream.cpp",
           .line = 7,
           .count = 9,
           .dropped = 1,
           .waiting = series_of(9, 20ms),
           .busy = series_of(9, 5us)},
          {.object = "signal_set",
           .operation = "async_wait",
           .file = "main.cpp",
           .line = 99,
           .open = 1}};
}

/// The steps of an `async_read` of two lines, from one observer's samples.
inline OperationSnapshot step_of(std::string object, std::string operation, unsigned line,
                                 DurationSummary busy) {
  OperationSnapshot step{.object = std::move(object),
                         .operation = std::move(operation),
                         .part_of = "async_read",
                         .file = "session.cpp",
                         .line = line,
                         .count = busy.count};
  step.busy = std::move(busy);
  return step;
}

}  // namespace perf_timer::test
