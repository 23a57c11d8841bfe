//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/executor_access.hpp>
#include <perf_timer/detail/asio/rewrap.hpp>
#include <perf_timer/started_run.hpp>

namespace perf_timer::inline v0_1 {

template <TimerClock Clock>
template <class ExecutorOrContext>
auto StartedRun<Clock>::wrap(ExecutorOrContext&& inner) const {
  return detail::rewrap<Clock>(std::forward<ExecutorOrContext>(inner),
                               [this]<class Inner>(Inner executor, const detail::BindingRef& also,
                                                   const detail::Capture& capture) {
                                 detail::Capture mine = span_.carried();
                                 if (!mine.made()) mine = capture;
                                 return detail::ExecutorAccess::make<Clock>(std::move(executor),
                                                                            also, std::move(mine));
                               });
}

}  // namespace perf_timer::inline v0_1
