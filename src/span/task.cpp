//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/span/task.hpp>

#include <thread>
#include <utility>

namespace perf_timer::detail {

class Task::Lock {
 public:
  explicit Lock(Task& task) noexcept : task_(task) {
    while (task_.locked_.test_and_set(std::memory_order_acquire)) std::this_thread::yield();
  }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock() { task_.locked_.clear(std::memory_order_release); }

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

void Task::closed(Span& span) noexcept {
  Span* before = nullptr;
  {
    const Lock lock(*this);
    if (innermost_ != &span) return;
    // A parallel branch can have ended before: skip what is closed, unless the task's counter lives
    // on in it.
    Span* next = &span;
    while (next && over(*next))
      next = next->parent && next->parent->task == this ? next->parent : nullptr;
    before = std::exchange(innermost_, share(next));
  }
  detail::release(before);
}

}  // namespace perf_timer::detail
