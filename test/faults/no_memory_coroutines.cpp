//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// no_memory.cpp with coroutines.
#include <perf_timer/detail/platform/sanitizers.hpp>

#include "common/asio_has.hpp"
#include "common/world.hpp"
#include "faults/no_memory.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <exception>

namespace perf_timer::test {
namespace {

// Not with ASan. There spans are allocated from the heap, so more runs can be lost for want of
// memory. One of the failures also leaves an entry on Asio's call stack; the cause isn't known.
constexpr bool possible = !detail::has_address_sanitizer && ASIO_INITIATIONS_MAY_THROW;

BOOST_AUTO_TEST_SUITE(no_memory_coroutines, *boost::unit_test::enable_if<possible>())

/// Everything that a coroutine does with timers.
struct Program {
  Timer whole{"whole"}, scope{"scope"}, decorated{"decorated"}, branch{"branch"};

  asio::awaitable<void> sleeper(Timer& timer) {
    const auto run = timer.measure();
    Clock::advance(2);
    co_await nap(0);
    Clock::advance(3);
  }
  asio::awaitable<void> all() {
    using namespace asio::experimental::awaitable_operators;
    const auto run = scope.measure();
    Clock::advance(1);
    co_await sleeper(branch);
    co_await decorated.decorate(sleeper(branch));
    co_await (sleeper(branch) && decorated.decorate(sleeper(branch)));
    co_await asio::post(asio::use_awaitable);
  }

  void check(bool ended) {
    for (const auto* timer : {&decorated, &branch}) check_ended(*timer, 4, 5);
    check_ended(whole, 1, 21);
    if (ended) check_busy(whole, 21);
    // The last branch of && may destroy its suspended parent, in a step on the parent's behalf. A
    // scope can't tell that from its normal end; see "What is promised" in doc/design.md.
    if (ended) check_busy(scope, 21);
  }
};

template <class MakeExecutor>
void run_on(MakeExecutor make) {
  fail_each_allocation([&](NoMemory& heap) {
    Program program;
    bool ended = false;
    {
      asio::io_context context;
      const asio::any_io_executor executor = make(context);
      heap.fails([&] {
        asio::co_spawn(executor, program.whole.decorate(program.all()),
                       [&](std::exception_ptr error) { ended = !error; });
      });
      heap.fails([&] { context.run(); });
      context.run();
    }
    program.check(ended);
  });
}

BOOST_AUTO_TEST_CASE(on_an_instrumented_context) {
  run_on([](asio::io_context& context) { return instrument<Clock>(context); });
}
BOOST_AUTO_TEST_CASE(on_a_task) {
  run_on([](asio::io_context& context) { return perf_timer::task<Clock>(context); });
}
BOOST_AUTO_TEST_CASE(on_an_instrumented_strand) {
  run_on([](asio::io_context& context) { return instrument<Clock>(asio::make_strand(context)); });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
