//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The foot of a table says for what the operations of idle runs waited.
#include <perf_timer/detail/report/operation_text.hpp>
#include <perf_timer/write_table.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "snapshots.hpp"
#include "table_text.hpp"

using namespace test;
using perf_timer::AwaitedOperation;
using perf_timer::TimerSnapshot;

namespace {

/// Ten runs that were idle for 5.47 ms each.
TimerSnapshot idle(std::vector<AwaitedOperation> idle_in) {
  auto timer = route("GET /", 10, 20us, 10us, 5500us);
  timer.idle_in = std::move(idle_in);
  return timer;
}

std::string told(const TimerSnapshot& timer) { return line_of(table({timer}), "idle of"); }

AwaitedOperation called_back(std::string function, nanoseconds waited) {
  AwaitedOperation one = awaited("async_wait", 0, waited);
  one.object = "deadline_timer";
  one.file.clear();
  one.function = std::move(function);
  return one;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(idle_text)

BOOST_AUTO_TEST_CASE(the_whole_table) {
  auto timer = idle({awaited("async_receive", 41, 53'300us), called_back("retry", 1'100us)});
  timer.queued_free = 100us;
  timer.steps = 30;
  // clang-format off
  const char* const expected =
      "perf_timer: times are per run; sorted by total busy time\n"
      "busy: executing; queued: ready, but waiting for a thread or a strand; idle: neither, such as waiting for I/O or a timer\n"
      "\n"
      "      |      |        busy (us)         | queued (us) | elapsed (ms) |        share of elapsed\n"
      "timer | runs |  avg  50%  90%  99%  max |    avg  99% |     avg  99% |            #busy =queued .idle\n"
      "------+------+--------------------------+-------------+--------------+-------------------------------\n"
      "GET / |   10 | 20.0 20.0 40.0 60.0 80.0 |   10.0 30.0 |    5.50 16.5 | ..........   <1%     <1%   99%\n"
      "\n"
      "idle of \"GET /\": 5.47ms a run; its operations waited 5.44ms a run: 98% socket.async_receive upstream.cpp:41, 2% deadline_timer.async_wait retry\n"
      "steps of \"GET /\": 3.0 a run\n";
  // clang-format on
  BOOST_TEST(table({timer}) == expected);
}

BOOST_AUTO_TEST_CASE(without_operations_nothing_is_said) {
  BOOST_TEST(told(idle({})) == "");
  BOOST_TEST(told(idle({awaited("async_receive", 41, 0ns)})) == "");
}

BOOST_AUTO_TEST_CASE(of_a_timer_that_is_hardly_idle_nothing_is_said) {
  const auto line = [](nanoseconds busy) {
    auto timer = route("foo", 1, busy, 0us, 100ms);
    timer.idle_in = {awaited("async_receive", 41, 80ms)};
    return told(timer);
  };
  BOOST_TEST(line(99ms).starts_with("idle of \"foo\": 1.00ms a run;"));
  BOOST_TEST(line(99ms + 1ns) == "");
  BOOST_TEST(line(120ms) == "");
}

// Operations that wait at once have waited for longer than the run was idle. What wasn't an
// operation's wait explains nothing. In both cases, only what was seen is told.
BOOST_AUTO_TEST_CASE(shares_are_those_of_all_that_was_waited_for) {
  BOOST_TEST(told(idle({awaited("async_receive", 41, 50ms), awaited("async_wait", 42, 50ms)})) ==
             "idle of \"GET /\": 5.47ms a run; its operations waited 10.0ms a run: "
             "50% socket.async_receive upstream.cpp:41, 50% socket.async_wait upstream.cpp:42");
  BOOST_TEST(told(idle({awaited("async_receive", 41, 1ms)})) ==
             "idle of \"GET /\": 5.47ms a run; its operations waited 100us a run: "
             "100% socket.async_receive upstream.cpp:41");
}

BOOST_AUTO_TEST_CASE(the_three_longest_are_shown) {
  std::vector<AwaitedOperation> all{
      awaited("async_c", 3, 10ms), awaited("async_a", 1, 30ms),  awaited("async_never", 9, 0ms),
      awaited("async_b", 2, 20ms), awaited("async_d", 4, 100us),
  };
  const std::string first =
      "idle of \"GET /\": 5.47ms a run; its operations waited 6.01ms a run: 50% socket.async_a "
      "upstream.cpp:1, 33% socket.async_b upstream.cpp:2, 17% socket.async_c upstream.cpp:3";
  BOOST_TEST(told(idle(all)) == first + ", and 1 other");
  all.push_back(awaited("async_e", 5, 90us));
  BOOST_TEST(told(idle(all)) ==
             "idle of \"GET /\": 5.47ms a run; its operations waited 6.02ms a run: 50% "
             "socket.async_a upstream.cpp:1, 33% socket.async_b upstream.cpp:2, 17% "
             "socket.async_c upstream.cpp:3, and 2 others");
}

BOOST_AUTO_TEST_CASE(steps_of_a_composed_operation_are_one) {
  auto posted = awaited("post", 41, 10ms, "async_read");
  posted.object = "io_context";
  posted.function = "another";
  BOOST_TEST(told(idle({awaited("async_receive", 41, 20ms, "async_read"),
                        awaited("async_receive", 42, 25ms, "async_read"),
                        awaited("async_receive", 41, 15ms), posted})) ==
             "idle of \"GET /\": 5.47ms a run; its operations waited 7.00ms a run: "
             "43% async_read upstream.cpp:41, 36% async_read upstream.cpp:42, "
             "21% socket.async_receive upstream.cpp:41");
}

BOOST_AUTO_TEST_CASE(callbacks_of_one_name_are_told_apart) {
  BOOST_TEST(told(idle({called_back("retry", 30ms), called_back("", 10ms),
                        called_back("give_up", 10ms)})) ==
             "idle of \"GET /\": 5.47ms a run; its operations waited 5.00ms a run: "
             "60% deadline_timer.async_wait retry, 20% deadline_timer.async_wait, "
             "20% deadline_timer.async_wait give_up");
}

// The operations of partial, failed and lost runs, and of those that are open, count as well.
BOOST_AUTO_TEST_CASE(all_runs_wait) {
  auto timer = idle({awaited("async_receive", 41, 100ms)});
  add_partial(timer, 4, 1s, "began elsewhere");
  timer.failed = 3;
  timer.lost = 2;
  timer.open = 1;
  BOOST_TEST(told(timer) ==
             "idle of \"GET /\": 5.47ms a run; its operations waited 5.00ms a run: "
             "100% socket.async_receive upstream.cpp:41");
}

BOOST_AUTO_TEST_CASE(idle_is_not_known_of_partial_runs) {
  auto timer = route("GET /", 0, 0us, 0us, 0us);
  add_partial(timer, 2, 10ms, "began elsewhere");
  timer.idle_in = {awaited("async_receive", 41, 12ms)};
  BOOST_TEST(told(timer) ==
             "idle of \"GET /\": not known; its operations waited 6.00ms a run: "
             "100% socket.async_receive upstream.cpp:41");
}

BOOST_AUTO_TEST_CASE(names_of_all_kinds) {
  auto one = awaited(std::string(60, 'o'), 41, 1ms);
  one.object = "say \"hi\"\n";
  one.file = "C:\\src\\" + std::string(60, 'f');
  auto timer = idle({one});
  timer.name = "\x1b[31m";
  BOOST_TEST(
      told(timer) ==
      "idle of \"\\x1b[31m\": 5.47ms a run; its operations waited 100us a run: 100% "
      "say \\\"hi\\\"\\n.ooooo...ooooooooooooooooooo ffffffffffffffffff...ffffffffffffffff:41");
}

BOOST_AUTO_TEST_CASE(greatest_times_stay_where_they_are) {
  const auto longest = nanoseconds::max();
  BOOST_TEST(told(idle({awaited("async_a", 1, longest), awaited("async_a", 1, longest),
                        awaited("async_b", 2, longest)})) ==
             "idle of \"GET /\": 5.47ms a run; its operations waited 922337204s a run: 50% "
             "socket.async_a upstream.cpp:1, 50% socket.async_b upstream.cpp:2");
}

BOOST_AUTO_TEST_CASE(it_fits_the_terminal) {
  const auto timer = idle({awaited("async_receive", 41, 53'300us), called_back("retry", 1'100us)});
  for (const std::size_t width : {std::size_t{80}, std::size_t{72}})
    BOOST_TEST(widest(table({timer}, {.width = width})) <= width);
}

BOOST_AUTO_TEST_CASE(names_and_places) {
  using perf_timer::detail::place_name;
  using perf_timer::detail::qualified_name;
  BOOST_TEST(qualified_name("socket", "async_receive") == "socket.async_receive");
  BOOST_TEST(qualified_name("", "async_receive") == "async_receive");
  const struct {
    const char* file;
    unsigned line;
    const char *function, *place;
  } rows[] = {
      {"/src/session.cpp", 41, "read", "session.cpp:41"},
      {"C:\\src\\session.cpp", 41, "read", "session.cpp:41"},
      {"session.cpp", 41, "", "session.cpp:41"},
      {"", 0, "read", "read"},
      {"", 0, "", ""},
  };
  for (const auto& row : rows)
    BOOST_TEST(place_name(row.file, row.line, row.function) == row.place);
}

BOOST_AUTO_TEST_SUITE_END()
