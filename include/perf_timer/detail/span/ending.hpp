//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>
#include <perf_timer/detail/span/account.hpp>
#include <perf_timer/detail/span/cpu_time.hpp>
#include <perf_timer/detail/span/run_steps.hpp>
#include <perf_timer/detail/span/span.hpp>
#include <perf_timer/detail/span/trace_span.hpp>

#include <algorithm>
#include <atomic>
#include <concepts>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// Returns whether no thread came or went, and no function waited, since it was opened. On a shared
/// wall clock, busy time is then elapsed time. Relaxed: only this thread and the run know the span.
template <class Clock>
[[nodiscard]] bool is_untouched(const Span& span, Ticks opened) noexcept {
  if constexpr (is_shared_clock<Clock> && std::same_as<Clock, wall_clock_of<Clock>>)
    return span.busy.word.load(std::memory_order_relaxed) == AccountOps<true>::entered(opened) &&
           span.queued.word.load(std::memory_order_relaxed) == 0 &&
           span.steps.load(std::memory_order_relaxed) == 0;
  return false;
}

/// Says more of a run that ends now, if there is more than its times. So many threads are known to
/// execute on the span's behalf as are here. If there are more, or functions wait, it isn't known
/// what those wait for, or have waited for.
template <class Clock>
void describe(const ThreadState& state, const Span& span, Ticks wall, std::uint64_t threads_here,
              RunTimes& times, RunDetails& details) noexcept {
  using Ops = AccountOps<is_shared_clock<Clock>>;
  using Waiting = AccountOps<is_shared_clock<wall_clock_of<Clock>>>;
  details = {};
  details.off_processor = off_processor<Clock>(span, times.busy);
  details.held =
      std::clamp<Ticks>(AccountOps<false>::read(span.held, 0), 0, std::max<Ticks>(times.queued, 0));
  if (span.unsplit.load(std::memory_order_relaxed) || Waiting::threads(span.queued) != 0 ||
      span.uncounted.load(std::memory_order_relaxed) != 0 || Ops::threads(span.busy) > threads_here)
    details.unsplit = times.queued - details.held;
  details.more_steps =
      static_cast<Ticks>(span.steps.load(std::memory_order_relaxed) & ~Span::labelled) - 1;
  details.longest_step = span.longest_step.load(std::memory_order_relaxed);
  if (is_within(state.current, &span)) {
    ++details.more_steps;
    const Ticks began = std::max<Ticks>(step_of_run_began(state, span), span.opened);
    details.longest_step = std::max<Ticks>(details.longest_step, wall - began);
  }
  if ((details.off_processor | details.held | details.unsplit | details.more_steps) != 0 ||
      details.longest_step != times.busy)
    times.more = Told::details;
}

/// Where a run ends, at `at`: charges what is current here.
template <class Clock>
PERF_TIMER_ALWAYS_INLINE inline void charge_current(ThreadState& state, Ticks at) noexcept {
  if constexpr (!is_shared_clock<Clock>)
    static_cast<void>(switch_current<Clock>(state, state.current, at));
}

/// Tells a trace when the span's run has ended.
template <class Clock>
PERF_TIMER_ALWAYS_INLINE inline void trace_end(const Span& span, Ticks wall) noexcept {
  if (tracing()) [[unlikely]]
    trace_closing<Clock>(&span, wall);
}

/// What a span's accounts hold by clocks that all threads share. It is read before the clock, to
/// tell whether the reading still goes with them.
template <class Clock>
class AccountsBefore {
 public:
  explicit AccountsBefore(const Span& span) noexcept
      : busy_(word(span.busy)), queued_(word(span.queued)) {}

  [[nodiscard]] bool have_changed(const Span& span) const noexcept {
    return (is_shared_clock<Clock> && word(span.busy) != busy_) ||
           (is_shared_clock<wall_clock_of<Clock>> && word(span.queued) != queued_);
  }

 private:
  [[nodiscard]] static std::uint64_t word(const Account& account) noexcept {
    return account.word.load(std::memory_order_acquire);
  }

  std::uint64_t busy_, queued_;
};

/// What runs of all kinds have in common where they end: the times that a span's accounts hold, and
/// why they may be wrong. The constructor reads the accounts, and says that the run has ended.
template <class Clock>
class Ending {
 public:
  /// `at` is now, and `wall` the wall clock's reading that goes with it.
  Ending(const ThreadState& state, Span& span, const AccountsBefore<Clock>& before, Ticks at,
         Ticks wall) noexcept
      : state_(state),
        span_(span),
        at_(at),
        wall_(wall),
        crowded_(span.uncounted.load(std::memory_order_acquire) != 0) {
    read();  // after `uncounted`
    if (before.have_changed(span)) [[unlikely]]
      end_again();
    span.closed.store(true, std::memory_order_release);
  }

  /// Returns why the span holds time that isn't its own, or lacks some. So many threads are known
  /// to be in as are here. If nothing is wrong, says more in `details`.
  [[nodiscard]] LostReason why_wrong(std::uint64_t threads_here, RunDetails& details) noexcept {
    if (span_.mixed.load(std::memory_order_acquire))
      return span_.queued_unseen.load(std::memory_order_relaxed) ? LostReason::in_a_queue
                                                                 : LostReason::mixed;
    if (crowded_ || span_.crowded.load(std::memory_order_acquire)) return LostReason::crowded;
    if (is_too_long()) return LostReason::too_long;
    if (left_alone_by_fork<Clock>(span_, threads_here)) return LostReason::forked;
    describe<Clock>(state_, span_, wall_, threads_here, times, details);
    if (span_.sampled) [[unlikely]]
      tell_cpu<Clock>(span_, is_within(state_.current, &span_), at_, times, details);
    return LostReason::none;
  }

  /// Returns whether it took more time than an account can hold.
  [[nodiscard]] bool is_too_long() const noexcept {
    return times.elapsed >= AccountOps<true>::too_long;
  }

  void trace() const noexcept { trace_end<Clock>(span_, wall_); }

  RunTimes times;

 private:
  using Ops = AccountOps<is_shared_clock<Clock>>;
  using Waiting = AccountOps<is_shared_clock<wall_clock_of<Clock>>>;

  void read() noexcept {
    times.busy = Ops::read(span_.busy, at_);
    times.queued = Waiting::read(span_.queued, wall_);
    times.elapsed = wall_ - span_.opened;
  }

  /// Another thread has begun or ended something on the run's behalf since the clock was read. What
  /// began later would count as a negative time. So the run ends at a moment at which nothing of
  /// that happens.
  PERF_TIMER_COLD PERF_TIMER_NOINLINE void end_again() noexcept {
    for (int tries = 0; tries != 1000; ++tries) {
      const AccountsBefore<Clock> before(span_);
      if constexpr (is_shared_clock<Clock>) at_ = now<Clock>();
      wall_ = wall_now<Clock>(at_);
      read();
      if (!before.have_changed(span_)) return;
    }
    crowded_ = true;
  }

  const ThreadState& state_;
  const Span& span_;
  Ticks at_, wall_;
  bool crowded_;  // functions waited that `queued` doesn't hold
};

}  // namespace perf_timer::inline v0_1::detail
