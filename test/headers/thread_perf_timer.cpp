//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/thread_perf_timer.hpp>

#include <boost/test/unit_test.hpp>

#include <string_view>
#include <thread>

namespace {

BOOST_AUTO_TEST_CASE(thread_perf_timer) {
  perf_timer::ThreadPerfTimer timer{"decode", {.log = [](std::string_view) {}}};
  std::thread([&] { auto run = timer.measure(); }).join();
  {
    auto run = timer.measure();
  }
  timer.decorate([] {})();
  BOOST_TEST(timer.snapshot().runs == 3u);

  perf_timer::BasicThreadPerfTimer<std::chrono::system_clock> other{
      "other", {.log = [](std::string_view) {}}};
  other.observe(std::chrono::seconds{1});
  BOOST_TEST(other.snapshot().runs == 1u);
}

}  // namespace
