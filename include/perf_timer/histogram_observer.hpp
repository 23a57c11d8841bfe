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

/// Computes what `StdDevObserver` computes, and quantiles within 0.4 %. The default of all timers.
///
/// The error is bounded from the first sample on, whatever the samples and their order. A quantile
/// is the least sample that at least `probability * count` samples don't exceed. The summary has
/// the distribution, too (`DurationSummary::buckets`).
///
///     perf_timer::PerfTimer timer{
///         "decode", {.observer = perf_timer::HistogramObserver{{0.5, 0.99, 0.999}}}};
///
/// A state takes 0.6 KB, and 256 bytes for each octave in which a sample fell. Durations from 1
/// usec to 1 sec are twenty octaves. An octave takes 1 KB more once one of its 128 buckets has more
/// than 65 535 samples. A timer has four states of it, twice that if several threads use it, and
/// three times if sixteen do.
///
/// Thread safety: distinct objects: safe. Shared objects: safe for const members.
class PERF_TIMER_EXPORT HistogramObserver {
 public:
  /// Estimates the median, 90 % and 99 %. Throws `std::bad_alloc`.
  HistogramObserver();

  /// Estimates the quantiles of these probabilities: 0.5 is the median. Throws
  /// `std::invalid_argument` unless they are one or more, strictly increasing, and in [0, 1].
  explicit HistogramObserver(std::vector<double> probabilities);

  /// Called by timers: returns a state without samples. Throws `std::bad_alloc`.
  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const;

 private:
  std::shared_ptr<const std::vector<double>> probabilities_;  // shared with the states
};

}  // namespace perf_timer::inline v0_1
