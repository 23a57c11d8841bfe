//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/live/run_live_report.hpp>
#include <perf_timer/detail/live/start_live_report.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/live_report_options.hpp>

#include PERF_TIMER_ASIO_HEADER(any_io_executor.hpp)
#include PERF_TIMER_ASIO_HEADER(async_result.hpp)
#include PERF_TIMER_ASIO_HEADER(detached.hpp)
#include PERF_TIMER_ASIO_HEADER(execution_context.hpp)
#include PERF_TIMER_ASIO_ERROR_HEADER

#include <concepts>
#include <utility>

namespace perf_timer::inline v0_1 {

/// Starts to report what each timer measured, every so often, until it is cancelled.
///
///     perf_timer::live_report(context, {.every = 10s});  // lines on standard output
///     perf_timer::live_report(strand, {.every = 10s, .sink = [](const perf_timer::Interval& i) {
///       send_to_monitoring(i);
///     }});
///
/// `where` is an executor or an execution context. The function in `options` is called on it: the
/// `sink`, or else the `log`. If the executor is still busy with a report when the next one is due,
/// that one is left out, and the next interval is longer. What the function throws leaves the
/// context's `run()`; the reports go on.
///
/// It is an asynchronous operation of `void(error_code)`. It completes only when it
/// is cancelled, by any type of cancellation, with `operation_aborted`. It isn't outstanding work:
/// `run()` returns as if there were no reports, and the context destroys them when it is destroyed.
/// (A coroutine that awaits it is work, as always.)
///
/// Between reports it costs nothing. A thread waits for the time: one for each execution context,
/// however many reports that has. It blocks all signals.
///
/// Throws `std::invalid_argument` if `options.every` isn't positive, `std::system_error` if the
/// thread can't be started, `std::logic_error` if the context is being destroyed, and
/// `std::bad_alloc`. Thread safety: any thread. Any number of reports may run, each with intervals
/// of its own.
template <class ExecutorOrContext, asio::completion_token_for<void(detail::asio_system::error_code)>
                                       Token = asio::detached_t>
auto live_report(ExecutorOrContext&& where, LiveReportOptions options = {}, Token&& token = {}) {
  detail::check(options);
  asio::any_io_executor executor;
  if constexpr (std::convertible_to<ExecutorOrContext&, asio::execution_context&>)
    executor = where.get_executor();
  else
    executor = where;
  return asio::async_initiate<Token, void(detail::asio_system::error_code)>(
      detail::StartLiveReport{}, token, std::move(executor), std::move(options));
}

}  // namespace perf_timer::inline v0_1
