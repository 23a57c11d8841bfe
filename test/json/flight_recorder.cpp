//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What makes a flight recorder save its trace, and what is in the file.
#include "common/error_code.hpp"
#include "flight.hpp"

#include "common/quiet_timer.hpp"
#include "common/waiting.hpp"
#include "common/world.hpp"

#include <perf_timer.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

const TimerOptions quiet{.log = [](std::string_view) {}};
using Plain = BasicThreadPerfTimer<ManualClock>;

/// The manual clock. While it is closed, other threads than that which closed it wait to read it.
struct GateClock : ManualClock {
  using time_point = std::chrono::time_point<GateClock>;

  static time_point now() noexcept {
    if (closed && std::this_thread::get_id() != keeper) {
      has_visitor.set(true);
      is_closed.wait_for(false);
    }
    return time_point(duration(ticks.load()));
  }
  static void close() {
    keeper = std::this_thread::get_id();
    has_visitor.set(false);
    is_closed.set(true);
    closed = true;
  }
  static void wait_for_visitor() { has_visitor.wait_for(true); }
  static void open() {
    closed = false;
    is_closed.set(false);
  }

  static inline std::thread::id keeper;
  static inline std::atomic<bool> closed{false};  // the same, for who needn't wait
  static inline Awaited<bool> is_closed{false}, has_visitor{false};
};

