//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "random_programs/program.hpp"

#include <cstdint>
#include <vector>

namespace perf_timer::test::random_programs {

/// Makes a program from choices, one number after the other. When the numbers run out, each further
/// choice is zero, the simplest. Fewer and smaller numbers give smaller programs, so programs
/// shrink as sequences of numbers do. The library's promises hold for all of them.
[[nodiscard]] Program make_program(const std::vector<std::uint16_t>& choices);

}  // namespace perf_timer::test::random_programs
