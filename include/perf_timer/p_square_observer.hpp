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

/// What `StdDevObserver` computes, and quantiles by the extended P-square algorithm of
/// Boost.Accumulators (Raatikainen 1986): in little memory, but without a bound for the error,
/// which is great where the distribution has gaps or changes with time. Prefer
/// `HistogramObserver` unless memory is scarce.
///
/// The first 128 samples are kept as well, and as long as there are no more, quantiles are exact.
///
/// Memory of a state: 2 KB. Its states are not mergeable: a timer has one for all threads.
class PERF_TIMER_EXPORT PSquareObserver {
 public:
  PSquareObserver() : PSquareObserver({0.5, 0.9, 0.99}) {}

  /// Throws `std::invalid_argument` unless `probabilities` are one or more, strictly increasing,
  /// and in [0, 1].
  explicit PSquareObserver(std::vector<double> probabilities);

  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const;

 private:
  std::vector<double> probabilities_;
};

}  // namespace perf_timer::inline v0_1
