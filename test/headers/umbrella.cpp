//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/unit_test.hpp>

#include <sstream>
#include <string_view>

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using namespace perf_timer;

const TimerOptions quiet{.log = [](std::string_view) {}};

asio::awaitable<void> session(AsioPerfTimer& timer, bool& counted) {
  auto run = timer.measure();
  co_await asio::post(asio::use_awaitable);
  const auto before = asio_perf_counter();
  counted = asio_perf_counter() >= before;
}

// What most programs do, with nothing else included.
BOOST_AUTO_TEST_CASE(the_umbrella_measures_and_reports) {
  IntervalReader reader;
  AsioPerfTimer requests{"requests", quiet}, ledger{"ledger", {.observer = AverageObserver{}}};
  asio::io_context context;
  bool counted = false;
  asio::co_spawn(instrument(context), session(requests, counted), asio::detached);
  asio::co_spawn(task(context), session(requests, counted), asio::detached);
  asio::post(ledger.wrap(asio::make_strand(context)), [] {});
  context.run();
  BOOST_TEST(counted);

  const auto all = snapshot_all();
  BOOST_REQUIRE(all.size() == 2u);
  BOOST_TEST(all[0].runs == 2u);
  BOOST_TEST(all[1].runs == 1u);
  BOOST_TEST(reader.next().timers.size() == 2u);
  BOOST_TEST(report_line(all[0]).find("requests") != std::string::npos);
  std::ostringstream report, table;
  write_report(report);
  write_table(table, all, TableOptions{});
  BOOST_TEST(report.str().find("requests") != std::string::npos);
  BOOST_TEST(table.str().find("ledger") != std::string::npos);
  ledger.reset();  // so that it reports nothing when it is destroyed
}

BOOST_AUTO_TEST_CASE(the_umbrella_has_every_clock_and_observer) {
  BasicPerfTimer<tsc_clock> tsc{"tsc", quiet};
  BasicThreadPerfTimer<thread_cpu_clock> cpu{"cpu", quiet};
  PerfTimer p_square{"p-square", {.observer = PSquareObserver{}, .log = [](std::string_view) {}}};
  ThreadPerfTimer stddev{"stddev", {.observer = StdDevObserver{}, .log = [](std::string_view) {}}};
  PerfTimer histogram{"histogram", {.observer = HistogramObserver{}, .log = quiet.log}};
  const auto observed = [](auto& timer) {
    timer.observe(1ms);
    return timer.snapshot().elapsed.total == 1ms;
  };
  BOOST_TEST(observed(tsc));
  BOOST_TEST(observed(cpu));
  BOOST_TEST(observed(p_square));
  BOOST_TEST(observed(stddev));
  BOOST_TEST(observed(histogram));
  static_assert(TimerClock<tsc_clock> && PERF_TIMER_VERSION > 0);
  BOOST_TEST(format_duration(1ms) == "1.00 msec");
  BOOST_TEST(!tracing());
}

BOOST_AUTO_TEST_CASE(the_umbrella_measures_the_overhead_of_its_timers) {
  BOOST_TEST(measure_overhead<ThreadPerfTimer>().count() > 0);
  BOOST_TEST(measure_overhead<AsioPerfTimer>(AverageObserver{}).count() > 0);
  const PerfTimer timer{"timer", quiet};
  BOOST_TEST(measure_overhead(timer).count() > 0);
}

}  // namespace
