//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/platform/export.hpp>

#include <cstddef>
#include <memory>

namespace perf_timer::inline v0_1::detail {

/// The bindings of one execution context's executors to timers. The table keeps one for each timer,
/// however often it wraps, so executors needn't count who uses it. A binding that nobody counts
/// can't be freed before the context, and neither can its timer's record. So the table keeps only
/// those of static timers and of some others. Any more are counted, and end with their executors.
/// Thread safety: all members.
class PERF_TIMER_EXPORT BindingTable {
 public:
  BindingTable();
  BindingTable(const BindingTable&) = delete;
  BindingTable& operator=(const BindingTable&) = delete;
  ~BindingTable();

  /// How many bindings of timers that aren't static it keeps, and how many of timers that are gone:
  /// that so many are says that timers of this context come and go.
  static constexpr std::size_t most_kept = 64, most_gone = 8;

  /// Returns a binding of the timer's recorder on top of `also`, which must not be a counted one.
  /// Throws std::bad_alloc.
  [[nodiscard]] BindingRef bind(Recorder& recorder, const void* timer, const BindingRef& also);

  /// Called around a fork, so that no other thread holds the lock then.
  void before_fork();
  void after_fork();

 private:
  struct State;

  const std::unique_ptr<State> state_;
};

/// Returns a counted binding to a timer, and to the task of `also` if it has one. It comes and goes
/// with its executors. Throws std::bad_alloc.
[[nodiscard]] PERF_TIMER_EXPORT BindingRef bind_counted(Recorder& recorder, const BindingRef& also);

}  // namespace perf_timer::inline v0_1::detail