/// A run that computes so long.
void run(Plain& timer, int elapsed) {
  const auto one = timer.measure();
  compute<ManualClock>(elapsed);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(flight_recorder, Flight)

BOOST_AUTO_TEST_CASE(a_slow_run_is_marked_and_what_ran_before_and_around_it_is_there) {
  QuietTimer<ManualClock> slow("GET /slow"), other("GET /other");
  Plain before("before", quiet);
  asio::io_context context;
  const auto on = instrument<ManualClock>(context);
  begin();
  run(before, 5);
  asio::co_spawn(
      on,
      [](auto& timer) -> asio::awaitable<void> {
        const auto one = timer.measure();
        compute<ManualClock>(10);
        co_await asio::post(asio::use_awaitable);
        compute<ManualClock>(10);
      }(slow),
      asio::detached);
  asio::post(on, [&] {
    const auto one = other.measure();
    compute<ManualClock>(250);
  });
  asio::post(on, [&] {
    const auto one = other.measure();
    compute<ManualClock>(280);
  });
  context.run();

  const auto read = file();
  BOOST_TEST(read.reasons() == std::vector<std::string>{"run \"GET /slow\" took 550 nsec"},
             boost::test_tools::per_element());
  check_rows(read.marked(), {"5-555 slow run: GET /slow elapsed_us=550"});
  check_rows(read.runs({"slow", "queued_us"}), {"5-555 GET /slow slow=1000 queued_us=530",
                                                "15-265 GET /other", "265-545 GET /other"});
  const auto slices = read.slices("threads", {"slow"});
  check_contains(slices, "0-5 before");
  check_contains(slices, "5-15 GET /slow");
  check_contains(slices, "15-265 GET /other");
  check_contains(slices, "265-545 GET /other");
  check_contains(slices, "545-555 GET /slow");
  BOOST_TEST(read.flight().at("slower_than_us").to_number<double>() == 0.3);
  const auto tracks = read.tracks("flight recorder");
  BOOST_TEST(tracks == std::vector<std::string>{"why it was saved"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_step_is_slow_that_no_run_measures) {
  asio::io_context context;
  begin();
  asio::post(instrument<ManualClock>(context), [] { compute<ManualClock>(301); });
  context.run();
  const auto read = file();
  check_rows(read.reasons(), {"step took 301 nsec"});
  check_rows(read.marked(), {"0-301 slow step elapsed_us=301"});
  check_rows(read.slices("threads", {"slow"}), {"0-301 function slow=1000"});
}

BOOST_AUTO_TEST_CASE(a_slow_step_names_the_run_that_it_is_for) {
  QuietTimer<ManualClock> connection("connection");
  asio::io_context context;
  auto whole = connection.start();
  auto with = options();
  with.ignore = {"connection"};
  begin(with);
  asio::post(whole.wrap(context), [] { compute<ManualClock>(400); });
  context.run();
  const auto read = file();
  check_rows(read.reasons(), {"step for \"connection\" took 400 nsec"});
  check_rows(read.marked(), {"0-400 slow step: connection elapsed_us=400"});
  check_rows(read.slices("threads", {"slow"}), {"0-400 connection slow=1000"});
}

BOOST_AUTO_TEST_CASE(a_function_is_slow_that_waited) {
  QuietTimer<ManualClock> strand("strand");
  asio::io_context context;
  begin();
  asio::post(strand.wrap(context), [] { compute<ManualClock>(1); });
  compute<ManualClock>(300);
  context.run();
  const auto read = file();
  check_rows(read.reasons(), {"function of \"strand\" took 301 nsec"});
  check_rows(read.marked(), {"0-301 slow function: strand elapsed_us=301"});
  check_rows(read.slices("executors", {"queued_us", "slow"}),
             {"300-301 strand queued_us=300 slow=1000"});
}

BOOST_AUTO_TEST_CASE(an_operation_is_slow) {
  QuietTimer<ManualClock> operation("async_wait");
  asio::io_context context;
  asio::steady_timer expired(context, std::chrono::steady_clock::time_point::min());
  begin();
  expired.async_wait(timed(operation, [](const asio::error_code&) {}));
  compute<ManualClock>(400);
  context.run();
  check_rows(file().reasons(), {"run \"async_wait\" took 400 nsec"});
}

BOOST_AUTO_TEST_CASE(a_failed_run_is_slow_and_a_cancelled_one_is_not) {
  Plain failed("failed", quiet), cancelled("cancelled", quiet);
  begin();
  auto forgotten = cancelled.measure();
  compute<ManualClock>(400);
  forgotten.cancel();
  try {
    const auto one = failed.measure();
    compute<ManualClock>(500);
    throw std::runtime_error("thrown");
  } catch (const std::runtime_error&) {
  }
  check_rows(file().reasons(), {"run \"failed\" took 500 nsec"});
  end();
  BOOST_TEST(names().size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_takes_no_longer_is_not_saved) {
  Plain timer("timer", quiet);
  asio::io_context context;
  begin();
  run(timer, 300);
  asio::post(instrument<ManualClock>(context), [&] {
    asio::dispatch(instrument<ManualClock>(context), [] { compute<ManualClock>(200); });
    compute<ManualClock>(100);
  });
  context.run();
  end();
  BOOST_TEST(names().empty());
}

BOOST_AUTO_TEST_CASE(many_steps_that_are_suspended_in_the_middle_hide_no_slow_one) {
  begin();
  const std::vector<int> others(100);  // their ends are on other threads
  for (const int& step : others) detail::trace_step_began<ManualClock>({&step, nullptr, 0, 0, 0});
  const int outer = 0, inner = 0;
  detail::trace_step_began<ManualClock>({&outer, nullptr, 0, 0, 0});
  detail::trace_step_began<ManualClock>({&inner, nullptr, 0, 0, 0});
  compute<ManualClock>(200);
  detail::trace_step_ended<ManualClock>(&inner);
  compute<ManualClock>(200);
  detail::trace_step_ended<ManualClock>(&outer);
  check_rows(file().reasons(), {"step took 400 nsec"});
}

BOOST_AUTO_TEST_CASE(runs_of_ignored_timers_may_take_long) {
  Plain connection("connection", quiet), request("request", quiet);
  auto with = options();
  with.ignore = {"read", "connection"};
  begin(with);
  for (int i = 0; i < 3; ++i) run(connection, 400);
  run(request, 500);
  check_rows(file().reasons(), {"run \"request\" took 500 nsec"});
  end();
  BOOST_TEST(names().size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_slow_in_the_pause_is_counted_and_told_in_the_next) {
  Plain timer("timer", quiet);
  asio::io_context context;
  auto with = options();
  with.pause = 10'000ns;
  begin(with);
  run(timer, 400);
  wait();
  for (int i = 0; i < 3; ++i) run(timer, 500);
  asio::post(instrument<ManualClock>(context), [] { compute<ManualClock>(350); });
  context.run();
  compute<ManualClock>(10'000);
  run(timer, 600);
  const auto read = file(2);
  check_rows(read.reasons(), {"run \"timer\" took 600 nsec"});
  BOOST_TEST(read.flight().at("slow_runs_before").to_number<int>() == 3);
  BOOST_TEST(read.flight().at("slow_steps_before").to_number<int>() == 1);
  check_rows(
      read.slices("threads", {"slow"}),  // all that is slow bears the mark
      {"0-400 timer slow=1000", "400-900 timer slow=1000", "900-1400 timer slow=1000",
       "1400-1900 timer slow=1000", "1900-2250 function slow=1000", "12250-12850 timer slow=1000"});
  BOOST_TEST(wait(2).slow_runs_before == 3u);
}

BOOST_AUTO_TEST_CASE(what_is_slow_while_a_file_is_written_is_counted_and_told_in_the_next) {
  BasicThreadPerfTimer<GateClock> timer("timer", quiet);
  const auto run_slowly = [&] {
    const auto one = timer.measure();
    compute<ManualClock>(400);
  };
  auto recorder = FlightRecorder::with_clock<GateClock>(options());
  GateClock::close();
  run_slowly();
  GateClock::wait_for_visitor();              // the recorder's thread copies the trace
  for (int i = 0; i < 40; ++i) run_slowly();  // more than there is room for
  GateClock::open();
  BOOST_TEST(wait().slow_runs_before == 0u);
  recorder.save("asked");
  BOOST_TEST(wait(2).slow_runs_before == 40u);
  recorder.save("asked again");
  BOOST_TEST(wait(3).slow_runs_before == 0u);
}

BOOST_AUTO_TEST_CASE(the_file_reaches_back_as_far_as_nothing_was_overwritten) {
  Plain timer("timer", quiet), slow("slow", quiet);
  auto with = options();
  with.memory = 64 << 10;
  begin(with);
  Latch over(1);
  std::thread idle([&] {  // its events are of long ago, and not overwritten
    run(timer, 100);
    over.wait();
  });
  while (TraceFile().slices("threads").empty()) std::this_thread::yield();
  {
    const auto one = slow.measure();
    for (int i = 0; i < 10'000; ++i) {
      const auto inside = timer.measure();
      compute<ManualClock>(1);
    }
  }
  const auto read = file();
  BOOST_TEST(read.metadata().at("dropped_events").to_number<int>() > 10'000);
  const auto marked = read.marked();
  BOOST_REQUIRE(marked.size() == 1u);
  BOOST_TEST_CONTEXT(marked[0]) {
    BOOST_TEST(marked[0].starts_with("0-"));
    BOOST_TEST(marked[0].ends_with(" slow run: slow elapsed_us=10000"));
  }
  const auto slices = read.slices("threads", {"elapsed_us"});
  BOOST_TEST(slices.size() > 200u);
  BOOST_TEST(slices.size() < 1500u);
  BOOST_TEST(slices.front().ends_with(" slow elapsed_us=10000"));
  BOOST_TEST(std::count(slices.begin(), slices.end(), "0-0 timer elapsed_us=1") <= 1);
  BOOST_TEST(read.metadata().at("duration_us").to_number<double>() < 1);
  for (const auto& slice : slices) BOOST_TEST(!slice.ends_with("elapsed_us=100"));
  over.count_down();
  idle.join();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace perf_timer::test
