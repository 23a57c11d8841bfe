//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/live/last_stalls.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <string>

namespace perf_timer::test {
namespace {

using detail::keep_stall;
using detail::last_stalls;
using detail::most_last_stalls;

Stall of_thread(const std::string& name) { return {.thread = 1, .thread_name = name}; }

BOOST_AUTO_TEST_SUITE(last_stalls_suite)

BOOST_AUTO_TEST_CASE(the_latest_comes_first_and_the_oldest_makes_room) {
  for (std::size_t i = 0; i < most_last_stalls + 7; ++i)
    keep_stall(of_thread("nr " + std::to_string(i)));
  const auto stalls = last_stalls();
  BOOST_REQUIRE(stalls.size() == most_last_stalls);
  for (std::size_t i = 0; i < stalls.size(); ++i) {
    const std::string name = "\"nr " + std::to_string(most_last_stalls + 6 - i) + '"';
    BOOST_TEST(stalls[i].text.find(name) != std::string::npos, stalls[i].text);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
