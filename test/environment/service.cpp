//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What the service of a tracked program shows.
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <string_view>

#include "common/hangs_after.hpp"
#include "environment/running_program.hpp"
#include "http/client.hpp"

namespace test {
namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string errors_of(const RunningProgram::Variables& variables) {
  const auto ended = run_program({TRACKED_PROGRAM, "handlers"}, variables);
  BOOST_TEST(ended.status == 3);
  return ended.err;
}

BOOST_AUTO_TEST_SUITE(service, *perf_timer::test::hangs_after(60) *
                                   boost::unit_test::enable_if<HAS_SERVICE>())

BOOST_AUTO_TEST_CASE(a_program_that_is_stuck_is_seen) {
  RunningProgram program({TRACKED_PROGRAM, "stuck"}, {{"PERF_TIMER_SERVE", "0"}});
  BOOST_REQUIRE(program.prints("stuck\nstuck\n"));
  BOOST_REQUIRE(program.tells("perf_timer: look inside: http://127.0.0.1:"));
  BOOST_REQUIRE(program.tells("/\n"));
  const std::string port_on = program.err().substr(program.err().rfind(':') + 1);
  const auto port = static_cast<std::uint16_t>(std::stoi(port_on));
  const std::string report = perf_timer::test::get(port, "/report").body();
  BOOST_TEST(has(report, "open now: 2 io_context.execute"), report);
  const std::string now = perf_timer::test::get(port, "/now").body();
  BOOST_TEST(has(now, "steps that execute: 2\n"), now);
  const std::string page = perf_timer::test::get(port, "/perf.json?page=1&view=operations").body();
  BOOST_TEST(has(page, R"("is_tracked":true)"), page);
  BOOST_TEST(has(page, R"("object":"io_context","operation":"execute")"), page);
  BOOST_TEST(program.wait() == 0);
}

BOOST_AUTO_TEST_CASE(one_that_cannot_be_is_told) {
  const std::string told = errors_of({{"PERF_TIMER_SERVE", "0.0.0.0:0"}});
  BOOST_TEST(has(told, "perf_timer: PERF_TIMER_SERVE: serve: other machines can reach"), told);
}

BOOST_AUTO_TEST_CASE(with_a_token_other_machines_may_ask) {
  const std::string told =
      errors_of({{"PERF_TIMER_SERVE", "0.0.0.0:0"}, {"PERF_TIMER_TOKEN", "0123456789abcdef"}});
  BOOST_TEST(has(told, "perf_timer: look inside: http://0.0.0.0:"), told);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace test
