//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "system.hpp"

#include <perf_timer/detail/platform/thread_cpu_time.hpp>

#include <cstdint>
#include <ratio>

namespace perf_timer::inline v0_1::detail {
namespace {

using SystemTicks = std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;

[[nodiscard]] SystemTicks ticks_of(const FILETIME& time) noexcept {
  return SystemTicks(static_cast<std::int64_t>(
      static_cast<std::uint64_t>(time.dwHighDateTime) << 32 | time.dwLowDateTime));
}

}  // namespace

// Windows counts whole periods of its timer, 1 to 16 ms each. QueryThreadCycleTime is finer, but
// nobody says how long a cycle is.
std::chrono::nanoseconds thread_cpu_time() noexcept {
  FILETIME created{}, exited{}, kernel{}, user{};
  if (!::GetThreadTimes(::GetCurrentThread(), &created, &exited, &kernel, &user)) return {};
  return ticks_of(kernel) + ticks_of(user);
}

}  // namespace perf_timer::inline v0_1::detail
