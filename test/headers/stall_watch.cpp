//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/stall_watch.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <sstream>
#include <type_traits>
#include <utility>

namespace {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(stall_watch) {
  perf_timer::StallWatch watch =
      perf_timer::watch_stalls({.longer_than = 1h, .sink = [](const perf_timer::Stall&) {}});
  const perf_timer::StallWatch moved = std::move(watch);
  static_assert(!std::is_copy_constructible_v<perf_timer::StallWatch>);
  std::ostringstream text;
  text << perf_timer::Stall{.lasted = 1s};
  BOOST_TEST(text.str().find("1.00 sec") != std::string::npos);
}

}  // namespace
