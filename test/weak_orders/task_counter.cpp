//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/task.hpp>
#include "explored/registered.hpp"

namespace {

using namespace perf_timer::detail;

/// A branch of a task begins to count while another one ends the run in which both are. Whoever
/// wakes the task from outside goes on with that count.
struct CounterBeginsWhileTheRunEnds : explored::Scenario {
  CounterBeginsWhileTheRunEnds() : task(new Task), span(SpanPool<Span>::make()) {
    span->task = task;
    task->opened(*span);
  }
  ~CounterBeginsWhileTheRunEnds() override {
    release(span);
    release(task);
  }
  void thread(unsigned index) override {
    if (index == 0) {
      span->closed.store(true, std::memory_order_release);
      static_cast<void>(task->closed(*span));
    } else {
      explored::expect(!task->count(span), "there is no other counter");
    }
  }
  void after() override {
    Span* const innermost = task->innermost();
    explored::expect(innermost == span, "the task knows its counter");
    release(innermost);
  }

  Task* const task;
  Span* const span;
};

const explored::Registered registered("task_counter", explored::make<CounterBeginsWhileTheRunEnds>,
                                      {.at_random = 2000},
                                      {"Task::Lock::Lock compare_exchange acquire",
                                       "Task::Lock::~Lock store release"});

}  // namespace
