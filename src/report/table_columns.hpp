//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/report/text_table.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace perf_timer::inline v0_1::detail {

using Rows = std::vector<const TimerSnapshot*>;

/// A way for a run not to become a sample, or not yet.
struct Trouble {
  std::string_view title, meaning;
  std::uint64_t TimerSnapshot::* count;
};

inline constexpr Trouble troubles[] = {
    {"partial", "only their elapsed time is known, and shares are of the other runs",
     &TimerSnapshot::partial},
    {"failed", "ended by an exception or an error; not part of the times", &TimerSnapshot::failed},
    {"lost", "could not be measured to the end; not part of the times", &TimerSnapshot::lost},
    {"dropped", "destroyed without running, after being submitted", &TimerSnapshot::dropped},
    {"stalls", "steps that blocked their thread for too long, as a stall watch told",
     &TimerSnapshot::stalls},
    {"open", "began, and haven't ended so far; not part of the times", &TimerSnapshot::open},
    {"waiting", "of the open ones, functions that haven't started", &TimerSnapshot::waiting},
};

[[nodiscard]] bool occurs(const Trouble& trouble, const Rows& rows);

/// Returns whether any of the timers executed without being on a processor.
[[nodiscard]] bool has_off_processor(const Rows& rows);

/// Returns whether the timer's own cost is a noticeable part of what it shows: on average, a run is
/// busy for less than ten times that cost.
[[nodiscard]] bool cost_is_noticeable(const TimerSnapshot& timer);

/// Which parts of a table are shown.
struct TableDetail {
  std::size_t name_limit = 40;
  bool shares_in_numbers = true;
  bool averages = true;  ///< of queued and elapsed
  bool all_quantiles = true;
  bool elapsed = true;
  bool queued = true;
  bool bar = true;
};

/// Returns the levels of detail, from everything to what fits on every terminal.
[[nodiscard]] std::span<const TableDetail> table_details();

[[nodiscard]] std::vector<TextColumnGroup> columns_of(const Rows& rows, const TableDetail& detail,
                                                      bool colour);

}  // namespace perf_timer::inline v0_1::detail
