//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "file_handle.hpp"

#include <perf_timer/detail/platform/terminal.hpp>

namespace perf_timer::inline v0_1::detail {

// A console shows escape sequences only if it is told to, which is the program's business.
bool is_terminal(int file_descriptor) noexcept {
  DWORD mode = 0;
  return ::GetConsoleMode(file_handle(file_descriptor), &mode) != 0 &&
         (mode & ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0;
}

std::size_t terminal_width(int file_descriptor) noexcept {
  CONSOLE_SCREEN_BUFFER_INFO screen{};
  if (!::GetConsoleScreenBufferInfo(file_handle(file_descriptor), &screen)) return 0;
  return static_cast<std::size_t>(screen.srWindow.Right - screen.srWindow.Left + 1);
}

}  // namespace perf_timer::inline v0_1::detail
