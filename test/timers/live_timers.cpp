//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/snapshot_all.hpp>
#include <perf_timer/write_report.hpp>

#include <perf_timer/average_observer.hpp>

#include "timers.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <sstream>

namespace perf_timer::test {
namespace {

using std::chrono::nanoseconds;

BOOST_AUTO_TEST_SUITE(live_timers)

BOOST_AUTO_TEST_CASE_TEMPLATE(only_live_timers_are_listed, Timer, AllTimers) {
  Timer first("first", quiet());
  std::optional<Timer> second(std::in_place, "second", quiet());
  const Timer third("third", quiet());
  first.observe(nanoseconds(5));
  second->observe(nanoseconds(5));

  const auto names = [] {
    std::vector<std::string> all;
    for (const auto& snapshot : snapshot_all()) all.push_back(snapshot.name);
    return all;
  };
  BOOST_TEST((names() == std::vector<std::string>{"first", "second", "third"}));
  second.reset();
  BOOST_TEST((names() == std::vector<std::string>{"first", "third"}));
  BOOST_CHECK(snapshot_all().front() == first.snapshot());

  std::ostringstream table;
  write_report(table);
  BOOST_TEST(table.str().find("first") != std::string::npos);
  BOOST_TEST(table.str().find("second") == std::string::npos);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(ten_thousand_timers, Timer, AllTimers) {
  constexpr std::size_t many = 10'000;
  Log log;
  {
    std::vector<std::unique_ptr<Timer>> timers;
    for (std::size_t i = 0; i < many; ++i)
      timers.push_back(std::make_unique<Timer>(std::to_string(i), log.options(AverageObserver{})));
    for (const auto& timer : timers) {
      const auto run = timer->measure();
      compute(5);
    }
    const auto all = snapshot_all();
    BOOST_TEST(all.size() == many);
    BOOST_TEST(std::all_of(all.begin(), all.end(), [](const TimerSnapshot& snapshot) {
      return snapshot.runs == 1 && snapshot.busy.total.count() == 5;
    }));
    for (auto& timer : timers) timer.reset();  // libc++'s vector would begin with the last one
  }
  BOOST_TEST(log.lines.size() == many);
  BOOST_TEST(std::ranges::count(log.lines, "timer \"0\": 5.00 nsec") == 1);
  BOOST_TEST(snapshot_all().empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
