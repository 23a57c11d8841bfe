//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/span/capture.hpp>
#include <perf_timer/timer_clock.hpp>

#include <boost/asio/strand.hpp>

#include <utility>

namespace perf_timer::inline v0_1 {

template <class Inner, TimerClock Clock>
class PerfExecutor;

namespace detail {

/// The parts of a `PerfExecutor` that only this library uses.
struct ExecutorAccess {
  template <class Executor>
  [[nodiscard]] static const BindingRef& binding(const Executor& executor) noexcept {
    return executor.binding_;
  }
  template <class Executor>
  [[nodiscard]] static const Capture& capture(const Executor& executor) noexcept {
    return executor.capture_;
  }
  /// Returns an executor that is bound to timers or a task.
  template <class Clock, class Inner>
  [[nodiscard]] static PerfExecutor<Inner, Clock> make(Inner inner, BindingRef binding,
                                                       Capture capture) {
    return PerfExecutor<Inner, Clock>(std::move(inner), std::move(binding), std::move(capture));
  }

  /// Returns the `PerfExecutor` of a strand that a strand of an instrumented executor is in effect.
  template <class Executor>
  [[nodiscard]] static const auto& effective(const boost::asio::strand<Executor>& strand) noexcept {
    return strand.executor_.effective;
  }
  template <class Inner, class Clock>
  [[nodiscard]] static const PerfExecutor<Inner, Clock>& effective(
      const PerfExecutor<Inner, Clock>& executor) noexcept {
    return executor;
  }
  /// The reverse of `effective`.
  template <class Strand, class Inner, class Clock>
  [[nodiscard]] static Strand strand_of(PerfExecutor<Inner, Clock> effective) noexcept {
    return Strand(typename Strand::Made(), std::move(effective));
  }
};

template <class T>
inline constexpr bool is_perf_executor = false;
template <class Inner, class Clock>
inline constexpr bool is_perf_executor<PerfExecutor<Inner, Clock>> = true;

}  // namespace detail
}  // namespace perf_timer::inline v0_1
