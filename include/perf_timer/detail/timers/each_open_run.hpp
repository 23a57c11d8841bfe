//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/report/registry.hpp>
#include <perf_timer/detail/span/run_sight.hpp>
#include <perf_timer/open_runs.hpp>

#include <unordered_map>

namespace perf_timer::inline v0_1::detail {

/// An open run. Span, timer and opening tell it from all other runs.
struct EachOpenRun {
  const Span* span;
  const SightedTimer& timer;
  Ticks opened;
  SeenRun seen;

  /// Returns it as users see it. Throws std::bad_alloc.
  [[nodiscard]] PERF_TIMER_EXPORT perf_timer::OpenRun told() const;
};

/// Looks at open runs.
class OpenRunsVisitor {
 public:
  /// Returns whether a run that was opened then is worth a close look.
  [[nodiscard]] virtual bool wants(const SightedTimer&, Ticks) const { return true; }
  virtual void see(const EachOpenRun& run) = 0;

 protected:
  OpenRunsVisitor() = default;
  OpenRunsVisitor(const OpenRunsVisitor&) = default;
  OpenRunsVisitor& operator=(const OpenRunsVisitor&) = default;
  ~OpenRunsVisitor() = default;
};

/// Shows each of those that `open_runs` returns, in no order. Returns the timers whose open runs
/// can be seen, by serial. Exceptions pass through.
PERF_TIMER_EXPORT std::unordered_map<ListedRun, SightedTimer> for_each_open_run(
    OpenRunsVisitor& visitor);

}  // namespace perf_timer::inline v0_1::detail
