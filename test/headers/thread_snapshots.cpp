//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/thread_snapshots.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>

namespace {

BOOST_AUTO_TEST_CASE(thread_snapshots) {
  for (const perf_timer::ThreadSnapshot& thread : perf_timer::thread_snapshots())
    BOOST_TEST(thread.idle <= thread.samples);
  perf_timer::ThreadSnapshot thread;
  BOOST_TEST(!thread.in_steps().has_value());
  BOOST_TEST(thread.steps_per_second() == 0);
  thread = {.age = std::chrono::seconds(2), .steps = 3, .samples = 4, .idle = 1};
  BOOST_TEST(thread.in_steps().value() == 0.75);
  BOOST_TEST(thread.steps_per_second() == 1.5);
}

}  // namespace
