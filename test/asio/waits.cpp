//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What a function waits for: the strand, which another function holds, or a thread.
#include <perf_timer/perf_executor.hpp>

#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;

void check_waits(const TimerBase& timer, int held, int free, int unknown = 0) {
  const auto snapshot = timer.snapshot();
  BOOST_TEST(snapshot.lost == 0u);
  BOOST_TEST(snapshot.queued_held.count() == held);
  BOOST_TEST(snapshot.queued_free.count() == free);
  BOOST_TEST(snapshot.queued.total.count() == held + free + unknown);
}

/// Time passes while no thread executes the context, if nothing does so before.
void pass(int n) { compute<Clock>(n); }

BOOST_AUTO_TEST_SUITE(waits)

/// The first function waits 5 for a thread. The second does as well, and then 20 for the first.
void check_strand(auto make) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto strand = make(timer, context);
  asio::post(strand, [] { compute<Clock>(20); });
  asio::post(strand, [] { compute<Clock>(3); });
  pass(5);
  context.run();
  check_waits(timer, 20, 5 + 5);
}

BOOST_AUTO_TEST_CASE(a_functions_wait_divides_by_whether_another_held_its_strand) {
  check_strand([](auto& timer, auto& context) { return timer.wrap(asio::make_strand(context)); });
  check_strand([](auto& timer, auto& context) { return asio::make_strand(timer.wrap(context)); });
  check_strand([](auto& timer, auto& context) {
    return asio::any_io_executor(timer.wrap(asio::make_strand(context)));
  });
  check_strand([](auto& timer, auto& context) {
    return timer.wrap(instrument<Clock>(asio::make_strand(context)));
  });
}

BOOST_AUTO_TEST_CASE(what_waits_behind_other_handlers_waits_for_a_thread) {
  asio::io_context context;
  QuietTimer<Clock> strand("strand"), plain("plain");
  asio::post(context, [] { compute<Clock>(7); });
  asio::post(strand.wrap(asio::make_strand(context)), [] { compute<Clock>(2); });
  asio::post(plain.wrap(context), [] { compute<Clock>(1); });
  context.run();
  check_waits(strand, 0, 7);
  check_waits(plain, 0, 7 + 2);
}

BOOST_AUTO_TEST_CASE(a_strand_that_others_have_may_be_held_unseen) {
  asio::io_context context;
  QuietTimer<Clock> timer("lvalue"), given("given away"), again("below another strand");
  auto strand = asio::make_strand(context);
  const auto wrapped = timer.wrap(strand);
  asio::post(strand, [] { compute<Clock>(7); });
  asio::post(wrapped, [] { compute<Clock>(1); });
  context.run();
  check_waits(timer, 0, 0, 7);
  // Nobody else has it any more. Something may still wait in it.
  context.restart();
  asio::post(wrapped, [] { compute<Clock>(1); });
  asio::post(strand, [] { compute<Clock>(7); });
  strand = asio::make_strand(context);
  asio::post(wrapped, [] { compute<Clock>(2); });
  context.run();
  check_waits(timer, 0, 0, 7 + 1 + 7);
  // The last of these was behind all that did.
  context.restart();
  asio::post(wrapped, [] { compute<Clock>(4); });
  asio::post(wrapped, [] { compute<Clock>(2); });
  context.run();
  check_waits(timer, 4, 0, 7 + 1 + 7);

  context.restart();
  const auto executor = given.wrap(asio::make_strand(context));
  asio::post(executor.get_inner_executor(), [] { compute<Clock>(7); });
  asio::post(executor, [] { compute<Clock>(1); });
  context.run();
  check_waits(given, 0, 0, 7);

  context.restart();
  const auto below = again.wrap(asio::make_strand(context));
  asio::post(asio::make_strand(below), [] { compute<Clock>(7); });
  asio::post(below, [] { compute<Clock>(1); });
  context.run();
  check_waits(again, 0, 0, 7);
}

BOOST_AUTO_TEST_CASE(a_function_that_is_not_timed_holds_its_strand_unseen) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto strand = instrument<Clock>(asio::make_strand(context));
  const auto wrapped = timer.wrap(strand);
  asio::post(strand, [] { compute<Clock>(7); });  // on nobody's behalf
  asio::post(wrapped, [] { compute<Clock>(2); });
  context.run();
  check_waits(timer, 0, 0, 7);

  // What comes after it isn't concerned.
  context.restart();
  asio::post(wrapped, [] { compute<Clock>(4); });
  asio::post(wrapped, [] { compute<Clock>(8); });
  pass(1);
  context.run();
  check_waits(timer, 4, 2, 7);
}

BOOST_AUTO_TEST_CASE(but_not_for_what_it_submits_itself) {
  asio::io_context context;
  QuietTimer<Clock> request("request"), other("other");
  const auto strand = instrument<Clock>(asio::make_strand(context));
  auto run = request.start();
  asio::post(strand, [&] {  // on nobody's behalf
    compute<Clock>(5);
    asio::post(run.wrap(strand), [&] { run.stop(); });
    asio::post(context, [] { compute<Clock>(30); });
    compute<Clock>(4);
  });
  asio::post(other.wrap(strand), [] { compute<Clock>(2); });
  context.run();
  check_waits(other, 0, 0, 5 + 4 + 30);
  check_waits(request, 4 + 2, 30);

  // A connection's coroutine measures one of its requests, which yields.
  context.restart();
  QuietTimer<Clock> yields("yields");
  asio::co_spawn(
      strand,
      [](auto& timer, auto& io_context) -> asio::awaitable<void> {
        const auto measured = timer.measure();
        asio::post(io_context, [] { compute<Clock>(7); });
        co_await asio::post(asio::use_awaitable);
      }(yields, context),
      asio::detached);
  context.run();
  check_waits(yields, 0, 7);
}

