//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/clock/tsc_calibration.hpp>
#include <perf_timer/timer_clock.hpp>
#include <perf_timer/tsc_clock.hpp>
#include <perf_timer/unfenced_clock.hpp>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ostream>
#include <string_view>
#include <thread>
#include <tuple>

namespace perf_timer::test {
namespace {

using std::chrono::steady_clock;

using Counters = std::tuple<tsc_clock, unfenced_clock>;

struct TrustRow {
  bool invariant;
  const char* clocksource;
  bool trusted;

  friend std::ostream& operator<<(std::ostream& out, const TrustRow& row) {
    return out << (row.invariant ? "invariant" : "variable") << " counter, kernel keeps time by '"
               << row.clocksource << "'";
  }
};

constexpr TrustRow trust_rows[] = {
    {true, "tsc", true},      {false, "tsc", false},      {true, "hpet", false},
    {true, "acpi_pm", false}, {true, "kvm-clock", false}, {true, "tsc-early", false},
    {true, "", false},        {false, "hpet", false},
};

BOOST_AUTO_TEST_SUITE(tsc_clock_suite)

BOOST_DATA_TEST_CASE(the_counter_is_trusted_if_the_kernel_trusts_it,
                     boost::unit_test::data::make(trust_rows)) {
  BOOST_TEST(detail::tsc_trusted(sample.invariant, sample.clocksource) == sample.trusted);
}

// A counter of 3 GHz that read 1000 when the clock read 500.
detail::TscMoment after(std::int64_t nanoseconds) {
  return {1000 + static_cast<std::uint64_t>(nanoseconds) * 3, 500 + nanoseconds};
}

BOOST_AUTO_TEST_CASE(the_scale_is_that_of_two_moments_far_enough_apart) {
  detail::TscCalibration calibration;
  BOOST_TEST(!calibration.too_early(0));
  BOOST_TEST(!calibration.add(after(0)));
  BOOST_TEST(calibration.too_early(500 + detail::TscCalibration::least_nanoseconds - 1));
  BOOST_TEST(!calibration.add(after(detail::TscCalibration::least_nanoseconds - 1)));
  const auto result = calibration.add(after(2 * detail::TscCalibration::least_nanoseconds));
  BOOST_REQUIRE(result);
  BOOST_TEST(result->from.counter == 1000u);
  BOOST_TEST(result->from.nanoseconds == 500);
  BOOST_TEST(result->multiplier == (std::uint64_t{1} << detail::TscScale::shift) / 3);
}

BOOST_AUTO_TEST_CASE(a_counter_that_stands_still_or_goes_back_is_not_used) {
  for (const std::uint64_t counter : {1000u, 999u}) {
    detail::TscCalibration calibration;
    BOOST_TEST(!calibration.add({1000, 0}));
    const auto result = calibration.add({counter, detail::TscCalibration::least_nanoseconds});
    BOOST_REQUIRE(result);
    BOOST_TEST(result->multiplier == 0u);
  }
}

BOOST_AUTO_TEST_CASE(timers_of_steady_clock_read_the_same) {
  const bool used = tsc_clock::uses_counter();
  BOOST_TEST(used == (detail::tsc_scale.multiplier != 0));
  const auto first = tsc_clock::now().time_since_epoch().count();
  const auto middle = detail::now<steady_clock>();
  const auto last = tsc_clock::now().time_since_epoch().count();
  BOOST_TEST(first <= middle);
  BOOST_TEST(middle <= last);
}

BOOST_AUTO_TEST_CASE(never_goes_back_on_one_thread) {
  auto last = tsc_clock::now();
  int went_back = 0;
  for (int i = 0; i < 100'000; ++i) {
    const auto next = tsc_clock::now();
    if (next < last) ++went_back;
    last = next;
  }
  BOOST_TEST(went_back == 0);
}

BOOST_AUTO_TEST_CASE(never_goes_back_from_thread_to_thread) {
  constexpr int turns = 2'000;
  std::atomic<int> turn = 0;
  tsc_clock::time_point last = tsc_clock::now();  // only the thread whose turn it is uses this
  int went_back = 0;
  const auto play = [&](int mine) {
    for (int i = mine; i < turns; i += 2) {
      while (turn != i) std::this_thread::yield();
      const auto next = tsc_clock::now();
      if (next < last) ++went_back;
      last = next;
      turn = i + 1;
    }
  };
  std::thread other(play, 1);
  play(0);
  other.join();
  BOOST_TEST(went_back == 0);
}

// An interruption of the test widens the bounds but doesn't make them wrong.
BOOST_AUTO_TEST_CASE_TEMPLATE(counts_nanoseconds, Clock, Counters) {
  static_cast<void>(tsc_clock::uses_counter());
  const auto outer_start = steady_clock::now();
  const auto start = Clock::now();
  const auto inner_start = steady_clock::now();
  auto inner_end = inner_start;
  while (inner_end - inner_start < std::chrono::milliseconds(5)) inner_end = steady_clock::now();
  const auto counted = Clock::now() - start;
  const auto outer = steady_clock::now() - outer_start;
  BOOST_TEST(counted.count() >= (inner_end - inner_start).count() / 2);
  BOOST_TEST(counted.count() <= outer.count() * 2);
}

boost::test_tools::assertion_result counter_not_used(boost::unit_test::test_unit_id) {
  return !tsc_clock::uses_counter();
}

// The test `clock_without_tsc` runs all of this with PERF_TIMER_TSC=0.
BOOST_AUTO_TEST_CASE(switched_off_by_the_environment) {
  const char* const wish = std::getenv("PERF_TIMER_TSC");
  if (wish && std::string_view(wish) == "0") BOOST_TEST(!tsc_clock::uses_counter());
}

BOOST_AUTO_TEST_CASE(without_the_counter_it_is_steady_clock,
                     *boost::unit_test::precondition(counter_not_used)) {
  const auto before = steady_clock::now().time_since_epoch();
  const auto reading = tsc_clock::now().time_since_epoch();
  const auto after = steady_clock::now().time_since_epoch();
  BOOST_TEST((before <= reading && reading <= after));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
