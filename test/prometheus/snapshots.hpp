//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_snapshot.hpp>

#include <chrono>
#include <initializer_list>
#include <string>
#include <utility>

namespace perf_timer::test {

/// A summary of ascending samples. Each nanosecond value has a bucket of its own.
inline DurationSummary summary_of(std::initializer_list<std::chrono::nanoseconds> samples) {
  DurationSummary summary;
  for (const auto sample : samples) {
    ++summary.count;
    summary.total += sample;
    if (summary.buckets.empty() || summary.buckets.back().first != sample)
      summary.buckets.push_back({sample, sample, 0});
    ++summary.buckets.back().count;
  }
  return summary;
}

/// A timer all of whose runs were busy from beginning to end.
inline TimerSnapshot timer_of(std::string name, TimerKind kind,
                              std::initializer_list<std::chrono::nanoseconds> samples) {
  TimerSnapshot timer;
  timer.name = std::move(name);
  timer.kind = kind;
  timer.elapsed = timer.busy = summary_of(samples);
  timer.runs = timer.elapsed.count;
  timer.complete_elapsed = timer.elapsed.total;
  if (kind != TimerKind::scope) {
    timer.queued = timer.elapsed;
    for (auto& bucket : timer.queued.buckets) bucket.first = bucket.last = {};
    timer.queued.total = {};
  }
  return timer;
}

}  // namespace perf_timer::test
