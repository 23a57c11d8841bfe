//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/thread_cpu_time.hpp>
#include <perf_timer/thread_cpu_clock.hpp>

namespace perf_timer::inline v0_1 {

thread_cpu_clock::time_point thread_cpu_clock::now() noexcept {
  return time_point(detail::thread_cpu_time());
}

}  // namespace perf_timer::inline v0_1
