//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// In a tracked program, each handler is a step that a watch sees, whatever its executor.
#include <perf_timer.hpp>
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/running_steps.hpp>

#include <boost/asio.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <stdexcept>

BOOST_AUTO_TEST_SUITE(handlers_are_steps)

namespace asio = boost::asio;
using perf_timer::detail::Beacon;

namespace {

Beacon::Sight seen() {
  return perf_timer::detail::thread_state<std::chrono::steady_clock>().seen();
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_handler_of_a_plain_context) {
  asio::io_context context;
  Beacon::Sight inside = 0;
  asio::post(context, [&] { inside = seen(); });
  const auto before = Beacon::steps(seen());
  context.run();
  BOOST_TEST(Beacon::in_step(inside));
  BOOST_TEST(!Beacon::in_step(seen()));
  BOOST_TEST(Beacon::steps(seen()) == before + 1);
}

BOOST_AUTO_TEST_CASE(it_goes_on_around_what_an_instrumented_executor_executes_inside) {
  asio::io_context context;
  Beacon::Sight before = 0, inside = 0, after = 0;
  asio::post(context, [&] {
    before = seen();
    asio::dispatch(perf_timer::instrument(context), [&] { inside = seen(); });
    after = seen();
  });
  context.run();
  BOOST_TEST(Beacon::in_step(before));
  BOOST_TEST(inside == before);
  BOOST_TEST(after == before);
  BOOST_TEST(!Beacon::in_step(seen()));
}

BOOST_AUTO_TEST_CASE(it_goes_on_around_a_handler_that_it_polls) {
  asio::io_context context, other;
  Beacon::Sight before = 0, inside = 0, after = 0;
  asio::post(other, [&] { inside = seen(); });
  asio::post(context, [&] {
    before = seen();
    other.poll();
    after = seen();
  });
  context.run();
  BOOST_TEST(inside == before);
  BOOST_TEST(after == before);
}

BOOST_AUTO_TEST_CASE(an_exception_ends_it) {
  asio::io_context context;
  asio::post(context, [] { throw std::runtime_error("left"); });
  BOOST_CHECK_THROW(context.run(), std::runtime_error);
  BOOST_TEST(!Beacon::in_step(seen()));
}

BOOST_AUTO_TEST_CASE(it_is_among_the_running_steps) {
  asio::io_context context;
  std::size_t running = 0;
  asio::post(context, [&] { running = perf_timer::running_steps({.ask = false}).size(); });
  context.run();
  BOOST_TEST(running == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
