//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/report_on_crash.hpp>

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "common/child_process.hpp"
#include "common/temporary_directory.hpp"

namespace {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(report_on_crash) {
  perf_timer::use_crash_stack();
  const perf_timer::test::TemporaryDirectory directory;
  const auto file = directory / "crash.txt";
  const auto end = perf_timer::test::run_child([&] {
    std::signal(SIGABRT, SIG_DFL);  // instead of the handler of Boost.Test
    perf_timer::report_on_crash(perf_timer::CrashReportOptions{.file = file, .patience = 10s});
    std::abort();
  });
  BOOST_TEST(WIFSIGNALED(end.status));
  BOOST_TEST(WTERMSIG(end.status) == SIGABRT);
  std::ifstream in(file);
  const std::string report(std::istreambuf_iterator<char>(in), {});
  BOOST_TEST(report.find("perf_timer") != report.npos);
}

}  // namespace
