//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstdint>
#include <string>
#include <system_error>

namespace perf_timer::inline v0_1::detail {

/// Throws `std::system_error`, which says who has the port if somebody has.
[[noreturn]] void fail_to_listen(const std::error_code& error, const std::string& address,
                                 std::uint16_t port);

}  // namespace perf_timer::inline v0_1::detail
