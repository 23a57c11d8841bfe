//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_base.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <typeinfo>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace detail {

template <class Timer>
[[nodiscard]] FractionalNanoseconds cost_of_a_run(Timer& timer) {
  constexpr int rounds = 8, runs = 2'000;
  auto least = FractionalNanoseconds(std::numeric_limits<double>::max());
  for (int round = 0; round < rounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < runs; ++i) const auto run = timer.measure();
    const FractionalNanoseconds all = std::chrono::steady_clock::now() - start;
    least = std::min(least, all / runs);
  }
  return least;
}

inline TimerOptions silent(Observer observer = HistogramObserver{}) {
  return {.observer = std::move(observer), .log = [](std::string_view) {}};
}

/// What `measure` says the first time that a kind of timer with a kind of observer is asked for.
[[nodiscard]] FractionalNanoseconds overhead_once(
    const std::type_info& timer, const std::type_info& observer,
    const std::function<FractionalNanoseconds()>& measure);

}  // namespace detail

/// What one run of a timer costs here and now: the least mean of several rounds of empty runs on
/// the calling thread, by `steady_clock`. Takes a millisecond, or more with a slow clock. It is
/// measured with a timer of the same kind and observer that nobody sees afterwards. Throws
/// `std::bad_alloc`.
///
/// The timer is given as it is, as a function that makes one of a name and options, or by its type.
template <std::derived_from<TimerBase> Timer>
[[nodiscard]] FractionalNanoseconds measure_overhead(const Timer& timer) {
  Timer twin(timer.name(), detail::silent(timer.observer()));
  return detail::cost_of_a_run(twin);
}

namespace detail {

/// For reports.
template <std::derived_from<TimerBase> Timer>
[[nodiscard]] FractionalNanoseconds overhead_of(const Timer& timer) {
  return overhead_once(typeid(Timer), timer.observer().type(),
                       [&] { return measure_overhead(timer); });
}

}  // namespace detail

template <class MakeTimer>
  requires std::invocable<MakeTimer&, std::string, TimerOptions>
[[nodiscard]] FractionalNanoseconds measure_overhead(MakeTimer&& make_timer) {
  auto timer = make_timer(std::string("measure_overhead"), detail::silent());
  return detail::cost_of_a_run(timer);
}

template <std::derived_from<TimerBase> Timer>
[[nodiscard]] FractionalNanoseconds measure_overhead(
    const Observer& observer = HistogramObserver{}) {
  Timer timer("measure_overhead", detail::silent(observer));
  return detail::cost_of_a_run(timer);
}

}  // namespace perf_timer::inline v0_1
