//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/detail/asio/binding_service.hpp>
#include <perf_timer/detail/asio/decorate.hpp>
#include <perf_timer/detail/asio/executor_access.hpp>
#include <perf_timer/detail/asio/rewrap.hpp>

namespace perf_timer::inline v0_1 {

template <TimerClock Clock>
template <class ExecutorOrContext>
auto BasicAsioPerfTimer<Clock>::wrap(ExecutorOrContext&& inner) & {
  return detail::rewrap<Clock>(std::forward<ExecutorOrContext>(inner),
                               [this]<class Inner>(Inner executor, const detail::BindingRef& also,
                                                   const detail::Capture& capture) {
                                 auto binding =
                                     detail::bind_to_timer(recorder(), this, executor, also);
                                 return detail::ExecutorAccess::make<Clock>(
                                     std::move(executor), std::move(binding), capture);
                               });
}

template <TimerClock Clock>
template <class AwaitableOrFunction>
auto BasicAsioPerfTimer<Clock>::decorate(AwaitableOrFunction&& target) & {
  return detail::decorate<Clock, ScopeRun>(recorder(), std::forward<AwaitableOrFunction>(target));
}

}  // namespace perf_timer::inline v0_1
