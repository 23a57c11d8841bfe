//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <optional>
#include <string_view>
#include <system_error>

namespace perf_timer::inline v0_1::detail {

/// From now on, `call(context)` is called on a thread of its own whenever the process gets the
/// signal. A handler that the program installs later takes its place. The child of a fork has no
/// such thread: there, the signal does nothing. Returns what went wrong. To be called once. Throws
/// `std::system_error` if no thread can be created.
[[nodiscard]] PERF_TIMER_EXPORT std::error_code call_on_signal(int signal, void (*call)(void*),
                                                               void* context);

/// Returns the number of a signal such as "USR1", "SIGUSR1" or "10". Nothing if it is none, or
/// can't be handled.
[[nodiscard]] PERF_TIMER_EXPORT std::optional<int> signal_of(std::string_view text) noexcept;

}  // namespace perf_timer::inline v0_1::detail
