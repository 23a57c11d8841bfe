//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/timer_clock.hpp>

#include <boost/test/unit_test.hpp>

namespace {

struct Clock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<Clock>;
  static constexpr bool is_steady = true;
  static constexpr bool is_shared = true;
  static time_point now() noexcept { return time_point(duration(1)); }
};
struct SilentClock : Clock {
  static constexpr bool is_shared = false;
};
struct NoClock {};

template <perf_timer::TimerClock AnyClock>
auto reading() {
  return AnyClock::now().time_since_epoch().count();
}

BOOST_AUTO_TEST_CASE(timer_clock) {
  BOOST_TEST(reading<Clock>() == 1);
  BOOST_TEST(reading<std::chrono::steady_clock>() != 0);
  static_assert(Clock::is_steady && perf_timer::TimerClock<Clock>);
  static_assert(!perf_timer::TimerClock<NoClock>);
  static_assert(perf_timer::is_shared_clock<Clock>);
  static_assert(!perf_timer::is_shared_clock<SilentClock>);
  static_assert(perf_timer::is_shared_clock<std::chrono::system_clock>);
}

}  // namespace
