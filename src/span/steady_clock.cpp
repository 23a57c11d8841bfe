//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What the default clock's steps and runs are made of, compiled once.
#include <perf_timer/detail/span/capture.hpp>
#include <perf_timer/detail/span/cpu_time.hpp>
#include <perf_timer/detail/span/open_run.hpp>
#include <perf_timer/detail/span/operation_span.hpp>
#include <perf_timer/detail/span/started_span.hpp>
#include <perf_timer/detail/span/step.hpp>
#include <perf_timer/detail/span/strand_questions.hpp>
#include <perf_timer/detail/span/strand_time.hpp>
#include <perf_timer/detail/span/submission.hpp>
#include <perf_timer/detail/span/task_counter.hpp>
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/span/trace_span.hpp>

#include <chrono>

namespace perf_timer::inline v0_1::detail {

template Ticks switch_cpu<std::chrono::steady_clock>(Span*, Span*, const Span*, Ticks) noexcept;
template void enter_sampled<std::chrono::steady_clock>(Span*, Span*, const Span*, Ticks) noexcept;
template void tell_cpu<std::chrono::steady_clock>(const Span&, bool, Ticks, RunTimes&,
                                                  RunDetails&) noexcept;
template class Submitting<std::chrono::steady_clock>;
template Span* leave_ended<std::chrono::steady_clock>(ThreadState&) noexcept;
template class NotSubmitting<std::chrono::steady_clock>;
template class OnlyAsking<std::chrono::steady_clock>;
template class Submission<std::chrono::steady_clock>;
template class Step<std::chrono::steady_clock>;
template class StrandTurn<std::chrono::steady_clock>;
template class OpenRun<std::chrono::steady_clock>;
template class OperationSpan<std::chrono::steady_clock>;
template class StartedSpan<std::chrono::steady_clock>;
template Capture capture_here<std::chrono::steady_clock>(const Task*, const void*, bool) noexcept;
template Capture capture_here<std::chrono::steady_clock, true>(const Task*, const void*,
                                                               bool) noexcept;
template void may_execute_inline<std::chrono::steady_clock>(const Capture&, bool) noexcept;
template void may_be_queued<std::chrono::steady_clock>(const Capture&, bool) noexcept;
template void never_blocks<std::chrono::steady_clock>(Capture&) noexcept;
template void captured_before<std::chrono::steady_clock>(const Capture&, const void*,
                                                         bool) noexcept;
template Capture capture_inside_run<std::chrono::steady_clock>(const Capture&) noexcept;
template Ticks task_counter<std::chrono::steady_clock>();
template void trace_span_began<std::chrono::steady_clock>(const Span*, TracedTimer, bool) noexcept;
template void trace_current<std::chrono::steady_clock>(Ticks) noexcept;
template void trace_span_ended<std::chrono::steady_clock>(TracedTimer, const RunTimes&,
                                                          RunOutcome) noexcept;

}  // namespace perf_timer::inline v0_1::detail
