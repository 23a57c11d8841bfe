//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// src/html/page as one document. cmake/html_page.cmake generates the file that defines it.
[[nodiscard]] std::string_view page_bytes() noexcept;

}  // namespace perf_timer::inline v0_1::detail
