//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/tracking/function_notes.hpp>
#include <perf_timer/detail/tracking/handler_name.hpp>
#include <perf_timer/operations.hpp>

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// What tells one operation from another in reports.
struct OperationName {
  std::string object{}, name{}, part_of{}, file{}, function{};
  unsigned line = 0;
  // What follows is no part of the name.
  HandlerName handler{};
  /// The composed operations around it where it was first started, from the outermost.
  std::vector<std::string> composed{};

  [[nodiscard]] auto key() const { return std::tie(object, name, part_of, file, function, line); }
  bool operator<(const OperationName& other) const { return key() < other.key(); }
};

/// The times of one operation that ended.
struct OperationTimes {
  Ticks waiting, queued, busy;
  bool divided;  ///< it is known when its result was there
  bool failed, cancelled;
  bool goes_on = false;  ///< it was a further step of a composed operation
};

/// All operations of one name. Never destroyed. Thread safety: all members.
class alignas(FunctionNotes::alignment) Operation {
 public:
  /// Throws `std::bad_alloc`.
  Operation(OperationName name, std::uint16_t number);

  /// Tells operations apart.
  [[nodiscard]] std::uint16_t number() const noexcept { return number_; }

  [[nodiscard]] const OperationName& name() const noexcept { return name_; }
  /// Whether it is a step of a composed operation.
  [[nodiscard]] bool is_step() const noexcept { return is_step_; }
  /// Whether it only executes a function, so that nothing but a thread or a strand is waited for.
  [[nodiscard]] static bool only_executes(const char* name) noexcept {
    return name[0] != 'a' || !std::string_view(name).starts_with("async_");
  }

  void start() noexcept { recorder_.begin(); }
  void drop() noexcept { dropped_.fetch_add(1, std::memory_order_relaxed); }
  void end(const OperationTimes& times) noexcept;

  /// It isn't known of all its steps whether the composed operation begins with them.
  void lose_calls() noexcept { calls_are_known_.store(false, std::memory_order_relaxed); }

  [[nodiscard]] OperationSnapshot snapshot() const;

 private:
  const OperationName name_;
  const bool only_executes_, is_step_;
  const std::uint16_t number_;
  Recorder& recorder_;
  // Relaxed: each says all by itself.
  std::atomic<bool> undivided_{false};  // of one that succeeded, it isn't known when it was ready
  std::atomic<bool> calls_are_known_{true};
  // Counted by all threads together, as they are rare.
  std::atomic<std::uint64_t> failed_{0}, dropped_{0};
};

}  // namespace perf_timer::inline v0_1::detail
