//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/files.hpp>

#include <cerrno>
#include <cstddef>

#include <fcntl.h>
#include <unistd.h>

namespace perf_timer::inline v0_1::detail {

bool write_all(int file_descriptor, std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t n = ::write(file_descriptor, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool write_file(const std::filesystem::path& file, std::string_view text) noexcept {
  const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (opened < 0) return false;
  const bool written = write_all(opened, text) && ::fsync(opened) == 0;
  return ::close(opened) == 0 && written;
}

}  // namespace perf_timer::inline v0_1::detail
