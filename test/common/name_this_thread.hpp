//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <pthread.h>

#include <string>

namespace perf_timer::test {

/// Gives the calling thread a name of ASCII, as debuggers show it.
inline void name_this_thread(const std::string& name) {
#if defined(__APPLE__)
  ::pthread_setname_np(name.c_str());
#else
  ::pthread_setname_np(::pthread_self(), name.c_str());
#endif
}

}  // namespace perf_timer::test
