//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/histogram_observer.hpp>
#include <perf_timer/perf_timer.hpp>

#include "common/manual_clock.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace perf_timer::test {

using Clock = ManualClock;
using OneThreadTimer = BasicPerfTimer<Clock>;
using AnyThreadTimer = BasicThreadPerfTimer<Clock>;
using TaskTimer = BasicAsioPerfTimer<Clock>;

/// The timers of ordinary code, and all timers.
using PlainTimers = std::tuple<OneThreadTimer, AnyThreadTimer>;
using AllTimers = std::tuple<OneThreadTimer, AnyThreadTimer, TaskTimer>;

inline void compute(Clock::rep ticks) { Clock::advance(ticks); }

/// Collects a timer's lines.
struct Log {
  [[nodiscard]] TimerOptions options(Observer observer = HistogramObserver{}) {
    return {.observer = std::move(observer),
            .log = [this](std::string_view line) { lines.emplace_back(line); }};
  }
  std::vector<std::string> lines;
};

/// Options of a timer that doesn't report.
[[nodiscard]] inline TimerOptions quiet(Observer observer = HistogramObserver{}) {
  return {.observer = std::move(observer), .log = [](std::string_view) {}};
}

struct Counts {
  std::uint64_t runs = 0, failed = 0, lost = 0;
};

inline void check_counts(const TimerBase& timer, const Counts& expected) {
  const auto snapshot = timer.snapshot();
  BOOST_TEST(snapshot.runs == expected.runs);
  BOOST_TEST(snapshot.failed == expected.failed);
  BOOST_TEST(snapshot.lost == expected.lost);
  BOOST_TEST(snapshot.dropped == 0u);
}

/// Checks that there are that many runs with that total time, and nothing else.
inline void check_busy(const TimerBase& timer, std::int64_t total, std::uint64_t runs = 1) {
  check_counts(timer, {.runs = runs});
  const auto snapshot = timer.snapshot();
  BOOST_TEST(snapshot.busy.count == runs);
  BOOST_TEST(snapshot.busy.total.count() == total);
  BOOST_TEST(snapshot.elapsed.count == runs);
  BOOST_TEST(snapshot.elapsed.total.count() == total);
}

}  // namespace perf_timer::test
