//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/tracking/operation_completion.hpp>
#include <perf_timer/detail/tracking/tracked_operation.hpp>

namespace tracked {

/// An operation as Asio's are, whose times a test sets.
struct Started : perf_timer::detail::TrackedOperation {
  Started(perf_timer::detail::OperationSite& site, const char* name, perf_timer::detail::Ticks at,
          perf_timer::detail::Ticks due = 0) {
    tracked_start(site, "socket", name, at, due);
  }

  void end(perf_timer::detail::OperationResult result, perf_timer::detail::Ticks ready,
           perf_timer::detail::Ticks at) {
    if (ready != 0) tracked_ready(ready);
    perf_timer::detail::OperationCompletion completion(*this);
    completion.begin(result, at);
    completion.end(at);
  }
};

}  // namespace tracked
