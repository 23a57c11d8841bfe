//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/format_duration.hpp>

#include <perf_timer/detail/report/text.hpp>

namespace perf_timer::inline v0_1 {

std::string format_duration(std::chrono::duration<double, std::nano> duration,
                            int significant_digits) {
  return detail::duration_text(duration.count(), significant_digits, detail::long_units);
}

}  // namespace perf_timer::inline v0_1
