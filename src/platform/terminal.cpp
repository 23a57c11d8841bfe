//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/terminal.hpp>

#include <sys/ioctl.h>
#include <unistd.h>

namespace perf_timer::inline v0_1::detail {

bool is_terminal(int file_descriptor) noexcept { return ::isatty(file_descriptor) != 0; }

std::size_t terminal_width(int file_descriptor) noexcept {
  winsize size{};
  return ::ioctl(file_descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace perf_timer::inline v0_1::detail
