//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

namespace perf_timer::inline v0_1::detail {

/// Whether `exit` holds a lock while it calls destructors, which whoever registers one needs.
#if defined(_WIN32)
inline constexpr bool exit_holds_a_lock = true;
#else
inline constexpr bool exit_holds_a_lock = false;
#endif

}  // namespace perf_timer::inline v0_1::detail
