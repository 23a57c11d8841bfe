//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/live/live_reporter.hpp>
#include <perf_timer/detail/live/report_thread.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/live_report_options.hpp>

#include PERF_TIMER_ASIO_HEADER(any_io_executor.hpp)
#include PERF_TIMER_ASIO_HEADER(associated_cancellation_slot.hpp)
#include PERF_TIMER_ASIO_HEADER(associated_executor.hpp)
#include PERF_TIMER_ASIO_HEADER(cancellation_type.hpp)
#include PERF_TIMER_ASIO_HEADER(post.hpp)
#include PERF_TIMER_ASIO_ERROR_HEADER

#include <memory>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND {

/// The initiation of `live_report`.
struct StartLiveReport {
  template <class Handler>
  void operator()(Handler&& handler, asio::any_io_executor executor,
                  LiveReportOptions options) const {
    auto slot = asio::get_associated_cancellation_slot(handler);
    const auto shared = std::make_shared<std::decay_t<Handler>>(std::forward<Handler>(handler));
    ReportThread& thread = report_thread_of(executor);
    const auto reporter = std::make_shared<LiveReporter>(
        thread, executor, std::move(options), [shared, executor](asio_system::error_code error) {
          const auto target = asio::get_associated_executor(*shared, executor);
          asio::post(target,
                     [taken = std::move(*shared), error]() mutable { std::move(taken)(error); });
        });
    thread.add(reporter);
    reporter->wait();
    if (!slot.is_connected()) return;
    slot.assign([weak = std::weak_ptr(reporter)](asio::cancellation_type type) {
      if (type == asio::cancellation_type::none) return;
      if (const auto there = weak.lock()) there->cancel();
    });
  }
};

}  // namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND
