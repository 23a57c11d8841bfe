//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/trace/timeline.hpp>

#include <cstddef>

namespace perf_timer::inline v0_1::detail {

/// The trace of a flight recorder. As long as it lives, what the program starts, stops and clears
/// isn't this trace, and `slow_events` tells what takes longer than `slower_than`.
class PERF_TIMER_EXPORT FlightTrace {
 public:
  /// Throws `std::logic_error` if something is traced already, and `std::bad_alloc`.
  FlightTrace(std::size_t memory, const Timeline& timeline, Ticks slower_than);
  FlightTrace(const FlightTrace&) = delete;
  FlightTrace& operator=(const FlightTrace&) = delete;
  ~FlightTrace();

  [[nodiscard]] Ticks now() const { return timeline_.now(); }

 private:
  const Timeline timeline_;
};

}  // namespace perf_timer::inline v0_1::detail
