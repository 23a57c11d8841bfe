//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <version>

namespace perf_timer::inline v0_1::detail {

/// Whether the compiler tells where a function is called.
#if defined(__cpp_lib_source_location)
inline constexpr bool has_source_location = true;
#else
inline constexpr bool has_source_location = false;
#endif

}  // namespace perf_timer::inline v0_1::detail
