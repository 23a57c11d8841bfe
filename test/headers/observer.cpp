//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/observer.hpp>

#include <boost/test/unit_test.hpp>

#include <array>

namespace {

using namespace std::chrono_literals;

struct CountingState : perf_timer::ObserverState {
  std::uint64_t count = 0;
  void add(std::span<const std::chrono::nanoseconds> samples) override { count += samples.size(); }
  perf_timer::DurationSummary summary() const override { return {.count = count}; }
};

struct CountingObserver {
  std::unique_ptr<perf_timer::ObserverState> make_state() const {
    return std::make_unique<CountingState>();
  }
};
static_assert(perf_timer::ObserverDefinition<CountingObserver>);
static_assert(!perf_timer::ObserverDefinition<int>);

BOOST_AUTO_TEST_CASE(an_observer_of_ones_own) {
  const perf_timer::Observer observer = CountingObserver{};
  const auto state = observer.make_state();
  state->add(std::array{1ns, 2ns});
  BOOST_TEST(state->summary().count == 2u);
  BOOST_TEST(!state->mergeable());
  BOOST_TEST(!state->subtractable());
  state->merge(*state);
  state->subtract(*state);
  BOOST_TEST(state->summary().count == 2u);
}

BOOST_AUTO_TEST_CASE(the_default_observer) {
  const perf_timer::Observer observer;
  const auto state = observer.make_state();
  state->add(std::array{10ns});
  BOOST_TEST(state->summary().count == 1u);
  BOOST_TEST(state->mergeable());
  BOOST_TEST(observer.kind() == perf_timer::Observer{}.kind());
  BOOST_TEST(observer.kind() != perf_timer::Observer{CountingObserver{}}.kind());
}

}  // namespace
