//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/prometheus_options.hpp>

namespace perf_timer::inline v0_1::detail {

/// Throws `std::invalid_argument` if an option is invalid. The text says what was given and what
/// would do.
void validate(const PrometheusOptions& options);

}  // namespace perf_timer::inline v0_1::detail
