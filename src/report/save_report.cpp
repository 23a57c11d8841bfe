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

/// Returns a new name for each call. It is in the same folder, because a rename within a folder
/// replaces `file` at once.
std::filesystem::path temporary_name(const std::filesystem::path& file) {
  static std::atomic<unsigned> calls{0};
  auto temporary = file;
  temporary += "." + std::to_string(detail::process_id()) + "." + std::to_string(++calls) + ".new";
  return temporary;
}

}  // namespace

void save_report(const std::filesystem::path& file) {
  const auto temporary = temporary_name(file);
  const auto fail = [&](const std::filesystem::path& which, std::error_code error) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw std::filesystem::filesystem_error("save_report: can't write the report", which, error);
  };
  errno = 0;
  std::ofstream out(temporary, std::ios::binary);
  if (out) write_report(out);
  out.close();
  if (!out) fail(temporary, {errno != 0 ? errno : EIO, std::generic_category()});
  std::error_code error;
  std::filesystem::rename(temporary, file, error);
  if (error) fail(file, error);
}

}  // namespace perf_timer::inline v0_1
