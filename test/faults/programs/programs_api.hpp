//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <chrono>

namespace boost::asio {
class io_context;
}

/// The program's clock, on which both measure. It stands still unless the program advances it.
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

/// Records 5 ns in a static timer of the plugin's, and posts two functions: to the executor of
/// another one, and to an instrumented one.
using PluginRun = void(boost::asio::io_context& context, Executed executed);
extern "C" [[gnu::visibility("default")]] PluginRun plugin_run;
