//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// A column of durations, some of which aren't there.
using MaybeDurations = std::vector<std::optional<std::chrono::nanoseconds>>;

/// The place in `short_units` of the unit that suits most of them.
[[nodiscard]] std::size_t common_unit(const MaybeDurations& values);

/// Each with three digits, in that unit, such that points lie below each other if the texts are put
/// on the right; "-" where there is none, "0" for zero. What is too short for six decimals is
/// "<0.000001".
[[nodiscard]] std::vector<std::string> aligned(const MaybeDurations& values, std::size_t unit);

}  // namespace perf_timer::inline v0_1::detail
