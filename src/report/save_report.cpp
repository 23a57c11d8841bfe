//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/process_id.hpp>
#include <perf_timer/save_report.hpp>

#include <perf_timer/write_report.hpp>

#include <atomic>
#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>

namespace perf_timer::inline v0_1 {
namespace {

/// Beside it, as only then it can take its place at once; another's for each call.
std::filesystem::path name_beside(const std::filesystem::path& file) {
  static std::atomic<unsigned> calls{0};
  auto beside = file;
  beside += "." + std::to_string(detail::process_id()) + "." + std::to_string(++calls) + ".new";
  return beside;
}

}  // namespace

void save_report(const std::filesystem::path& file) {
  const auto beside = name_beside(file);
  const auto fail = [&](const std::filesystem::path& which, std::error_code error) {
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    throw std::filesystem::filesystem_error("save_report: can't write the report", which, error);
  };
  errno = 0;
  std::ofstream out(beside, std::ios::binary);
  if (out) write_report(out);
  out.close();
  if (!out) fail(beside, {errno != 0 ? errno : EIO, std::generic_category()});
  std::error_code error;
  std::filesystem::rename(beside, file, error);
  if (error) fail(file, error);
}

}  // namespace perf_timer::inline v0_1
