//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstddef>

namespace perf_timer::inline v0_1::detail {

/// Returns where the copy of a stack may go, one for each place of a question. Null before
/// `prepare_backtraces`, and if there was no room.
[[nodiscard]] std::byte* memory_for_stack(std::size_t place) noexcept;

}  // namespace perf_timer::inline v0_1::detail
