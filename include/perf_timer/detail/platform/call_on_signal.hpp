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
///
/// Windows has no signals between processes. What comes to a console program is one here: Ctrl-C is
/// `SIGINT`, Ctrl-Break `SIGBREAK`, and its console's close, a logoff and a shutdown are `SIGTERM`.
/// After the first two the process goes on. After the others it dies when the call has returned, or
/// when the system's patience ends, some seconds later. `std::raise` calls nothing here.
[[nodiscard]] PERF_TIMER_EXPORT std::error_code call_on_signal(int signal, void (*call)(void*),
                                                               void* context);

/// Returns the number of a signal such as "USR1", "SIGUSR1" or "10". Nothing if it is none, or
/// can't be handled.
[[nodiscard]] PERF_TIMER_EXPORT std::optional<int> signal_of(std::string_view text) noexcept;

/// The name of a signal that may be given, for messages.
#if defined(_WIN32)
inline constexpr std::string_view signal_for_example = "BREAK";
#else
inline constexpr std::string_view signal_for_example = "USR1";
#endif

}  // namespace perf_timer::inline v0_1::detail
