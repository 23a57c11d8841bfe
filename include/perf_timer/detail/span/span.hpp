//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/account.hpp>
#include <perf_timer/detail/span/fork_count.hpp>
#include <perf_timer/detail/span/free_list.hpp>

#include <atomic>
#include <cstdint>
#include <utility>

namespace perf_timer::inline v0_1::detail {

class Task;

/// An open run as steps see it: what time is charged to. Its parent is the span that was current
/// where it was opened. What is charged to it is charged to the parent too, while both are open.
///
/// Owned by all that may still charge it: the run, the threads whose current span it is, its
/// children, executors that captured it, and functions submitted on its behalf.
struct Span : Recycled<Span> {
  std::atomic<std::uint32_t> references{1};
  std::int32_t depth = 0;           ///< number of ancestors
  std::atomic<bool> closed{false};  ///< its run has ended
  std::atomic<bool> mixed{false};   ///< it holds time that isn't its own, or lacks some
  /// So many threads executed on its behalf that `busy` may have counted too few of them.
  std::atomic<bool> crowded{false};
  std::atomic<bool> queued_unseen{false};  ///< it lacks what a strand's queue executed (rule 8)
  std::atomic<bool> counted_task{
      false};                     ///< `asio_perf_counter` reads it, so it goes on when its run ends
  bool opened_unwinding = false;  ///< while an exception was in flight
  bool started = false;           ///< executors of a started run carry it
  /// How many functions wait on its behalf and enter `queued` only when they start; see
  /// `Submission`.
  std::atomic<std::uint32_t> uncounted{0};
  std::uint32_t forks =
      fork_count.load(std::memory_order_relaxed);  ///< `fork_count` when it was opened
  Span* parent = nullptr;                          ///< owned
  const Task* task = nullptr;  ///< the one in whose step it was opened; only compared
  Ticks opened = 0;            ///< on the wall clock
  Account busy;
  Account queued;
};

PERF_TIMER_EXPORT void destroy(Span* span) noexcept;

inline Span* share(Span* span) noexcept {
  if (span) span->references.fetch_add(1, std::memory_order_relaxed);
  return span;
}

inline void release(Span* span, std::uint32_t references = 1) noexcept {
  if (span && span->references.fetch_sub(references, std::memory_order_acq_rel) == references)
    destroy(span);
}

/// Returns whether nothing is charged to it any more: its run has ended, and no task's counter uses
/// it. A started run's span stays where its executors execute, even if the run has ended: what is
/// opened there is still inside it, and is what these executors carry on.
[[nodiscard]] inline bool over(const Span& span) noexcept {
  return span.closed.load(std::memory_order_acquire) && !span.started &&
         (span.parent || !span.counted_task.load(std::memory_order_relaxed));
}

/// Returns whether `span` is `ancestor`, or was opened inside it.
[[nodiscard]] inline bool is_within(const Span* span, const Span* ancestor) noexcept {
  while (span && span->depth > ancestor->depth) span = span->parent;
  return span == ancestor;
}

/// Says that a span and those around it lack time, or hold another's, because of a strand's queue
/// (rule 8). All but `end` and those around that.
inline void spoilt_by_a_queue(Span* span, const Span* end = nullptr) noexcept {
  for (; span != end; span = span->parent) {
    span->queued_unseen.store(true, std::memory_order_relaxed);
    span->mixed.store(true, std::memory_order_release);
  }
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
