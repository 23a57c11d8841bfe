//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/files.hpp>
#include <perf_timer/detail/platform/process_id.hpp>

#include <cerrno>
#include <cstddef>
#include <string>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace perf_timer::inline v0_1::detail {

bool write_all(int file_descriptor, std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t n = ::write(file_descriptor, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n == 0) errno = EIO;
    if (n <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool write_at_once(int file_descriptor, std::string_view text) noexcept {
  pollfd ready{.fd = file_descriptor, .events = POLLOUT, .revents = 0};
  return ::poll(&ready, 1, 0) == 1 && (ready.revents & POLLOUT) != 0 &&
         write_all(file_descriptor, text);
}

namespace {

/// Returns what went wrong.
std::error_code write_to(const std::filesystem::path& file, int flags,
                         std::string_view text) noexcept {
  const auto last_error = [] { return std::error_code(errno, std::generic_category()); };
  const int opened = ::open(file.c_str(), O_WRONLY | O_CLOEXEC | flags, 0644);
  if (opened < 0) return last_error();
  std::error_code error;
  if (!write_all(opened, text) || (::fsync(opened) != 0 && errno != EINVAL)) error = last_error();
  if (::close(opened) != 0 && !error) error = last_error();
  return error;
}

}  // namespace

std::error_code replace_file(const std::filesystem::path& file, std::string_view text) {
  std::error_code ignored;
  if (std::filesystem::is_other(file, ignored)) return write_to(file, 0, text);
  std::filesystem::path beside = file;
  beside += "." + std::to_string(process_id()) + ".new";
  std::error_code error = write_to(beside, O_CREAT | O_TRUNC, text);
  if (!error) std::filesystem::rename(beside, file, error);
  if (error) std::filesystem::remove(beside, ignored);
  return error;
}

bool is_open(int file_descriptor) noexcept { return ::fcntl(file_descriptor, F_GETFD) >= 0; }

}  // namespace perf_timer::inline v0_1::detail
