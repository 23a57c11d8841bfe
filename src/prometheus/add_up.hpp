//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/prometheus_options.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Adds the counts of `from` to `to`. What isn't a sum (mean, deviation, extremes, quantiles,
/// overhead) is unchanged. If one of them had runs but has no distribution, the sum has none
/// either, because a part would be taken for the whole.
void add_up(TimerSnapshot& to, const TimerSnapshot& from);

/// Returns one snapshot for each name, kind and labels, in order of first occurrence. Names become
/// UTF-8, with U+FFFD for what isn't. Prometheus rejects two series with the same labels. What
/// isn't a sum is that of the first one. `options` has labels of timers that don't have them
/// themselves. Throws `std::invalid_argument` if the labels are invalid: snapshots can come from
/// elsewhere than a timer, which has checked them.
[[nodiscard]] std::vector<TimerSnapshot> one_of_each_name(std::vector<TimerSnapshot> timers,
                                                          const PrometheusOptions& options);

}  // namespace perf_timer::inline v0_1::detail
