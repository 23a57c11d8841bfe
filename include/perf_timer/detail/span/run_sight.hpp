//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/account.hpp>
#include <perf_timer/detail/span/span.hpp>
#include <perf_timer/timer_clock.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>

namespace perf_timer::inline v0_1::detail {

/// What an open run does.
enum class RunDoes : unsigned char { executes, waits, idles, unknown };

/// An open run, as a thread sees it that has nothing to do with it.
struct SeenRun {
  Ticks age = 0;
  std::optional<Ticks> busy, queued;
  RunDoes does = RunDoes::unknown;
};

/// How the open runs of a clock are seen. They are listed if other threads can tell their age.
struct RunSight {
  /// Looks at a span that was `listed` so. Returns false if it isn't any more.
  bool (*see)(const Span& span, ListedRun listed, SeenRun& seen) noexcept;
  Ticks (*wall_now)() noexcept;  ///< the time that the age of a run is told by
};

template <class Clock>
[[nodiscard]] PERF_TIMER_EXPORT bool see_run(const Span& span, ListedRun listed,
                                             SeenRun& seen) noexcept {
  using Ops = AccountOps<is_shared_clock<Clock>>;
  using Waiting = AccountOps<is_shared_clock<wall_clock_of<Clock>>>;
  constexpr auto acquire = std::memory_order_acquire;
  bool whole = false;  // the readings are those of one moment
  for (int tries = 100; !whole && tries != 0; --tries) {
    const Ticks opened = span.opened.seen();
    const Account busy{span.busy.word.load(acquire)}, queued{span.queued.word.load(acquire)};
    const auto uncounted = span.uncounted.load(acquire);
    const Ticks at = now<Clock>(), wall = wall_now<Clock>(at);
    // What comes next is read after these, so it tells of a span that became another one meanwhile.
    // First whether it is listed: the next run may be of the same timer, and then the rest is that
    // run's.
    const ListedRun still_listed = span.listed.load(acquire);
    whole = span.busy.word.load(acquire) == busy.word.load(std::memory_order_relaxed) &&
            span.queued.word.load(acquire) == queued.word.load(std::memory_order_relaxed);
    if (span.opened != opened || still_listed != listed) return false;
    seen = {.age = std::max<Ticks>(wall - opened, 0), .busy = {}, .queued = {}};
    if ((listed & only_age_is_known) != 0) return true;
    const bool all_waits = (listed & may_wait_unseen) == 0;
    const bool spoilt = (listed & times_are_unknown) != 0;
    if (whole && !spoilt && seen.age < AccountOps<true>::too_long) {
      if (is_shared_clock<Clock>) seen.busy = Ops::read(busy, at);
      if (uncounted == 0 && all_waits) seen.queued = Waiting::read(queued, wall);
    }
    seen.does = Ops::threads(busy) != 0                           ? RunDoes::executes
                : Waiting::threads(queued) != 0 || uncounted != 0 ? RunDoes::waits
                : is_shared_clock<Clock> && all_waits && !spoilt  ? RunDoes::idles
                                                                  : RunDoes::unknown;
  }
  return true;
}

template <class Clock>
[[nodiscard]] Ticks wall_now_of() noexcept {
  return now<wall_clock_of<Clock>>();
}

template <class Clock>
inline constexpr RunSight run_sight{&see_run<Clock>, &wall_now_of<Clock>};

/// Returns how runs of this clock are seen; null if its wall clock differs by thread.
template <class Clock>
[[nodiscard]] constexpr const RunSight* run_sight_of() noexcept {
  if constexpr (is_shared_clock<wall_clock_of<Clock>>)
    return &run_sight<Clock>;
  else
    return nullptr;
}

/// Calls `visit(context, span)` for each span, be it in use or not. Never waits for who uses it.
PERF_TIMER_EXPORT void for_each_span(void (*visit)(void* context, const Span& span), void* context);

// The default clock's instance is compiled into the library.
extern template bool see_run<std::chrono::steady_clock>(const Span&, ListedRun, SeenRun&) noexcept;

}  // namespace perf_timer::inline v0_1::detail
