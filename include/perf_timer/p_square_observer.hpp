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

/// Computes what `StdDevObserver` computes, and quantiles by the extended P-square algorithm of
/// Boost.Accumulators (Raatikainen 1986).
///
/// It takes little memory, but its error has no bound. The error is large where the distribution
/// has gaps or changes with time. Prefer `HistogramObserver` unless memory is scarce. It keeps the
/// first 128 samples as well, or more if there are many probabilities. Quantiles are exact until
/// there are more samples than that.
///
/// A timer keeps a single state of it for all threads, which takes 2 KB. In an interval
/// (`IntervalReader`) only the count, the total and the mean are known.
///
/// Thread safety: distinct objects: safe. Shared objects: safe for const members.
class PERF_TIMER_EXPORT PSquareObserver {
 public:
  /// Estimates the median, 90 % and 99 %. Throws `std::bad_alloc`.
  PSquareObserver() : PSquareObserver({0.5, 0.9, 0.99}) {}

  /// Estimates the quantiles of these probabilities: 0.5 is the median. Throws
  /// `std::invalid_argument` unless they are one or more, strictly increasing, and in [0, 1].
  explicit PSquareObserver(std::vector<double> probabilities);

  /// Called by timers: returns a state without samples. Throws `std::bad_alloc`.
  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const;

 private:
  std::vector<double> probabilities_;
};

}  // namespace perf_timer::inline v0_1
