//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/thread_cpu_clock.hpp>
#include <perf_timer/timer_clock.hpp>
#include <perf_timer/tsc_clock.hpp>
#include <perf_timer/unfenced_clock.hpp>

#include "common/manual_clock.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <concepts>

namespace perf_timer::test {
namespace {

using detail::wall_clock_of;
using std::chrono::steady_clock;

/// A clock in milliseconds whose readings a test sets. It names another clock for waiting.
struct CoarseClock {
  using duration = std::chrono::milliseconds;
  using time_point = std::chrono::time_point<CoarseClock, duration>;
  using wall_clock = ManualClock;
  static time_point now() { return time_point(duration(reading)); }
  static inline duration::rep reading = 0;
};

struct UnsharedClock : ManualClock {
  static constexpr bool is_shared = false;
};

struct NoClock {
  using duration = std::chrono::nanoseconds;
  using time_point = std::chrono::time_point<NoClock>;
};

struct ClockOfAnotherTime : NoClock {
  static int now() { return 0; }
};

BOOST_AUTO_TEST_SUITE(clock_traits)

BOOST_AUTO_TEST_CASE(what_a_timer_can_be_a_template_of) {
  BOOST_TEST(TimerClock<steady_clock>);
  BOOST_TEST(TimerClock<std::chrono::system_clock>);
  BOOST_TEST(TimerClock<tsc_clock>);
  BOOST_TEST(TimerClock<thread_cpu_clock>);
  BOOST_TEST(TimerClock<unfenced_clock>);
  BOOST_TEST(TimerClock<CoarseClock>);
  BOOST_TEST(!TimerClock<NoClock>);
  BOOST_TEST(!TimerClock<ClockOfAnotherTime>);
  BOOST_TEST(!TimerClock<int>);
}

BOOST_AUTO_TEST_CASE(which_clocks_all_threads_share) {
  BOOST_TEST(is_shared_clock<steady_clock>);
  BOOST_TEST(is_shared_clock<std::chrono::system_clock>);
  BOOST_TEST(is_shared_clock<std::chrono::high_resolution_clock>);
  BOOST_TEST(is_shared_clock<tsc_clock>);
  BOOST_TEST(!is_shared_clock<thread_cpu_clock>);
  BOOST_TEST(!is_shared_clock<unfenced_clock>);
  BOOST_TEST(is_shared_clock<ManualClock>);         // declares it
  BOOST_TEST(!is_shared_clock<UnsharedClock>);      // denies it
  BOOST_TEST(!is_shared_clock<ThreadManualClock>);  // doesn't tell
}

BOOST_AUTO_TEST_CASE(the_clock_for_waiting_is_its_own_unless_it_names_another) {
  BOOST_TEST((std::same_as<wall_clock_of<steady_clock>, steady_clock>));
  BOOST_TEST((std::same_as<wall_clock_of<tsc_clock>, tsc_clock>));
  BOOST_TEST((std::same_as<wall_clock_of<thread_cpu_clock>, steady_clock>));
  BOOST_TEST((std::same_as<wall_clock_of<CoarseClock>, ManualClock>));
}

BOOST_AUTO_TEST_CASE(a_reading_is_in_nanoseconds) {
  CoarseClock::reading = 7;
  BOOST_TEST(detail::now<CoarseClock>() == 7'000'000);
  ManualClock::ticks = 7;
  BOOST_TEST(detail::now<ManualClock>() == 7);
}

BOOST_AUTO_TEST_CASE(the_wall_reading_that_goes_with_a_reading) {
  ManualClock::ticks = 20;
  BOOST_TEST(detail::wall_now<ManualClock>(13) == 13);  // the same clock: not read again
  BOOST_TEST(detail::wall_now<CoarseClock>(13) == 20);  // the one that it names
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
