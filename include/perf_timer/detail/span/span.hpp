//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>
#include <perf_timer/detail/span/account.hpp>
#include <perf_timer/detail/span/fork_count.hpp>
#include <perf_timer/detail/span/span_pool.hpp>
#include <perf_timer/timer_clock.hpp>

#include <algorithm>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>

namespace perf_timer::inline v0_1::detail {

class Task;

/// A value of one object after the other, such as a span's, that any thread may read at any time.
/// Who has read one sees what was written before, so it can tell afterwards whether the object is
/// still the same.
template <class T>
class Published {
 public:
  Published& operator=(T value) noexcept {
    value_.store(value, std::memory_order_release);
    return *this;
  }
  /// For a thread that knows the object.
  operator T() const noexcept { return value_.load(std::memory_order_relaxed); }
  /// For any other.
  [[nodiscard]] T seen() const noexcept { return value_.load(std::memory_order_acquire); }

 private:
  std::atomic<T> value_{};
};

/// Whose run a span is, for a thread that looks at all spans: the serial of its timer, or none.
/// That tells a 500 million timers apart, which is more than a process makes.
using ListedRun = std::uint32_t;
inline constexpr ListedRun not_listed = 0;
inline constexpr ListedRun only_age_is_known = ListedRun{1} << 31;
/// Opened in a task. Functions may wait for the task of which its spans know only when they start.
inline constexpr ListedRun may_wait_unseen = ListedRun{1} << 30;
/// It is mixed or crowded.
inline constexpr ListedRun times_are_unknown = ListedRun{1} << 29;

/// Only of a run that is to be opened: its processor time is measured; see `Span::cpu`.
inline constexpr ListedRun to_be_sampled = ListedRun{1} << 31;

[[nodiscard]] constexpr ListedRun timer_of(std::uint64_t listed_or_serial) noexcept {
  return static_cast<ListedRun>(listed_or_serial) & (times_are_unknown - 1);
}

/// A span that is sampled, and those inside it, are deeper by that. So whoever enters or leaves
/// spans sees it at the innermost.
inline constexpr std::int32_t sampled_depth = std::int32_t{1} << 30;

/// An open run as steps see it: what time is charged to. Its parent is the span that was current
/// where it was opened. What is charged to it is charged to the parent too, while both are open.
///
/// Owned by all that may still charge it: the run, the threads whose current span it is, its
/// children, executors that captured it, and functions submitted on its behalf.
///
/// Threads that have nothing to do with it look at those of its members that `see_run` reads, even
/// while it is made or is free.
struct PERF_TIMER_EXPORT alignas(64) Span {
  std::atomic<std::uint32_t> references{1};
  std::int32_t depth = 0;                  ///< number of ancestors; see `sampled_depth`
  std::atomic<bool> closed{false};         ///< its run has ended
  std::atomic<bool> queued_unseen{false};  ///< it may lack what a strand's queue executed (rule 8)
  std::atomic<bool> counted_task{
      false};  ///< `asio_perf_counter` reads it, so it goes on when its run ends
  std::atomic<bool> initiating{false};  ///< its operation's initiating function executes
  // Bits, so that all fits into a cache line.
  bool opened_unwinding : 1 = false;   ///< while an exception was in flight
  bool is_processor_span : 1 = false;  ///< it is a `ProcessorSpan`
  bool started : 1 = false;            ///< executors of a started run carry it
  bool was_inline : 1 = false;         ///< opened where a strand may have executed it inline
  bool sampled : 1 = false;            ///< its processor time is measured
  std::uint8_t forks = 0;              ///< `fork_count` when it was opened, without the higher bits
  std::atomic<bool> mixed{false};      ///< it holds time that isn't its own, or lacks some; `spoil`
  /// So many threads executed on its behalf that `busy` may have counted too few of them.
  std::atomic<bool> crowded{false};
  /// How many functions wait on its behalf and enter `queued` only when they start; see
  /// `Submission`.
  std::atomic<std::uint32_t> uncounted{0};
  std::atomic<ListedRun> listed{not_listed};  ///< written last when its run is opened
  Span* parent = nullptr;                     ///< owned; of a free one, the next one
  union {
    const Task* task = nullptr;  ///< the one in whose step it was opened; only compared
    Span* next_chain;            ///< of a free one
  };
  Published<Ticks> opened;  ///< on the wall clock
  Account busy;
  Account queued;
  // A cache line that only few write.
  Account held;                      ///< of `queued`: another function held the strand
  std::atomic<bool> unsplit{false};  ///< it isn't known of all of `queued` what it was
  /// How many have ended; see `add_step`. And whether it is `labelled`, so that whoever looks
  /// whether a run is more than one step need look at nothing else.
  std::atomic<std::uint64_t> steps{0};
  static constexpr std::uint64_t labelled = std::uint64_t{1} << 63;
  std::atomic<Ticks> longest_step{0};  ///< of these
  Account cpu;  ///< only if sampled: by the processor clocks of the threads that are in
  std::atomic<RunLabels*> labels{nullptr};  ///< owned; see `label_span`

