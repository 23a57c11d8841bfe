//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/live/run_live_report.hpp>
#include <perf_timer/detail/live/start_live_report.hpp>
#include <perf_timer/live_report_options.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/system/error_code.hpp>

#include <concepts>
#include <utility>

namespace perf_timer::inline v0_1 {

/// Reports every so often, on Asio itself: `options.sink` is called through `executor` (or a
/// context's) with what happened since the time before, from now on until it is cancelled.
///
///     live_report(context, {.every = 10s});
///
/// An asynchronous operation of `void(error_code)`: it completes only by cancellation of any type,
/// with `operation_aborted`. It is no outstanding work: `run()` returns as if it weren't there, and
/// a context that is destroyed destroys it. (A coroutine that awaits it is work, of course.)
/// Between reports it costs nothing; the time is waited for on a thread that blocks all signals,
/// one for an execution context however many reports it has. A report that is due while the one
/// before still waits for the executor is left out: its interval is a part of the next.
///
/// What `sink` or `log` throws leaves the context's `run()`, and the reports go on. Throws
/// `std::invalid_argument` if `every` isn't longer than zero, `std::system_error` if there can be
/// no thread. Thread safety: any number of reports, each with intervals of its own.
template <class ExecutorOrContext,
          boost::asio::completion_token_for<void(boost::system::error_code)> Token =
              boost::asio::detached_t>
auto live_report(ExecutorOrContext&& where, LiveReportOptions options = {}, Token&& token = {}) {
  detail::check(options);
  boost::asio::any_io_executor executor;
  if constexpr (std::convertible_to<ExecutorOrContext&, boost::asio::execution_context&>)
    executor = where.get_executor();
  else
    executor = where;
  return boost::asio::async_initiate<Token, void(boost::system::error_code)>(
      detail::StartLiveReport{}, token, std::move(executor), std::move(options));
}

}  // namespace perf_timer::inline v0_1
