//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <cstddef>
#include <span>
#include <string>

namespace perf_timer::inline v0_1::detail {

/// Whether `backtrace_here` knows who called. musl can't tell: then all it knows is the interrupted
/// instruction.
#if __has_include(<execinfo.h>)
inline constexpr bool backtraces_have_callers = true;
#else
inline constexpr bool backtraces_have_callers = false;
#endif

/// Does now what `backtrace_here` would else do in its first call: it loads a library. Called
/// outside of signal handlers.
PERF_TIMER_EXPORT void prepare_backtraces() noexcept;

/// Writes where the calling thread is, from inner to outer functions, and returns how many. May be
/// called in a signal handler after `prepare_backtraces`: it doesn't allocate.
///
/// `interrupted` is the instruction at which a signal came. Then functions of the signal's handler
/// are left out. Each address is inside the instruction that executes or calls, not behind it.
[[nodiscard]] PERF_TIMER_EXPORT std::size_t backtrace_here(std::span<const void*> frames,
                                                           const void* interrupted) noexcept;

/// Returns the name of the function at this address as the dynamic linker knows it, for people; if
/// it doesn't know it, the file and the offset in it, as `addr2line` takes them: "server+0x1a2b".
/// Throws std::bad_alloc.
[[nodiscard]] PERF_TIMER_EXPORT std::string linked_name(const void* address);

}  // namespace perf_timer::inline v0_1::detail
