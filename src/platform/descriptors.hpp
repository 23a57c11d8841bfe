//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <array>

namespace perf_timer::inline v0_1::detail {

// These make descriptors that no program inherits. On macOS, one that another thread starts at that
// very moment may. Each says in `errno` what went wrong.

enum class DescriptorWaits : bool { no, yes };

/// Makes a pipe, as the ends to read from and to write to. Returns whether it did.
[[nodiscard]] bool make_pipe(std::array<int, 2>& ends, DescriptorWaits waits) noexcept;

/// Returns a socket for streams that waits for nothing; -1 if it can't.
[[nodiscard]] int make_socket(int family) noexcept;

/// Returns the next connection, which waits for nothing either; -1 if there is none.
[[nodiscard]] int accept_connection(int listener) noexcept;

}  // namespace perf_timer::inline v0_1::detail
