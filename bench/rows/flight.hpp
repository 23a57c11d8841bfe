//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "row.hpp"

#include <perf_timer/detail/trace/flight_trace.hpp>

#include <chrono>

namespace perf_timer::rows {

/// Another row, while a flight recorder records. Nothing in it is slow, so no file is written.
template <class Row>
struct Flight {
  Row row{};
  void operator()(auto& loop) const {
    using namespace std::chrono_literals;
    const detail::FlightTrace recorder(
        std::size_t{16} << 20, detail::timeline_of<std::chrono::steady_clock>(), (1h / 1ns));
    row(loop);
  }
};

}  // namespace perf_timer::rows
