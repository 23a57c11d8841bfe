//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "operation_columns.hpp"

#include <span>
#include <string>

namespace perf_timer::inline v0_1::detail {

/// Returns the lines below a table of operations: of `all` that there are, the table shows `rows`.
/// Of the others, those that are `left_out` have ended, too. Empty if there is nothing to say.
[[nodiscard]] std::string operation_foot(std::span<const StartedOperation> all,
                                         const OperationRows& rows, const OperationRows& left_out);

}  // namespace perf_timer::inline v0_1::detail
