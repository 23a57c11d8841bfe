//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/write_table.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <sstream>

namespace {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(write_table) {
  std::array timers{perf_timer::TimerSnapshot{.name = "GET /b", .runs = 1},
                    perf_timer::TimerSnapshot{.name = "GET /a", .runs = 1}};
  for (auto& timer : timers) timer.busy = {.count = 1, .total = 1ms, .mean = 1ms, .max = 1ms};

  std::ostringstream out;
  perf_timer::write_table(out, timers, {.sort = perf_timer::SortBy::name});
  const std::string table = out.str();
  BOOST_TEST(table.find("GET /a") < table.find("GET /b"));
  BOOST_TEST(table.find("GET /b") != table.npos);

  perf_timer::write_table(out, {});
  BOOST_TEST(out.str().size() > table.size());
}

}  // namespace
