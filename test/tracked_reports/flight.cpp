//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A flight recorder in a tracked program.
#include "json/flight.hpp"

#include "common/world.hpp"
#include "tracked_reports/operation_number.hpp"

#include <perf_timer/detail/trace/hooks.hpp>

#include <string>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace detail;

BOOST_FIXTURE_TEST_CASE(a_slow_handler_is_saved_by_the_name_of_its_operation, Flight) {
  const TracedOperation receive = number_of("async_receive");
  auto with_names = options();
  with_names.ignore = {"socket.async_receive"};  // a handler isn't a run, and can't be ignored
  begin(with_names);
  const char handler = 0;
  const Ticks start = recorded_trace().started;
  BOOST_REQUIRE(traced(timeline_id<ManualClock>()));  // as every hook asks before it records
  record(start + 10, HandlerBegan{.handler = &handler,
                                  .span = nullptr,
                                  .timer = 0,
                                  .operation = receive,
                                  .is_step = false,
                                  .only_executes = false,
                                  .outcome = RunOutcome::measured,
                                  .started = start,
                                  .ready = start + 10});
  compute<ManualClock>(322);
  record(start + 322, HandlerEnded{&handler});
  const TraceFile saved = file();
  check_rows(saved.reasons(), {"handler of socket.async_receive took 312 nsec"});
  check_rows(saved.marked(), {"10-322 slow handler: socket.async_receive elapsed_us=312"});
  check_rows(saved.slices("threads", {"slow"}), {"10-322 socket.async_receive slow=1000"});
}

}  // namespace
}  // namespace perf_timer::test
