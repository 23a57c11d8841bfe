//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/prometheus_options.hpp>

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <vector>

namespace perf_timer::inline v0_1 {

/// Gives all live timers to an exposer or a registry of prometheus-cpp.
///
///     auto timers = std::make_shared<perf_timer::PrometheusCollector>();
///     exposer.RegisterCollectable(timers);  // it holds a weak_ptr: keep yours
///
/// It takes snapshots when it is asked. Between scrapes it costs nothing. Link
/// `perf_timer::prometheus`.
///
/// Thread safety: distinct objects: safe. Shared objects: safe for const members.
class PERF_TIMER_EXPORT PrometheusCollector final : public prometheus::Collectable {
 public:
  /// Makes a collector with these options. Throws `std::invalid_argument` that says which one is
  /// invalid and why, and `std::bad_alloc`.
  explicit PrometheusCollector(PrometheusOptions options = {});

  /// Called by prometheus-cpp for each scrape: returns the `metric_families` of all live timers, of
  /// `thread_snapshots()`, and of `operations()`.
  ///
  /// Timers of the same name and kind are one series. If one of several is destroyed or reset, the
  /// series doesn't fall: it keeps what that timer had at the last scrape. A series ends with the
  /// last timer of its name. All collectors share this, and `prometheus_text` does, too.
  ///
  /// Throws what an observer throws, and `std::bad_alloc`.
  [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  PrometheusOptions options_;
};

}  // namespace perf_timer::inline v0_1
