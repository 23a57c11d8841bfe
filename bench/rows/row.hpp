//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer.hpp>

#include <string_view>
#include <utility>

/// \file
/// A row is a function that takes a loop. It sets its program up, and runs the measured part while
/// `loop.KeepRunning()` is true. Google Benchmark's `State` is such a loop; `test/cost` has one
/// that counts instructions and allocations. So both measure the same programs.

namespace perf_timer::rows {

inline TimerOptions silent(Observer observer = HistogramObserver{}) {
  return {.observer = std::move(observer), .log = [](std::string_view) {}};
}

/// Keep the optimiser from removing or moving the measured work.
inline void clobber() { asm volatile("" : : : "memory"); }
template <class T>
inline void use(const T& value) {
  asm volatile("" : : "r,m"(value) : "memory");
}

}  // namespace perf_timer::rows
