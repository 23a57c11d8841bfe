//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A stall watch looks, asks and writes plain reports without allocating.
#include "allocation_count.hpp"
#include "common/quiet_timer.hpp"
#include "live/manual_watch.hpp"
#include "live/stuck_thread.hpp"

#include <perf_timer/detail/live/plain_report.hpp>
#include <perf_timer/detail/live/step_watch.hpp>
#include <perf_timer/detail/platform/thread_questions.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <functional>

namespace perf_timer::test {
namespace {

using detail::LongStep;
using detail::Ticks;

BOOST_AUTO_TEST_SUITE(stall_looks)

BOOST_AUTO_TEST_CASE(allocate_nothing) {
  QuietTimer<std::chrono::steady_clock> ledger("ledger");
  StuckThread thread([&](auto& context) { return ledger.wrap(context); });
  detail::SamplingTurn sampling;
  BOOST_REQUIRE(sampling.is_mine());
  // Its constructor is what makes the signal known.
  detail::StallDetector asks({}, patience);
  detail::StepWatch steps({.signal = detail::default_question_signal()}, patience, sampling);
  Ticks time = manual_time();
  const detail::StepWatch::Now now = [&] { return time; };
  std::size_t written = 0;
  const std::function<bool(const LongStep&)> write = [&](const LongStep& step) {
    written += detail::PlainReport(step, time).text().size();
    return true;
  };
  const auto before = allocation_count();
  for (int look = 0; look < 100; ++look, time += 25 * ms) {
    steps.look(now);
    steps.show_untold(time, {}, write);
  }
  const auto while_stuck = allocation_count();
  thread.go_on();
  const auto after_end = allocation_count();
  for (int look = 0; look < 100; ++look, time += 25 * ms) steps.look(now);
  steps.finish(now);
  BOOST_TEST(while_stuck - before == 0u);
  BOOST_TEST(allocation_count() - after_end == 0u);
  BOOST_TEST(written > 100u);
  LongStep note;
  BOOST_TEST(steps.next(note));
  BOOST_TEST((note.answer.how == detail::StepExplained::How::explained));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
