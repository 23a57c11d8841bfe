//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/task.hpp>
#include "explored/registered.hpp"

namespace {

using namespace perf_timer::detail;

/// Runs are opened and end in two steps of one task, while its innermost span is asked for.
struct TaskIsAsked : explored::Scenario {
  TaskIsAsked() : task(new Task) {}
  ~TaskIsAsked() override { release(task); }
  void thread(unsigned index) override {
    if (index == 0) {
      Span* const span = SpanPool<Span>::make();
      span->task = task;
      task->opened(*span);
      span->closed.store(true, std::memory_order_release);
      static_cast<void>(task->closed(*span));
      release(span);
    } else {
      Span* const span = task->innermost();
      explored::expect(!span || span->task == task, "it is the task's");
      release(span);
    }
  }

  Task* const task;
};

const explored::Registered registered("task", explored::make<TaskIsAsked>, {.at_random = 2000},
                                      {"Task::Lock::Lock compare_exchange acquire",
                                       "Task::Lock::~Lock store release"});

}  // namespace
