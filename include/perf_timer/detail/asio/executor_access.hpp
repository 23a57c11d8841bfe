//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/asio/waits.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/span/capture.hpp>
#include <perf_timer/timer_clock.hpp>

#include PERF_TIMER_ASIO_HEADER(strand.hpp)

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
  /// The same as `get_inner_executor`, for what uses no strand unseen.
  template <class Executor>
  [[nodiscard]] static decltype(auto) inner(const Executor& executor) {
    return executor.inner_.get();
  }
  /// The same, to become the inner executor of another `PerfExecutor`.
  template <class Inner, class Executor>
  [[nodiscard]] static Inner inner_as(const Executor& executor) {
    if constexpr (is_strand_of_context<Inner>)
      return Inner(inner(executor));
    else
      return Inner(executor.get_inner_executor());
  }
  /// Returns an executor that is bound to timers or a task.
  template <class Clock, class Inner>
  [[nodiscard]] static PerfExecutor<Inner, Clock> make(Inner inner, BindingRef binding,
                                                       Capture capture) {
    return PerfExecutor<Inner, Clock>(std::move(inner), std::move(binding), std::move(capture));
  }

  /// Returns the `PerfExecutor` of a strand that a strand of an instrumented executor is in effect.
  template <class Executor>
  [[nodiscard]] static const auto& effective(const asio::strand<Executor>& strand) noexcept {
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
