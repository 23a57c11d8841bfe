//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/perf_timer.hpp>

#include <boost/test/unit_test.hpp>

#include <string_view>

// In timer_base.cpp.
perf_timer::TimerSnapshot switched_off_and_reset(perf_timer::TimerBase& timer);

namespace {

using namespace std::chrono_literals;

int twice(int number) noexcept { return 2 * number; }

template <class Timer>
void check_timer() {
  Timer timer{"decode", {.log = [](std::string_view) {}}};
  const auto before = Timer::clock::now();
  typename Timer::Run stopped = timer.measure();
  stopped.stop();
  {
    auto scope = timer.measure();
  }
  auto cancelled = timer.measure();
  cancelled.cancel();
  auto timed = timer.decorate(twice);
  BOOST_TEST(timed(21) == 42);
  timer.observe(1ms);
  BOOST_TEST((Timer::clock::now() >= before));

  const auto snapshot = timer.snapshot();
  BOOST_TEST((snapshot.kind == perf_timer::TimerKind::scope));
  BOOST_TEST(snapshot.runs == 4u);
  BOOST_TEST((snapshot.elapsed.total >= 1ms));
}

BOOST_AUTO_TEST_CASE(perf_timer_alone) {
  check_timer<perf_timer::PerfTimer>();
  check_timer<perf_timer::ThreadPerfTimer>();
  check_timer<perf_timer::BasicPerfTimer<std::chrono::system_clock>>();
  check_timer<perf_timer::BasicThreadPerfTimer<std::chrono::system_clock>>();
  static_assert(std::is_same_v<perf_timer::PerfTimer,
                               perf_timer::BasicSynchronousTimer<std::chrono::steady_clock,
                                                                 perf_timer::TimerThreads::one>>);
}

BOOST_AUTO_TEST_CASE(a_timer_as_any_timer) {
  perf_timer::PerfTimer timer{"decode", {.log = [](std::string_view) {}}};
  timer.observe(1ms);
  const perf_timer::TimerSnapshot before = switched_off_and_reset(timer);
  BOOST_TEST(before.name == "decode");
  BOOST_TEST(before.runs == 1u);
}

}  // namespace
