//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/detail/clock/tsc_calibration.hpp>

#include <cstring>

namespace perf_timer::inline v0_1::detail {

bool tsc_trusted(bool invariant, const char* clocksource) noexcept {
  return invariant && std::strcmp(clocksource, "tsc") == 0;
}

std::optional<TscCalibration::Result> TscCalibration::add(const TscMoment& moment) noexcept {
  if (!first_) {
    first_ = moment;
    return {};
  }
  if (too_early(moment.nanoseconds)) return {};
  if (moment.counter <= first_->counter) return Result{*first_, 0};
  const auto scale = static_cast<long double>(moment.nanoseconds - first_->nanoseconds) /
                     static_cast<long double>(moment.counter - first_->counter);
  return Result{*first_,
                static_cast<std::uint64_t>(
                    scale * static_cast<long double>(std::uint64_t{1} << TscScale::shift) + 0.5L)};
}

}  // namespace perf_timer::inline v0_1::detail
