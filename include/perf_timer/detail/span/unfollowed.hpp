//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

namespace perf_timer::inline v0_1::detail {

/// Says that a run can't be followed: only its elapsed time is measured.
struct Unfollowed {};
inline constexpr Unfollowed unfollowed{};

}  // namespace perf_timer::inline v0_1::detail
