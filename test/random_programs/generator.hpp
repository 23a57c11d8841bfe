//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "random_programs/program.hpp"

#include <cstdint>
#include <vector>

namespace perf_timer::test::random_programs {

/// A program is made of choices, one number after the other; what isn't there any more is zero, the
/// simplest. So it shrinks as a sequence of numbers does: fewer and smaller numbers are smaller
/// programs, and all of them are such as the library makes promises about.
[[nodiscard]] Program make_program(const std::vector<std::uint16_t>& choices);

}  // namespace perf_timer::test::random_programs
