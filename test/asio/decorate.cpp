//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/asio/decorate.hpp>

#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/dispatch.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;

asio::awaitable<void> work(int before, int after) {
  compute<Clock>(before);
  co_await nap();
  compute<Clock>(after);
}

BOOST_AUTO_TEST_SUITE(decorate)

/// Where `decorate` is used: on an instrumented executor, or on a plain one.
[[nodiscard]] asio::any_io_executor executor_of(asio::io_context& context, bool instrumented) {
  if (instrumented) return instrument<Clock>(context);
  return context.get_executor();
}

BOOST_AUTO_TEST_CASE(on_an_executor_that_is_not_instrumented_it_is_not_followed) {
  asio::io_context context;
  QuietTimer<Clock> outer("outer"), inner("inner");
  const auto program = [&]() -> asio::awaitable<void> {
    co_await outer.decorate([&]() -> asio::awaitable<void> {
      compute<Clock>(1);
      co_await inner.decorate(work(2, 3));
    }());
  };
  asio::co_spawn(context, program(), asio::detached);
  asio::co_spawn(asio::make_strand(context), program(), asio::detached);
  asio::co_spawn(context, noise<Clock>(), asio::detached);
  context.run();
  check_partial(outer, 2);
  check_partial(inner, 2);
  BOOST_TEST(outer.snapshot().partial_reasons.at(0).reason ==
             "began where nothing instrumented was executing");
}

// Such a coroutine returns to the step when it is suspended, and takes nothing of it along.
BOOST_AUTO_TEST_CASE(of_a_plain_executor_it_takes_nothing_from_the_step_that_starts_it) {
  asio::io_context context;
  QuietTimer<Clock> inside("inside"), timer("timer"), after("after");
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    compute<Clock>(1);
    asio::dispatch(context,
                   [&] { asio::co_spawn(context, inside.decorate(work(2, 3)), asio::detached); });
    compute<Clock>(4);
    co_await after.decorate(work(5, 6));
  };
  asio::co_spawn(instrument<Clock>(context), program(), asio::detached);
  context.run();
  check_partial(inside, 1);
  check_busy(after, 11);
  BOOST_TEST(timer.snapshot().runs == 1u);
}

BOOST_AUTO_TEST_CASE(a_task_of_its_own_is_asked_for_by_name) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto program = [&]() -> asio::awaitable<void> {
    compute<Clock>(1000);
    co_await asio::co_spawn(perf_timer::task<Clock>(co_await asio::this_coro::executor),
                            timer.decorate(work(2, 3)), asio::use_awaitable);
    compute<Clock>(1000);
  };
  asio::co_spawn(context, program(), asio::detached);
  asio::co_spawn(asio::make_strand(context), program(), asio::detached);
  context.run();
  check_busy(timer, 10, 2);
}

BOOST_AUTO_TEST_CASE(it_stays_in_the_same_coroutine_thread) {
  // The scheduler isn't involved: a function that was posted before still waits.
  for (const bool instrumented : {true, false}) {
    asio::io_context context;
    QuietTimer<Clock> timer;
    bool posted_ran = false, seen = true;
    const auto program = [&]() -> asio::awaitable<void> {
      asio::post(context, [&] { posted_ran = true; });
      co_await timer.decorate([]() -> asio::awaitable<void> {
        compute<Clock>(1);
        co_return;
      }());
      seen = posted_ran;
    };
    asio::co_spawn(executor_of(context, instrumented), program(), asio::detached);
    context.run();
    BOOST_TEST(!seen);
    instrumented ? check_outcomes(timer, 1, 0, 0) : check_partial(timer, 1);
  }
}

BOOST_AUTO_TEST_CASE(what_is_checked_before_still_holds_after) {
  for (const bool instrumented : {true, false}) {
    asio::io_context context;
    QuietTimer<Clock> timer;
    int seats = 1, sold = 0;
    const auto price = []() -> asio::awaitable<int> { co_return 1; };
    const auto client = [&]() -> asio::awaitable<void> {
      if (seats == 0) co_return;
      sold += co_await timer.decorate(price());
      --seats;
    };
    for (int i = 0; i < 5; ++i)
      asio::co_spawn(executor_of(context, instrumented), client(), asio::detached);
    context.run();
    BOOST_TEST(seats == 0);
    BOOST_TEST(sold == 1);
  }
}

