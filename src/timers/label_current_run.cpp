//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/timers/label_current_run.hpp>

namespace perf_timer::inline v0_1::detail {

template bool label_current_run<std::chrono::steady_clock>(const RunLabel&);

}  // namespace perf_timer::inline v0_1::detail
