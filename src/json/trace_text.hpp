//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <string>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// Returns any text as a quoted JSON string. What isn't UTF-8 becomes U+FFFD.
[[nodiscard]] std::string quoted_json(std::string_view text);

}  // namespace perf_timer::inline v0_1::detail
