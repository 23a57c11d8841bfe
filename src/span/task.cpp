//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/task.hpp>

#include <thread>
#include <utility>

namespace perf_timer::inline v0_1::detail {

class Task::Lock {
 public:
  explicit Lock(Task& task) noexcept : task_(task) {
    const std::uint32_t here = fork_count.load(std::memory_order_relaxed) + 1;
    for (std::uint32_t by = 0; !task_.locked_by_.compare_exchange_weak(
             by, here, std::memory_order_acquire, std::memory_order_relaxed);) {
      if (by != here) continue;
      std::this_thread::yield();
      by = 0;
    }
  }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock() { task_.locked_by_.store(0, std::memory_order_release); }

 private:
  Task& task_;
};

Span* Task::innermost() noexcept {
  const Lock lock(*this);
  return share(innermost_);
}

void Task::opened(Span& span) noexcept {
  Span* before = share(&span);
  {
    const Lock lock(*this);
    std::swap(before, innermost_);
  }
  detail::release(before);
}

bool Task::closed(Span& span) noexcept {
  Span* before = nullptr;
  bool goes_on = false;
  {
    const Lock lock(*this);
    goes_on = !over(span);
    if (innermost_ != &span) return goes_on;
    // A parallel branch may have ended before. Skips what is closed, unless the task's counter uses
    // it.
    Span* next = &span;
    while (next && over(*next))
      next = next->parent && next->parent->task == this ? next->parent : nullptr;
    before = std::exchange(innermost_, share(next));
  }
  detail::release(before);
  return goes_on;
}

Span* Task::count(Span* current) noexcept {
  const Lock lock(*this);  // whoever ends a run looks at the mark under it
  bool is_open = false;
  Span* outermost = nullptr;
  for (Span* s = current; s; s = s->parent) {
    is_open |= !s->closed.load(std::memory_order_acquire);
    outermost = s;
  }
  if (!is_open && innermost_ && !innermost_->parent &&
      innermost_->closed.load(std::memory_order_acquire) &&
      innermost_->counted_task.load(std::memory_order_relaxed))
    return share(innermost_);
  if (!outermost) return nullptr;
  outermost->counted_task.store(true, std::memory_order_relaxed);
  if (!is_open && !innermost_) innermost_ = share(outermost);
  return nullptr;
}

}  // namespace perf_timer::inline v0_1::detail
