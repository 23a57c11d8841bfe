//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <string_view>
#include <vector>

namespace perf_timer::inline v0_1::statistics {

/// Returns `probabilities` if an observer can use them: at least one, strictly increasing, all in
/// [0, 1]. Otherwise throws `std::invalid_argument` that names `observer`.
std::vector<double> checked_probabilities(std::string_view observer,
                                          std::vector<double> probabilities);

}  // namespace perf_timer::inline v0_1::statistics
