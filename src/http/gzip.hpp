//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <string>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// Returns text as `Content-Encoding: gzip` has it. Beast's own zlib compresses it, so that no
/// other library is needed. It is quick rather than thorough: it runs on the service's thread.
/// Throws `std::bad_alloc`.
[[nodiscard]] std::string gzip(std::string_view text);

}  // namespace perf_timer::inline v0_1::detail
