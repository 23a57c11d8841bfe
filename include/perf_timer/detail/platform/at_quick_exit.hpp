//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstdlib>

namespace perf_timer::inline v0_1::detail {

/// Registers a function to be called by `std::quick_exit`, which macOS and the older
/// C library of Windows don't have.
///
/// It is `static`, so that the function belongs to the shared object that calls this.
static inline void at_quick_exit(void (*function)()) noexcept {
#if defined(__APPLE__) || (defined(__MINGW32__) && !defined(_UCRT))
  static_cast<void>(function);
#else
  std::at_quick_exit(function);
#endif
}

}  // namespace perf_timer::inline v0_1::detail
