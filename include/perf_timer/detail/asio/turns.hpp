//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// What the library compiles of how functions wait. It includes no Asio, whose configuration is the
/// program's.

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/strand_time.hpp>

#include <concepts>
#include <type_traits>

namespace perf_timer::inline v0_1::detail {

/// How a function waits that is submitted to an execution context: for a thread, and nothing else.
/// So there is nothing to find out.
class PERF_TIMER_EXPORT ThreadWait {
 public:
  ThreadWait() noexcept = default;
  explicit ThreadWait(StrandTime*) noexcept {}
};

template <class Clock>
struct ThreadTurn {
  static constexpr bool has_end = false;
  ThreadTurn(const ThreadWait&, const Step<Clock>&) noexcept {}
  static void end(const Step<Clock>&) noexcept {}
  static constexpr bool knows_more() noexcept { return false; }
  static void describe(RunDetails&) noexcept {}
};

template <class Clock, class Wait>
using TurnOf =
    std::conditional_t<std::same_as<Wait, ThreadWait>, ThreadTurn<Clock>, StrandTurn<Clock>>;

}  // namespace perf_timer::inline v0_1::detail
