//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/live/tell_limit.hpp>

#include <boost/test/unit_test.hpp>

namespace perf_timer::test {
namespace {

using detail::TellLimit;

constexpr detail::Ticks second = 1'000'000'000;

BOOST_AUTO_TEST_SUITE(tell_limit)

BOOST_AUTO_TEST_CASE(allows_so_many_in_a_minute_and_counts_the_others) {
  TellLimit limit(2);
  BOOST_TEST(limit.allows(0));
  BOOST_TEST(limit.allows(1 * second));
  BOOST_TEST(!limit.allows(2 * second));
  BOOST_TEST(!limit.allows(60 * second - 1));
  BOOST_TEST(!limit.minute_is_over(60 * second - 1));
  BOOST_TEST(limit.held_back() == 2u);
  BOOST_TEST(limit.held_back() == 0u);
  BOOST_TEST(limit.minute_is_over(60 * second));
  BOOST_TEST(limit.allows(60 * second));
}

BOOST_AUTO_TEST_CASE(allows_nothing_while_all_is_held_back) {
  TellLimit limit(2);
  limit.hold_all_back(true);
  BOOST_TEST(!limit.allows(0));
  limit.hold_all_back(false);
  BOOST_TEST(limit.allows(0));
  BOOST_TEST(limit.held_back() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
