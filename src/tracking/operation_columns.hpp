//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/report/text_table.hpp>
#include <perf_timer/detail/tracking/merge_operations.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace perf_timer::inline v0_1::detail {

using OperationRows = std::vector<const StartedOperation*>;

/// An end of an operation that isn't a success.
struct OperationEnd {
  std::string_view title, meaning;
  std::uint64_t OperationSnapshot::* count;
};

inline constexpr OperationEnd operation_ends[] = {
    {"failed", "the handler was given an error; part of the count", &OperationSnapshot::failed},
    {"cancelled", "the handler was given operation_aborted; part of the count",
     &OperationSnapshot::cancelled},
    {"dropped", "the handler was destroyed without a call; not part of the count",
     &OperationSnapshot::dropped},
};

[[nodiscard]] bool occurs(const OperationEnd& end, const OperationRows& rows);

/// Returns the operation's name with its object, such as "socket.async_receive".
[[nodiscard]] std::string name_of(const OperationSnapshot& operation);

/// Which parts of a table of operations are shown.
struct OperationDetail {
  std::size_t name_limit = 40;
  std::size_t place_limit = 40;
  bool functions = true;  ///< also where the line is known
  bool averages = true;   ///< of waited and queued
  bool waited = true;
  bool queued = true;
};

/// Returns the levels of detail, from everything to what fits on every terminal.
[[nodiscard]] std::span<const OperationDetail> operation_details();

[[nodiscard]] std::vector<TextColumnGroup> columns_of(const OperationRows& rows,
                                                      const OperationDetail& detail, bool colour);

}  // namespace perf_timer::inline v0_1::detail
