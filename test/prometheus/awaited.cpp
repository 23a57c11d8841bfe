//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What runs waited for, as counters.
#include <perf_timer/metric_families.hpp>
#include <perf_timer/prometheus_text.hpp>

#include "exposition.hpp"
#include "snapshots.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;

Exposition shown(const std::vector<TimerSnapshot>& timers, const PrometheusOptions& options = {}) {
  return Exposition{prometheus_text(timers, options)};
}

AwaitedOperation receive(std::uint64_t count = 3, std::chrono::nanoseconds waited = 1500ms) {
  return {.object = "socket",
          .operation = "async_receive",
          .part_of = "async_read",
          .file = "/home/me/upstream.cpp",
          .line = 41,
          .function = "ask",
          .count = count,
          .waited = waited};
}

TimerSnapshot waits(std::vector<AwaitedOperation> idle_in) {
  TimerSnapshot timer = timer_of("GET /", TimerKind::task, {1ms});
  timer.idle_in = std::move(idle_in);
  return timer;
}

BOOST_AUTO_TEST_SUITE(awaited)

BOOST_AUTO_TEST_CASE(an_operation_of_a_timer) {
  const auto text = shown({waits({receive()})});
  const std::map<std::string, std::string> its{
      {"timer", "GET /"},        {"kind", "task"},
      {"object", "socket"},      {"operation", "async_receive"},
      {"part_of", "async_read"}, {"at", "upstream.cpp:41"}};
  BOOST_TEST(text.value("perf_timer_awaited_total", its) == 3);
  BOOST_TEST(text.value("perf_timer_awaited_seconds_total", its) == 1.5);
}

BOOST_AUTO_TEST_CASE(without_operations_there_is_no_series) {
  const auto text = shown({waits({})});
  BOOST_TEST(text.count("perf_timer_awaited_total") == 0u);
  BOOST_TEST(text.count("perf_timer_awaited_seconds_total") == 0u);
}

BOOST_AUTO_TEST_CASE(timers_of_one_name_are_added_up) {
  AwaitedOperation other_line = receive(), other_name = receive();
  other_line.line = 42;
  other_name.part_of.clear();
  const auto text = shown({waits({receive(), other_line}), waits({other_name, receive(4, 500ms)})});
  const std::map<std::string, std::string> its{{"part_of", "async_read"},
                                               {"at", "upstream.cpp:41"}};
  BOOST_TEST(text.count("perf_timer_awaited_total") == 3u);
  BOOST_TEST(text.value("perf_timer_awaited_total", its) == 7);
  BOOST_TEST(text.value("perf_timer_awaited_seconds_total", its) == 2);
  BOOST_TEST(text.value("perf_timer_awaited_total", {{"at", "upstream.cpp:42"}}) == 3);
  BOOST_TEST(text.value("perf_timer_awaited_total", {{"part_of", ""}}) == 3);
}

// Prometheus rejects two series with the same labels.
BOOST_AUTO_TEST_CASE(operations_that_look_the_same_are_one_series) {
  AwaitedOperation other_folder = receive(), other_function = receive();
  other_folder.file = "C:\\src\\upstream.cpp";
  other_function.function = "another";
  BOOST_TEST(shown({waits({receive(), other_folder, other_function})})
                 .value("perf_timer_awaited_total", {}) == 9);
  AwaitedOperation invalid = receive(), also_invalid = receive();
  invalid.object = "\xFF";
  also_invalid.object = "\xFE";
  BOOST_TEST(shown({waits({invalid, also_invalid})})
                 .value("perf_timer_awaited_total", {{"object", "\xEF\xBF\xBD"}}) == 6);
}

BOOST_AUTO_TEST_CASE(a_callback_is_at_its_function) {
  AwaitedOperation called_back = receive();
  called_back.file.clear();
  BOOST_TEST(shown({waits({called_back})}).count("perf_timer_awaited_total", {{"at", "ask"}}) ==
             1u);
}

BOOST_AUTO_TEST_CASE(counts_stay_at_the_greatest_number) {
  const auto most = std::numeric_limits<std::uint64_t>::max();
  const auto longest = std::chrono::nanoseconds::max();
  const auto text = shown({waits({receive(most, longest)}), waits({receive(most, longest)})});
  BOOST_TEST(text.value("perf_timer_awaited_total", {}) >= 1.8446744e19);
  BOOST_TEST(text.value("perf_timer_awaited_seconds_total", {}) ==
             std::chrono::duration<double>(longest).count());
}

BOOST_AUTO_TEST_CASE(options_hold_here_too) {
  const auto text = shown({waits({receive()})}, {.prefix = "p", .labels = {{"zone", "eu"}}});
  BOOST_TEST(text.value("p_awaited_total", {{"zone", "eu"}}) == 3);
  BOOST_TEST(text.value("p_awaited_seconds_total", {{"zone", "eu"}}) == 1.5);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
