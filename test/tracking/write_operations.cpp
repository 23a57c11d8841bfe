//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/write_operations.hpp>

#include <perf_timer/detail/report/default_log.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <iomanip>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "common/child_process.hpp"
#include "report/table_text.hpp"
#include "snapshots.hpp"

namespace perf_timer::test {
namespace {

using ::test::line_of;
using ::test::lines_of;
using ::test::widest;

std::string shown(const std::vector<OperationSnapshot>& operations,
                  const TableOptions& options = {}) {
  std::ostringstream out;
  write_operations(out, operations, options);
  return out.str();
}

std::string foot(const std::string& text) { return text.substr(text.rfind("\n\n") + 2); }

/// An operation that executed `count` functions.
OperationSnapshot posted(std::string function, std::uint64_t count, std::chrono::nanoseconds busy) {
  return {.object = "io_context",
          .operation = "post",
          .function = std::move(function),
          .count = count,
          .queued = series_of(count, 1us),
          .busy = series_of(count, busy)};
}

// Registered before all that tables make, so that it is called after these are destroyed.
bool writes_at_exit = false;
[[maybe_unused]] const int registered = std::atexit([] {
  if (writes_at_exit) detail::default_log(shown({posted(std::string(60, 'f'), 1, 1us)}));
});

BOOST_AUTO_TEST_SUITE(write_operations_)

BOOST_AUTO_TEST_CASE(a_server) {
  // clang-format off
  const char* const expected =
      "perf_timer: operations of Asio; times are per operation; sorted by total busy time\n"
      "waited: until its result was there; queued: from then until its handler began; busy: while its handler executed\n"
      "\n"
      "                                                    |                      | waited (ms) | queued (us) |   busy (us)\n"
      "operation              at                           | count failed dropped |    avg  99% |   avg   99% |     avg    99%\n"
      "----------------------------------------------------+----------------------+-------------+-------------+---------------\n"
      "socket.async_receive   session.cpp:41 session::read | 52310      3       0 |   5.51 16.5 |  9.10 27.3  |   30.2    90.6\n"
      "io_context.post        ledger::settle               |   120      0       0 |   -     -   |  2.00  6.00 | 1000    3000\n"
      "resolver.async_resolve upstream.cpp:7               |     9      0       1 |  20.0  60.0 |  -     -    |    5.00   15.0\n"
      "\n"
      "failed: the handler was given an error; part of the count\n"
      "dropped: the handler was destroyed without a call; not part of the count\n"
      "without queued: Asio doesn't tell when the result was there, so it waited until its handler began\n"
      "open now: 12 socket.async_receive session.cpp:41, 1 signal_set.async_wait main.cpp:99\n";
  // clang-format on
  BOOST_TEST(shown(of_a_server()) == expected);
}

BOOST_AUTO_TEST_CASE(what_never_occurs_has_no_column) {
  const auto text = shown({posted("f", 1, 1us)});
  BOOST_TEST(line_of(text, "operation ") == "operation at | count | avg | avg 99% | avg 99%");
  BOOST_TEST(text.ends_with("3.00\n"), text);  // nor is there a foot
}

BOOST_AUTO_TEST_CASE(nothing_is_tracked) {
  BOOST_TEST(shown({}) ==
             "perf_timer: no operation of Asio is tracked; link perf_timer::tracking, and see "
             "doc/tracking.md\n");
  BOOST_TEST(widest(shown({}, {.width = 40})) <= 40u);
}

BOOST_AUTO_TEST_CASE(nothing_has_ended) {
  BOOST_TEST(shown({of_a_server().back()}) ==
             "perf_timer: no operation of Asio has ended\n"
             "open now: 1 signal_set.async_wait main.cpp:99\n");
}

BOOST_AUTO_TEST_CASE(steps_are_one_row_unless_they_are_opened_up) {
  const std::vector<OperationSnapshot> operations{
      step_of("socket", "async_receive", 41, series_of(6, 2us)),
      step_of("io_context", "post", 41, series_of(2, 10us)), posted("f", 1, 1us)};
  const auto merged = shown(operations);
  BOOST_TEST(line_of(merged, "async_read ") ==
             "async_read session.cpp:41 | - 8 | - | - - | 4.00 -");
  BOOST_TEST(line_of(merged, "io_context.post") ==
             "io_context.post f | 1 - | - | 1.00 3.00 | 1.00 3.00");
  BOOST_TEST(
      foot(merged) ==
      "steps: of a composed operation, such as async_read; its times are per step\n"
      "without a count: it isn't known which of its steps were the first, as for callbacks\n");
  const auto opened = shown(operations, {.steps = true});
  BOOST_TEST(lines_of(opened).size() == 6u + 3);
  BOOST_TEST(line_of(opened, "async_read: socket") ==
             "async_read: socket.async_receive session.cpp:41 | 6 | - | - - | 2.00 6.00");
  BOOST_TEST(line_of(opened, "async_read: io_context") ==
             "async_read: io_context.post session.cpp:41 | 2 | - | - - | 10.0 30.0");
}

BOOST_AUTO_TEST_CASE(a_composed_operation_counts_its_first_steps) {
  auto first = step_of("socket", "async_receive", 41, series_of(6, 2us));
  auto further = step_of("io_context", "post", 41, series_of(2, 10us));
  first.calls = 4;
  further.calls = 0;
  auto often = posted("f", 5, 1us);
  const auto merged = shown({first, further, often}, {.sort = SortBy::runs});
  BOOST_TEST(line_of(merged, "async_read ") ==
             "async_read session.cpp:41 | 4 8 | - | - - | 4.00 -");
  BOOST_TEST(merged.find("io_context.post") < merged.find("async_read "));
  BOOST_TEST(foot(merged) ==
             "steps: of a composed operation, such as async_read; its times are per step\n");
}

BOOST_AUTO_TEST_CASE(sorted_by_what_one_asks_for) {
  auto waits = posted("waits", 2, 1us);
  waits.waiting = series_of(2, 1h);
  auto queued = posted("queued", 2, 1us);
  queued.queued = series_of(2, 1min);
  auto longest = posted("longest", 1, 5ms);
  longest.busy.max = 1s;
  const std::vector<OperationSnapshot> operations{waits,
                                                  queued,
                                                  longest,
                                                  posted("often", 999, 1us),
                                                  posted("busy", 10, 2ms),
                                                  posted("A", 2, 1us)};
  const struct {
    SortBy sort;
    const char *first, *says;
  } rows[] = {
      {SortBy::total_busy, "busy", "sorted by total busy time"},
      {SortBy::total_queued, "queued", "sorted by total queued time"},
      {SortBy::total_elapsed, "waits", "sorted by total time from start to end"},
      {SortBy::runs, "often", "sorted by count"},
      {SortBy::longest_busy, "longest", "sorted by the longest busy time of one"},
      {SortBy::name, "A", "sorted by name"},
  };
  for (const auto& row : rows) {
    const auto lines = lines_of(shown(operations, {.sort = row.sort}));
    BOOST_TEST(lines[0].ends_with(row.says), lines[0]);
    BOOST_TEST(lines[6].starts_with(std::string{"io_context.post "} + row.first), lines[6]);
  }
  // Those that are equal are sorted by name and place.
  const auto lines = lines_of(shown(operations));
  BOOST_TEST(lines[9].starts_with("io_context.post A "), lines[9]);
  BOOST_TEST(lines[10].starts_with("io_context.post queued "), lines[10]);
}

BOOST_AUTO_TEST_CASE(only_the_first_are_rows) {
  std::vector<OperationSnapshot> operations;
  for (int i = 0; i < 53; ++i) operations.push_back(posted("f" + std::to_string(i), 2, 1us));
  operations[50] = posted("most", 1, 1ms);
  BOOST_TEST(lines_of(shown(operations)).size() == 6u + 50 + 2);
  BOOST_TEST(foot(shown(operations)) == "left out: 3 operations, busy for 6.00us in total\n");
  BOOST_TEST(foot(shown(operations, {.most_operations = 52})) ==
             "left out: 1 operation, busy for 2.00us in total\n");
  BOOST_TEST(lines_of(shown(operations, {.most_operations = 1})).size() == 6u + 1 + 2);
  BOOST_TEST(line_of(shown(operations, {.most_operations = 1}), "io_context.post most ") != "");
  BOOST_TEST(lines_of(shown(operations, {.most_operations = 0})).size() == 6u + 53);
  BOOST_TEST(shown(operations, {.most_operations = 0}) ==
             shown(operations, {.most_operations = 53}));
}

BOOST_AUTO_TEST_CASE(what_is_open_whether_it_is_a_row_or_not) {
  std::vector<OperationSnapshot> operations;
  for (int i = 1; i <= 12; ++i) {
    operations.push_back(posted("f" + std::to_string(i), 1, 1us));
    operations.back().open = static_cast<std::uint64_t>(i);
  }
  operations[4].open = 0;
  operations[5].open = 100;
  BOOST_TEST(
      foot(shown(operations, {.most_operations = 1})) ==
      "left out: 11 operations, busy for 11.0us in total\n"
      "open now: 100 io_context.post f6, 12 io_context.post f12, 11 io_context.post f11, 10 "
      "io_context.post f10, 9 io_context.post f9, 8 io_context.post f8, 7 io_context.post "
      "f7, 4 io_context.post f4, 3 io_context.post f3, 2 io_context.post f2, and 1 others\n");
}

BOOST_AUTO_TEST_CASE(it_fits_the_terminal) {
  auto operations = of_a_server();
  operations[0].function = "boost::asio::awaitable<void> session::read(std::string_view, int)";
  operations.push_back(posted(std::string(90, 'x'), 123'456'789, 1s));
  operations.back().operation = std::string(60, 'o');
  operations.back().cancelled = 12'345;
  const std::size_t full = widest(shown(operations));
  for (const std::size_t width :
       {full + 1, full, full - 1, std::size_t{140}, std::size_t{120}, std::size_t{100}}) {
    const auto text = shown(operations, {.width = width});
    BOOST_TEST(widest(text) <= width, text);
    BOOST_TEST((shown(operations) == text) == (width >= full));
  }
  for (const std::size_t width : {std::size_t{100}, std::size_t{80}, std::size_t{72}})
    BOOST_TEST(widest(shown(of_a_server(), {.width = width})) <= width);
  // A terminal that is too narrow for anything still gets what matters most.
  const auto text = shown(of_a_server(), {.width = 10});
  BOOST_TEST(line_of(text, "operation ").starts_with("operation at | count failed dropped | avg"),
             text);
}

BOOST_AUTO_TEST_CASE(names_of_all_kinds) {
  OperationSnapshot named = posted("f\n\x1b[2J", 1, 1us);
  named.object = "\xC3\xA4";
  named.open = 1;
  const auto text = shown({named});
  BOOST_TEST(line_of(text, "\xC3\xA4.post f\\n\\x1b[2J |") != "", text);
  BOOST_TEST(foot(text) == "open now: 1 \xC3\xA4.post f\\n\\x1b[2J\n");
}

BOOST_AUTO_TEST_CASE(names_that_are_long_or_not_known) {
  OperationSnapshot named = posted(std::string(90, 'f'), 1, 1us);
  named.operation = std::string(90, 'o');
  named.open = 1;
  const std::string name = "io_context.ooooooo..." + std::string(19, 'o');
  const std::string place = std::string(18, 'f') + "..." + std::string(19, 'f');
  BOOST_TEST(line_of(shown({named}), "io_context.") ==
             name + " " + place + " | 1 | - | 1.00 3.00 | 1.00 3.00");
  BOOST_TEST(foot(shown({named})) == "open now: 1 " + name + " " + place + "\n");
  const OperationSnapshot other{.operation = "other", .count = 1, .open = 1};
  BOOST_TEST(line_of(shown({other}), "other ") == "other - | 1 | - | - | -");
  BOOST_TEST(foot(shown({other})) ==
             "other: operations that came after the table was full\nopen now: 1 other\n");
}

BOOST_AUTO_TEST_CASE(colours_only_where_asked_for) {
  const auto operations = of_a_server();
  BOOST_TEST(shown(operations).find('\x1b') == std::string::npos);
  auto coloured = shown(operations, {.colour = true});
  BOOST_TEST(coloured.find("\x1b[1;31m3\x1b[0m") != std::string::npos);
  for (std::size_t at = 0; (at = coloured.find('\x1b', at)) != std::string::npos;)
    coloured.erase(at, coloured.find('m', at) + 1 - at);
  BOOST_TEST(coloured == shown(operations));
}

BOOST_AUTO_TEST_CASE(flags_of_the_stream_do_not_matter) {
  std::ostringstream out;
  out << std::hex << std::setw(200) << std::setfill('*');
  write_operations(out, of_a_server());
  BOOST_TEST(out.str() == shown(of_a_server()));
}

#if PERF_TIMER_TEST_FORKS
BOOST_AUTO_TEST_CASE(a_table_is_the_same_at_the_very_end) {
  const std::string expected = shown({posted(std::string(60, 'f'), 1, 1us)});
  BOOST_TEST(output_of_child([] { writes_at_exit = true; }) == expected + "\n");
}
#endif

BOOST_AUTO_TEST_CASE(without_operations_it_writes_those_of_the_program) {
  std::ostringstream all, expected;
  write_operations(all);
  write_operations(expected, operations());
  BOOST_TEST(all.str() == expected.str());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
