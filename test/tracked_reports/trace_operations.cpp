//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What a tracked program's trace shows of operations, by events that the tests write.
#include "common/manual_clock.hpp"
#include "json/trace_file.hpp"
#include "tracked_reports/operation_number.hpp"

#include <perf_timer/detail/trace/hooks.hpp>
#include <perf_timer/detail/trace/recorded_trace.hpp>
#include <perf_timer/trace.hpp>

#include <string_view>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace detail;

const TracedOperation receive = number_of("async_receive"), connect = number_of("async_connect"),
                      execute = number_of("execute");

// Addresses of what the events are of.
const char a_handler = 0, another_handler = 0, a_step = 0, a_span = 0, another_span = 0;
constexpr TracedTimer request = 0xffff'ff01, connection = 0xffff'ff02;

/// Each test has a trace of the manual clock. Times count from its start.
struct Traced {
  Traced() {
    start_trace<ManualClock>({.memory = 1 << 20});
    start = recorded_trace().started;
    BOOST_REQUIRE(traced(timeline_id<ManualClock>()));  // as every hook asks before it records
  }
  Traced(const Traced&) = delete;
  Traced& operator=(const Traced&) = delete;
  ~Traced() { clear_trace(); }

  void run_began(Ticks at, const void* span, TracedTimer timer) const {
    record(start + at, RunBegan{.timer = timer, .causal = true, .span = span, .step = nullptr});
  }
  void run_ended(Ticks from, Ticks until, const void* span, TracedTimer timer) const {
    record(start + from, RunEnded{.timer = timer,
                                  .causal = true,
                                  .outcome = RunOutcome::measured,
                                  .lost = 0,
                                  .span = span,
                                  .busy = 0,
                                  .queued = 0,
                                  .elapsed = until - from});
  }
  /// A handler begins at `at`; its operation started and had its result before that.
  void began(const void* handler, TracedOperation operation, Ticks started, Ticks ready, Ticks at,
             const void* span = nullptr, RunOutcome outcome = RunOutcome::measured,
             bool is_step = false) const {
    record(start + at, HandlerBegan{.handler = handler,
                                    .span = span,
                                    .timer = span ? request : 0,
                                    .operation = operation,
                                    .is_step = is_step,
                                    .only_executes = operation == execute,
                                    .outcome = outcome,
                                    .started = start + started,
                                    .ready = start + ready});
  }
  /// Its handler is a step, on behalf of this span.
  void began_step(const void* handler, Ticks started, Ticks ready, Ticks at,
                  const void* span = nullptr) const {
    began(handler, receive, started, ready, at, span, RunOutcome::measured, true);
  }
  void goes_on(Ticks at, const void* handler, const void* span, TracedTimer timer) const {
    record(start + at, RunGoesOn{.timer = timer, .span = span, .step = handler});
  }
  void ended(Ticks at, const void* handler) const { record(start + at, HandlerEnded{handler}); }
  void step(Ticks submitted, Ticks from, Ticks until) const {
    record(
        start + from,
        StepBegan{
            .step = &a_step, .span = nullptr, .timer = 0, .by = 1, .submitted = start + submitted});
    record(start + until, StepEnded{&a_step});
  }

