//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "text_table.hpp"

#include <perf_timer/timer_snapshot.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace perf_timer::inline v0_1::detail {

using Rows = std::vector<const TimerSnapshot*>;

/// What can happen to a run other than becoming a sample.
struct Trouble {
  std::string_view title, meaning;
  std::uint64_t TimerSnapshot::* count;
};

inline constexpr Trouble troubles[] = {
    {"failed", "left by an exception; not part of the times", &TimerSnapshot::failed},
    {"lost", "could not be measured to the end; not part of the times", &TimerSnapshot::lost},
    {"dropped", "destroyed without running, after being submitted", &TimerSnapshot::dropped},
};

[[nodiscard]] bool occurs(const Trouble& trouble, const Rows& rows);

/// Whether a good part of what the timer shows is its own price.
[[nodiscard]] bool is_too_short(const TimerSnapshot& timer);

/// What of a table is shown.
struct TableDetail {
  std::size_t name_limit = 40;
  bool shares_in_numbers = true;
  bool averages = true;  ///< of queued and elapsed
  bool all_quantiles = true;
  bool elapsed = true;
  bool queued = true;
  bool bar = true;
};

/// From all that there is to what every terminal has room for.
[[nodiscard]] std::span<const TableDetail> table_details();

[[nodiscard]] std::vector<TextColumnGroup> columns_of(const Rows& rows, const TableDetail& detail,
                                                      bool colour);

}  // namespace perf_timer::inline v0_1::detail
