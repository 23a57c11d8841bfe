//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

namespace perf_timer::inline v0_1::detail {

/// Makes the depot of blocks for labels of runs. Who reads or resets a timer gives blocks back
/// while it holds the timer's lock. So a fork must lock the depot after all timers, and locks come
/// in reverse order of their making: call this before timers can be locked.
void make_labels_depot() noexcept;

}  // namespace perf_timer::inline v0_1::detail
