//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/process_id.hpp>

#include <unistd.h>

namespace perf_timer::inline v0_1::detail {

long process_id() noexcept { return ::getpid(); }

}  // namespace perf_timer::inline v0_1::detail
