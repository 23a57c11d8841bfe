//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/timers_from_json.hpp>
#include <perf_timer/to_json.hpp>

#include <perf_timer/detail/recorder/lost_reason.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/system/error_code.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "common/long_mode.hpp"

namespace perf_timer::test {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

std::string report() {
  TimerSnapshot timer;
  timer.name = "GET /";
  timer.runs = 2;
  timer.lost = 1;
  timer.lost_reasons = {{detail::to_string(detail::LostReason::mixed), 1}};
  timer.busy = {.count = 2,
                .total = 30ns,
                .mean = 15ns,
                .stddev = 5ns,
                .min = 10ns,
                .max = 20ns,
                .quantiles = {{0.5, 10ns}},
                .has_stddev = true,
                .buckets = {{10ns, 10ns, 1}, {20ns, 20ns, 1}}};
  timer.elapsed = timer.busy;
  timer.idle_in = {{.object = "socket",
                    .operation = "async_receive",
                    .part_of = "async_read",
                    .file = "a.cpp",
                    .line = 41,
                    .function = "ask",
                    .count = 2,
                    .waited = 25ns}};
  timer.exemplars = {{.labels = {{"trace_id", "4bf9"}}, .elapsed = 20ns}};
  return json::serialize(to_json(std::vector{timer, timer}));
}

/// Changes, removes, repeats and inserts pieces. About half of the results are still JSON.
std::string mutated(std::string text, std::mt19937& random) {
  constexpr std::string_view pieces[] = {"-1",   "1e400", "null",    "[]",   "{}",
                                         "\"\"", "true",  "1.5",     "[[[[", "}}}}",
                                         ",",    ":",     "\\u0000", "\xFF", "9223372036854775808",
                                         "-0"};
  const auto below = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>{0, n - 1}(random);
  };
  for (std::size_t changes = 1 + below(4); changes != 0 && !text.empty(); --changes) {
    const std::size_t at = below(text.size());
    switch (below(4)) {
      case 0:
        text[at] = static_cast<char>(below(256));
        break;
      case 1:
        text.erase(at, 1 + below(20));
        break;
      case 2:
        text.insert(at, text.substr(below(text.size()), below(40)));
        break;
      default: {  // replaces a number or a word by another
        const std::size_t begin = text.find_first_of("0123456789\"", at);
        if (begin == text.npos) break;
        const std::size_t end = text.find_first_of(",]}", begin);
        if (end == text.npos) break;
        text.replace(begin, end - begin, pieces[below(std::size(pieces))]);
      }
    }
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(hostile_json)

// Whatever the input, the function returns a report or throws the documented exception, and
// sanitizers find nothing.
BOOST_AUTO_TEST_CASE(it_is_a_report_or_refused) {
  const std::string good = report();
  std::mt19937 random{4711};
  std::size_t read = 0, refused = 0, no_json = 0;
  for (std::uint64_t left = scaled(20'000); left != 0; --left) {
    const std::string text = mutated(good, random);
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    if (error) {
      ++no_json;
      continue;
    }
    try {
      const auto timers = timers_from_json(value);
      // A report that was read can be written and read again.
      BOOST_REQUIRE(timers_from_json(to_json(timers)) == timers);
      ++read;
    } catch (const std::invalid_argument&) {
      ++refused;
    }
  }
  // All three outcomes must occur, else the mutations are useless.
  BOOST_TEST(read > 0u);
  BOOST_TEST(refused > 0u);
  BOOST_TEST(no_json > 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
