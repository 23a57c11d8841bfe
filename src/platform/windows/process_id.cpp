//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "system.hpp"

#include <perf_timer/detail/platform/process_id.hpp>

namespace perf_timer::inline v0_1::detail {

long process_id() noexcept { return static_cast<long>(::GetCurrentProcessId()); }

}  // namespace perf_timer::inline v0_1::detail
