//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <string>

namespace perf_timer::inline v0_1::detail {

/// Returns what the page's first view shows, as JSON: `steps` that execute, `open_runs`, the oldest
/// first, and `threads`. A thread is only asked what it executes if it does so for a tenth of a
/// second already: asking interrupts it.
[[nodiscard]] std::string now_json();

/// Returns how many stalls are kept, and when the latest one was told; with their `texts` if
/// wanted.
[[nodiscard]] std::string stalls_json(bool with_texts);

}  // namespace perf_timer::inline v0_1::detail
