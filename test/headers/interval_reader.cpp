//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/interval_reader.hpp>

#include <boost/test/unit_test.hpp>

#include <utility>

namespace {

BOOST_AUTO_TEST_CASE(interval_reader) {
  perf_timer::IntervalReader first;
  perf_timer::IntervalReader reader = std::move(first);
  const perf_timer::Interval one = reader.next();
  BOOST_TEST((one.begin <= one.end));
  BOOST_TEST(one.length.count() >= 0);
  BOOST_TEST(one.timers.empty());

  first = std::move(reader);
  BOOST_TEST((first.next().begin == one.end));
}

}  // namespace
