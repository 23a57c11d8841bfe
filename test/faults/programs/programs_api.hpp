//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/asio.hpp>

#include <chrono>

namespace PERF_TIMER_ASIO_NAMESPACE {
class io_context;
}

/// The program's clock, which the plugin uses as well. It stands still unless the program advances
/// it.
struct [[gnu::visibility("default")]] HostClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<HostClock>;
  static constexpr bool is_steady = true;
  static constexpr bool is_shared = true;

  static time_point now() noexcept;
};

/// Called by what the plugin posts.
using Executed = void (*)();

/// Records 5 ns in a static timer of the plugin. Posts one function to an executor that another of
/// its timers wraps, and one to an instrumented executor.
using PluginRun = void(PERF_TIMER_ASIO_NAMESPACE::io_context& context, Executed executed);
extern "C" [[gnu::visibility("default")]] PluginRun plugin_run;
