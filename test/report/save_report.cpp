//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/save_report.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "common/temporary_directory.hpp"
#include "fake_source.hpp"

using perf_timer::save_report;
using perf_timer::detail::Registry;
using perf_timer::test::TemporaryDirectory;

namespace {

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

auto files_in(const TemporaryDirectory& directory) {
  return std::distance(std::filesystem::directory_iterator(directory.path()), {});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(save_report_)

BOOST_AUTO_TEST_CASE(the_file_is_replaced) {
  const TemporaryDirectory directory;
  const auto file = directory / "perf.txt";
  const test::FakeSource first{Registry::instance(), "first"};
  save_report(file);
  BOOST_TEST(content(file).find("first") != std::string::npos);
  const test::FakeSource second{Registry::instance(), "second"};
  save_report(file);
  BOOST_TEST(content(file).find("second") != std::string::npos);
  BOOST_TEST(files_in(directory) == 1);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_written_leaves_nothing_behind) {
  const TemporaryDirectory directory;
  BOOST_CHECK_THROW(save_report(directory / "none/perf.txt"), std::filesystem::filesystem_error);
  std::filesystem::create_directory(directory / "folder");
  BOOST_CHECK_THROW(save_report(directory / "folder"), std::filesystem::filesystem_error);
  BOOST_TEST(files_in(directory) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
