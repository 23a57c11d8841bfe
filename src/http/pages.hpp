//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "answer.hpp"
#include "page_feed.hpp"
#include "request.hpp"

#include <string>

namespace perf_timer::inline v0_1::detail {

/// Returns what is at a path. Throws `std::bad_alloc`, and what an observer throws.
[[nodiscard]] Answer page_at(const Request& request, PageFeed& feed);

/// Returns what runs now: steps that execute, runs that are open, and threads, as text.
[[nodiscard]] std::string now_text();

/// Returns the stalls that were told last, as text.
[[nodiscard]] std::string stalls_text();

/// Returns the trace, as it was recorded.
[[nodiscard]] Answer trace_answer();

}  // namespace perf_timer::inline v0_1::detail
