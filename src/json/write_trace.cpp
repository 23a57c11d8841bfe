//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "trace_writer.hpp"

#include <perf_timer/write_trace.hpp>

namespace perf_timer::inline v0_1 {

void write_trace(std::ostream& out) { detail::write(out, detail::recorded_trace()); }

}  // namespace perf_timer::inline v0_1
