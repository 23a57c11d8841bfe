//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "tracking/started.hpp"

#include <perf_timer/detail/trace/recorded_trace.hpp>
#include <perf_timer/trace.hpp>

#include <variant>

namespace perf_timer::test {

/// Returns the number that an operation of a socket has in traces. `name` is a literal.
inline detail::TracedOperation number_of(const char* name) {
  static detail::OperationSite site{"", false};
  start_trace({.memory = 1 << 16});
  tracked::Started(site, name, 1000).end(detail::OperationResult::success, 0, 1001);
  const detail::RecordedTrace recorded = detail::recorded_trace();
  clear_trace();
  const auto& first = recorded.threads.at(0).events.at(0);
  return std::get<detail::HandlerBegan>(first.what).operation;
}

}  // namespace perf_timer::test
