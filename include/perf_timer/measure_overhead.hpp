//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/timers/overhead.hpp>
#include <perf_timer/observer.hpp>
#include <perf_timer/timer_base.hpp>
#include <perf_timer/timer_options.hpp>

#include <concepts>
#include <string>
#include <string_view>

namespace perf_timer::inline v0_1 {

/// Returns what one run of a timer costs here and now: the least mean of several rounds of empty
/// runs on the calling thread, by `steady_clock`.
///
///     const auto cost = perf_timer::measure_overhead<perf_timer::AsioPerfTimer>();
///
/// `make_timer` makes the timer to measure with, from a name and options that keep it silent. It
/// takes some milliseconds, or more with a slow clock. Throws `std::bad_alloc`, and what
/// `make_timer` throws. Thread safety: any thread.
template <class MakeTimer>
  requires std::invocable<MakeTimer&, std::string, TimerOptions>
[[nodiscard]] FractionalNanoseconds measure_overhead(MakeTimer&& make_timer) {
  auto timer = make_timer(std::string("measure_overhead"), TimerOptions{.log = [](auto) {}});
  return detail::cost_of_a_run([&] { return timer.measure(); });
}

/// Returns what one run costs with a new timer of this type and this observer. Throws
/// `std::bad_alloc`, and what the observer throws. Thread safety: any thread.
template <std::derived_from<TimerBase> Timer>
[[nodiscard]] FractionalNanoseconds measure_overhead(const Observer& observer = {}) {
  Timer timer("measure_overhead", {.observer = observer, .log = [](std::string_view) {}});
  return detail::cost_of_a_run([&] { return timer.measure(); });
}

/// Returns what one run costs with a new timer of the same type and observer as `timer`. The runs
/// of `timer` aren't touched. Throws the same. Thread safety: any thread.
template <std::derived_from<TimerBase> Timer>
[[nodiscard]] FractionalNanoseconds measure_overhead(const Timer& timer) {
  return measure_overhead<Timer>(timer.observer());
}

}  // namespace perf_timer::inline v0_1