  Ticks start = 0;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(trace_operations, Traced)

BOOST_AUTO_TEST_CASE(a_handler_is_a_slice_of_its_thread_with_the_name_of_its_operation) {
  began(&a_handler, receive, 10, 50, 60);
  ended(75, &a_handler);
  began(&a_handler, receive, 80, 90, 90, nullptr, RunOutcome::failed);
  ended(95, &a_handler);
  const TraceFile file;
  check_rows(file.slices("threads", {"waited_us", "queued_us", "failed"}),
             {"60-75 socket.async_receive waited_us=40 queued_us=10",
              "90-95 socket.async_receive waited_us=10 failed=1000"});
  check_rows(file.waits({"operation"}),
             {"10-50 socket.async_receive", "50-60 queued operation=socket.async_receive",
              "80-90 socket.async_receive"});
  BOOST_TEST(file.runs().empty());
}

BOOST_AUTO_TEST_CASE(what_a_run_waited_for_is_below_the_run) {
  run_began(5, &a_span, request);
  began(&a_handler, connect, 10, 30, 30, &a_span);
  ended(31, &a_handler);
  began(&a_handler, receive, 31, 70, 80, &a_span, RunOutcome::cancelled);
  ended(82, &a_handler);
  run_ended(5, 90, &a_span, request);
  const TraceFile file;
  check_rows(file.runs({"cancelled", "run", "operation"}),
             {"5-90 timer 4294967041", "10-30 socket.async_connect",
              "31-70 socket.async_receive cancelled=1000",
              "70-80 queued cancelled=1000 operation=socket.async_receive"});
  BOOST_TEST(file.waits().empty());
}

BOOST_AUTO_TEST_CASE(what_it_waited_for_meanwhile_has_a_row_of_its_own) {
  began(&a_handler, connect, 10, 40, 50, &a_span);
  ended(50, &a_handler);
  began(&another_handler, receive, 20, 60, 65, &a_span);
  ended(70, &another_handler);
  began(&a_handler, receive, 50, 80, 80, &a_span);
  ended(80, &a_handler);
  run_ended(0, 90, &a_span, request);
  const std::string run = "timer 4294967041";
  check_rows(TraceFile().runs({"run"}),
             {"0-90 " + run, "10-40 socket.async_connect", "20-60 socket.async_receive run=" + run,
              "40-50 queued", "50-80 socket.async_receive", "60-65 queued run=" + run});
}

BOOST_AUTO_TEST_CASE(an_address_is_of_one_run_at_a_time) {
  run_ended(0, 20, &a_span, connection);
  run_ended(30, 60, &a_span, request);
  began(&a_handler, receive, 35, 40, 40, &a_span);
  ended(50, &a_handler);
  began(&a_handler, receive, 61, 70, 70, &a_span);        // that run is over
  began(&a_handler, connect, 61, 70, 70, &another_span);  // its end isn't in the trace
  const TraceFile file;
  check_rows(file.runs(),
             {"0-20 timer 4294967042", "30-60 timer 4294967041", "35-40 socket.async_receive"});
  check_rows(file.waits(), {"61-70 socket.async_receive", "61-70 socket.async_connect"});
}

BOOST_AUTO_TEST_CASE(what_began_before_the_run_or_the_trace_is_cut) {
  began(&a_handler, receive, -50, 20, 20);
  ended(20, &a_handler);
  began(&a_handler, receive, 15, 60, 60, &a_span);
  ended(60, &a_handler);
  run_ended(30, 90, &a_span, request);
  const TraceFile file;
  check_rows(file.waits({"waited_us"}), {"0-20 socket.async_receive waited_us=70"});
  check_rows(file.runs(), {"30-90 timer 4294967041", "30-60 socket.async_receive"});
}

BOOST_AUTO_TEST_CASE(what_only_executes_waits_for_nothing) {
  began(&a_handler, execute, 10, 10, 60);
  ended(70, &a_handler);
  const TraceFile file;
  check_rows(file.slices("threads", {"waited_us", "queued_us"}),
             {"60-70 socket.execute queued_us=50"});
  BOOST_TEST(file.waits().empty());
}

BOOST_AUTO_TEST_CASE(a_function_of_an_instrumented_executor_is_one_slice) {
  began(&a_handler, execute, 10, 10, 60);
  step(10, 61, 69);
  step(62, 69, 70);  // executed inline in the same handler
  ended(70, &a_handler);
  check_rows(TraceFile().slices("threads"), {"61-69 socket.execute", "69-70 function"});
}

BOOST_AUTO_TEST_CASE(what_a_handler_executes_inline_is_inside_it) {
  began(&a_handler, execute, 10, 10, 60);
  step(61, 61, 69);
  ended(70, &a_handler);
  began(&a_handler, receive, 70, 80, 80);
  step(79, 81, 89);  // submitted on another thread, and executed where the handler polls
  ended(90, &a_handler);
  check_rows(TraceFile().slices("threads"), {"60-70 socket.execute", "61-69 function",
                                             "80-90 socket.async_receive", "81-89 function"});
}

BOOST_AUTO_TEST_CASE(a_handler_that_is_a_step_is_one_slice_with_its_run) {
  began_step(&a_handler, 10, 50, 60, &a_span);
  ended(75, &a_handler);
  began_step(&a_handler, 75, 80, 80);
  ended(85, &a_handler);
  run_ended(5, 90, &a_span, request);
  const TraceFile file;
  check_rows(file.slices("threads", {"waited_us", "queued_us", "run"}),
             {"60-75 socket.async_receive waited_us=40 queued_us=10 run=timer 4294967041",
              "80-85 socket.async_receive waited_us=5"});
  check_rows(file.runs(), {"5-90 timer 4294967041", "10-50 socket.async_receive", "50-60 queued"});
}

BOOST_AUTO_TEST_CASE(of_several_runs_the_parts_are_inside_it) {
  began_step(&a_handler, 10, 20, 20, &a_span);
  goes_on(24, &a_handler, &another_span, connection);
  goes_on(27, &a_handler, nullptr, 0);
  ended(30, &a_handler);
  began_step(&a_handler, 20, 40, 40, &a_span);
  run_ended(5, 43, &a_span, request);
  ended(50, &a_handler);
  check_rows(TraceFile().slices("threads", {"run"}),
             {"20-30 socket.async_receive", "20-24 timer 4294967041", "24-27 timer 4294967042",
              "40-50 socket.async_receive", "40-43 timer 4294967041"});
}

BOOST_AUTO_TEST_CASE(if_it_is_handed_to_an_instrumented_executor_that_step_has_the_run) {
  began_step(&a_handler, 10, 20, 20, &a_span);
  step(20, 21, 29);
  ended(30, &a_handler);
  began_step(&a_handler, 30, 40, 40, &a_span);
  goes_on(42, &a_handler, &another_span, connection);
  step(43, 44, 48);  // later, it executes something else
  ended(50, &a_handler);
  check_rows(TraceFile().slices("threads", {"run"}),
             {"20-30 socket.async_receive", "21-29 function", "40-50 socket.async_receive",
              "40-42 timer 4294967041", "42-50 timer 4294967042", "44-48 function"});
}

BOOST_AUTO_TEST_CASE(a_handler_that_has_not_ended_is_open) {
  began(&a_handler, receive, 10, 20, 20);
  ManualClock::advance(100);
  check_rows(TraceFile().slices("threads", {"open"}), {"20-100 socket.async_receive open=1000"});
}

BOOST_AUTO_TEST_CASE(without_operations_there_is_no_track_of_them) {
  BOOST_TEST(TraceFile().text().find("operations") == std::string::npos);
  began(&a_handler, receive, 10, 20, 20);
  BOOST_TEST(TraceFile().text().find(R"("args":{"name":"operations"})") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace perf_timer::test
