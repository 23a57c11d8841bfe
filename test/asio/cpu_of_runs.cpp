//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The processor time of runs that are followed over their steps, on whatever threads.
#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/timed.hpp>

#include "common/child_process.hpp"
#include "common/optional_run.hpp"
#include "common/sampled_clock.hpp"
#include "common/sampled_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>

#include <cstdio>
#include <exception>
#include <future>
#include <stdexcept>
#include <thread>
#include <tuple>
#include <utility>

namespace perf_timer::test {
namespace {

template <class Clock>
using Timer = BasicSampledTimer<Clock>;
/// Their readings take no time, so that a sample is exact however many steps a run has.
using Clocks = std::tuple<FreeSampledClock, UnsharedSampledClockOf<0>>;
using SlowClocks =
    std::tuple<SampledClock, UnsharedSampledClockOf<SampledClock::processor_clock::cost>>;

/// Executes on the processor, and off it.
template <class Clock>
void work(int computes, int blocks) {
  Clock::compute(computes);
  Clock::block(blocks);
}

/// Executes each function of the context on a thread of its own. Their processor clocks have
/// nothing to do with each other.
template <class Clock>
void each_on_its_own_thread(asio::io_context& context) {
  int threads = 0;
  bool more = true;
  while (more) {
    std::thread([&] {
      Clock::processor_clock::ticks = 1'000'000 * ++threads;
      more = context.poll_one() != 0;
    }).join();
  }
}

template <class Executor>
void spawn(const Executor& executor, asio::awaitable<void> coroutine) {
  asio::co_spawn(executor, std::move(coroutine), [](std::exception_ptr) {});
}

/// A coroutine of two steps.
template <class Clock>
asio::awaitable<void> suspending() {
  work<Clock>(10, 5);
  co_await asio::post(asio::use_awaitable);
  work<Clock>(20, 30);
}

BOOST_AUTO_TEST_SUITE(cpu_of_runs)

BOOST_AUTO_TEST_CASE_TEMPLATE(of_a_scope_in_a_step_and_outside, Clock, Clocks) {
  asio::io_context context;
  Timer<Clock> timer(1);
  asio::post(instrument<Clock>(context), [&] {
    const auto run = timer.measure();
    work<Clock>(10, 90);
  });
  context.run();
  check_cpu(timer, 1, 10, 100);
  {
    const auto run = timer.measure();
    work<Clock>(1, 2);
  }
  check_cpu(timer, 2, 11, 103);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_one_that_is_resumed_on_another_thread, Clock, Clocks) {
  for (const bool in_task : {false, true}) {
    asio::io_context context;
    Timer<Clock> timer(1);
    asio::any_io_executor executor = instrument<Clock>(context);
    if (in_task) executor = task<Clock>(context);
    spawn(executor, timer.decorate(suspending<Clock>()));
    each_on_its_own_thread<Clock>(context);
    check_cpu(timer, 1, 30, 65);
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_branches, Clock, Clocks) {
  using namespace asio::experimental::awaitable_operators;
  asio::io_context context;
  Timer<Clock> timer(1);
  const auto both = []() -> asio::awaitable<void> {
    co_await (suspending<Clock>() && suspending<Clock>());
    work<Clock>(1, 0);
  };
  spawn(instrument<Clock>(context), timer.decorate(both()));
  each_on_its_own_thread<Clock>(context);
  check_cpu(timer, 1, 61, 131);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_inside_is_the_run_s_too, Clock, Clocks) {
  asio::io_context context;
  Timer<Clock> outer(1), inner(1), none(0);
  const auto around = [&]() -> asio::awaitable<void> {
    work<Clock>(1, 2);
    co_await inner.decorate(suspending<Clock>());
    co_await none.decorate(suspending<Clock>());
    const auto run = inner.measure();
    work<Clock>(100, 0);
  };
  spawn(instrument<Clock>(context), outer.decorate(around()));
  each_on_its_own_thread<Clock>(context);
  check_cpu(outer, 1, 161, 233);
  check_cpu(inner, 2, 130, 165);
  check_cpu(none, 0, 0, 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_one_inside_a_run_that_is_not_measured, Clock, Clocks) {
  asio::io_context context;
  Timer<Clock> outer(0), inner(1);
  spawn(instrument<Clock>(context), outer.decorate(inner.decorate(suspending<Clock>())));
  each_on_its_own_thread<Clock>(context);
  check_cpu(outer, 0, 0, 0);
  check_cpu(inner, 1, 30, 65);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_runs_inline_for_others_is_theirs, Clock, Clocks) {
  asio::io_context context;
  Timer<Clock> timer(1), others(1);
  auto other = others.start();
  asio::post(instrument<Clock>(context), [&] {
    const auto run = timer.measure();
    work<Clock>(1, 10);
    asio::dispatch(other.wrap(context), [] { work<Clock>(500, 600); });
    work<Clock>(2, 20);
  });
  context.run();
  other.stop();
  check_cpu(timer, 1, 3, 33);
  check_cpu(others, 1, 500, 1100);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_one_in_so_many, Clock, Clocks) {
  asio::io_context context;
  Timer<Clock> timer(3);
  for (int i = 1; i <= 7; ++i) {
    asio::post(instrument<Clock>(context), [&, i] {
      const auto run = timer.measure();
      work<Clock>(i, 10);
    });
  }
  context.run();
  check_cpu(timer, 3, 1 + 4 + 7, 1 + 4 + 7 + 30);
  BOOST_TEST(timer.snapshot().runs == 7u);
}

/// Executes on a thread of its own on behalf of a run while `meanwhile` executes here. It goes on
/// until that has ended if `to_the_end`.
template <class Clock>
void beside_another_thread(asio::io_context& context, bool to_the_end, auto meanwhile) {
  std::promise<void> is_in, ended;
  asio::post(instrument<Clock>(context), [&] {
    work<Clock>(1000, 0);
    is_in.set_value();
    if (to_the_end) ended.get_future().wait();
  });
  std::thread other([&] { context.poll_one(); });
  is_in.get_future().wait();
  if (!to_the_end) other.join();
  meanwhile();
  ended.set_value();
  if (to_the_end) other.join();
}

BOOST_AUTO_TEST_CASE_TEMPLATE(not_if_another_thread_is_in_at_the_end, Clock, Clocks) {
  for (const bool to_the_end : {false, true}) {
    asio::io_context context;
    Timer<Clock> timer(1);
    asio::post(instrument<Clock>(context), [&] {
      auto run = timer.measure();
      work<Clock>(1, 2);
      beside_another_thread<Clock>(context, to_the_end, [&] { run.stop(); });
    });
    context.run_one();
    BOOST_TEST(timer.snapshot().runs == 1u);
    if (to_the_end) {
      check_cpu(timer, 0, 0, 0);
    } else {
      BOOST_TEST(timer.snapshot().cpu.count == 1u);
      // This thread was in while the other one computed.
      BOOST_TEST(timer.snapshot().cpu.total.count() == 1001);
      BOOST_TEST(timer.snapshot().cpu_busy == timer.snapshot().busy.total);
    }
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(not_of_failed_cancelled_and_partial_ones, Clock, Clocks) {
  asio::io_context context;
  Timer<Clock> timer(1);
  const auto fails = []() -> asio::awaitable<void> {
    co_await suspending<Clock>();
    throw std::runtime_error("test");
  };
  spawn(instrument<Clock>(context), timer.decorate(fails()));
  spawn(context.get_executor(), timer.decorate(suspending<Clock>()));  // isn't followed
  asio::post(instrument<Clock>(context), [&] {
    auto run = timer.measure();
    run.cancel();
  });
  context.run();
  timer.start().cancel();
  timer.start().fail();
  BOOST_TEST(timer.snapshot().failed == 2u);
  BOOST_TEST(timer.snapshot().partial == 1u);
  check_cpu(timer, 0, 0, 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(not_of_one_that_ends_elsewhere, Clock, Clocks) {
  asio::io_context context;
  Timer<Clock> timer(1);
  OptionalRun<BasicAsioPerfTimer<Clock>> run;
  asio::post(instrument<Clock>(context), [&] { run.measure(timer); });
  context.run();
  run.stop();
  BOOST_TEST(timer.snapshot().partial == 1u);
  check_cpu(timer, 0, 0, 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_a_started_run_wherever_it_ends, Clock, Clocks) {
  Timer<Clock> timer(1);
  for (const bool inside : {false, true}) {
    asio::io_context context;
    auto run = timer.start();
    work<Clock>(1000, 2000);  // on nobody's behalf
    spawn(run.wrap(context), suspending<Clock>());
    each_on_its_own_thread<Clock>(context);
    if (inside) {
      context.restart();
      asio::post(run.wrap(context), [&] {
        work<Clock>(1, 0);
        run.stop();
      });
      each_on_its_own_thread<Clock>(context);
    } else {
      run.stop();
    }
  }
  check_cpu(timer, 2, 61, 131);
}

/// An operation of three steps on the handler's executor, or else on that of the context.
template <class Token>
auto operation(asio::io_context& context, Token&& token, auto computes) {
  return asio::async_compose<Token, void()>(
      [computes, step = 0](auto& self) mutable {
        computes();
        ++step == 3 ? self.complete() : asio::post(std::move(self));
      },
      token, context);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_an_operation, Clock, Clocks) {
  asio::io_context context;
  Timer<Clock> timer(1), around(1);
  const auto step = [] { work<Clock>(10, 5); };
  asio::post(instrument<Clock>(context), [&] {
    const auto run = around.measure();
    operation(context, timed(timer, [] { work<Clock>(1000, 0); }), step);
  });
  each_on_its_own_thread<Clock>(context);
  check_cpu(timer, 1, 30, 45);
  check_cpu(around, 1, 10, 15);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_an_operation_whose_handler_is_in_another_run, Clock, Clocks) {
  Timer<Clock> timer(1), others(1);
  auto other = others.start();
  asio::io_context context;
  const auto step = [] { work<Clock>(10, 5); };
  for (int i = 0; i != 2; ++i) {
    const auto handler = [] { work<Clock>(1000, 0); };
    if (i == 0)
      operation(context, timed(timer, asio::bind_executor(other.wrap(context), handler)), step);
    else
      operation(context, timed(timer, asio::bind_executor(task<Clock>(context), handler)), step);
  }
  each_on_its_own_thread<Clock>(context);
  other.stop();
  check_cpu(timer, 2, 60, 90);
  check_cpu(others, 1, 1020, 1030);  // the handler's, and its executor's
}

BOOST_AUTO_TEST_CASE_TEMPLATE(nothing_is_read_for_runs_that_are_not_measured, Clock, Clocks) {
  asio::io_context context;
  Timer<Clock> timer(0), once(1000);
  auto started = once.start();  // the first one
  auto over = started.wrap(context);
  started.stop();
  const int before = Clock::processor_clock::readings;
  spawn(instrument<Clock>(context), timer.decorate(suspending<Clock>()));
  spawn(instrument<Clock>(context), once.decorate(suspending<Clock>()));
  spawn(over, suspending<Clock>());
  operation(context, timed(timer, asio::bind_executor(over, [] {})), [] {});
  context.run();
  BOOST_TEST(Clock::processor_clock::readings == before);
  BOOST_TEST(timer.snapshot().cpu.count == 0u);
}

// The reading at which a thread comes in isn't part of what is measured, but of what is around it.
// A sample is at most too long by one for each step.
BOOST_AUTO_TEST_CASE_TEMPLATE(have_readings_that_are_not_part_of_the_run, Clock, SlowClocks) {
  constexpr auto cost = Clock::processor_clock::cost;
  asio::io_context context;
  Timer<Clock> timer(1), around(0);
  spawn(instrument<Clock>(context), timer.decorate(suspending<Clock>()));
  each_on_its_own_thread<Clock>(context);
  check_cpu(timer, 1, 30 + 2 * cost, 65);
  {
    const auto outer = around.measure();
    const auto run = timer.measure();
    work<Clock>(30, 70);
  }
  check_cpu(timer, 2, 60 + 3 * cost, 165);
  BOOST_TEST(around.snapshot().busy.total.count() == 100 + 2 * cost);
  {
    auto other = timer.start();
    const auto outer = around.measure();
    context.restart();
    asio::post(other.wrap(context), [] { work<Clock>(10, 20); });
    context.run();
    other.stop();
  }
  check_cpu(timer, 3, 70 + 4 * cost, 195);
}

BOOST_AUTO_TEST_CASE(of_a_processors_clock_there_are_none) {
  asio::io_context context;
  Timer<ThreadManualClock> timer(1);
  spawn(instrument<ThreadManualClock>(context), timer.decorate(suspending<FreeSampledClock>()));
  timer.start().stop();
  context.run();
  BOOST_TEST(timer.snapshot().runs == 2u);
  check_cpu(timer, 0, 0, 0);
}

#if PERF_TIMER_TEST_FORKS
// The clock of the child process's thread begins anew.
BOOST_AUTO_TEST_CASE_TEMPLATE(not_of_one_that_began_before_a_fork, Clock, Clocks) {
  Timer<Clock> timer(1);
  const auto in_child = output_of_child([&] {
    auto forked = timer.start();
    asio::io_context context;
    asio::post(forked.wrap(context), [&] {
      work<Clock>(50, 0);
      std::fputs(output_of_child([&] {
                   forked.stop();
                   std::printf("%d of %d", static_cast<int>(timer.snapshot().cpu.count),
                               static_cast<int>(timer.snapshot().runs));
                 }).c_str(),
                 stdout);
      forked.stop();
    });
    context.run();
    std::printf(", %d of %d", static_cast<int>(timer.snapshot().cpu.count),
                static_cast<int>(timer.snapshot().runs));
  });
  BOOST_TEST(in_child == "0 of 1, 1 of 1");
}
#endif

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
