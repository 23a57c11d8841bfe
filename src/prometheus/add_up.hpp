//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_snapshot.hpp>

#include <span>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Adds what `from` counted to `to`. What isn't a sum (mean, deviation, extremes, quantiles,
/// overhead) is left as it is. If one of them had runs and tells no distribution, then neither does
/// the sum: a part of it would be taken for the whole.
void add_up(TimerSnapshot& to, const TimerSnapshot& from);

/// One snapshot for each name and kind, in the order in which they occur first; names are UTF-8,
/// with U+FFFD for what isn't. Prometheus refuses two series of the same labels.
[[nodiscard]] std::vector<TimerSnapshot> one_of_each_name(std::span<const TimerSnapshot> timers);

}  // namespace perf_timer::inline v0_1::detail
