//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_snapshot.hpp>

#include <string>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// What the values of a row are, as JSON: an array of names. A name is that of a timer's member in
/// doc/json.md, or "series.member", or "series.p99".
[[nodiscard]] std::string_view row_columns() noexcept;

/// Appends a row of the live page's table to `out`: an array of a timer's values, in the order of
/// `row_columns`. What is unknown is null. If there is something that few timers have, an object of
/// that is the last element, with `distributions` if `with_distributions`. Throws `std::bad_alloc`.
void append_row(std::string& out, const TimerSnapshot& timer, bool with_distributions);

}  // namespace perf_timer::inline v0_1::detail
