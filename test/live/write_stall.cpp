//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/stall_watch.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <sstream>
#include <string>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;

std::string text_of(const Stall& stall) {
  std::ostringstream text;
  text << stall;
  return text.str();
}

BOOST_AUTO_TEST_SUITE(write_stall)

BOOST_AUTO_TEST_CASE(with_all_that_is_known) {
  Stall stall{.lasted = 104ms,
              .lasted_at_most = 129ms,
              .thread = 4711,
              .thread_name = "worker",
              .timers = {"ledger", "all"},
              .runs = {"GET /blocking", "session"},
              .waiting = 12,
              .on_processor = 0.024,
              .held_back = 3};
  stall.frames = {{nullptr, "read_block(int)", "disk.cpp", 42},
                  {nullptr, "void boost::asio::detail::f()", "f.hpp", 1},
                  {nullptr, "asio::detail::f()", "f.hpp", 1},
                  {nullptr, "perf_timer::v0_1::detail::g()", "", 0},
                  {nullptr, "void boost_asio_handler_invoke_helpers::invoke<F>(F&)", "", 0},
                  {nullptr, "server+0x1a2b", "", 0}};
  BOOST_TEST(text_of(stall) ==
             "thread 4711 \"worker\" has been executing one step for 104 msec to 129 msec; it was "
             "on a processor for 2 % of that\n"
             "  it is a run of \"ledger\", inside one of \"all\"\n"
             "  on behalf of a run of \"GET /blocking\", inside one of \"session\"\n"
             "  12 functions wait on executors of \"ledger\"\n"
             "  in read_block(int), disk.cpp:42\n"
             "  called by server+0x1a2b\n"
             "  (4 functions of Asio and perf_timer are left out)\n"
             "  before this, 3 more stalls weren't told");
}

BOOST_AUTO_TEST_CASE(with_next_to_nothing) {
  BOOST_TEST(text_of({.lasted = 100ms, .thread = 4711}) ==
             "thread 4711 has been executing one step for at least 100 msec");
}

BOOST_AUTO_TEST_CASE(names_neither_end_lines_nor_command_a_terminal) {
  BOOST_TEST(text_of({.lasted = 1s,
                      .thread = 7,
                      .thread_name = "a\nb",
                      .timers = {"\x1b[2J"},
                      .runs = {"say \"x\""},
                      .waiting = 0}) ==
             "thread 7 \"a\\nb\" has been executing one step for at least 1.00 sec\n"
             "  it is a run of \"\\x1b[2J\"\n"
             "  on behalf of a run of \"say \\\"x\\\"\"\n"
             "  no function waits on executors of \"\\x1b[2J\"");
  BOOST_TEST(text_of({.lasted = 1s, .open_run = OpenRun{.name = "GET /\r"}}) ==
             "a run of \"GET /\\r\" has been open for at least 1.00 sec");
}

BOOST_AUTO_TEST_CASE(over) {
  BOOST_TEST(text_of({.lasted = 3s, .lasted_at_most = 3s, .over = true, .thread = 7}) ==
             "thread 7 has executed one step for 3.00 sec; the step is over");
}

BOOST_AUTO_TEST_CASE(unexplained) {
  BOOST_TEST(text_of({.lasted = 1s, .lasted_at_most = 2s, .thread = 7, .unexplained = "why"}) ==
             "thread 7 has been executing one step for 1.00 sec to 2.00 sec\n"
             "  it doesn't say where: why");
}

BOOST_AUTO_TEST_CASE(with_more_than_there_is_room_for) {
  const Stall stall{.lasted = 1s,
                    .lasted_at_most = 1s,
                    .thread = 7,
                    .timers = {"a"},
                    .more_timers = true,
                    .runs = {"b"},
                    .more_runs = true,
                    .frames = {{nullptr, "f()", "", 0}},
                    .more_frames = true};
  BOOST_TEST(text_of(stall) ==
             "thread 7 has been executing one step for 1.00 sec\n"
             "  it is a run of \"a\", and others around that\n"
             "  on behalf of a run of \"b\", and others around that\n"
             "  in f()\n"
             "  called by others, which are left out");
}

BOOST_AUTO_TEST_CASE(held_back) {
  const std::string because = ", because there were too many";
  BOOST_TEST(text_of({.held_back = 3}) == "3 more stalls weren't told" + because);
  BOOST_TEST(text_of({.held_back = 1}) == "1 more stall wasn't told" + because);
  BOOST_TEST(text_of({.held_back_runs = 1}) == "1 more open run wasn't told" + because);
  BOOST_TEST(text_of({.held_back = 1, .held_back_runs = 7}) ==
             "1 more stall and 7 more open runs weren't told" + because);
}

// The innermost function is told whosever it is.
BOOST_AUTO_TEST_CASE(inside_boost_asio) {
  Stall stall{.lasted = 1s, .lasted_at_most = 1s, .thread = 7};
  stall.frames = {{nullptr, "boost::asio::read()", "", 0}, {nullptr, "f()", "", 0}};
  BOOST_TEST(text_of(stall) ==
             "thread 7 has been executing one step for 1.00 sec\n"
             "  in boost::asio::read()\n"
             "  called by f()");
}

BOOST_AUTO_TEST_CASE(of_a_run_that_does_not_end) {
  Stall stall{.lasted = 31s, .lasted_at_most = 31s, .held_back_runs = 2};
  stall.open_run = {"GET /stuck", 31s, 1ms, 2ms, OpenRunState::waiting};
  BOOST_TEST(
      text_of(stall) ==
      "a run of \"GET /stuck\" has been open for 31.0 sec; it waits for a thread or a strand; "
      "busy for 1.00 msec, queued for 2.00 msec\n"
      "  before this, 2 more open runs weren't told");
  stall.held_back_runs = 0;
  stall.open_run->state = OpenRunState::executing;
  BOOST_TEST(text_of(stall).find("; it executes; ") != std::string::npos);
  stall.open_run->state = OpenRunState::idle;
  BOOST_TEST(text_of(stall).find("; it is idle, such as ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(of_one_that_has_ended) {
  Stall stall{.lasted = 31s, .lasted_at_most = 40s, .over = true};
  stall.open_run = {.name = "GET /stuck", .age = 31s};
  BOOST_TEST(text_of(stall) ==
             "a run of \"GET /stuck\" was open for 31.0 sec to 40.0 sec; it has ended");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
