//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "operation_table.hpp"

namespace perf_timer::inline v0_1::detail {

/// Returns the name of the operation that starts there. Throws `std::bad_alloc`.
[[nodiscard]] OperationName operation_name(const OperationStart& start);

}  // namespace perf_timer::inline v0_1::detail
