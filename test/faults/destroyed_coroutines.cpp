//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Coroutines that are destroyed while suspended, by a step that runs on their own behalf: if a
// handler is destroyed without a call, Asio destroys the coroutine through its executor. Its runs
// are no samples.
#include "common/asio_has.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/async_result.hpp>

#include <functional>
#include <memory>
#include <stdexcept>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using Timer = QuietTimer<Clock>;

/// Suspends, and throws its handler away.
asio::awaitable<void> begin_what_throws() {
  co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
      [](auto handler) {
        const auto taken = std::move(handler);
        throw std::runtime_error("initiation");
      },
      asio::use_awaitable);
}

/// Stores the handler of the waiting coroutine until `drop`.
class Event {
 public:
  asio::awaitable<void> wait() {
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
        [this](auto handler) { waiter_ = std::make_shared<decltype(handler)>(std::move(handler)); },
        asio::use_awaitable);
  }
  void drop() { waiter_.reset(); }

 private:
  std::shared_ptr<void> waiter_;
};

/// A measured coroutine inside another measured one.
struct Nested {
  Timer outer{"outer"}, inner{"inner"}, decorated{"decorated"};

  asio::awaitable<void> program(asio::awaitable<void> (*wait)()) {
    const auto run = outer.measure();
    Clock::advance(1);
    co_await decorated.decorate(scope(wait()));
    Clock::advance(2);
  }
  asio::awaitable<void> scope(asio::awaitable<void> wait) {
    const auto run = inner.measure();
    Clock::advance(3);
    co_await std::move(wait);
  }
};

void run_to_the_end(asio::io_context& context) {
  for (;;) {
    try {
      context.restart();
      context.run();
      return;
    } catch (const std::runtime_error&) {
    }
  }
}

BOOST_AUTO_TEST_SUITE(destroyed_coroutines)

BOOST_AUTO_TEST_CASE(by_an_initiation_that_throws,
                     *boost::unit_test::enable_if<ASIO_INITIATIONS_MAY_THROW>()) {
  for (const Place place : single_threaded) {
    BOOST_TEST_CONTEXT(place) {
      Nested nested;
      World<Clock> world(place);
      world.spawn(nested.program(&begin_what_throws));
      run_to_the_end(world.context());
      for (const Timer* timer : {&nested.outer, &nested.inner, &nested.decorated}) {
        const auto snapshot = timer->snapshot();
        BOOST_TEST(snapshot.runs == 0u);
        // Newer versions of Asio may throw the exception in the coroutine.
        BOOST_TEST(snapshot.lost + snapshot.failed == 1u);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(what_follows_it_is_exact,
                     *boost::unit_test::enable_if<ASIO_INITIATIONS_MAY_THROW>()) {
  Timer timer;
  asio::io_context context;
  const auto executor = instrument<Clock>(context);
  Nested nested;
  asio::co_spawn(executor, nested.program(&begin_what_throws), asio::detached);
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    Clock::advance(2);
    co_await asio::post(asio::use_awaitable);
    Clock::advance(3);
  };
  asio::co_spawn(executor, program(), asio::detached);
  run_to_the_end(context);
  asio::co_spawn(executor, program(), asio::detached);
  run_to_the_end(context);
  check_busy(timer, 10, 2);
}

// A function is posted while an exception is on its way, and no coroutine is destroyed. What the
// function measures is counted.
BOOST_AUTO_TEST_CASE(not_by_what_is_posted_while_an_exception_is_on_its_way) {
  Timer outer("outer"), inner("inner");
  asio::io_context context;
  const auto executor = instrument<Clock>(context);
  struct Poster {
    std::function<void()> post;
    ~Poster() { post(); }
  };
  asio::post(executor, [&] {
    const auto run = outer.measure();
    const Poster poster{[&] {
      asio::post(executor, [&] {
        const auto nested = inner.measure();
        Clock::advance(4);
      });
    }};
    throw std::runtime_error("handler");
  });
  run_to_the_end(context);
  check_outcomes(outer, 0, 1, 0);
  check_busy(inner, 4);
}

BOOST_AUTO_TEST_CASE(by_a_step_on_behalf_of_the_decorated_run) {
  for (const Place place : {Place::context, Place::task}) {
    BOOST_TEST_CONTEXT(place) {
      World<Clock> world(place);
      Timer decorated("decorated");
      Event event;
      const auto executor = world.executor();
      const auto waits = [&]() -> asio::awaitable<void> {
        asio::post(executor, [&] { event.drop(); });
        co_await event.wait();
      };
      asio::co_spawn(executor, decorated.decorate(waits()), asio::detached);
      world.run();
      check_outcomes(decorated, 0, 0, 1);
    }
  }
}

BOOST_AUTO_TEST_CASE(by_somebody_else_through_the_executor_of_a_task) {
  asio::io_context context;
  Timer decorated("decorated");
  Event event;
  asio::co_spawn(perf_timer::task<Clock>(context), decorated.decorate(event.wait()),
                 asio::detached);
  asio::post(instrument<Clock>(context), [&] { event.drop(); });
  context.run();
  check_outcomes(decorated, 0, 0, 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
