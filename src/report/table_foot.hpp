//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "table_columns.hpp"

#include <cstddef>
#include <string>

namespace perf_timer::inline v0_1::detail {

/// Returns the lines below a table; empty if there is nothing to say.
[[nodiscard]] std::string table_foot(const Rows& rows, std::size_t never_ran);

}  // namespace perf_timer::inline v0_1::detail
