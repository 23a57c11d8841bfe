//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#if defined(__MINGW32__)
#include <cxxabi.h>
#endif

namespace perf_timer::inline v0_1::detail {

/// Has `function(argument)` called when this thread ends, once, when the destructor is called of a
/// `thread_local` that is first used now. Returns false if there is no memory to note that.
///
/// It is `static`, so that the note belongs to the shared object that calls this.
template <void (*function)(void*)>
[[nodiscard]] static inline bool at_thread_end(void* argument) noexcept {
#if defined(__MINGW32__)
  // The same that the compiler calls, which doesn't look whether libstdc++ had memory.
  static constinit thread_local bool noted = false;
  if (!noted) noted = abi::__cxa_thread_atexit(function, argument, nullptr) == 0;
  return noted;
#else
  struct Farewell {
    void* argument;
    ~Farewell() { function(argument); }
  };
  static thread_local const Farewell farewell{argument};
  static_cast<void>(farewell);
  return true;
#endif
}

}  // namespace perf_timer::inline v0_1::detail
