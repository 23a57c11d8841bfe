//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/tracking/operation_completion.hpp>

#include "operation.hpp"

#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// Which step a function goes on with is known by the number in place of when its result was there.
[[nodiscard]] inline Ticks continuing(const Operation* step) noexcept {
  return static_cast<Ticks>(reinterpret_cast<std::uintptr_t>(step));
}

inline const Operation* OperationCompletion::continued() const noexcept {
  if (operation_->is_step()) return operation_;
  if (!operation_->may_continue()) return nullptr;
  return reinterpret_cast<const Operation*>(static_cast<std::uintptr_t>(ready_));
}

}  // namespace perf_timer::inline v0_1::detail
