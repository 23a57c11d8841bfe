//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The semantics table of doc/design.md: a strand is made of somebody's own executor around an
// instrumented one, or of another type that hides that one.
#include <perf_timer/detail/span/strand_questions.hpp>
#include <perf_timer/perf_executor.hpp>

#include "common/large_executor.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/strand.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;

/// Once there was such a strand, others are asked for as it asks. Each test is the first one.
struct NoneWasUsed {
  NoneWasUsed() { forget(); }
  ~NoneWasUsed() { forget(); }
  static void forget() {
    detail::strands_of_others_are_used = false;
    detail::erased_strands_are_used = false;
  }
};

using OnlyNever =
    asio::execution::any_executor<asio::execution::context_as_t<asio::execution_context&>,
                                  asio::execution::blocking_t::never_t>;
using NeverAndTracked = asio::execution::any_executor<
    asio::execution::context_as_t<asio::execution_context&>, asio::execution::blocking_t::never_t,
    asio::execution::prefer_only<asio::execution::outstanding_work_t::tracked_t>>;

/// What a run of 3 does with a strand and the executor that the strand is made of.
struct Giving {
  std::string name;
  bool keeps_the_strand_busy;
  std::function<void(const asio::any_io_executor& strand, const asio::any_io_executor& executor)>
      gives;
  int busy;  // what is exact; 0: it is lost
};

void gives_four() { compute<Clock>(4); }

const Giving givings[]{
    {"posts to an idle one", false, [](auto& s, auto&) { asio::post(s, gives_four); }, 7},
    {"posts to a busy one", true, [](auto& s, auto&) { asio::post(s, gives_four); }, 0},
    {"posts to a busy one, and elsewhere", true,
     [](auto& s, auto& executor) {
       asio::post(s, gives_four);
       asio::post(executor, gives_four);
     },
     0},
    {"posts elsewhere", true, [](auto&, auto& executor) { asio::post(executor, gives_four); }, 7},
    {"dispatches elsewhere", true,
     [](auto&, auto& executor) { asio::dispatch(executor, gives_four); }, 7},
    {"gives it nothing", true, [](auto&, auto&) {}, 3},
};

template <class Executor>
void check_giving(const Giving& giving, const Executor& executor, asio::io_context& context) {
  QuietTimer<Clock> timer;
  const asio::any_io_executor strand = asio::make_strand(executor);
  const asio::any_io_executor elsewhere = instrument<Clock>(context);
  asio::post(strand, [] {});  // the first one
  context.run();
  context.restart();
  const auto session = [&]() -> asio::awaitable<void> {
    if (giving.keeps_the_strand_busy) asio::post(strand, [] { compute<Clock>(8); });
    const auto run = timer.measure();
    compute<Clock>(1);
    giving.gives(strand, elsewhere);
    compute<Clock>(2);
    co_await nap();
  };
  asio::co_spawn(instrument<Clock>(context), session(), asio::detached);
  context.run();
  if (giving.busy != 0)
    check_busy(timer, giving.busy);
  else
    check_outcomes(timer, 0, 0, 1);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(strands_of_others, NoneWasUsed)

BOOST_AUTO_TEST_CASE(who_gives_them_functions) {
  const auto check_where = [](const std::string& name, auto hide) {
    for (const Giving& giving : givings) {
      BOOST_TEST_CONTEXT(name << ": " << giving.name) {
        forget();
        asio::io_context context;
        const auto executor = instrument<Clock>(context);
        check_giving(giving, hide(executor), context);
        context.restart();
        check_giving(giving, hide(asio::require(executor, asio::execution::blocking.never)),
                     context);
      }
    }
  };
  check_where("an any_io_executor", [](auto ex) { return asio::any_io_executor(ex); });
  check_where("somebody's", [](auto ex) { return LargeExecutor(ex); });
  check_where("somebody's, erased",
              [](auto ex) { return asio::any_io_executor(LargeExecutor(ex)); });
  check_where("an any_executor with few properties", [](auto ex) { return OnlyNever(ex); });
  check_where("an any_executor with some more", [](auto ex) { return NeverAndTracked(ex); });
}

BOOST_AUTO_TEST_CASE(who_makes_an_any_io_executor_of_one_that_was_told_before_is_exact) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto executor = instrument<Clock>(context);
  const auto told = asio::require(executor, asio::execution::blocking.never);
  const auto strand = asio::make_strand(LargeExecutor(executor));
  asio::post(strand, [] {});
  const auto session = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    compute<Clock>(1);
    static_cast<void>(asio::any_io_executor(told) == told);
    co_await nap();
  };
  asio::co_spawn(executor, session(), asio::detached);
  context.run();
  check_busy(timer, 1);
}

