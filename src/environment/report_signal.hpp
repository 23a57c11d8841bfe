//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <system_error>

namespace perf_timer::inline v0_1::detail {

/// From now on, `call(context)` is called on a thread of its own whenever the process gets the
/// signal. A handler that the program installs later takes its place. Returns what went wrong.
[[nodiscard]] std::error_code on_signal(int signal, void (*call)(void* context), void* context);

}  // namespace perf_timer::inline v0_1::detail
