//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_snapshot.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

/// A series of `count` durations with this mean.
inline perf_timer::DurationSummary summary(std::uint64_t count, nanoseconds mean, nanoseconds max,
                                           std::vector<perf_timer::Quantile> quantiles = {}) {
  perf_timer::DurationSummary result;
  result.count = count;
  result.mean = mean;
  result.total = mean * static_cast<nanoseconds::rep>(count);
  result.max = max;
  result.quantiles = std::move(quantiles);
  return result;
}

/// The snapshot of a plain timer: elapsed, and busy with the same values.
inline perf_timer::TimerSnapshot plain(std::string name, perf_timer::DurationSummary series) {
  perf_timer::TimerSnapshot timer;
  timer.name = std::move(name);
  timer.runs = series.count;
  timer.busy = series;
  timer.complete_elapsed = series.total;
  timer.elapsed = std::move(series);
  return timer;
}

/// The snapshot of a server's route: the number of runs, and the mean of each kind of time.
inline perf_timer::TimerSnapshot route(std::string name, std::uint64_t runs, nanoseconds busy,
                                       nanoseconds queued, nanoseconds elapsed) {
  const auto series = [&](nanoseconds mean) {
    return summary(runs, mean, 4 * mean, {{0.5, mean}, {0.9, 2 * mean}, {0.99, 3 * mean}});
  };
  perf_timer::TimerSnapshot timer;
  timer.name = std::move(name);
  timer.kind = perf_timer::TimerKind::task;
  timer.runs = runs;
  timer.busy = series(busy);
  timer.queued = series(queued);
  timer.elapsed = series(elapsed);
  timer.complete_elapsed = timer.elapsed.total;
  return timer;
}

/// Makes `count` more runs of the timer, of which only the elapsed time is known.
inline void add_partial(perf_timer::TimerSnapshot& timer, std::uint64_t count, nanoseconds each,
                        std::string_view reason, std::string_view remedy = {}) {
  timer.runs += count;
  timer.partial += count;
  timer.elapsed.count += count;
  timer.elapsed.total += each * static_cast<nanoseconds::rep>(count);
  timer.elapsed.mean = timer.elapsed.total / static_cast<nanoseconds::rep>(timer.elapsed.count);
  timer.elapsed.max = std::max(timer.elapsed.max, each);
  timer.partial_reasons.push_back({reason, count, remedy});
}

/// What runs waited for at a line of upstream.cpp; steps of `async_read` if \p part_of says so.
inline perf_timer::AwaitedOperation awaited(std::string operation, unsigned line,
                                            nanoseconds waited, std::string part_of = {}) {
  return {.object = "socket",
          .operation = std::move(operation),
          .part_of = std::move(part_of),
          .file = "/home/me/upstream.cpp",
          .line = line,
          .function = "ask_upstream",
          .count = 1,
          .waited = waited};
}

}  // namespace test
