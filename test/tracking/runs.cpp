//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What a tracked program knows more of the runs of timers.
#include <perf_timer.hpp>

#include <boost/asio.hpp>
#include <boost/test/unit_test.hpp>

#include "started.hpp"

#include <chrono>
#include <optional>

BOOST_AUTO_TEST_SUITE(runs)

namespace asio = boost::asio;
using perf_timer::AsioPerfTimer;
using perf_timer::TimerSnapshot;
using perf_timer::detail::OperationResult;
using perf_timer::detail::OperationSite;
using tracked::Started;

namespace {

/// Calls it in a step of an instrumented executor.
template <class Function>
void in_a_step(Function function) {
  asio::io_context context;
  asio::post(perf_timer::instrument(context), function);
  context.run();
}

const perf_timer::TimerOptions quiet{.log = perf_timer::silent};

}  // namespace

BOOST_AUTO_TEST_CASE(what_it_waited_for_and_for_how_long) {
  AsioPerfTimer timer("waits", quiet);
  OperationSite site{"", false};
  in_a_step([&] {
    const auto run = timer.measure();
    for (int i = 0; i < 2; ++i)
      Started(site, "async_upstream", 1000).end(OperationResult::success, 1300, 1340);
    Started(site, "async_other", 1000).end(OperationResult::success, 1900, 1900);
  });
  const TimerSnapshot seen = timer.snapshot();
  BOOST_REQUIRE(seen.idle_in.size() == 2u);
  BOOST_TEST(seen.idle_in[0].operation == "async_other");
  BOOST_TEST(seen.idle_in[0].waited.count() == 900);
  BOOST_TEST(seen.idle_in[1].operation == "async_upstream");
  BOOST_TEST(seen.idle_in[1].count == 2u);
  BOOST_TEST(seen.idle_in[1].waited.count() == 600);
}

BOOST_AUTO_TEST_CASE(what_had_arrived_and_waited_for_a_thread_is_queued) {
  AsioPerfTimer timer("arrived", quiet);
  OperationSite site{"", false};
  in_a_step([&] {
    const auto run = timer.measure();
    Started(site, "async_arrived", 1000).end(OperationResult::success, 1300, 1340);
    Started(site, "async_arrived", 1000).end(OperationResult::success, 0, 1340);  // not known
    Started(site, "async_arrived", 1000).end(OperationResult::cancelled, 1300, 1340);
    Started(site, "post", 1000)
        .end(OperationResult::success, 0, 1340);  // a function, from its start
  });
  BOOST_TEST(timer.snapshot().queued.total.count() == 40 + 340);
}

BOOST_AUTO_TEST_CASE(those_around_it_waited_too) {
  AsioPerfTimer outer("outer", quiet), inner("inner", quiet);
  OperationSite site{"", false};
  in_a_step([&] {
    const auto around = outer.measure();
    const auto run = inner.measure();
    Started(site, "async_nested", 1000).end(OperationResult::success, 1300, 1340);
  });
  for (const auto* const timer : {&outer, &inner}) {
    const TimerSnapshot seen = timer->snapshot();
    BOOST_REQUIRE(seen.idle_in.size() == 1u);
    BOOST_TEST(seen.idle_in[0].waited.count() == 300);
    BOOST_TEST(seen.queued.total.count() == 40);
  }
}

BOOST_AUTO_TEST_CASE(a_run_that_has_ended_waits_no_more) {
  AsioPerfTimer timer("ended", quiet);
  OperationSite site{"", false};
  in_a_step([&] {
    std::optional<Started> operation;
    {
      const auto run = timer.measure();
      operation.emplace(site, "async_late", 1000);
    }
    operation->end(OperationResult::success, 1300, 1340);
  });
  BOOST_TEST(timer.snapshot().runs == 1u);
  BOOST_TEST(timer.snapshot().idle_in.empty());
  BOOST_TEST(timer.snapshot().queued.total.count() == 0);
}

BOOST_AUTO_TEST_CASE(reset_forgets_what_was_waited_for) {
  AsioPerfTimer timer("reset", quiet);
  OperationSite site{"", false};
  const auto wait = [&] {
    in_a_step([&] {
      const auto run = timer.measure();
      Started(site, "async_again", 1000).end(OperationResult::success, 1300, 1340);
    });
  };
  wait();
  timer.reset();
  BOOST_TEST(timer.snapshot().idle_in.empty());
  wait();
  BOOST_REQUIRE(timer.snapshot().idle_in.size() == 1u);
  BOOST_TEST(timer.snapshot().idle_in[0].count == 1u);
}

BOOST_AUTO_TEST_CASE(an_operation_keeps_no_run) {
  AsioPerfTimer timer("dropped", quiet);
  OperationSite site{"", false};
  in_a_step([&] {
    const auto run = timer.measure();
    const Started operation(site, "async_forgotten", 1000);
  });
  BOOST_TEST(timer.snapshot().runs == 1u);
  BOOST_TEST(timer.snapshot().open == 0u);
}

BOOST_AUTO_TEST_CASE(a_coroutine_on_an_instrumented_executor_is_exact_as_before) {
  AsioPerfTimer timer("coroutine", quiet);
  asio::io_context context;
  unsigned line = 0;
  const auto session = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    asio::steady_timer wait(co_await asio::this_coro::executor, std::chrono::milliseconds(1));
    co_await wait.async_wait(asio::use_awaitable);
    line = __LINE__ - 1;
  };
  asio::co_spawn(perf_timer::instrument(context), session(), asio::detached);
  context.run();
  const TimerSnapshot seen = timer.snapshot();
  BOOST_TEST(seen.runs == 1u);
  BOOST_TEST(seen.lost == 0u);
  BOOST_REQUIRE(seen.idle_in.size() == 1u);
  BOOST_TEST(seen.idle_in[0].file == __FILE__);
  BOOST_TEST(seen.idle_in[0].line == line);
  BOOST_TEST(seen.idle_in[0].waited.count() >= 0);
  BOOST_TEST(seen.idle_in[0].waited <= seen.elapsed.total);
}

BOOST_AUTO_TEST_CASE(a_decorated_coroutine_too) {
  AsioPerfTimer timer("decorated", quiet);
  asio::io_context context;
  const auto wait = []() -> asio::awaitable<int> {
    asio::steady_timer sleep(co_await asio::this_coro::executor, std::chrono::milliseconds(1));
    co_await sleep.async_wait(asio::use_awaitable);
    co_return 1;
  };
  const auto session = [&]() -> asio::awaitable<void> {
    BOOST_TEST(co_await timer.decorate(wait()) == 1);
  };
  asio::co_spawn(perf_timer::instrument(context), session(), asio::detached);
  context.run();
  BOOST_TEST(timer.snapshot().runs == 1u);
  BOOST_TEST(timer.snapshot().partial == 0u);
  BOOST_TEST(timer.snapshot().idle_in.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
