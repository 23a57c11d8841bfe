//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <string>
#include <string_view>

/// What an operation of Asio is called, and where it starts, for people.
namespace perf_timer::inline v0_1::detail {

/// Returns the operation's name with its object, such as "socket.async_receive".
[[nodiscard]] PERF_TIMER_EXPORT std::string qualified_name(std::string_view object,
                                                           std::string_view operation);

/// Returns base name and line of the file, such as "session.cpp:41". If the file isn't known, the
/// function. Empty if that isn't known either.
[[nodiscard]] PERF_TIMER_EXPORT std::string place_name(std::string_view file, unsigned line,
                                                       std::string_view function);

}  // namespace perf_timer::inline v0_1::detail