BOOST_AUTO_TEST_CASE(what_they_queue_is_nobodys) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto strand = asio::make_strand(LargeExecutor(instrument<Clock>(context)));
  bool done = false;
  const auto session = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    asio::post(strand, gives_four);
    asio::post(context, [&] {
      asio::post(strand, [&] {
        compute<Clock>(100);
        done = true;
      });
    });
    while (!done) co_await nap();
  };
  asio::co_spawn(instrument<Clock>(context), session(), asio::detached);
  context.run();
  check_busy(timer, 4);
}

/// An executor asks the one inside between what the strand asks.
BOOST_AUTO_TEST_CASE(who_begins_inline_and_is_suspended_is_lost) {
  asio::io_context context;
  QuietTimer<Clock> around, inside;
  const auto executor = instrument<Clock>(context);
  const asio::any_io_executor strand =
      asio::make_strand(asio::any_io_executor(instrument<Clock>(asio::any_io_executor(executor))));
  asio::post(asio::make_strand(LargeExecutor(executor)), [] {});
  const auto spawned = [&]() -> asio::awaitable<void> {
    const auto run = inside.measure();
    compute<Clock>(1);
    co_await asio::post(executor, asio::use_awaitable);
    compute<Clock>(1);
  };
  const auto spawns = [&]() -> asio::awaitable<void> {
    {
      const auto run = around.measure();
      co_await asio::dispatch(asio::bind_executor(strand, asio::use_awaitable));
      asio::co_spawn(strand, spawned(), asio::detached);
      compute<Clock>(100);
    }
    compute<Clock>(1000);
  };
  asio::co_spawn(executor, spawns(), asio::detached);
  context.run();
  check_busy(around, 101);
  check_outcomes(inside, 0, 0, 1);
}

/// A run waits in the strand, and another one resumes it there, inline.
BOOST_AUTO_TEST_CASE(who_executes_somebody_elses_function_inline_is_lost) {
  asio::io_context context;
  QuietTimer<Clock> waiting, resuming;
  const asio::any_io_executor strand = asio::make_strand(LargeExecutor(instrument<Clock>(context)));
  std::function<void()> wake;
  asio::post(strand, [] {});
  const auto waits = [&]() -> asio::awaitable<void> {
    const auto run = waiting.measure();
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
        [&](auto handler) {
          auto kept = std::make_shared<decltype(handler)>(std::move(handler));
          const auto work = asio::prefer(strand, asio::execution::outstanding_work.tracked);
          wake = [kept, work] { asio::dispatch(work, [kept] { std::move (*kept)(); }); };
        },
        asio::use_awaitable);
    compute<Clock>(100);
  };
  const auto resumes = [&]() -> asio::awaitable<void> {
    const auto run = resuming.measure();
    compute<Clock>(1);
    std::exchange(wake, nullptr)();
    co_return;
  };
  asio::co_spawn(strand, waits(), asio::detached);
  context.poll();  // what it waits for is outstanding work
  asio::co_spawn(strand, resumes(), asio::detached);
  context.run();
  check_outcomes(waiting, 0, 0, 1);
  check_outcomes(resuming, 0, 0, 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace perf_timer::test
