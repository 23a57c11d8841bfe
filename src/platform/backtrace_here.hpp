//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstddef>
#include <span>

namespace perf_timer::inline v0_1::detail {

/// Writes where the calling thread is, from inner to outer functions, and returns how many. May be
/// called in a signal handler after `prepare_backtraces`: it doesn't allocate.
///
/// `interrupted` is the instruction at which a signal came. Then functions of the signal's handler
/// are left out. Each address is inside the instruction that executes or calls, not behind it.
[[nodiscard]] std::size_t backtrace_here(std::span<const void*> frames,
                                         const void* interrupted) noexcept;

}  // namespace perf_timer::inline v0_1::detail
