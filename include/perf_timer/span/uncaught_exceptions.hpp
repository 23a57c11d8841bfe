//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

namespace perf_timer::detail {

/// What `std::uncaught_exceptions` says, for a quarter of its price.
[[nodiscard]] int uncaught_exceptions() noexcept;

}  // namespace perf_timer::detail