/// A result that is made from a value, and moved.
struct NoDefault {
  explicit NoDefault(int n) : value(std::make_unique<int>(n)) {}
  std::unique_ptr<int> value;
};

BOOST_AUTO_TEST_CASE(a_result_without_a_default_constructor) {
  for (const bool instrumented : {true, false}) {
    asio::io_context context;
    QuietTimer<Clock> timer;
    int seen = 0;
    const auto program = [&]() -> asio::awaitable<void> {
      const auto made = timer.decorate([](int n) -> asio::awaitable<NoDefault> {
        co_await nap();
        co_return NoDefault(n);
      });
      seen = *(co_await made(7)).value;
    };
    asio::co_spawn(executor_of(context, instrumented), program(), asio::detached);
    context.run();
    BOOST_TEST(seen == 7);
  }
}

BOOST_AUTO_TEST_CASE(results_of_every_kind) {
  in_every_place([]<class C>(World<C>& world) {
    QuietTimer<C> timer;
    const auto number = timer.decorate([]() -> asio::awaitable<int> { co_return 7; });
    const auto owner = timer.decorate(
        [](int n) -> asio::awaitable<std::unique_ptr<int>> { co_return std::make_unique<int>(n); });
    const auto text = timer.decorate([](std::string s) -> asio::awaitable<std::string> {
      co_await nap();
      co_return s + "!";
    });
    world.run([&]() -> asio::awaitable<void> {
      BOOST_TEST(co_await number() == 7);
      BOOST_TEST(*co_await owner(8) == 8);
      BOOST_TEST(co_await text("hello") == "hello!");
      BOOST_TEST(co_await text(std::string(100, 'x')) == std::string(100, 'x') + "!");
    }());
    check_busy(timer, 0, 4);
  });
}

BOOST_AUTO_TEST_CASE(an_ordinary_function) {
  QuietTimer<Clock> timer;
  auto add = timer.decorate([owned = std::make_unique<int>(2)](int n) noexcept {
    compute<Clock>(3);
    return *owned + n;
  });
  static_assert(noexcept(add(1)));
  BOOST_TEST(add(1) == 3);
  BOOST_TEST(add(2) == 4);
  check_busy(timer, 6, 2);
}

BOOST_AUTO_TEST_CASE(an_awaitable_of_an_instrumented_executor) {
  asio::io_context context;
  using Executor = PerfExecutor<asio::io_context::executor_type, Clock>;
  QuietTimer<Clock> timer;
  const auto typed = []() -> asio::awaitable<int, Executor> {
    compute<Clock>(2);
    asio::basic_waitable_timer<std::chrono::steady_clock,
                               asio::wait_traits<std::chrono::steady_clock>, Executor>
        sleep(co_await asio::this_coro::executor, std::chrono::milliseconds(1));
    co_await sleep.async_wait(asio::use_awaitable_t<Executor>());
    compute<Clock>(3);
    co_return 1;
  };
  asio::co_spawn(
      instrument<Clock>(context),
      [&]() -> asio::awaitable<void, Executor> { co_await timer.decorate(typed()); },
      asio::detached);
  context.run();
  check_busy(timer, 5);
}

BOOST_AUTO_TEST_CASE(never_awaited_it_is_forgotten) {
  QuietTimer<Clock> timer;
  {
    const auto unused = timer.decorate(work(1, 1));
  }
  check_outcomes(timer, 0, 0, 0);
}

BOOST_AUTO_TEST_CASE(a_decorated_function_outlives_its_timer) {
  asio::io_context context;
  std::optional<QuietTimer<Clock>> timer(std::in_place);
  auto function = timer->decorate([](int n) -> asio::awaitable<void> { co_await work(n, n); });
  auto awaitable = timer->decorate(work(1, 1));
  timer.reset();
  asio::co_spawn(instrument<Clock>(context), function(3), asio::detached);
  asio::co_spawn(instrument<Clock>(context), std::move(awaitable), asio::detached);
  context.run();
}

