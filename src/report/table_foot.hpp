//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "table_columns.hpp"

#include <cstddef>
#include <string>

namespace perf_timer::inline v0_1::detail {

/// What is to be said below a table, in lines; empty if there is nothing.
[[nodiscard]] std::string table_foot(const Rows& rows, std::size_t never_ran);

}  // namespace perf_timer::inline v0_1::detail
