//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/save_report.hpp>

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <string>

#include "common/temporary_directory.hpp"

namespace {

BOOST_AUTO_TEST_CASE(save_report) {
  const perf_timer::test::TemporaryDirectory directory;
  perf_timer::save_report(directory / "perf.txt");
  std::ifstream in(directory / "perf.txt");
  const std::string report(std::istreambuf_iterator<char>(in), {});
  BOOST_TEST(report.find("perf_timer") != report.npos);

  BOOST_CHECK_THROW(perf_timer::save_report(directory / "missing/perf.txt"),
                    std::filesystem::filesystem_error);
}

}  // namespace
