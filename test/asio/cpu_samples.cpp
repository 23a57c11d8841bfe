//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The processor time of functions of wrapped executors. cpu_of_runs.cpp has that of other runs.
#include <perf_timer/asio_perf_timer.hpp>

#include "common/sampled_clock.hpp"
#include "common/sampled_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/dispatch.hpp>

#include <stdexcept>

namespace perf_timer::test {
namespace {

using Clock = SampledClock;
constexpr auto cost = Clock::processor_clock::cost;  // of a reading, which a sample holds one of

using SampledTimer = BasicSampledTimer<Clock>;

BOOST_AUTO_TEST_SUITE(cpu_samples)

BOOST_AUTO_TEST_CASE(are_of_one_function_in_so_many) {
  asio::io_context context;
  SampledTimer one(1), third(3), none(0);
  for (int i = 0; i < 4; ++i) {
    for (auto* timer : {&one, &third, &none}) {
      asio::post(timer->wrap(asio::make_strand(context)), [] {
        Clock::compute(10);
        Clock::block(90);
      });
    }
  }
  context.run();
  check_cpu(one, 4, 4 * (10 + cost), 400);
  check_cpu(third, 2, 2 * (10 + cost), 200);
  check_cpu(none, 0, 0, 0);
  BOOST_TEST(one.snapshot().busy.total.count() == 400);  // without the readings
}

BOOST_AUTO_TEST_CASE(each_timer_of_a_twice_wrapped_executor_that_asks_has_them) {
  asio::io_context context;
  SampledTimer one(1), none(0);
  asio::post(none.wrap(one.wrap(context)), [] { Clock::block(50); });
  context.run();
  check_cpu(one, 1, cost, 50);
  check_cpu(none, 0, 0, 0);
}

BOOST_AUTO_TEST_CASE(a_function_inside_which_another_one_runs_has_none) {
  asio::io_context context;
  SampledTimer outer(1), inner(1);
  const auto wrapped = inner.wrap(context);
  asio::post(outer.wrap(context), [&] {
    Clock::compute(1);
    asio::dispatch(wrapped, [] { Clock::block(20); });
  });
  context.run();
  check_cpu(outer, 0, 0, 0);
  check_cpu(inner, 1, cost, 20);
}

BOOST_AUTO_TEST_CASE(nor_has_one_that_throws) {
  asio::io_context context;
  SampledTimer timer(1);
  asio::post(timer.wrap(context), [] { throw std::runtime_error("test"); });
  BOOST_CHECK_THROW(context.run(), std::runtime_error);
  check_cpu(timer, 0, 0, 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
