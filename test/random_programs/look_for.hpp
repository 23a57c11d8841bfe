//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace perf_timer::test::random_programs {

using Choices = std::vector<std::uint16_t>;
/// Makes a program of choices, runs it, and returns what differs; nothing if it is right.
using Check = std::function<std::string(const Choices&)>;

/// Checks that many sequences of random choices, until one differs. Returns what differs in the
/// smallest that is found from there; nothing if none differs. The same ones each time, so that
/// only a change of the code makes a difference; the long mode takes others. `name` is in what is
/// reported.
///
/// look_by_rapidcheck.cpp does this where rapidcheck is, and look_alone.cpp elsewhere.
[[nodiscard]] std::string look_for_difference(const std::string& name, std::uint64_t programs,
                                              const Check& check);

/// The longest sequence.
constexpr int most_choices = 150;

}  // namespace perf_timer::test::random_programs