  static void* operator new(std::size_t) = delete;  // it lives in a `SpanPool`

  /// Makes it as if just constructed, but by stores that other threads may see. It isn't listed.
  /// Whoever opens its run writes when, and `busy`.
  void renew() noexcept {
    ::new (&references) std::atomic<std::uint32_t>{1};
    depth = 0;
    ::new (&closed) std::atomic<bool>{false};
    ::new (&queued_unseen) std::atomic<bool>{false};
    ::new (&counted_task) std::atomic<bool>{false};
    ::new (&initiating) std::atomic<bool>{false};
    opened_unwinding = is_processor_span = started = was_inline = sampled = false;
    forks = static_cast<std::uint8_t>(fork_count.load(std::memory_order_relaxed));
    parent = nullptr;
    task = nullptr;
    ::new (&mixed) std::atomic<bool>{false};
    ::new (&crowded) std::atomic<bool>{false};
    uncounted.store(0, std::memory_order_release);
    queued.word.store(0, std::memory_order_release);
    held.word.store(0, std::memory_order_relaxed);
    unsplit.store(false, std::memory_order_relaxed);
    steps.store(0, std::memory_order_relaxed);
    longest_step.store(0, std::memory_order_relaxed);
  }
  /// Its run is opened, and no thread executes it.
  void open_idle(Ticks at) noexcept {
    opened = at;
    busy.word.store(0, std::memory_order_release);
  }

  /// Says that its run is open, and of which timer. All that others may read was written.
  void list(ListedRun run) noexcept { listed.store(run, std::memory_order_release); }
  void list_also(ListedRun what) noexcept { listed.fetch_or(what, std::memory_order_relaxed); }
  /// Says that its run has ended. It must not be listed any more when it is freed.
  void unlist() noexcept { listed.store(not_listed, std::memory_order_relaxed); }
};
static_assert(sizeof(Span) == 128);

/// Says that it holds time that isn't its own, or lacks some.
inline void spoil(Span& span) noexcept {
  span.mixed.store(true, std::memory_order_release);
  span.list_also(times_are_unknown);
}

/// Says that more threads execute on its behalf than can be counted. No call, so that who switches
/// saves no register.
inline void crowd(Span& span) noexcept {
  span.crowded.store(true, std::memory_order_release);
  span.list_also(times_are_unknown);
}

/// A clock that measures processor time. Of its runs, the time in steps is measured on the wall
/// clock as well, so that a thread that isn't on a processor isn't taken for an idle run.
template <class Clock>
inline constexpr bool is_processor_clock =
    !is_shared_clock<Clock> && !std::same_as<Clock, wall_clock_of<Clock>>;

/// A span of such a clock.
struct PERF_TIMER_EXPORT ProcessorSpan : Span {
  Account in_steps;  ///< on the wall clock

