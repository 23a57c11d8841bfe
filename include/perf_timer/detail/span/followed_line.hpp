//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>

#include <cstddef>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {

struct Span;
class StepBase;

/// Where the frame of a coroutine is, and while it executes, how many exceptions were in flight
/// when its line was resumed. None of these leaves it: they are of a destructor that resumed it.
/// `co_spawn` resumes a line first before anything of the program's executes in it.
struct FrameRange {
  const std::byte* begin = nullptr;
  std::size_t size = 0;
  int exceptions = 0;

  [[nodiscard]] bool is_any() const noexcept { return begin != nullptr; }

  [[nodiscard]] bool contains(const void* object) const noexcept {
    // One comparison. What is before the frame is far behind it.
    return reinterpret_cast<std::uintptr_t>(object) - reinterpret_cast<std::uintptr_t>(begin) <
           size;
  }
};

/// The frame of the followed coroutine that this thread executes; empty if it executes none. A
/// function that isn't inlined must stand between a coroutine and this; see `thread_state_of`.
PERF_TIMER_EXPORT PERF_TIMER_INITIAL_EXEC inline constinit thread_local FrameRange
    executing_frame{};

/// Returns whether an object is in the frame of a followed coroutine that this thread executes.
[[nodiscard]] PERF_TIMER_EXPORT bool is_in_followed_frame(const void* object) noexcept;

/// A coroutine with all those that it awaits, on any executor: one line of execution. While it is
/// suspended, it keeps on whose behalf it goes on. While it executes, it keeps on whose behalf
/// those go on that started or resumed it. Of the default clock. Nothing here throws.
class PERF_TIMER_EXPORT FollowedLine {
 public:
  FollowedLine() noexcept = default;
  FollowedLine(const FollowedLine&) = delete;
  FollowedLine& operator=(const FollowedLine&) = delete;
  ~FollowedLine();

  /// It starts, with this frame.
  void begin(FrameRange frame) noexcept;
  /// It goes on in this frame, perhaps after it was suspended.
  void go_on(FrameRange frame) noexcept;
  /// It is over. Who started or resumed it goes on.
  void end() noexcept;

  /// It is suspended, and an operation is initiated that will resume it. Lives on the stack while
  /// the operation is initiated on behalf of the suspended coroutine. Then who started or resumed
  /// that goes on. The line may be resumed, and be gone, before that.
  class PERF_TIMER_EXPORT Suspension {
   public:
    explicit Suspension(FollowedLine& line) noexcept;
    Suspension(const Suspension&) = delete;
    Suspension& operator=(const Suspension&) = delete;
    ~Suspension();

   private:
    const StepBase* const step_;  // only compared
    Span* const around_;          // owned
    const FrameRange around_frame_;
  };

 private:
  void wake() noexcept;

  Span* suspended_ = nullptr;  // owned; current where it was suspended
  Span* around_ = nullptr;     // owned; current where it started or was resumed
  FrameRange around_frame_;    // the same
  /// The instrumented step in which it was suspended; 0 if that was in none.
  std::uint64_t suspended_in_ = 0;
  bool is_suspended_ = false;
  bool was_suspended_ = false;  // before; it is where its executor wants it
};

/// A coroutine of such a line starts, which another one of it awaits.
PERF_TIMER_EXPORT void enter_frame(FrameRange frame) noexcept;

}  // namespace perf_timer::inline v0_1::detail
