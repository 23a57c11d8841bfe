//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <system_error>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Returns a time as ISO 8601 has it, in UTC: "2026-11-26T23:45:01.123Z".
[[nodiscard]] std::string calendar_time(std::chrono::system_clock::time_point time);

/// The files of one flight recorder.
class FlightFiles {
 public:
  /// Throws `std::filesystem::filesystem_error` if nothing can be written to the directory.
  FlightFiles(const std::filesystem::path& directory, std::size_t keep);

  /// Returns a name that no file has.
  [[nodiscard]] std::filesystem::path next(std::chrono::system_clock::time_point time);

  /// Writes a file as a whole: if that fails, there is none. Then removes the oldest ones that this
  /// object has written, until those that it may keep are left. Returns what went wrong.
  [[nodiscard]] std::error_code write(const std::filesystem::path& file,
                                      const std::function<void(std::ostream&)>& content);

 private:
  void remove_oldest();

  const std::filesystem::path directory_;
  const std::size_t keep_;
  std::uint64_t last_number_ = 0;
  std::vector<std::filesystem::path> written_;  // from the oldest
};

}  // namespace perf_timer::inline v0_1::detail
