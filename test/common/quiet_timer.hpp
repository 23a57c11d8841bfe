//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>

namespace perf_timer::test {

/// A timer of the clock under test that doesn't report.
template <class Clock>
class QuietTimer : public BasicAsioPerfTimer<Clock> {
 public:
  explicit QuietTimer(const char* name = "test", std::uint32_t cpu_every = 0)
      : BasicAsioPerfTimer<Clock>(name, {.log = silent, .cpu_every = cpu_every}) {}
};

/// Checks that the timer has `runs` samples of `busy` ticks in total, and nothing else.
inline void check_busy(const TimerBase& timer, std::int64_t busy, std::uint64_t runs = 1) {
  const auto snapshot = timer.snapshot();
  BOOST_TEST_CONTEXT(timer.name()) {
    BOOST_TEST(snapshot.runs == runs);
    BOOST_TEST(snapshot.busy.total.count() == busy);
    BOOST_TEST(snapshot.busy.count == runs);
    BOOST_TEST(snapshot.failed == 0u);
    BOOST_TEST(snapshot.lost == 0u);
    for (const auto& lost : snapshot.lost_reasons) BOOST_TEST_MESSAGE(lost.reason);
    BOOST_TEST(snapshot.dropped == 0u);
  }
}

/// Checks that the timer has `partial` runs, of which only the elapsed time is known, and nothing
/// else.
inline void check_partial(const TimerBase& timer, std::uint64_t partial) {
  const auto snapshot = timer.snapshot();
  BOOST_TEST_CONTEXT(timer.name()) {
    BOOST_TEST(snapshot.runs == partial);
    BOOST_TEST(snapshot.partial == partial);
    BOOST_TEST(snapshot.busy.count == 0u);
    BOOST_TEST(snapshot.failed == 0u);
    BOOST_TEST(snapshot.lost == 0u);
    BOOST_TEST(snapshot.dropped == 0u);
  }
}

/// Checks how many runs of each outcome the timer has counted.
inline void check_outcomes(const TimerBase& timer, std::uint64_t runs, std::uint64_t failed,
                           std::uint64_t lost, std::uint64_t dropped = 0) {
  const auto snapshot = timer.snapshot();
  BOOST_TEST_CONTEXT(timer.name()) {
    BOOST_TEST(snapshot.runs == runs);
    BOOST_TEST(snapshot.failed == failed);
    BOOST_TEST(snapshot.lost == lost);
    BOOST_TEST(snapshot.dropped == dropped);
  }
}

}  // namespace perf_timer::test
