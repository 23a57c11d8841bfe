//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/report/write_table.hpp>

#include <boost/test/unit_test.hpp>
#include <iomanip>
#include <span>
#include <sstream>
#include <string_view>

#include "snapshots.hpp"
#include "table_text.hpp"

using namespace test;
using perf_timer::TimerSnapshot;

namespace {

std::vector<TimerSnapshot> server() {
  return {route("GET /upstream", 9120, 51us, 9us, 10'100us),
          route("GET /counter", 10'412, 103us, 20'100us, 20'203us),
          route("GET /thumbnail", 2920, 12'800us, 310us, 13'200us),
          route("GET /health", 120'345, 6'120ns, 4us, 10'200ns)};
}

TimerSnapshot with_troubles(TimerSnapshot timer, std::uint64_t failed, std::uint64_t lost,
                            std::uint64_t dropped) {
  timer.failed = failed;
  timer.lost = lost;
  timer.dropped = dropped;
  return timer;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(write_table_)

BOOST_AUTO_TEST_CASE(a_server_with_four_routes) {
  // clang-format off
  const char* const expected =
      "perf_timer: times are per run, in ns, us, ms or s; the timer with the most busy time in total comes first\n"
      "busy: it executes; queued: it is ready, and waits for a thread or a strand; idle: it waits for I/O or a timer\n"
      "\n"
      "               |        |                busy                |    queued     |    elapsed    | share of elapsed\n"
      "timer          |   runs |    avg    50%    90%    99%    max |    avg    99% |    avg    99% | busy queued idle\n"
      "---------------+--------+------------------------------------+---------------+---------------+-----------------\n"
      "GET /thumbnail |   2920 | 12.8ms 12.8ms 25.6ms 38.4ms 51.2ms |  310us  930us | 13.2ms 39.6ms |  97%     2%  <1%\n"
      "GET /counter   |  10412 |  103us  103us  206us  309us  412us | 20.1ms 60.3ms | 20.2ms 60.6ms |  <1%    99%   0%\n"
      "GET /health    | 120345 | 6.12us 6.12us 12.2us 18.4us 24.5us | 4.00us 12.0us | 10.2us 30.6us |  60%    39%  <1%\n"
      "GET /upstream  |   9120 | 51.0us 51.0us  102us  153us  204us | 9.00us 27.0us | 10.1ms 30.3ms |  <1%    <1%  99%\n";
  // clang-format on
  BOOST_TEST(table(server()) == expected);
}

std::string foot(std::string text) { return text.substr(text.rfind("\n\n") + 2); }

TimerSnapshot costing(TimerSnapshot timer, double nanoseconds) {
  timer.overhead = perf_timer::FractionalNanoseconds(nanoseconds);
  return timer;
}

BOOST_AUTO_TEST_CASE(what_measuring_costs) {
  const auto health = route("GET /health", 100, 6us, 4us, 10us);
  const auto tick = route("tick", 1000, 699ns, 0ns, 699ns);
  const auto never = route("never", 0, 0ns, 0ns, 0ns);
  BOOST_TEST(foot(table({costing(health, 70), never})) ==
             "to measure a run costs 70.0ns here\n1 timer never ran and is left out\n");
  BOOST_TEST(foot(table({costing(health, 70.1), costing(tick, 69.9)})) ==
             "to measure a run costs 70.0ns here\n");
  const std::string marked = table({costing(health, 90.4), costing(tick, 70)});
  BOOST_TEST(marked.find("\ntick *  ") != marked.npos);
  BOOST_TEST(marked.find("\nGET /health |") != marked.npos);
  BOOST_TEST(foot(marked) ==
             "to measure a run costs 70.0ns to 90.0ns here\n"
             "*: on average it executes for less than ten times that, and shows much of it\n");
}

BOOST_AUTO_TEST_CASE(no_timer_ran) {
  const auto idle = plain("foo", {});
  BOOST_TEST(table({}) == "perf_timer: no timer ran\n");
  BOOST_TEST(table({idle}) == "perf_timer: no timer ran\n1 timer never ran and is left out\n");
  BOOST_TEST(table({idle, idle}) ==
             "perf_timer: no timer ran\n2 timers never ran and are left out\n");
}

BOOST_AUTO_TEST_CASE(timers_that_never_ran_are_only_counted) {
  auto timers = server();
  timers.insert(timers.begin(), plain("never", {}));
  const auto text = table(timers);
  BOOST_TEST(line_of(text, "never") == "");
  BOOST_TEST(text.ends_with("\n\n1 timer never ran and is left out\n"));
}

BOOST_AUTO_TEST_CASE(sorted_by_total_busy_time_then_by_name) {
  const auto text = table({plain("c", summary(1, 5ms, 5ms)), plain("a", summary(5, 1ms, 1ms)),
                           plain("b", summary(5, 1ms, 1ms)), plain("often", summary(9, 1ms, 1ms)),
                           plain("a", summary(5, 1ms, 2ms)), plain("rare", summary(1, 4ms, 4ms))});
  const auto lines = lines_of(text);
  BOOST_REQUIRE_GE(lines.size(), 12u);
  const char* const order[] = {"often ", "a ", "a ", "b ", "c ", "rare "};
  for (std::size_t i = 0; i < std::size(order); ++i) {
    BOOST_TEST(lines[6 + i].starts_with(order[i]), lines[6 + i]);
  }
  BOOST_TEST(lines[7].find("2.00ms") == std::string::npos);  // of one name: the order given
}

BOOST_AUTO_TEST_CASE(shares) {
  const struct {
    nanoseconds busy, queued, elapsed;
    const char* shares;
  } rows[] = {
      {20ms, 1ms, 100ms, "20% 1% 79%"},  {100ms, 0ms, 100ms, "100% 0% 0%"},
      {1us, 1us, 100ms, "<1% <1% 100%"}, {150ms, 80ms, 100ms, "150% 80% 0%"},  // parallel branches
      {0ms, 0ms, 100ms, "0% 0% 100%"},   {994us, 0ms, 100ms, "<1% 0% 99%"},
      {1ms, 0ms, 0ms, "- - -"},  // no share of nothing
  };
  for (const auto& row : rows) {
    const auto line = line_of(table({route("foo", 10, row.busy, row.queued, row.elapsed)}), "foo");
    BOOST_TEST(line.ends_with(std::string{" | "} + row.shares), line);
  }
}

BOOST_AUTO_TEST_CASE(a_plain_timer_has_no_shares) {
  const auto text = table({plain("foo", summary(2, 3ms, 4ms, {{0.5, 2ms}, {0.9, 4ms}}))});
  BOOST_TEST(line_of(text, "timer ") ==
             "timer | runs | avg 50% 90% max | avg | avg 90% | busy queued idle");
  BOOST_TEST(line_of(text, "foo") ==
             "foo | 2 | 3.00ms 2.00ms 4.00ms 4.00ms | - | 3.00ms 4.00ms | - - -");
  BOOST_TEST(line_of(text, "a timer without shares") != "");
}

BOOST_AUTO_TEST_CASE(busy_that_is_not_elapsed_has_shares_even_if_nothing_queued) {
  auto timer = route("foo", 2, 1ms, 0ms, 4ms);
  timer.queued = {};
  const auto text = table({timer});
  BOOST_TEST(line_of(text, "foo").ends_with(" | - | 4.00ms 12.0ms | 25% - 75%"), text);
  BOOST_TEST(line_of(text, "a timer without shares") == "");
}

BOOST_AUTO_TEST_CASE(observers_without_quantiles) {
  auto timer = route("foo", 2, 1ms, 1ms, 4ms);
  for (auto* series : {&timer.busy, &timer.queued, &timer.elapsed}) series->quantiles.clear();
  const auto text = table({timer});
  BOOST_TEST(line_of(text, "timer ") == "timer | runs | avg max | avg | avg | busy queued idle");
  BOOST_TEST(line_of(text, "foo") == "foo | 2 | 1.00ms 4.00ms | 1.00ms | 4.00ms | 25% 25% 50%");
}

BOOST_AUTO_TEST_CASE(quantile_columns_are_the_union) {
  auto other = route("b", 2, 1ms, 1ms, 4ms);
  for (auto* series : {&other.busy, &other.queued, &other.elapsed}) {
    series->quantiles = {{1 - 0.1, 7ms}, {0.999, 8ms}};  // 1 - 0.1 is 0.9, or nearly
  }
  auto third = route("c", 2, 1ms, 1ms, 3ms);
  third.busy.quantiles.clear();
  const auto text = table({route("a", 2, 1ms, 1ms, 4ms), other, third});
  BOOST_TEST(line_of(text, "timer ") ==
             "timer | runs | avg 50% 90% 99% 99.9% max | avg 99% 99.9% | avg 99% 99.9% "
             "| busy queued idle");
  BOOST_TEST(line_of(text, "a ") ==
             "a | 2 | 1.00ms 1.00ms 2.00ms 3.00ms - 4.00ms | 1.00ms 3.00ms - | 4.00ms 12.0ms - "
             "| 25% 25% 50%");
  BOOST_TEST(line_of(text, "b ") ==
             "b | 2 | 1.00ms - 7.00ms - 8.00ms 4.00ms | 1.00ms - 8.00ms | 4.00ms - 8.00ms "
             "| 25% 25% 50%");
  BOOST_TEST(line_of(text, "c ").starts_with("c | 2 | 1.00ms - - - - 4.00ms |"));
}

BOOST_AUTO_TEST_CASE(quantiles_of_nothing_have_no_column) {
  auto timer = plain("foo", summary(2, 3ms, 4ms));
  timer.queued.quantiles = {{0.9, 0ns}};
  auto failed = with_troubles(plain("bar", {}), 1, 0, 0);
  failed.busy.quantiles = {{0.5, 0ns}};
  BOOST_TEST(line_of(table({timer, failed}), "timer ") ==
             "timer | runs failed | avg max | avg | avg | busy queued idle");
}

BOOST_AUTO_TEST_CASE(troubles_have_a_column_if_they_occur) {
  const auto ok = route("ok", 8, 1ms, 1ms, 4ms);
  const struct {
    std::uint64_t failed, lost, dropped;
    const char *titles, *row;
  } rows[] = {
      {0, 0, 0, "timer | runs | avg", "ok | 8 | 1.00ms"},
      {3, 0, 0, "timer | runs failed | avg", "ok | 8 0 | 1.00ms"},
      {0, 2, 0, "timer | runs lost | avg", "ok | 8 0 | 1.00ms"},
      {0, 0, 1, "timer | runs dropped | avg", "ok | 8 0 | 1.00ms"},
      {3, 2, 1, "timer | runs failed lost dropped | avg", "ok | 8 0 0 0 | 1.00ms"},
  };
  for (const auto& row : rows) {
    const auto text = table(
        {ok, with_troubles(route("bad", 1, 1us, 1us, 4us), row.failed, row.lost, row.dropped)});
    BOOST_TEST(line_of(text, "timer ").starts_with(row.titles), text);
    BOOST_TEST(line_of(text, "ok ").starts_with(row.row), text);
    BOOST_TEST(line_of(text, "failed: ").empty() == (row.failed == 0));
    BOOST_TEST(line_of(text, "lost: ").empty() == (row.lost == 0));
    BOOST_TEST(line_of(text, "dropped: ").empty() == (row.dropped == 0));
  }
}

BOOST_AUTO_TEST_CASE(a_timer_without_samples_is_a_row) {
  const auto text = table({with_troubles(plain("foo", {}), 3, 0, 0)});
  BOOST_TEST(line_of(text, "foo") == "foo | 0 3 | - - | - | - | - - -");
  BOOST_TEST(line_of(text, "a timer without shares") == "");
}

BOOST_AUTO_TEST_CASE(the_reasons_of_lost_runs_are_foot_lines) {
  auto timer = with_troubles(route("say \"hi\"", 1, 1ms, 1ms, 4ms), 0, 3, 0);
  timer.lost_reasons = {{"its frame was destroyed", 2}, {"it ended elsewhere", 1}};
  const auto text = table({timer});
  BOOST_TEST(text.ends_with("lost 2 of \"say \\\"hi\\\"\": its frame was destroyed\n"
                            "lost 1 of \"say \\\"hi\\\"\": it ended elsewhere\n"),
             text);
}

BOOST_AUTO_TEST_CASE(long_names_lose_their_middle) {
  const std::string letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string umlauts;
  for (int i = 0; i < 50; ++i) umlauts += "\xC3\xBC";
  const struct {
    std::string name, shown;
  } rows[] = {
      {letters.substr(0, 40), letters.substr(0, 40)},
      {letters.substr(0, 41), "abcdefghijklmnopqr...wxyzABCDEFGHIJKLMNO"},
      {letters, "abcdefghijklmnopqr...HIJKLMNOPQRSTUVWXYZ"},
      {umlauts, umlauts.substr(0, 36) + "..." + umlauts.substr(0, 38)},
      {"two\nlines", "two\\nlines"},
  };
  for (const auto& row : rows) {
    const auto text = table({route(row.name, 1, 1ms, 1ms, 4ms)});
    BOOST_TEST(line_of(text, row.shown + " | 1 |") != "", text);
  }
}

BOOST_AUTO_TEST_CASE(it_is_aligned_and_fits_140_columns) {
  auto timers = server();
  timers.push_back(route(std::string(60, 'x'), 123'456'789, 1s, 1s, 4s));
  const auto lines = lines_of(table(timers));
  BOOST_REQUIRE_EQUAL(lines.size(), 6 + timers.size());
  for (std::size_t i = 4; i < lines.size(); ++i) {
    BOOST_TEST(lines[i].size() == lines[4].size(), lines[i]);
    BOOST_TEST(lines[i].size() <= 140u, lines[i]);
  }
}

BOOST_AUTO_TEST_CASE(the_stream_keeps_its_flags_and_they_do_not_matter) {
  std::ostringstream out;
  out << std::hex << std::setfill('#') << std::setprecision(1) << std::setw(300);
  const auto flags = out.flags();
  const auto timers = server();
  perf_timer::write_table(out, timers);
  BOOST_TEST(out.str() == table(timers));
  BOOST_TEST((out.flags() == flags));
  BOOST_TEST(out.fill() == '#');
  BOOST_TEST(out.precision() == 1);
  BOOST_TEST(out.width() == 300);
}

BOOST_AUTO_TEST_SUITE_END()
