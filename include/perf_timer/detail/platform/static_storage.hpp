//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

namespace perf_timer::inline v0_1::detail {

/// Returns whether an object has static storage: it is part of the program or of a shared library,
/// so its memory stays after its destructor has run.
[[nodiscard]] PERF_TIMER_EXPORT bool in_static_storage(const void* object) noexcept;

}  // namespace perf_timer::inline v0_1::detail
