//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// An instrumented executor inside another one, hidden by type erasure.
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <perf_timer/instrument.hpp>

#include <boost/asio/dispatch.hpp>

#include <cstddef>
#include <cstring>
#include <functional>
#include <new>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using Executor = asio::any_io_executor;

void check_series(const TimerBase& timer, std::int64_t busy, std::int64_t queued,
                  std::int64_t elapsed) {
  const auto snapshot = timer.snapshot();
  check_busy(timer, busy);
  BOOST_TEST(snapshot.queued.total.count() == queued);
  BOOST_TEST(snapshot.elapsed.total.count() == elapsed);
}

/// An executor whose `query` asks a temporary instrumented executor. Nothing is left of that one
/// afterwards.
struct AsksATemporary {
  using Inside = decltype(perf_timer::task<Clock>(std::declval<asio::io_context&>()));
  const Inside* inside;

  template <class Property>
    requires asio::can_query<const Inside&, Property>::value
  [[nodiscard]] decltype(auto) query(const Property& property) const {
    alignas(Inside) static std::byte place[sizeof(Inside)];
    auto* const temporary = ::new (place) Inside(*inside);
    decltype(auto) answer = asio::query(*temporary, property);
    temporary->~Inside();
    std::memset(place, 0, sizeof place);
    return answer;
  }
  template <class Function>
  void execute(Function function) const {
    inside->execute(std::move(function));
  }
  [[maybe_unused]] friend bool operator==(const AsksATemporary&,
                                          const AsksATemporary&) noexcept = default;
};

struct Layers {
  const char* name;
  std::function<Executor(asio::io_context&)> make;
};

const std::vector<Layers> layers = {
    {"instrument over instrument",
     [](auto& context) { return instrument<Clock>(Executor(instrument<Clock>(context))); }},
    {"over a strand over instrument",
     [](auto& context) {
       return instrument<Clock>(asio::make_strand(Executor(instrument<Clock>(context))));
     }},
    {"three of them",
     [](auto& context) {
       return instrument<Clock>(Executor(instrument<Clock>(Executor(instrument<Clock>(context)))));
     }},
    {"a task over instrument",
     [](auto& context) { return perf_timer::task<Clock>(Executor(instrument<Clock>(context))); }},
    {"instrument over a task",
     [](auto& context) { return instrument<Clock>(Executor(perf_timer::task<Clock>(context))); }},
};

BOOST_AUTO_TEST_SUITE(executors_in_layers)

BOOST_AUTO_TEST_CASE(a_run_waits_once_for_each_function) {
  for (const auto& [name, make] : layers) BOOST_TEST_CONTEXT(name) {
      QuietTimer<Clock> timer;
      asio::io_context context;
      const Executor executor = make(context);
      asio::co_spawn(
          executor,
          [&timer]() -> asio::awaitable<void> {
            const auto run = timer.measure();
            compute<Clock>(1);
            co_await asio::post(asio::use_awaitable);
            compute<Clock>(2);
          },
          asio::detached);
      asio::post(context, [] { compute<Clock>(10); });
      BOOST_TEST(context.poll_one() == 1u);
      asio::post(context, [] { compute<Clock>(100); });
      context.run();
      check_busy(timer, 3);
      const auto snapshot = timer.snapshot();
      BOOST_TEST(snapshot.busy.total + snapshot.queued.total == snapshot.elapsed.total);
    }
}

BOOST_AUTO_TEST_CASE(a_timer_inside_is_fed_with_what_the_function_executes) {
  QuietTimer<Clock> inside("inside"), outside("outside"), inline_one("inline");
  asio::io_context context;
  const auto executor = outside.wrap(Executor(inside.wrap(context)));
  const auto other = inline_one.wrap(Executor(instrument<Clock>(context)));
  asio::post(context, [] { compute<Clock>(10); });
  asio::post(executor, [&other] {
    compute<Clock>(1);
    asio::dispatch(other, [] { compute<Clock>(4); });
    compute<Clock>(2);
  });
  context.run();
  check_series(inside, 3, 10, 17);
  check_series(outside, 3, 10, 17);
  check_series(inline_one, 4, 0, 4);
}

BOOST_AUTO_TEST_CASE(an_instrumented_one_over_a_wrapped_one) {
  QuietTimer<Clock> inside("inside"), inline_one("inline");
  asio::io_context context;
  const auto executor = instrument<Clock>(Executor(inside.wrap(context)));
  asio::post(executor, [&] {
    compute<Clock>(1);
    asio::dispatch(inline_one.wrap(context), [] { compute<Clock>(4); });
    compute<Clock>(2);
  });
  context.run();
  check_series(inside, 3, 0, 7);
  check_series(inline_one, 4, 0, 4);
}

