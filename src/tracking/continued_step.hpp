//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/tracking/operation_completion.hpp>

#include "operation.hpp"

namespace perf_timer::inline v0_1::detail {

inline const Operation* OperationCompletion::continued() const noexcept {
  return operation_->is_step() ? operation_ : notes().continued();
}

}  // namespace perf_timer::inline v0_1::detail