  void renew() noexcept {
    Span::renew();
    is_processor_span = true;
    in_steps.word.store(0, std::memory_order_relaxed);
  }
};

extern template class SpanPool<Span>;
extern template class SpanPool<ProcessorSpan>;

/// Returns a span of this clock; null if there was no memory. Only functions that aren't inlined
/// may call it.
template <class Clock>
[[nodiscard]] Span* make_span_here() noexcept {
  if constexpr (is_processor_clock<Clock>)
    return SpanPool<ProcessorSpan>::make_here();
  else
    return SpanPool<Span>::make_here();
}

/// The same for what it returned.
template <class Clock>
void free_span_here(Span* span) noexcept {
  std::atomic_signal_fence(std::memory_order_release);  // it isn't current any more
  if constexpr (is_processor_clock<Clock>)
    SpanPool<ProcessorSpan>::free_here(static_cast<ProcessorSpan*>(span));
  else
    SpanPool<Span>::free_here(span);
}

/// Of a processor clock: returns how long threads were in, but not on a processor. `busy` is how
/// long they were on one.
template <class Clock>
[[nodiscard]] Ticks off_processor(const Span& span, Ticks busy) noexcept {
  if constexpr (is_processor_clock<Clock>) {
    const auto& in_steps = static_cast<const ProcessorSpan&>(span).in_steps;
    return std::max<Ticks>(AccountOps<false>::read(in_steps, 0) - busy, 0);
  } else {
    return 0;
  }
}

PERF_TIMER_EXPORT void destroy(Span* span) noexcept;

// Relaxed where one is added, here and everywhere: whoever adds one has one.
inline Span* share(Span* span) noexcept {
  if (span) span->references.fetch_add(1, std::memory_order_relaxed);
  return span;
}

inline void release(Span* span, std::uint32_t references = 1) noexcept {
  if (span && span->references.fetch_sub(references, std::memory_order_acq_rel) == references)
    destroy(span);
}

/// Returns whether it was opened in a process that this one was forked from.
[[nodiscard]] inline bool opened_before_fork(const Span& span) noexcept {
  return span.forks != static_cast<std::uint8_t>(fork_count.load(std::memory_order_relaxed));
}

/// Returns whether it was, and anything but `here` threads is in. That may be a thread of the
/// parent's, which will never leave in this process.
template <class Clock>
[[nodiscard]] bool left_alone_by_fork(const Span& span, std::uint64_t here) noexcept {
  if (!opened_before_fork(span)) return false;
  return AccountOps<is_shared_clock<Clock>>::threads(span.busy) > here ||
         AccountOps<is_shared_clock<wall_clock_of<Clock>>>::threads(span.queued) != 0;
}

/// Returns whether nothing is charged to it any more: its run has ended, and no task's counter uses
/// it. A started run's span stays where its executors execute, even if the run has ended: what is
/// opened there is still inside it, and is what these executors carry on. Another thread may begin
/// to count just now. Before or after: either is right, if who ends the run looks once.
[[nodiscard]] inline bool over(const Span& span) noexcept {
  return span.closed.load(std::memory_order_acquire) && !span.started &&
         (span.parent || !span.counted_task.load(std::memory_order_relaxed));
}

/// Returns whether its run has ended, and it was opened inside another one. Nothing is charged to
/// it any more. The outermost span isn't meant, as a task's counter may still begin in it.
[[nodiscard]] inline bool has_ended_inside(const Span& span) noexcept {
  return span.parent && span.closed.load(std::memory_order_acquire);
}

/// Returns whether `span` is `ancestor`, or was opened inside it.
[[nodiscard]] inline bool is_within(const Span* span, const Span* ancestor) noexcept {
  while (span && span->depth > ancestor->depth) span = span->parent;
  return span == ancestor;
}

/// Says that a span and those around it lack time, or hold another's. All but `end` and those
/// around that.
inline void spoilt(Span* span, const Span* end, bool by_a_queue) noexcept {
  for (; span != end; span = span->parent) {
    if (by_a_queue) span->queued_unseen.store(true, std::memory_order_relaxed);
    spoil(*span);
  }
}
/// The same, because of a strand's queue (rule 8).
inline void spoilt_by_a_queue(Span* span, const Span* end = nullptr) noexcept {
  spoilt(span, end, true);
}

/// Returns the innermost span that contains both, or null.
[[nodiscard]] inline Span* common_ancestor(Span* a, Span* b) noexcept {
  while (a != b && a && b) {
    if (a->depth >= b->depth)
      a = a->parent;
    else
      b = b->parent;
  }
  return a == b ? a : nullptr;
}

}  // namespace perf_timer::inline v0_1::detail