BOOST_AUTO_TEST_CASE(what_a_task_inside_executes_belongs_to_it_whoever_submits_it) {
  QuietTimer<Clock> timer, waker("waker");
  asio::io_context context;
  asio::steady_timer ended(context, asio::steady_timer::time_point::max());
  const auto executor = instrument<Clock>(Executor(perf_timer::task<Clock>(context)));
  asio::co_spawn(
      executor,
      [&]() -> asio::awaitable<void> {
        const auto run = timer.measure();
        co_await until_cancelled(ended);
      },
      asio::detached);
  context.poll();
  asio::post(instrument<Clock>(context), [&] {
    const auto run = waker.measure();
    asio::dispatch(executor, [] { compute<Clock>(5); });
    ended.cancel();
  });
  context.run();
  check_busy(timer, 5);
  check_busy(waker, 0);
}

BOOST_AUTO_TEST_CASE(an_executor_that_asks_a_temporary_is_understood) {
  QuietTimer<Clock> timer, waker("waker");
  asio::io_context context;
  asio::steady_timer ended(context, asio::steady_timer::time_point::max());
  const auto task = perf_timer::task<Clock>(context);
  const auto executor = instrument<Clock>(AsksATemporary{&task});
  asio::co_spawn(
      task,
      [&]() -> asio::awaitable<void> {
        const auto run = timer.measure();
        co_await until_cancelled(ended);
      },
      asio::detached);
  context.poll();
  asio::post(instrument<Clock>(context), [&] {
    const auto run = waker.measure();
    executor.execute([] { compute<Clock>(5); });
    ended.cancel();
  });
  context.run();
  check_busy(timer, 5);
  check_busy(waker, 0);
}

BOOST_AUTO_TEST_CASE(a_capture_inside_counts) {
  QuietTimer<Clock> timer;
  asio::io_context context;
  Executor captured;
  asio::post(instrument<Clock>(context), [&] {
    const auto run = timer.measure();
    captured = asio::prefer(Executor(instrument<Clock>(context)),
                            asio::execution::outstanding_work.tracked);
    asio::post(context, [&] {
      // It runs on behalf of the captured run, not of nobody.
      asio::dispatch(instrument<Clock>(captured), [] { compute<Clock>(5); });
      captured = {};
    });
    BOOST_TEST(context.poll_one() == 1u);
  });
  context.run();
  check_busy(timer, 5);
}

/// Executors that would feed the timer twice.
template <class Timer>
std::vector<std::pair<const char*, Executor>> fed_twice(Timer& timer, asio::io_context& context) {
  return {
      {"wrapped twice", timer.wrap(timer.wrap(context))},
      {"erased in between", timer.wrap(Executor(timer.wrap(context)))},
      {"a strand in between", timer.wrap(asio::make_strand(timer.wrap(context)))},
      {"another one in between",
       timer.wrap(Executor(instrument<Clock>(Executor(timer.wrap(context)))))},
      {"three of them", timer.wrap(Executor(timer.wrap(Executor(timer.wrap(context)))))},
      {"on a task", timer.wrap(timer.wrap(perf_timer::task<Clock>(context)))},
  };
}

BOOST_AUTO_TEST_CASE(a_function_is_one_run_of_a_timer_however_often_it_is_wrapped) {
  for (std::size_t i = 0; i < 6; ++i) {
    QuietTimer<Clock> timer;
    asio::io_context context;
    const auto [name, executor] = fed_twice(timer, context)[i];
    BOOST_TEST_CONTEXT(name) {
      asio::post(context, [] { compute<Clock>(10); });
      asio::post(executor, [] { compute<Clock>(3); });
      context.run();
      check_series(timer, 3, 10, 13);
    }
  }
}

BOOST_AUTO_TEST_CASE(and_fails_or_is_dropped_once) {
  for (std::size_t i = 0; i < 6; ++i) {
    QuietTimer<Clock> timer;
    {
      asio::io_context context;
      const auto [name, executor] = fed_twice(timer, context)[i];
      asio::post(executor, [] { throw 0; });
      BOOST_CHECK_THROW(context.run(), int);
      context.poll();
      asio::post(executor, [] {});
    }
    check_outcomes(timer, 0, 1, 0, 1);
  }
}

BOOST_AUTO_TEST_CASE(other_timers_in_between_are_fed_as_well) {
  QuietTimer<Clock> timer, other("other");
  asio::io_context context;
  asio::post(timer.wrap(Executor(other.wrap(timer.wrap(context)))), [] { compute<Clock>(3); });
  context.run();
  check_series(timer, 3, 0, 3);
  check_series(other, 3, 0, 3);
}

BOOST_AUTO_TEST_CASE(wrapped_twice_is_equal_to_wrapped_once) {
  QuietTimer<Clock> timer;
  asio::io_context context;
  BOOST_TEST((timer.wrap(timer.wrap(context)) == timer.wrap(context)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
