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

/// All live timers, for whatever registry or exposer of prometheus-cpp the program has:
/// \code
/// auto timers = std::make_shared<perf_timer::PrometheusCollector>();
/// exposer.RegisterCollectable(timers);  // which holds a weak_ptr: keep this one
/// \endcode
/// It takes snapshots when it is asked, and keeps only those of timers that share a name; between
/// scrapes it costs nothing. Link `perf_timer::prometheus`.
class PERF_TIMER_EXPORT PrometheusCollector final : public prometheus::Collectable {
 public:
  /// Throws `std::invalid_argument` that says what is wrong if `options` are.
  explicit PrometheusCollector(PrometheusOptions options = {});

  /// As `metric_families` of all live timers. Timers of one name are one series, which doesn't go
  /// back if one of them is destroyed: it keeps what that had at the last look. A series ends with
  /// the last timer of its name.
  ///
  /// Throws what an observer throws, and `std::bad_alloc`. Thread safety: any number of threads.
  [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  PrometheusOptions options_;
};

}  // namespace perf_timer::inline v0_1
