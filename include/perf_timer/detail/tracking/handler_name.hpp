//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <string>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// What a person calls the handler of an operation.
struct HandlerName {
  /// The callback, such as "session::do_read() lambda". Empty if there is none, as where a
  /// coroutine awaits, or none is known, as behind a `std::function`.
  std::string function{};
  std::string file{};  ///< Of a lambda where the compiler tells it, as clang does; else empty.
  unsigned line = 0;   ///< From 1; 0 if the file isn't known.

  bool operator==(const HandlerName&) const = default;
};

/// Returns the name of a handler without what Asio and others put around it. `signature` is of
/// `signature_with`. Throws `std::bad_alloc`.
[[nodiscard]] PERF_TIMER_EXPORT HandlerName handler_name(std::string_view signature);

/// Returns the name of a function, as `__func__` or `std::source_location` have it, without result
/// type, arguments and template arguments, such as "session::run". Throws `std::bad_alloc`.
[[nodiscard]] PERF_TIMER_EXPORT std::string function_name(std::string_view signature);

}  // namespace perf_timer::inline v0_1::detail
