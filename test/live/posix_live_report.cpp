//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Not for Windows, for the reason that posix_report_on_signal.cpp tells.
#include <perf_timer.hpp>
#include <perf_timer/live_report.hpp>
#include <perf_timer/report_on_signal.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "common/error_code.hpp"
#include "common/hangs_after.hpp"

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
using asio::error_code;
using namespace std::chrono_literals;

const TimerOptions quiet{.log = [](std::string_view) {}};

std::uint64_t runs_of(const Interval& interval, std::string_view name) {
  for (const TimerSnapshot& timer : interval.timers)
    if (timer.name == name) return timer.runs;
  return 0;
}

/// Keeps `run()` from returning until a test has seen the event that it waits for. No test here
/// waits for a time.
using Work = asio::executor_work_guard<asio::io_context::executor_type>;

BOOST_AUTO_TEST_SUITE(live_report_, *hangs_after(60))

BOOST_AUTO_TEST_CASE(each_report_has_what_came_after_the_one_before) {
  AsioPerfTimer timer{"t", quiet};
  asio::io_context context;
  std::optional work{Work{context.get_executor()}};
  std::vector<std::uint64_t> runs;
  timer.observe(1us);  // before the first report
  live_report(context, {.every = 1ms, .sink = [&](const Interval& interval) {
                          if (runs.size() == 4) return;  // one more may be due already
                          runs.push_back(runs_of(interval, "t"));
                          for (std::size_t i = 0; i < runs.size(); ++i) timer.observe(1us);
                          if (runs.size() == 4) work.reset();
                        }});
  context.run();
  BOOST_TEST(runs == (std::vector<std::uint64_t>{0, 1, 2, 3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(it_does_not_keep_run_from_returning) {
  asio::io_context context;
  live_report(context, {.every = 1h});
  BOOST_TEST(context.run() == 0u);
  BOOST_TEST(context.stopped());
}

BOOST_AUTO_TEST_CASE(every_executor_will_do) {
  // Each row: the executor, and a function that runs until a report has come.
  asio::io_context context;
  asio::thread_pool pool{2};
  const auto came = [](auto&& where, auto run) {
    std::promise<void> report;
    asio::cancellation_signal stop;
    live_report(where,
                {.every = 1ms,
                 .sink =
                     [&report, once = std::make_shared<bool>(false)](const Interval&) {
                       if (!std::exchange(*once, true)) report.set_value();
                     }},
                asio::bind_cancellation_slot(stop.slot(), [](error_code) {}));
    run(report.get_future());
    stop.emit(asio::cancellation_type::terminal);
  };
  const auto by_running = [&](std::future<void> report) {
    const Work work{context.get_executor()};
    context.restart();
    while (report.wait_for(0s) != std::future_status::ready) context.run_one();
  };
  const auto by_waiting = [](std::future<void> report) { report.get(); };
  came(context, by_running);
  came(context.get_executor(), by_running);
  came(asio::make_strand(context), by_running);
  came(asio::any_io_executor(context.get_executor()), by_running);
  came(instrument(context), by_running);
  came(task(asio::make_strand(context)), by_running);
  came(pool, by_waiting);
  came(pool.get_executor(), by_waiting);
  came(asio::make_strand(pool), by_waiting);
  pool.join();
}

BOOST_AUTO_TEST_CASE(it_runs_on_the_executor_it_was_given) {
  asio::io_context context;
  std::optional work{Work{context.get_executor()}};
  const auto strand = asio::make_strand(context);
  bool inside = false;
  live_report(strand, {.every = 1ms, .sink = [&](const Interval&) {
                         inside = strand.running_in_this_thread();
                         work.reset();
                       }});
  context.run();
  BOOST_TEST(inside);
}

BOOST_AUTO_TEST_CASE(cancellation_completes_it) {
  for (const auto type : {asio::cancellation_type::terminal, asio::cancellation_type::partial,
                          asio::cancellation_type::total}) {
    asio::io_context context;
    asio::cancellation_signal stop;
    std::vector<error_code> completions;
    live_report(context, {.every = 1h},
                asio::bind_cancellation_slot(
                    stop.slot(), [&](error_code error) { completions.push_back(error); }));
    stop.emit(asio::cancellation_type::none);
    context.run();
    BOOST_TEST(completions.empty());
    stop.emit(type);
    stop.emit(type);
    BOOST_TEST(completions.empty());  // the handler isn't called inside emit
    context.restart();
    context.run();
    BOOST_TEST_REQUIRE(completions.size() == 1u);
    BOOST_TEST(completions[0] == asio::error::operation_aborted);
  }
}

BOOST_AUTO_TEST_CASE(nothing_is_reported_after_cancellation) {
  asio::io_context context;
  std::optional work{Work{context.get_executor()}};
  asio::cancellation_signal stop;
  int reports = 0;
  bool completed = false;
  live_report(context,
              {.every = 1ms,
               .sink =
                   [&](const Interval&) {
                     BOOST_TEST(!completed);
                     if (++reports == 2) stop.emit(asio::cancellation_type::terminal);
                   }},
              asio::bind_cancellation_slot(stop.slot(), [&](error_code) {
                completed = true;
                work.reset();
              }));
  context.run();
  BOOST_TEST(completed);
  BOOST_TEST(reports == 2);
}

BOOST_AUTO_TEST_CASE(the_handler_is_called_on_its_own_executor) {
  asio::io_context context, other;
  asio::cancellation_signal stop;
  bool completed = false;
  live_report(context, {.every = 1h},
              asio::bind_cancellation_slot(
                  stop.slot(), asio::bind_executor(other, [&](error_code) { completed = true; })));
  stop.emit(asio::cancellation_type::terminal);
  context.run();
  BOOST_TEST(!completed);
  other.run();
  BOOST_TEST(completed);
}

asio::awaitable<void> until(int& reports, int enough) {
  while (reports < enough) co_await asio::post(asio::use_awaitable);
}

BOOST_AUTO_TEST_CASE(a_coroutine_awaits_it) {
  using namespace asio::experimental::awaitable_operators;
  asio::io_context context;
  int reports = 0;
  bool ended = false;
  const LiveReportOptions options{.every = 1ms, .sink = [&](const Interval&) { ++reports; }};
  const auto serve = [&]() -> asio::awaitable<void> {
    const auto which =
        co_await (until(reports, 3) || live_report(context, options, asio::use_awaitable));
    ended = which.index() == 0;
  };
  co_spawn(context, serve(), asio::detached);
  context.run();
  BOOST_TEST(ended);
  BOOST_TEST(reports == 3);
}

BOOST_AUTO_TEST_CASE(a_future_of_a_context_that_goes) {
  std::future<void> future;
  {
    asio::io_context context;
    future = live_report(context, {.every = 1h}, asio::use_future);
  }
  BOOST_CHECK_THROW(future.get(), std::future_error);  // a broken promise, and no hang
}

BOOST_AUTO_TEST_CASE(a_context_that_goes_takes_it_along) {
  const auto mine = std::make_shared<int>(0);
  {
    asio::io_context context;
    const auto strand = asio::make_strand(context);
    live_report(strand, {.every = 1ns, .sink = [mine](const Interval&) {}},
                [mine](error_code) { BOOST_ERROR("called"); });
    live_report(context, {.every = 1h}, asio::bind_executor(strand, [mine](error_code) {}));
    BOOST_TEST(mine.use_count() > 1);
  }
  BOOST_TEST(mine.use_count() == 1);
}

BOOST_AUTO_TEST_CASE(a_slow_executor_gets_one_report_at_a_time) {
  // A context that nobody runs has at most one report waiting, however much time passes. A report
  // on another context shows that time has passed.
  asio::io_context stuck, context;
  std::optional work{Work{context.get_executor()}};
  AsioPerfTimer timer{"t", quiet};
  std::vector<std::uint64_t> runs;
  live_report(stuck, {.every = 1ms, .sink = [&](const Interval& interval) {
                        runs.push_back(runs_of(interval, "t"));
                        stuck.stop();
                      }});
  int others = 0;
  live_report(context, {.every = 1ms, .sink = [&](const Interval&) {
                          if (others == 10) return;  // one more may be due already
                          timer.observe(1us);
                          if (++others == 10) work.reset();
                        }});
  context.run();
  BOOST_TEST(stuck.poll() == 1u);
  BOOST_TEST(runs == (std::vector<std::uint64_t>{10}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_a_sink_throws_leaves_run_and_it_goes_on) {
  asio::io_context context;
  std::optional work{Work{context.get_executor()}};
  int reports = 0;
  live_report(context, {.every = 1ms, .sink = [&](const Interval&) {
                          if (++reports == 1) throw std::runtime_error("disk full");
                          work.reset();
                        }});
  BOOST_CHECK_THROW(context.run(), std::runtime_error);
  context.run();
  BOOST_TEST(reports >= 2);  // one more may be due already
}

BOOST_AUTO_TEST_CASE(a_line_for_each_timer_that_ran) {
  AsioPerfTimer timer{"GET /", quiet}, never{"never", quiet};
  asio::io_context context;
  std::optional work{Work{context.get_executor()}};
  std::string text;
  live_report(context, {.every = 1ms, .log = [&](std::string_view lines) {
                          if (text.empty()) text = lines;  // one more may be due already
                          work.reset();
                        }});
  timer.observe(5us);
  context.run();
  const std::string_view begin = "in the last ", end = ":\ntimer \"GET /\": 5.00 usec";
  BOOST_TEST(text.starts_with(begin));
  BOOST_TEST(text.ends_with(end));
  BOOST_TEST(text.find('\n') == text.size() - end.size() + 1);
}

BOOST_AUTO_TEST_CASE(options_of_no_use) {
  asio::io_context context;
  for (const std::chrono::nanoseconds every : {0ns, -1ns, std::chrono::nanoseconds::min()})
    BOOST_CHECK_THROW(live_report(context, {.every = every}), std::invalid_argument);
  live_report(context, {.every = std::chrono::nanoseconds::max()});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
