//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/thread_cpu_clock.hpp>

#include "common/hangs_after.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <ctime>
#include <thread>

namespace perf_timer::test {
namespace {

std::chrono::nanoseconds reading() { return thread_cpu_clock::now().time_since_epoch(); }

std::chrono::nanoseconds from_the_system() {
  timespec time{};
  BOOST_REQUIRE(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

/// Computes until this thread has used that much CPU time. Returns the last reading.
std::chrono::nanoseconds work(std::chrono::nanoseconds amount) {
  const auto start = reading();
  auto now = start;
  while (now - start < amount) now = reading();
  return now;
}

BOOST_AUTO_TEST_SUITE(thread_cpu_clock_suite)

BOOST_AUTO_TEST_CASE(is_what_the_system_says_that_the_thread_has_used) {
  const auto before = from_the_system();
  const auto now = reading();
  const auto after = from_the_system();
  BOOST_TEST(before.count() <= now.count());
  BOOST_TEST(now.count() <= after.count());
}

BOOST_AUTO_TEST_CASE(work_advances_it_and_nothing_takes_it_back, *hangs_after(60)) {
  const auto start = reading();
  auto last = start;
  int went_back = 0;
  while (last - start < std::chrono::milliseconds(1)) {
    const auto next = reading();
    if (next < last) ++went_back;
    last = next;
  }
  BOOST_TEST(went_back == 0);
}

BOOST_AUTO_TEST_CASE(each_thread_has_its_own) {
  const auto mine = work(std::chrono::milliseconds(10));
  std::chrono::nanoseconds first_of_other{}, last_of_other{};
  std::thread([&] {
    first_of_other = reading();
    last_of_other = work(std::chrono::milliseconds(10));
  }).join();
  const auto mine_after = reading();
  BOOST_TEST(first_of_other.count() < mine.count());  // starts at zero
  BOOST_TEST((mine_after - mine).count() <
             (last_of_other - first_of_other).count());  // nor counts here
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