/// Sleeps until it is cancelled, and returns the kind of cancellation.
asio::awaitable<asio::cancellation_type> cancelled_by() {
  co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
  asio::steady_timer timer(co_await asio::this_coro::executor,
                           asio::steady_timer::time_point::max());
  co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
  co_return (co_await asio::this_coro::cancellation_state).cancelled();
}

BOOST_AUTO_TEST_CASE(cancellation_reaches_the_awaitable) {
  for (const bool instrumented : {true, false}) {
    for (const auto type : {asio::cancellation_type::terminal, asio::cancellation_type::partial,
                            asio::cancellation_type::total}) {
      asio::io_context context;
      QuietTimer<Clock> timer;
      asio::cancellation_signal signal;
      auto seen = asio::cancellation_type::none;
      const auto program = [&]() -> asio::awaitable<void> {
        co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
        co_await asio::this_coro::throw_if_cancelled(false);
        seen = co_await timer.decorate(cancelled_by());
      };
      asio::co_spawn(executor_of(context, instrumented), program(),
                     asio::bind_cancellation_slot(signal.slot(), asio::detached));
      asio::post(context, [&] {
        asio::post(context, [&] { asio::post(context, [&] { signal.emit(type); }); });
      });
      context.run();
      BOOST_TEST_CONTEXT((instrumented ? "instrumented" : "plain")
                         << ", type " << static_cast<unsigned>(type)) {
        BOOST_TEST((seen == type));
        instrumented ? check_outcomes(timer, 1, 0, 0) : check_partial(timer, 1);
      }
    }
  }
}

/// What a coroutine sees of cancellation: whether it throws, and what it was cancelled by.
struct Seen {
  bool throws = false;
  asio::cancellation_type by = asio::cancellation_type::none;
  bool operator==(const Seen&) const = default;
};

asio::awaitable<Seen> what_it_sees() {
  co_return Seen{co_await asio::this_coro::throw_if_cancelled(),
                 (co_await asio::this_coro::cancellation_state).cancelled()};
}

asio::awaitable<void> changes_cancellation() {
  co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
  co_await asio::this_coro::throw_if_cancelled(false);
}

// The states pass both ways, as if the awaitable weren't decorated.
BOOST_AUTO_TEST_CASE(cancellation_states_pass_both_ways) {
  const auto run = [](bool instrumented, bool decorated) {
    asio::io_context context;
    QuietTimer<Clock> timer;
    asio::cancellation_signal signal;
    std::vector<Seen> all;
    const auto with = [&]<class T>(asio::awaitable<T> awaitable) {
      return decorated ? timer.decorate(std::move(awaitable)) : std::move(awaitable);
    };
    const auto program = [&]() -> asio::awaitable<void> {
      co_await asio::this_coro::throw_if_cancelled(false);
      all.push_back(co_await with(what_it_sees()));
      signal.emit(asio::cancellation_type::terminal);
      all.push_back(co_await with(what_it_sees()));
      co_await with(changes_cancellation());
      all.push_back(co_await what_it_sees());
      signal.emit(asio::cancellation_type::terminal);
      all.push_back(co_await what_it_sees());
    };
    asio::co_spawn(executor_of(context, instrumented), program(),
                   asio::bind_cancellation_slot(signal.slot(), asio::detached));
    context.run();
    return all;
  };
  for (const bool instrumented : {true, false}) {
    const auto plain = run(instrumented, false);
    BOOST_TEST(plain.size() == 4u);
    BOOST_TEST((plain.at(1).by == asio::cancellation_type::terminal));
    BOOST_TEST((run(instrumented, true) == plain));
  }
}

BOOST_AUTO_TEST_CASE(an_awaitable_of_a_plain_executor_type) {
  using Executor = asio::io_context::executor_type;
  asio::io_context context;
  QuietTimer<Clock> timer;
  asio::co_spawn(
      context,
      [&]() -> asio::awaitable<void, Executor> {
        co_await timer.decorate([]() -> asio::awaitable<void, Executor> {
          co_await asio::post(asio::use_awaitable_t<Executor>());
        }());
      },
      asio::detached);
  context.run();
  check_partial(timer, 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
