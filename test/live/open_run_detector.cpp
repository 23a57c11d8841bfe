//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/live/open_run_detector.hpp>

#include "common/manual_clock.hpp"
#include "common/quiet_timer.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;
using detail::OpenRunDetector;
using detail::TellLimit;
using detail::Ticks;
using std::chrono::nanoseconds;
using Timer = QuietTimer<ManualClock>;

/// A watch of runs that are open for longer than 30 s. Its time is that of the runs.
class Watch {
 public:
  explicit Watch(unsigned most_per_minute = 10) : limit_(most_per_minute) {}

  /// Returns what is told after this much time.
  std::vector<Stall> look_after(nanoseconds time, bool last = false) {
    ManualClock::advance(time.count());
    now_ += time.count();
    std::vector<Stall> told;
    detector_.look([&] { return now_; }, limit_, told, last);
    return told;
  }

 private:
  OpenRunDetector detector_{30s};
  TellLimit limit_;
  Ticks now_ = 1'000'000'000'000;
};

BOOST_AUTO_TEST_SUITE(open_run_detector)

BOOST_AUTO_TEST_CASE(a_run_is_told_once_it_is_open_for_as_long) {
  Timer timer("GET /stuck");
  Watch watch;
  auto run = timer.start();
  BOOST_TEST(watch.look_after(0s).empty());
  BOOST_TEST(watch.look_after(30s - 1ns).empty());
  const auto told = watch.look_after(7500ms);
  BOOST_REQUIRE(told.size() == 1u);
  BOOST_TEST(!told[0].over);
  BOOST_REQUIRE(told[0].open_run.has_value());
  BOOST_TEST(told[0].open_run->name == "GET /stuck");
  BOOST_TEST((told[0].open_run->age == 37500ms - 1ns));
  BOOST_TEST((told[0].lasted == 37500ms - 1ns));
  BOOST_TEST((told[0].open_run->state == OpenRunState::idle));
  BOOST_TEST((told[0].open_run->busy == nanoseconds(0)));
  BOOST_TEST(watch.look_after(60s).empty());
}

BOOST_AUTO_TEST_CASE(and_again_when_it_has_ended) {
  Timer timer("ends");
  Watch watch;
  auto run = timer.start();
  BOOST_TEST(watch.look_after(40s).size() == 1u);
  BOOST_TEST(watch.look_after(10s).empty());
  run.stop();
  const auto told = watch.look_after(10s);
  BOOST_REQUIRE(told.size() == 1u);
  BOOST_TEST(told[0].over);
  BOOST_TEST(told[0].open_run->name == "ends");
  BOOST_TEST((told[0].lasted == 50s));
  BOOST_TEST((told[0].lasted_at_most == nanoseconds(60s)));
  BOOST_TEST(watch.look_after(60s).empty());
}

BOOST_AUTO_TEST_CASE(it_looks_four_times_in_that_time) {
  Timer timer;
  Watch watch;
  BOOST_TEST(watch.look_after(0s).empty());
  auto run = timer.start();
  BOOST_TEST(watch.look_after(7500ms).empty());
  BOOST_TEST(watch.look_after(7500ms).empty());
  BOOST_TEST(watch.look_after(7500ms).empty());
  BOOST_TEST(watch.look_after(7400ms).empty());
  BOOST_TEST(watch.look_after(100ms).size() == 1u);
  run.stop();
  BOOST_TEST(watch.look_after(7499ms).empty());
  BOOST_TEST(watch.look_after(1ms).size() == 1u);
}

BOOST_AUTO_TEST_CASE(but_not_before_it_is_destroyed) {
  Timer timer;
  Watch watch;
  auto run = timer.start();
  BOOST_TEST(watch.look_after(30s).size() == 1u);
  run.stop();
  auto another = timer.start();
  ManualClock::advance(60'000'000'000);
  const auto told = watch.look_after(1ms, true);
  BOOST_REQUIRE(told.size() == 1u);  // and nothing new
  BOOST_TEST(told[0].over);
}

BOOST_AUTO_TEST_CASE(the_oldest_are_told_first_and_the_others_counted) {
  Timer a("a"), b("b"), c("c");
  Watch watch(2);
  auto first = a.start();
  ManualClock::advance(1'000'000'000);
  auto second = b.start();
  ManualClock::advance(1'000'000'000);
  auto third = c.start();
  const auto told = watch.look_after(40s);
  BOOST_REQUIRE(told.size() == 2u);
  BOOST_TEST(told[0].open_run->name == "a");
  BOOST_TEST(told[1].open_run->name == "b");
  BOOST_TEST(watch.look_after(60s).empty());
  third.stop();  // who wasn't told needs not be told that it has ended
  BOOST_TEST(watch.look_after(60s).empty());
  auto fourth = c.start();
  const auto later = watch.look_after(60s);
  BOOST_REQUIRE(later.size() == 1u);
  BOOST_TEST(later[0].held_back_runs == 1u);
  BOOST_TEST(later[0].held_back == 0u);
}

BOOST_AUTO_TEST_CASE(a_run_that_begins_anew_is_another_one) {
  Timer timer;
  Watch watch;
  for (int i = 0; i < 2; ++i) {
    auto run = timer.start();
    BOOST_TEST(watch.look_after(30s).size() == 1u);
    run.stop();
    BOOST_TEST(watch.look_after(30s).size() == 1u);
  }
}

BOOST_AUTO_TEST_CASE(of_a_timer_that_is_gone_nothing_is_told) {
  std::optional<Timer> timer(std::in_place);
  Watch watch;
  auto run = timer->start();
  BOOST_TEST(watch.look_after(30s).size() == 1u);
  timer.reset();
  BOOST_TEST(watch.look_after(30s).empty());
  run.stop();
}

BOOST_AUTO_TEST_CASE(nobody_looks_unless_wanted) {
  Timer timer;
  auto run = timer.start();
  ManualClock::advance(3'600'000'000'000'000);
  OpenRunDetector detector(0s);
  TellLimit limit(10);
  std::vector<Stall> told;
  detector.look([] { return Ticks{3'600'000'000'000'000}; }, limit, told);
  BOOST_TEST(told.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
