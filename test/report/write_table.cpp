//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/write_table.hpp>

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
      "perf_timer: times are per run; sorted by total busy time\n"
      "busy: executing; queued: ready, but waiting for a thread or a strand; idle: neither, such as waiting for I/O or a timer\n"
      "\n"
      "               |        |                 busy (us)                 |   queued (us)    |  elapsed (ms)   |        share of elapsed\n"
      "timer          |   runs |      avg      50%     90%     99%     max |      avg     99% |     avg     99% |            #busy =queued .idle\n"
      "---------------+--------+-------------------------------------------+------------------+-----------------+-------------------------------\n"
      "GET /thumbnail |   2920 | 12800    12800    25600   38400   51200   |   310      930   | 13.2    39.6    | ##########   97%      2%   <1%\n"
      "GET /counter   |  10412 |   103      103      206     309     412   | 20100    60300   | 20.2    60.6    | ==========   <1%     99%    0%\n"
      "GET /health    | 120345 |     6.12     6.12    12.2    18.4    24.5 |     4.00    12.0 |  0.0102  0.0306 | ######====   60%     39%   <1%\n"
      "GET /upstream  |   9120 |    51.0     51.0    102     153     204   |     9.00    27.0 | 10.1    30.3    | ..........   <1%     <1%   99%\n";
  // clang-format on
  BOOST_TEST(table(server()) == expected);
}

BOOST_AUTO_TEST_CASE(off_the_processor) {
  auto blocks = route("GET /counter", 2, 10us, 20us, 100us);
  blocks.off_processor = 60us;  // of 200
  // clang-format off
  const char* const expected =
      "perf_timer: times are per run; sorted by total busy time\n"
      "busy: executing; queued: ready, but waiting for a thread or a strand; idle: neither, such as waiting for I/O or a timer\n"
      "off CPU: executing, but not on a processor: it blocks, or is preempted\n"
      "\n"
      "             |      |        busy (us)         | queued (us) | elapsed (us) |            share of elapsed\n"
      "timer        | runs |  avg  50%  90%  99%  max |    avg  99% |      avg 99% |            #busy -off CPU =queued .idle\n"
      "-------------+------+--------------------------+-------------+--------------+----------------------------------------\n"
      "GET /counter |    2 | 10.0 10.0 20.0 30.0 40.0 |   20.0 60.0 |      100 300 | #---==....   10%      30%     20%   40%\n";
  // clang-format on
  BOOST_TEST(table({blocks}) == expected);
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
             "measuring a run costs 70.0ns on this machine\n1 timer never ran and is left out\n");
  BOOST_TEST(foot(table({costing(health, 70.1), costing(tick, 69.9)})) ==
             "measuring a run costs 70.0ns on this machine\n");
  const std::string marked = table({costing(health, 90.4), costing(tick, 70)});
  BOOST_TEST(marked.find("\ntick *  ") != marked.npos);
  BOOST_TEST(marked.find("\nGET /health |") != marked.npos);
  BOOST_TEST(foot(marked) ==
             "measuring a run costs 70.0ns to 90.0ns on this machine\n"
             "*: its average busy time is less than ten times that, and includes part of it\n");
}

BOOST_AUTO_TEST_CASE(labels_are_behind_the_name) {
  auto get = route("request", 100, 6us, 4us, 10us), put = get;
  get.labels = {{"method", "GET"}};
  put.labels = {{"method", "PUT"}, {"zone", "eu\n"}};
  const std::string text = table({get, put});
  BOOST_TEST(text.find("\nrequest{method=GET} ") != text.npos);
  BOOST_TEST(text.find("\nrequest{method=PUT, zone=eu\\n} ") != text.npos);
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
  BOOST_TEST(lines[7].find("2.00") == std::string::npos);  // the same name: in the order given
}

