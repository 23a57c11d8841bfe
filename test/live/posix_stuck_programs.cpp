//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Programs in which a step is stuck with what a watch needs to tell of it as it should.
#include <perf_timer/detail/platform/sanitizers.hpp>

#include "common/c_library.hpp"
#include "environment/running_program.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdio>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace perf_timer::test {
namespace {

using ::test::RunningProgram;

constexpr std::string_view plain =
    " msec; more follows when there is memory and names can be found\n";

/// Returns the functions of the program that a plain report names as addr2line finds them.
std::string functions(const std::string& program, const std::string& report) {
  const std::string name = program.substr(program.rfind('/') + 1) + "+0x";
  std::string command = "addr2line -fCe '" + program + "'";
  for (std::size_t at = 0; (at = report.find(name, at)) != std::string::npos;) {
    at += name.size();
    command += " 0x" + report.substr(at, report.find('\n', at) - at);
  }
  std::FILE* const out = ::popen(command.c_str(), "r");
  BOOST_REQUIRE(out);
  std::string text;
  std::array<char, 4096> buffer{};
  while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), out)) text += buffer.data();
  BOOST_TEST(::pclose(out) == 0);
  return text;
}

BOOST_AUTO_TEST_SUITE(stuck_programs)

/// TSan keeps signals back while a thread reads, and doesn't support threads in a forked child.
const boost::unit_test::enable_if<!detail::has_thread_sanitizer> unless_tsan;

const boost::unit_test::precondition with_callers(knows_callers);

BOOST_TEST_DECORATOR(*unless_tsan* with_callers)
BOOST_DATA_TEST_CASE(while_nobody_gets_memory,
                     boost::unit_test::data::make(std::vector<std::string>{STUCK_IN_MEMORY}),
                     name) {
  RunningProgram program({name, "2", "alone"}, {});
  BOOST_REQUIRE(program.tells(plain));
  BOOST_REQUIRE(program.tells("\n  called by libc"));
  const std::string report = program.err();
  BOOST_TEST(report.find("  it is a run of \"ledger\\n\"\n  in ") != std::string::npos, report);
  BOOST_TEST(functions(name, report).find("holds_memory") != std::string::npos, report);
  program.go_on();
  BOOST_TEST(program.wait() == 0);
  const std::string rest = program.err().substr(report.size());
  BOOST_TEST(rest.find("\nperf_timer: thread ") != std::string::npos, rest);
  BOOST_TEST(rest.find("\n  in ") != std::string::npos, rest);
  BOOST_TEST(rest.find("; the step is over\n") != std::string::npos, rest);
}

BOOST_DATA_TEST_CASE(the_sink_has_it_as_soon_as_there_is_memory,
                     boost::unit_test::data::make(std::vector<std::string>{STUCK_IN_MEMORY}),
                     name) {
  RunningProgram program({name, "1", "sink"}, {});
  BOOST_REQUIRE(program.prints(plain));
  BOOST_TEST(program.err() == "");
  program.go_on();
  BOOST_TEST(program.tells("sink: thread "));
  BOOST_TEST(program.tells("; the step is over"));
  BOOST_TEST(program.wait() == 0);
}

// Nobody has the list of threads while he waits for memory.
BOOST_DATA_TEST_CASE(whatever_other_threads_want_it_for,
                     boost::unit_test::data::make(std::vector<std::string>{STUCK_IN_MEMORY}),
                     name) {
  RunningProgram program({name, "2", "others"}, {});
  BOOST_TEST(program.tells(plain));
  program.go_on();
  BOOST_TEST(program.wait() == 0);
}

BOOST_AUTO_TEST_CASE(while_it_forks, *unless_tsan* with_callers) {
  RunningProgram program({STUCK_FORK}, {});
  BOOST_REQUIRE(program.tells(plain));
  BOOST_REQUIRE(program.tells("\n  called by test_live_stuck_fork+0x"));
  BOOST_TEST(functions(STUCK_FORK, program.err()).find("waits_before_fork") != std::string::npos);
  program.go_on();
  BOOST_TEST(program.wait() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
