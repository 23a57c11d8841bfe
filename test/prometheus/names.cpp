//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/utf8.hpp>
#include <perf_timer/prometheus_text.hpp>

#include "common/long_mode.hpp"
#include "exposition.hpp"
#include "snapshots.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;

std::string name_read_back(const std::string& name) {
  const std::vector timers{timer_of(name, TimerKind::scope, {1ms})};
  const Exposition text{prometheus_text(timers)};
  BOOST_TEST_REQUIRE(text.count("perf_timer_runs_total") == 1u);
  for (const Series& series : text.series())
    BOOST_TEST_REQUIRE(series.labels.at("timer") == text.series().front().labels.at("timer"));
  return text.series().front().labels.at("timer");
}

BOOST_AUTO_TEST_SUITE(names)

BOOST_AUTO_TEST_CASE(names_of_all_kinds) {
  const struct {
    std::string name, read;
  } rows[] = {
      {"plain", "plain"},
      {"", ""},
      {"quote\" back\\slash", "quote\" back\\slash"},
      {"\\", "\\"},
      {"\\n", "\\n"},
      {"line\nend", "line\nend"},
      {"carriage\r\nreturn", "carriage\r\nreturn"},
      {"\"} 1\nevil_total{a=\"", "\"} 1\nevil_total{a=\""},
      {"# TYPE evil counter", "# TYPE evil counter"},
      {"tab\t, comma, {brace}", "tab\t, comma, {brace}"},
      {std::string{"nul\0nul", 7}, std::string{"nul\0nul", 7}},
      {"\x1B[31m\x7F", "\x1B[31m\x7F"},
      {"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80", "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"},
      {"half \xC3", "half \xEF\xBF\xBD"},
      {"\xFF\xFE", "\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"surrogate \xED\xA0\x80", "surrogate \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {std::string(100'000, '"'), std::string(100'000, '"')},
  };
  for (const auto& row : rows) BOOST_TEST(name_read_back(row.name) == row.read);
}

// Different invalid bytes are shown alike. Prometheus would reject two series with the same labels.
BOOST_AUTO_TEST_CASE(names_that_look_the_same_are_one_series) {
  const std::vector timers{timer_of("\xFF", TimerKind::scope, {1ms}),
                           timer_of("\xFE", TimerKind::scope, {1ms, 1ms})};
  const Exposition text{prometheus_text(timers)};
  BOOST_TEST(text.value("perf_timer_runs_total", {}) == 3);
}

BOOST_AUTO_TEST_CASE(names_by_chance) {
  std::mt19937_64 random{20240603};
  const char likely[] =
      "\"\\\n\r\0 {}=,#n\xC3\xA4\xFF\xE2\x82\xAC"
      "e+1";
  for (std::uint64_t turn = 0; turn < 2000 * long_mode(); ++turn) {
    std::string name(random() % 24, ' ');
    for (char& c : name)
      c = random() % 4 == 0 ? static_cast<char>(random() % 256) : likely[random() % sizeof likely];
    BOOST_TEST_REQUIRE(name_read_back(name) == detail::valid_utf8(name));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
