//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/histogram_observer.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <stdexcept>

namespace {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(histogram_observer) {
  const perf_timer::HistogramObserver median({0.5});
  const auto state = median.make_state();
  state->add(std::array{10ns, 20ns, 30ns});
  const auto summary = state->summary();
  BOOST_REQUIRE(summary.quantiles.size() == 1u);
  BOOST_TEST((summary.quantiles[0].value == 20ns));
  BOOST_TEST(summary.buckets.size() == 3u);

  BOOST_TEST(perf_timer::HistogramObserver{}.make_state()->subtractable());
  BOOST_CHECK_THROW(perf_timer::HistogramObserver({2}), std::invalid_argument);
}

}  // namespace
