//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_snapshot.hpp>

#include <cstddef>
#include <string>

namespace perf_timer::inline v0_1::detail {

inline constexpr char busy_mark = '#', off_processor_mark = '-', queued_mark = '=', idle_mark = '.';

/// Draws how elapsed time divides, as `width` marks for busy, off the processor, queued and idle,
/// in this order.
[[nodiscard]] std::string share_bar(const TimerSnapshot& timer, std::size_t width, bool colour);

}  // namespace perf_timer::inline v0_1::detail
