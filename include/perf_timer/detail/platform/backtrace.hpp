//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <string>

namespace perf_timer::inline v0_1::detail {

/// Whether a backtrace knows who called. musl can't tell: then all it knows is the interrupted
/// instruction.
#if defined(_WIN32) || __has_include(<execinfo.h>)
inline constexpr bool backtraces_have_callers = true;
#else
inline constexpr bool backtraces_have_callers = false;
#endif

/// Does now what a thread would else do when it is first asked where it is: it loads a library, or
/// gets memory. Without it, there may be no backtraces.
PERF_TIMER_EXPORT void prepare_backtraces() noexcept;

/// Returns the name of the function at this address as the dynamic linker knows it, for people; if
/// it doesn't know it, the file and the offset in it, as `addr2line` takes them: "server+0x1a2b".
/// On Windows, always that: "server.exe+0x1a2b", as `llvm-symbolizer --relative-address` takes it.
/// Throws std::bad_alloc.
[[nodiscard]] PERF_TIMER_EXPORT std::string linked_name(const void* address);

}  // namespace perf_timer::inline v0_1::detail
