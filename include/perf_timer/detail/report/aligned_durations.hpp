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

/// A column of durations, some of which may be missing.
using MaybeDurations = std::vector<std::optional<std::chrono::nanoseconds>>;

/// Returns the index in `short_units` of the unit that suits most of them.
[[nodiscard]] std::size_t common_unit(const MaybeDurations& values);

/// Formats each value with three digits, in the given unit. Right-aligned, the texts have their
/// points below each other. A missing value is "-", zero is "0", what is too short for six decimals
/// is "<0.000001".
[[nodiscard]] std::vector<std::string> aligned(const MaybeDurations& values, std::size_t unit);

}  // namespace perf_timer::inline v0_1::detail
