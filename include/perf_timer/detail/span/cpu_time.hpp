//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/processor_time.hpp>
#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>
#include <perf_timer/detail/span/account.hpp>
#include <perf_timer/detail/span/span.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>

// The processor time of a run that is sampled (`TimerOptions::cpu_every`). Its span has an account
// in which each thread enters and leaves by its own processor clock, where it enters and leaves
// `busy`. The account holds the run's processor time whenever no other thread is in.

namespace perf_timer::inline v0_1::detail {

/// From now on, the span's processor time is measured. Requires that no other thread knows it, that
/// no thread is in, and that it has its parent.
inline void sample_cpu(Span& span) noexcept {
  span.sampled = true;
  span.depth |= sampled_depth;
  span.cpu.word.store(0, std::memory_order_relaxed);
}

/// Returns whether it, or one around it, is sampled.
[[nodiscard]] inline bool is_in_a_sample(const Span& span) noexcept {
  return span.depth >= sampled_depth;
}

/// Returns whether the account of this span is still of use.
[[nodiscard]] inline bool measures_cpu(const Span& span) noexcept {
  return span.sampled && !span.closed.load(std::memory_order_acquire);
}
[[nodiscard]] inline bool any_measures_cpu(const Span* span, const Span* end) noexcept {
  while (span != end && !measures_cpu(*span)) span = span->parent;
  return span != end;
}

/// Charges processor time where a thread leaves `from`, at `at`, and enters `to`. `common` is
/// around both. Returns when it enters: after the reading, so that this isn't part of busy time.
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT Ticks switch_cpu(Span* from, Span* to,
                                                                       const Span* common,
                                                                       Ticks at) noexcept {
  using Cpu = AccountOps<true>;
  const bool enters = any_measures_cpu(to, common);
  if (!enters && !any_measures_cpu(from, common)) return at;
  const Ticks cpu = processor_time<Clock>();
  for (Span* s = from; s != common; s = s->parent)
    if (measures_cpu(*s)) Cpu::leave(s->cpu, cpu, std::memory_order_release);  // after `busy`
  for (Span* s = to; s != common; s = s->parent)
    if (measures_cpu(*s)) static_cast<void>(Cpu::enter(s->cpu, cpu));
  return enters ? now<Clock>() : at;
}

/// The same, by a clock that all threads share. The thread has left `from`, and enters `to` here.
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void enter_sampled(Span* from, Span* to,
                                                                         const Span* common,
                                                                         Ticks at) noexcept {
  using Ops = AccountOps<true>;
  at = switch_cpu<Clock>(from, to, common, at);
  for (Span* s = to; s != common; s = s->parent)
    if (Ops::enter(s->busy, at, std::memory_order_release) >= Ops::most_threads) crowd(*s);
}

/// Says how much processor time a sampled run took that ends at `at`, on a thread that is in or
/// not. Says nothing if another thread is in, as nobody can read its clock.
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void tell_cpu(const Span& span, bool is_in,
                                                                    Ticks at, RunTimes& times,
                                                                    RunDetails& details) noexcept {
  using Ops = AccountOps<is_shared_clock<Clock>>;
  using Cpu = AccountOps<true>;
  if (opened_before_fork(span)) return;  // a thread's clock begins anew in a child process
  const Ticks cpu_now = is_in ? processor_time<Clock>() : 0;
  const Account cpu{span.cpu.word.load(std::memory_order_acquire)};
  const Account busy{span.busy.word.load(std::memory_order_acquire)};
  // Threads may come and go meanwhile. `times` were read before.
  if (span.cpu.word.load(std::memory_order_relaxed) != cpu.word.load(std::memory_order_relaxed) ||
      Cpu::threads(cpu) != (is_in ? 1 : 0) || Ops::read(busy, at) != times.busy)
    return;
  times.more = times.more | Told::processor_time;
  details.cpu = Cpu::read(cpu, cpu_now);
}

// The default clock's instances are compiled into the library.
extern template Ticks switch_cpu<std::chrono::steady_clock>(Span*, Span*, const Span*,
                                                            Ticks) noexcept;
extern template void enter_sampled<std::chrono::steady_clock>(Span*, Span*, const Span*,
                                                              Ticks) noexcept;
extern template void tell_cpu<std::chrono::steady_clock>(const Span&, bool, Ticks, RunTimes&,
                                                         RunDetails&) noexcept;

}  // namespace perf_timer::inline v0_1::detail
