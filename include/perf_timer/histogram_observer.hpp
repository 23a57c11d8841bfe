//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/observer.hpp>

#include <memory>
#include <vector>

namespace perf_timer::inline v0_1 {

/// What `StdDevObserver` computes, and quantiles within 0.4 %, from the first sample on, whatever
/// the samples and their order. A quantile is the least sample that at least
/// `probability * count` samples don't exceed. The default of all timers.
///
/// Memory of a state: 0.6 KB, and 1 KB for each octave in which a sample fell; durations from
/// 1 usec to 1 sec are twenty octaves. Its states are mergeable.
class PERF_TIMER_EXPORT HistogramObserver {
 public:
  HistogramObserver() : HistogramObserver({0.5, 0.9, 0.99}) {}

  /// Throws `std::invalid_argument` unless `probabilities` are one or more, strictly increasing,
  /// and in [0, 1].
  explicit HistogramObserver(std::vector<double> probabilities);

  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const;

 private:
  std::vector<double> probabilities_;
};

}  // namespace perf_timer::inline v0_1
