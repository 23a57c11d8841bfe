//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/asio.hpp>

#if PERF_TIMER_ASIO_IS_TRACKED
#include "common/standing_steady_clock.hpp"
#endif
