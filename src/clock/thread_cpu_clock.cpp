//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/thread_cpu_clock.hpp>

#include <ctime>

namespace perf_timer::inline v0_1 {

thread_cpu_clock::time_point thread_cpu_clock::now() noexcept {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return time_point(std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec));
}

}  // namespace perf_timer::inline v0_1
