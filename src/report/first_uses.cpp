//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/exit_holds_a_lock.hpp>
#include <perf_timer/detail/report/first_uses.hpp>
#include <perf_timer/detail/report/registry.hpp>
#include <perf_timer/detail/report/text_stream.hpp>

namespace perf_timer::inline v0_1::detail {

void first_uses() {
  if constexpr (exit_holds_a_lock) {
    static_cast<void>(Registry::instance());
    TextStream() << 0.5;  // MinGW's first conversion of a floating-point number
  }
}

}  // namespace perf_timer::inline v0_1::detail
