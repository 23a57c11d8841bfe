//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/thread_name.hpp>

#include <pthread.h>

namespace perf_timer::inline v0_1::detail {

ThreadName this_thread_name() noexcept {
  ThreadName name{};
  ::pthread_getname_np(::pthread_self(), name.data(), name.size());
  return name;
}

}  // namespace perf_timer::inline v0_1::detail
