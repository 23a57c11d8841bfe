//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Crashes on Windows, of a program of its own.
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "common/temporary_directory.hpp"
#include "common/windows_program.hpp"

namespace perf_timer::test {
namespace {

struct Crash {
  std::uint32_t code = 0;
  std::string output, report;
};

Crash crashing(const std::string& how, const std::string& file = {},
               const std::string& option = {}) {
  const TemporaryDirectory directory;
  const std::filesystem::path path = file.empty() ? directory / "report.txt" : file;
  std::vector<std::string> arguments{CRASHING, how, path.string()};
  if (!option.empty()) arguments.push_back(option);
  const auto end = run_program(arguments);
  std::ifstream in(path);
  return {end.code, end.output, {std::istreambuf_iterator<char>(in), {}}};
}

BOOST_AUTO_TEST_SUITE(report_on_crash_of_windows, *boost::unit_test::timeout(120))

BOOST_AUTO_TEST_CASE(what_a_process_dies_of_is_what_it_would_have_died_of) {
  const struct {
    const char* how;
    std::uint32_t code;
  } rows[] = {
      {"access", 0xC0000005},
      {"access on another thread", 0xC0000005},
      {"access on several threads", 0xC0000005},
      {"access at exit", 0xC0000005},
      {"access, handled before", 42},
      {"trap", 0xC000001D},
      {"breakpoint", 0x80000003},
      {"division", 0xC0000094},
      {"raised", 0xE0000001},
      {"abort", 3},
      {"abort, handled before", 43},
      {"throw", 3},
      {"throw on another thread", 3},
  };
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.how) {
      const Crash crash = crashing(row.how);
      BOOST_TEST(crash.code == row.code);
      BOOST_TEST(crash.report.starts_with("perf_timer: "));
      BOOST_TEST(crash.report.find("GET /") != std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(an_exception_that_nobody_had_a_filter_for) {
  const Crash crash = crashing("access", {}, "--plain");
  BOOST_TEST(crash.code == 0xC0000005);
  BOOST_TEST(crash.report.find("GET /") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_report_that_gets_stuck_does_not_keep_the_process) {
  const Crash crash = crashing("access, stuck report");
  BOOST_TEST(crash.code == 0xC0000005);
  BOOST_TEST(crash.report == "");
  BOOST_TEST(crash.output.find("no report, because it took longer") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_written) {
  const Crash crash = crashing("access", "C:\\no\\such\\folder\\report.txt");
  BOOST_TEST(crash.code == 0xC0000005);
  BOOST_TEST(crash.output.find("can't write C:\\no\\such\\folder\\report.txt") !=
             std::string::npos);
  BOOST_TEST(crash.output.find("GET /") != std::string::npos);
}

/// wine 8 doesn't come to the filter after a stack overflow: it uses up the rest of the stack.
boost::test_tools::assertion_result is_not_wine(boost::unit_test::test_unit_id) {
  return !::GetProcAddress(::GetModuleHandleW(L"ntdll.dll"), "wine_get_version");
}

BOOST_AUTO_TEST_CASE(a_stack_overflow, *boost::unit_test::precondition(is_not_wine)) {
  for (const char* const how : {"overflow", "overflow on another thread"}) {
    BOOST_TEST_CONTEXT(how) {
      const Crash crash = crashing(how);
      BOOST_TEST(crash.code == 0xC00000FD);
      BOOST_TEST(crash.report.find("GET /") != std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
