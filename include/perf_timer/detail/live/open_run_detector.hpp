//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/live/tell_limit.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/span.hpp>
#include <perf_timer/open_runs.hpp>
#include <perf_timer/stall_watch.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <tuple>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// What a stall watch does when it looks at open runs, without a thread and a clock of its own.
class PERF_TIMER_EXPORT OpenRunDetector {
 public:
  /// Of runs that are open for longer; if zero, of none.
  explicit OpenRunDetector(std::chrono::nanoseconds longer_than) noexcept
      : longer_than_(longer_than.count()) {}

  /// Adds what is to be told now. It looks only four times in the time that a run may be open. The
  /// `last` look is now, and tells only what has ended. `now` says what time it is. Throws
  /// std::bad_alloc.
  void look(const std::function<Ticks()>& now, TellLimit& limit, std::vector<Stall>& told,
            bool last = false);

 private:
  class Visitor;

  /// Which run it is.
  using Key = std::tuple<ListedRun, const void*, Ticks>;
  struct Old {
    bool told = false;
    bool found = false;    // in the present look
    v0_1::OpenRun last{};  // as it was last seen, if it was told
  };

  const Ticks longer_than_;
  Ticks looked_ = 0, next_ = 0;
  bool has_looked_ = false;
  std::map<Key, Old> old_;  // the runs that have been open for longer, when last looked
};

}  // namespace perf_timer::inline v0_1::detail
