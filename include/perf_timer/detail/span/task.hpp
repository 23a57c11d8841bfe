//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/free_list.hpp>
#include <perf_timer/detail/span/span.hpp>

#include <atomic>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// What `task(ex)` stands for. It remembers the innermost span that is open in it, so that whatever
/// wakes it from outside needn't know. Thread safety: all members.
class PERF_TIMER_EXPORT Task : public Recycled<Task> {
 public:
  /// Returns a reference to the innermost span open in the task; null if none is.
  [[nodiscard]] Span* innermost() noexcept;

  /// Says that a run was opened in a step of the task.
  void opened(Span& span) noexcept;

  /// Says that a run which was opened in the task has ended. The span around it becomes the
  /// innermost again, unless the task's counter goes on in this one. Returns whether it does.
  bool closed(Span& span) noexcept;

  /// Says that the task's counter begins in a function that executes on behalf of `current`, which
  /// may be null. It counts by the outermost span there. But if no run is open there, and the task
  /// has a counter, returns a reference to that one's span, which is to be current instead. Else
  /// returns null.
  [[nodiscard]] Span* count(Span* current) noexcept;

  friend Task* share(Task* task) noexcept {
    if (task) task->references_.fetch_add(1, std::memory_order_relaxed);
    return task;
  }
  friend void release(Task* task) noexcept {
    if (task && task->references_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete task;
  }

  Task() noexcept = default;
  ~Task() { detail::release(innermost_); }

 private:
  class Lock;

  std::atomic<std::uint32_t> references_{1};
  // Held for a few instructions. The value says which process locked it, counted by forks from 1
  // on. So a lock that a thread of the parent's held at the fork is free.
  std::atomic<std::uint32_t> locked_by_{0};
  Span* innermost_ = nullptr;
};

}  // namespace perf_timer::inline v0_1::detail
