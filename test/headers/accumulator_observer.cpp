//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/accumulator_observer.hpp>

#include <boost/accumulators/statistics/max.hpp>
#include <boost/test/unit_test.hpp>

#include <array>

namespace {

namespace ba = boost::accumulators;
using namespace std::chrono_literals;
using Longest = perf_timer::AccumulatorObserver<ba::stats<ba::tag::max>>;

void fill(const Longest::Set& set, perf_timer::DurationSummary& summary) {
  summary.stddev = std::chrono::nanoseconds{static_cast<int>(ba::max(set))};
}

BOOST_AUTO_TEST_CASE(accumulator_observer) {
  const auto state = Longest{fill}.make_state();
  state->add(std::array{10ns, 30ns, 20ns});
  BOOST_TEST(state->summary().count == 3u);
  BOOST_TEST((state->summary().stddev == 30ns));
  BOOST_TEST(!state->mergeable());
}

BOOST_AUTO_TEST_CASE(an_accumulator_observer_that_merges) {
  const Longest::Merge merge = [](Longest::Set& to, const Longest::Set& from) {
    to(ba::max(from));
  };
  const perf_timer::Observer observer = Longest{Longest::Fill{fill}, Longest::Set{}, merge};
  const auto state = observer.make_state(), other = observer.make_state();
  state->add(std::array{10ns});
  other->add(std::array{30ns});
  BOOST_REQUIRE(state->mergeable());
  state->merge(*other);
  BOOST_TEST(state->summary().count == 2u);
  BOOST_TEST((state->summary().stddev == 30ns));
}

}  // namespace
