//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstdint>

namespace perf_timer::test {

/// How many times this program has allocated.
[[nodiscard]] std::uint64_t allocation_count() noexcept;

/// How many bytes of the heap are in use, with what the allocator rounds up.
[[nodiscard]] std::int64_t bytes_in_use() noexcept;

}  // namespace perf_timer::test
