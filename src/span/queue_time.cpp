//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/queue_time.hpp>

namespace perf_timer::inline v0_1::detail {

constinit std::atomic<std::uint32_t> QueueTime::last{1};

}  // namespace perf_timer::inline v0_1::detail