BOOST_AUTO_TEST_CASE(sorted_by_what_one_asks_for) {
  auto longest = route("longest", 1, 10ms, 0ms, 10ms);
  longest.busy.max = 1s;
  const std::vector<TimerSnapshot> timers{
      route("idle", 2, 1ms, 0ms, 900ms), route("often", 1000, 1us, 0us, 1us),
      route("busy", 10, 20ms, 0ms, 20ms), route("queued", 3, 1ms, 80ms, 81ms), longest};
  const struct {
    perf_timer::SortBy sort;
    const char* first;
  } rows[] = {
      {perf_timer::SortBy::total_busy, "busy"},      {perf_timer::SortBy::total_queued, "queued"},
      {perf_timer::SortBy::total_elapsed, "idle"},   {perf_timer::SortBy::runs, "often"},
      {perf_timer::SortBy::longest_busy, "longest"}, {perf_timer::SortBy::name, "busy"},
  };
  for (const auto& row : rows) {
    const auto text = table(timers, {.sort = row.sort});
    BOOST_TEST(lines_of(text)[6].starts_with(row.first), text);
  }
  BOOST_TEST(lines_of(table(timers, {.sort = perf_timer::SortBy::name}))[10].starts_with("queued"));
  BOOST_TEST(
      lines_of(table(timers, {.sort = perf_timer::SortBy::name}))[0].ends_with("sorted by name"));
}

BOOST_AUTO_TEST_CASE(times_of_failed_runs_count_when_sorting) {
  auto failed = plain("only failed", {});
  failed.failed = 4;
  failed.failed_busy = summary(4, 1ms, 2ms);
  failed.failed_elapsed = summary(4, 3ms, 4ms);
  const std::vector<TimerSnapshot> timers{plain("less", summary(3, 1ms, 1ms)), failed,
                                          plain("more", summary(20, 1ms, 3ms))};
  using enum perf_timer::SortBy;
  for (const auto sort : {total_busy, total_elapsed, longest_busy}) {
    const auto lines = lines_of(table(timers, {.sort = sort}));
    BOOST_REQUIRE_GE(lines.size(), 9u);
    BOOST_TEST(lines[6].starts_with("more"), lines[6]);
    BOOST_TEST(lines[7].starts_with("only failed"), lines[7]);
    BOOST_TEST(lines[8].starts_with("less"), lines[8]);
  }
}

