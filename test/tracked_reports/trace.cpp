//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The trace of a small program that is tracked.
#include "json/trace_file.hpp"

#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/instrument.hpp>
#include <perf_timer/trace.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;

/// Returns the rows without their times.
std::vector<std::string> names_of(std::vector<std::string> rows) {
  for (std::string& row : rows) row.erase(0, row.find(' ') + 1);
  return rows;
}

/// Executes a coroutine in which a timer's run waits for a timer of Asio. Returns the name of that
/// operation.
std::string run_program(const auto& executor, asio::io_context& context, AsioPerfTimer& request) {
  unsigned line = 0;
  const auto session = [&]() -> asio::awaitable<void> {
    const auto run = request.measure();
    asio::steady_timer wait(co_await asio::this_coro::executor, std::chrono::milliseconds(1));
    co_await wait.async_wait(asio::use_awaitable);
    line = __LINE__ - 1;
  };
  asio::co_spawn(executor, session, asio::detached);
  context.run();
  return "deadline_timer.async_wait trace.cpp:" + std::to_string(line);
}

BOOST_AUTO_TEST_SUITE(trace_of_a_program)

BOOST_AUTO_TEST_CASE(a_run_has_what_it_waited_for) {
  AsioPerfTimer request("request", {.log = silent});
  asio::io_context context;
  start_trace();
  const std::string awaited = run_program(instrument(context), context, request);
  const TraceFile file;
  clear_trace();
  const auto runs = names_of(file.runs());
  BOOST_TEST_REQUIRE(runs.size() >= 2u);
  BOOST_TEST(runs[0] == "request");
  BOOST_TEST(runs[1] == awaited);
  // The handler resumes the coroutine, in a step that goes on after the run.
  const auto slices = names_of(file.slices("threads"));
  const auto handler = std::find(slices.begin(), slices.end(), awaited);
  BOOST_TEST_REQUIRE((slices.end() - handler > 2));
  BOOST_TEST(*(handler + 1) == "function");
  BOOST_TEST(*(handler + 2) == "request");
}

BOOST_AUTO_TEST_CASE(on_a_plain_executor_too) {
  AsioPerfTimer request("request", {.log = silent});
  asio::io_context context;
  start_trace();
  const std::string awaited = run_program(context.get_executor(), context, request);
  const TraceFile file;
  clear_trace();
  BOOST_TEST(file.waits().empty());
  const auto runs = names_of(file.runs());
  BOOST_TEST_REQUIRE(runs.size() >= 2u);
  BOOST_TEST(runs[0] == "request");
  BOOST_TEST(runs[1] == awaited);
  // The handler is the step, which goes on after the run.
  const auto slices = names_of(file.slices("threads"));
  const auto handler = std::find(slices.begin(), slices.end(), awaited);
  BOOST_TEST_REQUIRE((slices.end() - handler > 1));
  BOOST_TEST(*(handler + 1) == "request");
  BOOST_TEST(std::count(slices.begin(), slices.end(), "function") == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
