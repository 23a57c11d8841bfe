//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/trace/untraced.hpp>
#include <perf_timer/observer.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <algorithm>
#include <chrono>
#include <limits>

namespace perf_timer::inline v0_1::detail {

/// Measures what one run costs: the lowest mean of several rounds of empty runs on the calling
/// thread, by `steady_clock`. `begin_run()` returns a run, which ends at once. None is in a trace.
template <class BeginRun>
[[nodiscard]] FractionalNanoseconds cost_of_a_run(BeginRun begin_run) {
  const Untraced not_the_programs_own;
  constexpr int rounds = 8, runs = 2'000;
  auto least = FractionalNanoseconds(std::numeric_limits<double>::max());
  for (int round = 0; round < rounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < runs; ++i) const auto run = begin_run();
    const FractionalNanoseconds all = std::chrono::steady_clock::now() - start;
    least = std::min(least, all / runs);
  }
  return least;
}

/// The same, with a temporary record.
template <class ScopeRun>
[[nodiscard]] PERF_TIMER_EXPORT FractionalNanoseconds
cost_of_a_run_recorded_by(const Observer& observer) {
  const RecorderOwner recorder(&Recorder::make(observer, ScopeRun::kept));
  return cost_of_a_run([&] { return ScopeRun(*recorder); });
}

/// Returns what `measure` returned when this kind of run was first asked for with this kind of
/// observer. An address stands for a kind.
[[nodiscard]] PERF_TIMER_EXPORT FractionalNanoseconds
overhead_once(const void* run, const void* observer,
              FractionalNanoseconds (*measure)(const Observer&), const Observer& example);

template <class ScopeRun>
inline constexpr char run_kind = 0;

/// Returns what one run costs, for reports.
template <class ScopeRun>
[[nodiscard]] FractionalNanoseconds overhead_once(const Observer& observer) {
  return overhead_once(&run_kind<ScopeRun>, observer.kind(), &cost_of_a_run_recorded_by<ScopeRun>,
                       observer);
}

}  // namespace perf_timer::inline v0_1::detail
