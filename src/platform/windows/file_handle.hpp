//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "system.hpp"

#include <cstdint>

#include <io.h>
#include <stdlib.h>

namespace perf_timer::inline v0_1::detail {

/// While there is one, a function of the C library that is given a descriptor which isn't open
/// fails. Otherwise it ends the process.
class BadDescriptorsFail {
 public:
  BadDescriptorsFail(const BadDescriptorsFail&) = delete;
  BadDescriptorsFail& operator=(const BadDescriptorsFail&) = delete;

// The older C library, msvcrt.dll, fails at once.
#if defined(_UCRT) || defined(_MSC_VER)
  BadDescriptorsFail() noexcept
      : before_(::_set_thread_local_invalid_parameter_handler(
            [](const wchar_t*, const wchar_t*, const wchar_t*, unsigned, std::uintptr_t) {})) {}
  ~BadDescriptorsFail() { ::_set_thread_local_invalid_parameter_handler(before_); }

 private:
  _invalid_parameter_handler before_;
#else
  BadDescriptorsFail() noexcept {}
  ~BadDescriptorsFail() {}
#endif
};

/// Returns the system's handle of a descriptor; `INVALID_HANDLE_VALUE` if it isn't open.
[[nodiscard]] inline HANDLE file_handle(int file_descriptor) noexcept {
  const BadDescriptorsFail fail;
  const std::intptr_t handle = ::_get_osfhandle(file_descriptor);
  // -2: a standard stream of a program without a console
  return handle == -2 ? INVALID_HANDLE_VALUE : reinterpret_cast<HANDLE>(handle);
}

}  // namespace perf_timer::inline v0_1::detail
