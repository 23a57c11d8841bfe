//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "operation_table.hpp"

namespace perf_timer::inline v0_1::detail {

/// Returns the name of the operation that starts there. Throws `std::bad_alloc`.
[[nodiscard]] OperationName operation_name(const OperationStart& start);

/// Where a step is in the composed operation that the program called.
enum class StepPlace : unsigned char {
  first,    ///< the call begins with it
  further,  ///< it goes on with what a step before has begun
  unknown
};

/// Returns that of the operation that starts there; `first` if it isn't a step. `name` is its name.
[[nodiscard]] StepPlace place_of_step(const OperationStart& start, const OperationName& name);

}  // namespace perf_timer::inline v0_1::detail
