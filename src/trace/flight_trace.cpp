//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "trace_buffer.hpp"

#include <perf_timer/detail/trace/flight_trace.hpp>
#include <perf_timer/detail/trace/slow_events.hpp>

namespace perf_timer::inline v0_1::detail {

FlightTrace::FlightTrace(std::size_t memory, const Timeline& timeline, Ticks slower_than)
    : timeline_(timeline) {
  const auto trace = TraceBuffer::instance().start(memory, timeline, TraceOwner::recorder);
  slow_events.start(slower_than, trace);
}

FlightTrace::~FlightTrace() {
  slow_events.stop();
  TraceBuffer::instance().clear(TraceOwner::recorder);
}

}  // namespace perf_timer::inline v0_1::detail
