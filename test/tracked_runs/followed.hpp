//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/manual_clock.hpp"

#include <perf_timer.hpp>

#include <boost/asio.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>

namespace perf_timer::test::tracked_runs {

namespace asio = boost::asio;

inline const TimerOptions quiet{.log = silent};

inline void compute(int ticks) { ManualClock::advance(ticks); }

inline asio::awaitable<void> sleep(int ticks) {
  asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::nanoseconds(ticks));
  co_await timer.async_wait(asio::use_awaitable);
}

/// Executes what can be executed, one handler after another. If nothing can, but something waits,
/// the next tick comes. After so many ticks, it gives up.
inline void run(asio::io_context& context, int most = 10'000) {
  for (;;) {
    if (context.stopped()) context.restart();
    if (context.poll_one() != 0) continue;
    if (context.stopped() || most-- == 0) return;
    ManualClock::advance(1);
  }
}

/// What a timer should show of its only run.
struct Shown {
  int busy = 0, queued = 0, elapsed = 0;
};

inline void check(const TimerBase& timer, const Shown& truth) {
  const TimerSnapshot seen = timer.snapshot();
  BOOST_TEST_CONTEXT(timer.name()) {
    for (const auto* reasons : {&seen.partial_reasons, &seen.lost_reasons})
      for (const auto& one : *reasons) BOOST_ERROR(one.reason);
    BOOST_TEST(seen.runs == 1u);
    BOOST_TEST(seen.busy.count == 1u);
    BOOST_TEST(seen.busy.total.count() == truth.busy);
    BOOST_TEST(seen.queued.total.count() == truth.queued);
    BOOST_TEST(seen.elapsed.total.count() == truth.elapsed);
  }
}

}  // namespace perf_timer::test::tracked_runs
