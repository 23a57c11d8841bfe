//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/tracking/operation_location.hpp>
#include <perf_timer/detail/tracking/tracking_thread.hpp>

namespace perf_timer::inline v0_1::detail {

OperationLocation::OperationLocation(const char* file, int line, const char* function) noexcept
    : file_(file), function_(function), outer_(tracking_thread.location), line_(line) {
  tracking_thread.location = this;
}

// A program can keep one in a coroutine that is suspended. Then it isn't the innermost any more.
OperationLocation::~OperationLocation() {
  if (tracking_thread.location == this) tracking_thread.location = outer_;
}

}  // namespace perf_timer::inline v0_1::detail
