//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "row.hpp"

#include <perf_timer/stall_watch.hpp>

#include <chrono>

namespace perf_timer::rows {

/// The watch looks four times in that time.
inline std::chrono::nanoseconds longer_than = std::chrono::milliseconds{100};

/// Another row, while a stall watch looks.
template <class Row>
struct Watched {
  Row row{};
  void operator()(auto& loop) const {
    const StallWatch watch =
        watch_stalls({.longer_than = longer_than, .sink = [](const Stall&) {}});
    row(loop);
  }
};

}  // namespace perf_timer::rows
