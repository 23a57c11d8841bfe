//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "flight_files.hpp"

#include <perf_timer/detail/platform/process_id.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

namespace fs = std::filesystem;

/// Returns what went wrong.
[[nodiscard]] std::error_code write_to(const fs::path& file,
                                       const std::function<void(std::ostream&)>& content) {
  errno = 0;
  std::ofstream out(file, std::ios::binary);
  if (out) content(out);
  out.close();
  return out ? std::error_code()
             : std::error_code(errno != 0 ? errno : EIO, std::generic_category());
}

/// Removes a file when it is destroyed.
class Temporary {
 public:
  explicit Temporary(fs::path file) : file_(std::move(file)) {}
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    std::error_code ignored;
    fs::remove(file_, ignored);
  }
  [[nodiscard]] const fs::path& name() const noexcept { return file_; }

 private:
  const fs::path file_;
};

[[nodiscard]] Temporary beside(fs::path file) { return Temporary(std::move(file += ".new")); }

}  // namespace

std::string calendar_time(std::chrono::system_clock::time_point time) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss of_day(floor<milliseconds>(time - day));
  char text[64];
  std::snprintf(
      text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(of_day.hours().count()), static_cast<int>(of_day.minutes().count()),
      static_cast<int>(of_day.seconds().count()), static_cast<int>(of_day.subseconds().count()));
  return text;
}

FlightFiles::FlightFiles(const fs::path& directory, std::size_t keep)
    : directory_(fs::absolute(directory)), keep_(keep) {
  std::error_code error;
  const fs::file_status status = fs::status(directory_, error);
  if (!fs::exists(status))
    error = std::make_error_code(std::errc::no_such_file_or_directory);
  else if (!fs::is_directory(status))
    error = std::make_error_code(std::errc::not_a_directory);
  else
    error = write_to(beside(directory_ / ("flight-" + std::to_string(process_id()))).name(),
                     [](auto&) {});
  if (error)
    throw fs::filesystem_error("FlightRecorder: can't write to the directory", directory, error);
}

fs::path FlightFiles::next(std::chrono::system_clock::time_point time) {
  std::string begin = "flight-" + calendar_time(time) + "-" + std::to_string(process_id()) + "-";
  std::erase(begin, ':');  // which some file systems don't have
  fs::path file;
  std::error_code ignored;
  do {
    file = directory_ / (begin + std::to_string(++last_number_) + ".trace.json");
  } while (fs::exists(file, ignored));
  return file;
}

std::error_code FlightFiles::write(const fs::path& file,
                                   const std::function<void(std::ostream&)>& content) {
  const Temporary unfinished = beside(file);
  std::error_code error = write_to(unfinished.name(), content);
  if (!error) fs::rename(unfinished.name(), file, error);
  if (error) return error;
  written_.push_back(file);
  while (written_.size() > keep_) remove_oldest();
  return {};
}

void FlightFiles::remove_oldest() {
  std::error_code ignored;  // somebody else may have removed it
  fs::remove(written_.front(), ignored);
  written_.erase(written_.begin());
}

}  // namespace perf_timer::inline v0_1::detail