BOOST_AUTO_TEST_CASE(a_function_that_runs_inline_leaves_the_strand_to_who_called_it) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto strand = timer.wrap(asio::make_strand(context));
  asio::post(strand, [&] {
    compute<Clock>(1);
    asio::dispatch(strand, [&] {
      compute<Clock>(10);
      asio::post(strand, [] { compute<Clock>(1000); });
    });
    compute<Clock>(100);
  });
  context.run();
  check_waits(timer, 100, 0);
}

BOOST_AUTO_TEST_CASE(two_strands_are_two) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto one = timer.wrap(asio::make_strand(context)),
             other = timer.wrap(asio::make_strand(context));
  asio::post(one, [] { compute<Clock>(20); });
  asio::post(other, [] { compute<Clock>(3); });  // waits for the thread
  context.run();
  check_waits(timer, 0, 20);
}

BOOST_AUTO_TEST_CASE(a_run_has_what_its_functions_waited_for) {
  asio::io_context context;
  QuietTimer<Clock> outer("outer"), inner("inner"), other("other");
  const auto ledger = instrument<Clock>(asio::make_strand(context));
  const auto book = [&]() -> asio::awaitable<void> {
    compute<Clock>(2);
    co_return;
  };
  const auto request = [&]() -> asio::awaitable<void> {
    const auto run = outer.measure();
    const auto part = inner.measure();
    // The ledger has a function already: it is held for 30 of the wait.
    asio::post(other.wrap(ledger), [] { compute<Clock>(30); });
    co_await asio::co_spawn(ledger, book(), asio::use_awaitable);
  };
  asio::co_spawn(instrument<Clock>(context), request(), asio::detached);
  context.run();
  for (const auto* timer : {&outer, &inner}) {
    const auto snapshot = timer->snapshot();
    BOOST_TEST(snapshot.lost == 0u);
    BOOST_TEST(snapshot.queued_held.count() == 30);
    // The posted function waits on the run's behalf as well, and coming back takes no time.
    BOOST_TEST(snapshot.queued_free.count() == snapshot.queued.total.count() - 30);
  }
  check_waits(other, 0, 0);
}

BOOST_AUTO_TEST_CASE(a_run_that_waits_for_an_erased_strand_says_nothing_of_that) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto erased = instrument<Clock>(
      asio::any_io_executor(asio::make_strand(asio::any_io_executor(context.get_executor()))));
  asio::co_spawn(erased, timer.decorate([]() -> asio::awaitable<void> {
    asio::post(co_await asio::this_coro::executor, [] { compute<Clock>(5); });
    co_await asio::post(asio::use_awaitable);
  }),
                 asio::detached);
  context.run();
  check_waits(timer, 0, 0, 5);
}

BOOST_AUTO_TEST_CASE(of_what_still_waits_when_a_run_ends_nothing_is_known) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  asio::post(instrument<Clock>(context), [&] {
    const auto run = timer.measure();
    asio::post(instrument<Clock>(context), [] {});
    compute<Clock>(3);
  });
  context.run();
  check_waits(timer, 0, 0, 3);
}

BOOST_AUTO_TEST_CASE(a_function_that_is_submitted_while_another_executes_waits_for_its_rest) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto strand = timer.wrap(asio::make_strand(context));
  asio::post(strand, [&] {
    compute<Clock>(40);
    std::thread([&] { asio::post(strand, [] {}); }).join();
    compute<Clock>(2);
  });
  context.run();
  check_waits(timer, 2, 0);
}

BOOST_AUTO_TEST_CASE(waits_are_exact_whoever_submits_and_executes_at_the_same_time) {
  asio::io_context context;
  auto work = asio::make_work_guard(context);
  QuietTimer<Clock> timer;
  const auto strand = timer.wrap(asio::make_strand(context));
  std::vector<std::thread> executing, submitting;
  for (int i = 0; i < 2; ++i) executing.emplace_back([&] { context.run(); });
  for (int i = 0; i < 3; ++i)
    submitting.emplace_back([&] {
      for (int n = 0; n < 2000; ++n) asio::post(strand, [] { compute<Clock>(1); });
    });
  for (auto& thread : submitting) thread.join();
  work.reset();
  for (auto& thread : executing) thread.join();
  // Time passes in the strand's functions and nowhere else, so nothing waits for a thread.
  const auto snapshot = timer.snapshot();
  BOOST_TEST(snapshot.runs == 6000u);
  BOOST_TEST(snapshot.busy.total.count() == 6000);
  BOOST_TEST(snapshot.queued_free.count() == 0);
  BOOST_TEST(snapshot.queued_held.count() > 0);
  BOOST_TEST(snapshot.queued_held.count() <= snapshot.queued.total.count());
}

BOOST_AUTO_TEST_CASE(an_interval_has_its_own) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto strand = timer.wrap(asio::make_strand(context));
  const auto twice = [&](int busy) {
    context.restart();
    for (int i = 0; i < 2; ++i) asio::post(strand, [busy] { compute<Clock>(busy); });
    context.run();
  };
  twice(20);
  IntervalReader reader;
  twice(3);
  check_waits(timer, 20 + 3, 0);
  for (const auto& shown : reader.next().timers) {
    if (shown.name != timer.name()) continue;
    BOOST_TEST(shown.queued_held.count() == 3);
    BOOST_TEST(shown.queued_free.count() == 0);
  }
  timer.reset();
  check_waits(timer, 0, 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
