//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <string>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// Returns what a person calls the handler of an operation: the callback, without what Asio and
/// others put around it, such as "session::do_read() lambda" or "app.cpp:41 lambda". Empty if there
/// is no such thing, as of a coroutine that awaits. `signature` is of `signature_with`. Throws
/// `std::bad_alloc`.
[[nodiscard]] PERF_TIMER_EXPORT std::string handler_name(std::string_view signature);

/// Returns the name of a function, as `__func__` or `std::source_location` have it, without result
/// type, arguments and template arguments, such as "session::run". Throws `std::bad_alloc`.
[[nodiscard]] PERF_TIMER_EXPORT std::string function_name(std::string_view signature);

}  // namespace perf_timer::inline v0_1::detail
