//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "thread_information.hpp"

#include <perf_timer/detail/platform/thread_name.hpp>

namespace perf_timer::inline v0_1::detail {

ThreadName this_thread_name() noexcept { return name_of_thread(::GetCurrentThread()); }

}  // namespace perf_timer::inline v0_1::detail
