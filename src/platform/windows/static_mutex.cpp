//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "system.hpp"

#include <perf_timer/detail/platform/static_mutex.hpp>

namespace perf_timer::inline v0_1::detail {
namespace {

static_assert(sizeof(SRWLOCK) == sizeof(void*));

[[nodiscard]] SRWLOCK* srw_lock(void*& lock) noexcept { return reinterpret_cast<SRWLOCK*>(&lock); }

}  // namespace

void StaticMutex::lock() noexcept { ::AcquireSRWLockExclusive(srw_lock(lock_)); }
bool StaticMutex::try_lock() noexcept { return ::TryAcquireSRWLockExclusive(srw_lock(lock_)) != 0; }
void StaticMutex::unlock() noexcept { ::ReleaseSRWLockExclusive(srw_lock(lock_)); }

}  // namespace perf_timer::inline v0_1::detail