BOOST_AUTO_TEST_CASE(units_are_those_that_suit_most) {
  const struct {
    nanoseconds first, second, third;
    const char *title, *cells[3];
  } rows[] = {
      {1us, 20us, 300us, "busy (us)", {"1.00", "20.0", "300"}},
      {999ns, 1'234ns, 12'345'678ns, "busy (us)", {"0.999", "1.23", "12346"}},
      {1ns, 20ns, 300ns, "busy (ns)", {"1", "20", "300"}},
      {5s, 61s, 100min, "busy (s)", {"5.00", "61.0", "6000"}},
      {5us, 61us, 100min, "busy (s)", {"0.000005", "0.000061", "6000"}},
      {0ns, 0ns, 5ms, "busy (ms)", {"0", "0", "5.00"}},
      {999'600ns, 2ms, 3ms, "busy (ms)", {"1.00", "2.00", "3.00"}},
  };
  for (const auto& row : rows) {
    std::vector<TimerSnapshot> timers{plain("a", summary(1, row.first, row.first)),
                                      plain("b", summary(1, row.second, row.second)),
                                      plain("c", summary(1, row.third, row.third))};
    const auto text = table(timers, {.sort = perf_timer::SortBy::name});
    BOOST_TEST(text.find(row.title) != text.npos, text);
    for (std::size_t i = 0; i < 3; ++i) {
      const std::string cell = row.cells[i];
      const std::string line = line_of(text, std::string(1, static_cast<char>('a' + i)) + " |");
      BOOST_TEST(line.find("| 1 | " + cell + " ") != line.npos, text);
    }
  }
}

BOOST_AUTO_TEST_CASE(it_fits_the_terminal) {
  auto timers = server();
  timers.push_back(route(std::string(60, 'x'), 123'456'789, 1s, 1s, 4s));
  timers.front().lost = 3;
  timers.front().lost_reasons = {
      {"one reason after the other", 3, "do this and that, or the like"}};
  const std::size_t full = widest(table(timers));
  for (const std::size_t width : {full + 1, full, full - 1, std::size_t{120}, std::size_t{100},
                                  std::size_t{80}, std::size_t{72}}) {
    const auto text = table(timers, {.width = width});
    BOOST_TEST(widest(text) <= width, text);
    BOOST_TEST((table(timers) == text) == (width >= full));
    for (const TimerSnapshot& timer : timers)
      BOOST_TEST(text.find(timer.name.substr(0, 5)) != text.npos);
  }
  // A terminal that is too narrow for anything still gets what matters most.
  const auto text = table(timers, {.width = 10});
  BOOST_TEST(line_of(text, "timer ").starts_with("timer | runs lost | avg 99% max"), text);
}

BOOST_AUTO_TEST_CASE(colours_only_where_asked_for) {
  const auto timers = server();
  BOOST_TEST(table(timers).find('\x1b') == std::string::npos);
  auto coloured = table(timers, {.colour = true});
  BOOST_TEST(coloured.find("\x1b[32m######\x1b[0m\x1b[33m====\x1b[0m") != std::string::npos);
  // Without the escape sequences it is the same text.
  for (std::size_t at = 0; (at = coloured.find('\x1b', at)) != std::string::npos;)
    coloured.erase(at, coloured.find('m', at) + 1 - at);
  BOOST_TEST(coloured == table(timers));
}

BOOST_AUTO_TEST_CASE(shares) {
  const struct {
    nanoseconds busy, queued, elapsed;
    const char* shares;
  } rows[] = {
      {45ms, 30ms, 100ms, "#####===.. 45% 30% 25%"},
      {20ms, 1ms, 100ms, "##........ 20% 1% 79%"},
      {100ms, 0ms, 100ms, "########## 100% 0% 0%"},
      {1us, 1us, 100ms, ".......... <1% <1% 100%"},
      {150ms, 80ms, 100ms, "#######=== 65% 35% 0%"},  // parallel branches
      {0ms, 0ms, 100ms, ".......... 0% 0% 100%"},
      {994us, 0ms, 100ms, ".......... <1% 0% 99%"},
      {335us, 335us, 1ms, "###====... 34% 33% 33%"},
      {1ms, 0ms, 0ms, "########## - - -"},  // nothing to have a share of
  };
  for (const auto& row : rows) {
    const auto line = line_of(table({route("foo", 10, row.busy, row.queued, row.elapsed)}), "foo");
    BOOST_TEST(line.ends_with(std::string{" | "} + row.shares), line);
  }
}

BOOST_AUTO_TEST_CASE(where_the_wait_stood) {
  const auto waits = [](nanoseconds held, nanoseconds free, nanoseconds queued = 60ms) {
    auto timer = route("foo", 1, 1ms, queued, 100ms);
    timer.queued_held = held;
    timer.queued_free = free;
    return line_of(table({timer}), "queued of");
  };
  BOOST_TEST(waits(45ms, 15ms) ==
             "queued of \"foo\": 75% for a strand that another function held, 25% for a thread");
  BOOST_TEST(waits(0ms, 30ms) ==
             "queued of \"foo\": 0% for a strand that another function held, 50% for a thread, 50% "
             "for what isn't known");
  BOOST_TEST(waits(0ms, 0ms) == "");           // nothing was measured
  BOOST_TEST(waits(0ms, 900us, 900us) == "");  // it hardly waits
}

BOOST_AUTO_TEST_CASE(steps_of_runs) {
  const auto steps = [](std::uint64_t all, nanoseconds longest) {
    auto timer = route("foo", 40, 1ms, 2ms, 100ms);
    timer.steps = all;
    timer.longest_step = longest;
    return line_of(table({timer}), "steps of");
  };
  BOOST_TEST(steps(110, 800us) == "steps of \"foo\": 2.8 a run, the longest 800us");
  BOOST_TEST(steps(4000, 0ns) == "steps of \"foo\": 100.0 a run");  // of an interval
  BOOST_TEST(steps(40, 4ms) == "");                                 // each in one step
}

BOOST_AUTO_TEST_CASE(whether_it_was_on_a_processor) {
  auto timer = route("foo", 40, 1ms, 2ms, 100ms);
  BOOST_TEST(line_of(table({timer}), "busy of") == "");
  timer.cpu = summary(4, 350us, 400us);
  timer.cpu_busy = 4ms;
  BOOST_TEST(line_of(table({timer}), "busy of") ==
             "busy of \"foo\": 35% on a processor, 65% blocked or preempted, in 4 sampled runs");
}

BOOST_AUTO_TEST_CASE(a_plain_timer_has_no_shares) {
  const auto text = table({plain("foo", summary(2, 3ms, 4ms, {{0.5, 2ms}, {0.9, 4ms}}))});
  BOOST_TEST(line_of(text, "timer ") ==
             "timer | runs | avg 50% 90% max | avg | avg 90% | #busy =queued .idle");
  BOOST_TEST(line_of(text, "foo") == "foo | 2 | 3.00 2.00 4.00 4.00 | - | 3.00 4.00 | - - -");
  BOOST_TEST(line_of(text, "a timer without shares") != "");
}

BOOST_AUTO_TEST_CASE(busy_that_is_not_elapsed_has_shares_even_if_nothing_queued) {
  auto timer = route("foo", 2, 1ms, 0ms, 4ms);
  timer.queued = {};
  const auto text = table({timer});
  BOOST_TEST(line_of(text, "foo").ends_with(" | - | 4.00 12.0 | ###....... 25% 0% 75%"), text);
  BOOST_TEST(line_of(text, "a timer without shares") == "");
}

BOOST_AUTO_TEST_CASE(observers_without_quantiles) {
  auto timer = route("foo", 2, 1ms, 1ms, 4ms);
  for (auto* series : {&timer.busy, &timer.queued, &timer.elapsed}) series->quantiles.clear();
  const auto text = table({timer});
  BOOST_TEST(line_of(text, "timer ") == "timer | runs | avg max | avg | avg | #busy =queued .idle");
  BOOST_TEST(line_of(text, "foo") == "foo | 2 | 1.00 4.00 | 1.00 | 4.00 | ###==..... 25% 25% 50%");
}

BOOST_AUTO_TEST_CASE(quantile_columns_are_the_union) {
  auto other = route("b", 2, 1ms, 1ms, 4ms);
  for (auto* series : {&other.busy, &other.queued, &other.elapsed}) {
    series->quantiles = {{1 - 0.1, 7ms}, {0.999, 8ms}};  // 1 - 0.1 is not exactly 0.9
  }
  auto third = route("c", 2, 1ms, 1ms, 3ms);
  third.busy.quantiles.clear();
  const auto text = table({route("a", 2, 1ms, 1ms, 4ms), other, third});
  BOOST_TEST(line_of(text, "timer ") ==
             "timer | runs | avg 50% 90% 99% 99.9% max | avg 99% 99.9% | avg 99% 99.9% "
             "| #busy =queued .idle");
  BOOST_TEST(line_of(text, "a ") ==
             "a | 2 | 1.00 1.00 2.00 3.00 - 4.00 | 1.00 3.00 - | 4.00 12.0 - "
             "| ###==..... 25% 25% 50%");
  BOOST_TEST(line_of(text, "b ") ==
             "b | 2 | 1.00 - 7.00 - 8.00 4.00 | 1.00 - 8.00 | 4.00 - 8.00 "
             "| ###==..... 25% 25% 50%");
  BOOST_TEST(line_of(text, "c ").starts_with("c | 2 | 1.00 - - - - 4.00 |"));
}

BOOST_AUTO_TEST_CASE(quantiles_of_nothing_have_no_column) {
  auto timer = plain("foo", summary(2, 3ms, 4ms));
  timer.queued.quantiles = {{0.9, 0ns}};
  auto failed = with_troubles(plain("bar", {}), 1, 0, 0);
  failed.busy.quantiles = {{0.5, 0ns}};
  BOOST_TEST(line_of(table({timer, failed}), "timer ") ==
             "timer | runs failed | avg max | avg | avg | #busy =queued .idle");
}

BOOST_AUTO_TEST_CASE(troubles_have_a_column_if_they_occur) {
  const auto ok = route("ok", 8, 1ms, 1ms, 4ms);
  const struct {
    std::uint64_t failed, lost, dropped;
    const char *titles, *row;
  } rows[] = {
      {0, 0, 0, "timer | runs | avg", "ok | 8 | 1000"},
      {3, 0, 0, "timer | runs failed | avg", "ok | 8 0 | 1000"},
      {0, 2, 0, "timer | runs lost | avg", "ok | 8 0 | 1000"},
      {0, 0, 1, "timer | runs dropped | avg", "ok | 8 0 | 1000"},
      {3, 2, 1, "timer | runs failed lost dropped | avg", "ok | 8 0 0 0 | 1000"},
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

BOOST_AUTO_TEST_CASE(what_is_open_is_told) {
  auto stuck = plain("stuck", {});
  stuck.open = 10;
  const auto alone = table({stuck});
  BOOST_TEST(line_of(alone, "timer ").starts_with("timer | runs open | avg"), alone);
  BOOST_TEST(line_of(alone, "stuck").starts_with("stuck | 0 10 | - -"), alone);
  BOOST_TEST(foot(alone) == "open: began, and haven't ended so far; not part of the times\n");

  auto strand = route("strand", 8, 1ms, 1ms, 4ms);
  strand.open = 3;
  strand.waiting = 2;
  strand.oldest_waiting = 41s;
  stuck.oldest_open = 3600s;
  const auto text = table({strand, stuck, plain("idle", {})});
  BOOST_TEST(line_of(text, "timer ").starts_with("timer | runs open waiting | avg"), text);
  BOOST_TEST(line_of(text, "strand ").starts_with("strand | 8 3 2 | "), text);
  BOOST_TEST(line_of(text, "stuck ").starts_with("stuck | 0 10 0 | "), text);
  BOOST_TEST(line_of(text, "waiting: ") ==
             "waiting: of the open ones, functions that haven't started");
  BOOST_TEST(line_of(text, "open 10 ") == "open 10 of \"stuck\": the oldest for 3600s");
  BOOST_TEST(line_of(text, "open 3 ") == "");
  BOOST_TEST(line_of(text, "waiting 2 ") == "waiting 2 of \"strand\": the oldest for 41.0s");
  BOOST_TEST(line_of(text, "waiting 0 ") == "");
  BOOST_TEST(line_of(text, "1 timer never ran") == "1 timer never ran and is left out");
}

BOOST_AUTO_TEST_CASE(stalls_are_told_if_there_were_any) {
  auto strand = route("strand", 8, 1ms, 1ms, 4ms);
  BOOST_TEST(table({strand}).find("stall") == std::string::npos);
  strand.stalls = 2;
  strand.longest_stall = 412ms;
  const auto text = table({strand, route("other", 8, 1ms, 1ms, 4ms)});
  BOOST_TEST(line_of(text, "timer ").starts_with("timer | runs stalls | avg"), text);
  BOOST_TEST(line_of(text, "strand ").starts_with("strand | 8 2 | "), text);
  BOOST_TEST(line_of(text, "other ").starts_with("other | 8 0 | "), text);
  BOOST_TEST(line_of(text, "stalls: ") ==
             "stalls: steps that blocked their thread for too long, as a stall watch told");
  BOOST_TEST(line_of(text, "stalls 2 ") ==
             "stalls 2 of \"strand\": the longest for at least 412ms");
}

BOOST_AUTO_TEST_CASE(a_timer_without_samples_is_a_row) {
  const auto text = table({with_troubles(plain("foo", {}), 3, 0, 0)});
  BOOST_TEST(line_of(text, "foo") == "foo | 0 3 | - - | - | - | - - -");
  BOOST_TEST(line_of(text, "a timer without shares") == "");
}

BOOST_AUTO_TEST_CASE(the_reasons_of_lost_runs_are_foot_lines) {
  auto timer = with_troubles(route("say \"hi\"", 1, 1ms, 1ms, 4ms), 0, 3, 0);
  timer.lost_reasons = {{"its frame was destroyed", 2, "destroy it\nlater"},
                        {"it ended elsewhere", 1}};
  const auto text = table({timer});
  BOOST_TEST(text.ends_with("lost 2 of \"say \\\"hi\\\"\": its frame was destroyed\n"
                            "  remedy: destroy it\\nlater\n"
                            "lost 1 of \"say \\\"hi\\\"\": it ended elsewhere\n"),
             text);
}

BOOST_AUTO_TEST_CASE(partial_runs_have_a_column_and_shares_are_of_the_others) {
  auto timer = route("foo", 2, 25ms, 50ms, 100ms);
  add_partial(timer, 3, 1s, "began elsewhere", "begin here");
  const auto text = table({timer, route("ok", 1, 1ms, 1ms, 4ms)});
  BOOST_TEST(line_of(text, "timer ").starts_with("timer | runs partial | avg"), text);
  BOOST_TEST(line_of(text, "foo ").starts_with("foo | 5 3 | 25.0"), text);
  BOOST_TEST(line_of(text, "foo ").ends_with("| ###=====.. 25% 50% 25%"), text);
  BOOST_TEST(text.ends_with("partial: only their elapsed time is known, and shares are of the "
                            "other runs\n"
                            "partial 3 of \"foo\": began elsewhere\n"
                            "  remedy: begin here\n"),
             text);
}

BOOST_AUTO_TEST_CASE(partial_runs_alone_have_no_shares) {
  perf_timer::TimerSnapshot timer = route("foo", 0, 0ms, 0ms, 0ms);
  add_partial(timer, 3, 1s, "began elsewhere");
  const auto text = table({timer});
  BOOST_TEST(line_of(text, "foo ").ends_with("- - -"), text);
}

BOOST_AUTO_TEST_CASE(the_times_of_failed_runs_are_in_the_foot) {
  auto timer = with_troubles(route("foo", 1, 1ms, 1ms, 4ms), 3, 0, 0);
  timer.failed_elapsed = summary(3, 2ms, 5ms, {{0.5, 2ms}, {0.99, 5ms}});
  timer.failed_busy = summary(2, 1ms, 1500us);
  auto scope = with_troubles(plain("bar", summary(1, 1ms, 1ms)), 1, 0, 0);
  scope.failed_elapsed = scope.failed_busy = summary(1, 7ms, 7ms);
  const auto text = table({timer, scope});
  BOOST_TEST(line_of(text, "failed 3") ==
             "failed 3 of \"foo\": elapsed avg 2.00ms, 99% 5.00ms, max 5.00ms; "
             "busy avg 1.00ms, max 1.50ms");
  BOOST_TEST(line_of(text, "failed 1") == "failed 1 of \"bar\": elapsed avg 7.00ms, max 7.00ms");
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

BOOST_AUTO_TEST_CASE(it_is_aligned) {
  auto timers = server();
  timers.push_back(route(std::string(60, 'x'), 123'456'789, 1s, 1s, 4s));
  timers.push_back(plain("plain", {}));
  timers.back().failed = 1;
  const auto lines = lines_of(table(timers));
  BOOST_REQUIRE_GE(lines.size(), 6 + timers.size());
  for (std::size_t i = 3; i < 6 + timers.size(); ++i) {
    for (std::size_t at = 0; at < lines[i].size(); ++at) {
      if (lines[5][at] == '+') BOOST_TEST((lines[i][at] == '|' || lines[i][at] == '+'), lines[i]);
    }
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
