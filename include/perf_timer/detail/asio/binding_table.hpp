//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/platform/export.hpp>

#include <memory>

namespace perf_timer::inline v0_1::detail {

/// The bindings of one execution context's executors to timers. Each timer has one, however often
/// it wraps, so executors needn't count who uses them. Thread safety: all members.
class PERF_TIMER_EXPORT BindingTable {
 public:
  BindingTable();
  BindingTable(const BindingTable&) = delete;
  BindingTable& operator=(const BindingTable&) = delete;
  ~BindingTable();

  /// `also` must not be a counted one. Throws std::bad_alloc.
  [[nodiscard]] BindingRef bind(Recorder& recorder, const BindingRef& also);

  /// Called around a fork, so that no other thread holds the lock then.
  void before_fork();
  void after_fork();

 private:
  struct State;

  const std::unique_ptr<State> state_;
};

/// Returns a counted binding to a timer and to the task of `also`. A task's executors come and go,
/// and so does the binding. Throws std::bad_alloc.
[[nodiscard]] PERF_TIMER_EXPORT BindingRef bind_to_timer_and_task(Recorder& recorder,
                                                                  const BindingRef& also);

}  // namespace perf_timer::inline v0_1::detail
