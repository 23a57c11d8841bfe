//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What a trace shows of runs on plain executors.
#include "json/trace_file.hpp"
#include "tracked_runs/followed.hpp"

#include <perf_timer/trace.hpp>

#include <boost/asio/version.hpp>

#include <string>
#include <vector>

namespace perf_timer::test::tracked_runs {
namespace {

std::vector<std::string> without_places(std::vector<std::string> rows) {
  for (std::string& row : rows)
    if (const auto at = row.find(" followed.hpp:"); at != row.npos)
      row.erase(at, row.find(' ', at + 1) - at);
  return rows;
}

struct Fixture {
  Fixture() { start_trace(); }
  Fixture(const Fixture&) = delete;
  Fixture& operator=(const Fixture&) = delete;
  ~Fixture() { clear_trace(); }

  void spawn(asio::awaitable<void> coroutine) {
    asio::co_spawn(context, std::move(coroutine), asio::detached);
  }
  /// Executes the program. Returns what its thread did.
  std::vector<std::string> slices() {
    run(context);
    return without_places(TraceFile().slices("threads", {"waited_us", "queued_us", "run"}));
  }

  asio::io_context context;
  AsioPerfTimer timer{"run", quiet};
};

asio::awaitable<void> work(AsioPerfTimer& timer) {
  const auto run = timer.measure();
  compute(3);
  co_await sleep(100);
  compute(4);
}

BOOST_FIXTURE_TEST_SUITE(traces, Fixture)

BOOST_AUTO_TEST_CASE(a_handler_is_one_slice_with_its_run) {
  spawn([](AsioPerfTimer& of) -> asio::awaitable<void> {
    const auto run = of.measure();
    compute(3);
    co_await sleep(100);
    compute(4);
    co_await sleep(100);
  }(timer));
  check_rows(slices(), {"0-3 io_context.execute run=run",
                        "103-107 deadline_timer.async_wait waited_us=100 run=run",
                        "207-207 deadline_timer.async_wait waited_us=100 run=run"});
}

BOOST_AUTO_TEST_CASE(who_spawns_a_run_goes_on_on_nobodys_behalf) {
  spawn([](AsioPerfTimer& of) -> asio::awaitable<void> {
    asio::co_spawn(co_await asio::this_coro::executor, work(of), asio::detached);
    compute(10);
  }(timer));
  // Asio 1.26 executes once more for a coroutine that it has spawned.
  std::vector<std::string> expected{"0-13 io_context.execute", "0-3 run",
                                    "13-13 io_context.execute",
                                    "103-107 deadline_timer.async_wait waited_us=100 run=run"};
  if (BOOST_ASIO_VERSION > 102600) expected.erase(expected.begin() + 2);
  check_rows(slices(), expected);
}

BOOST_AUTO_TEST_CASE(what_a_run_waited_for_is_below_it) {
  spawn(work(timer));
  run(context);
  check_rows(without_places(TraceFile().runs()), {"0-107 run", "3-103 deadline_timer.async_wait"});
  BOOST_TEST(TraceFile().waits().empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test::tracked_runs
