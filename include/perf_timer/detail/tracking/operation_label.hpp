//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <cstdint>
#include <string>

namespace perf_timer::inline v0_1::detail {

/// Returns what people call the operation of this number, such as
/// "socket.async_receive session.cpp:41". Throws `std::bad_alloc`; `std::out_of_range` if there is
/// no such operation. Thread safety: any thread.
[[nodiscard]] PERF_TIMER_EXPORT std::string operation_label(std::uint16_t number);

}  // namespace perf_timer::inline v0_1::detail
