//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/platform/source_location.hpp>
#include <perf_timer/detail/span/handler_step.hpp>
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/tracking/tracked_operation.hpp>

#include <boost/system/error_code.hpp>

#include <cerrno>
#include <chrono>
#include <concepts>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace perf_timer::inline v0_1::detail {

class OperationLocation;

/// Returns whether it is `asio::error::operation_aborted`. Other categories have the same
/// number for something else.
[[nodiscard]] inline bool is_abortion(const boost::system::error_code& error) noexcept {
  return error.value() == ECANCELED && error.category() == boost::system::system_category();
}
/// Standalone Asio has a category of its own, which is known by its name, as this includes no Asio.
[[nodiscard]] inline bool is_abortion(const std::error_code& error) noexcept {
  return error.value() == ECANCELED && (error.category() == std::system_category() ||
                                        error.category().name() == std::string_view("asio.system"));
}

/// The first argument of most handlers: Boost.Asio's, or standalone Asio's.
template <class T>
concept AnErrorCode =
    std::same_as<T, boost::system::error_code> || std::same_as<T, std::error_code>;

/// How an operation ended.
enum class OperationResult : unsigned char { success, failure, cancelled };

/// `BOOST_ASIO_HANDLER_COMPLETION`: the end of an operation. Lives on the stack of the function
/// that calls the handler, or destroys it.
class PERF_TIMER_EXPORT OperationCompletion {
 public:
  explicit OperationCompletion(const TrackedOperation& ended) noexcept
      : started_as_(std::exchange(ended.tracked_operation, nullptr)),
        operation_(started_as_ ? &started_as_->operation : nullptr),
        span_(std::exchange(ended.tracked_span, nullptr)),
        started_(ended.tracked_started_at),
        ready_(ended.tracked_ready_at) {
    if (thread_state<std::chrono::steady_clock>().is(ThreadState::strand_submits)) [[unlikely]]
      leave_strand();
  }
  OperationCompletion(const OperationCompletion&) = delete;
  OperationCompletion& operator=(const OperationCompletion&) = delete;
  /// An exception has left the handler, or it was destroyed without a call.
  ~OperationCompletion() {
    if (phase_ != Phase::over) [[unlikely]]
      end_early();
    if (left_strand_) [[unlikely]]
      enter_strand_again();
  }

  /// `BOOST_ASIO_HANDLER_INVOCATION_BEGIN`: the handler begins.
  void invocation_begin() noexcept {
    begin(OperationResult::success, steady_now_unfenced(), has_source_location);
  }
  template <class First, class... More>
  void invocation_begin(const First& first, const More&...) noexcept {
    auto result = OperationResult::success;
    if constexpr (AnErrorCode<First>)
      if (first)
        result = is_abortion(first) ? OperationResult::cancelled : OperationResult::failure;
    begin(result, steady_now_unfenced(), has_source_location);
  }
  /// `BOOST_ASIO_HANDLER_INVOCATION_END`.
  void invocation_end() noexcept {
    if (phase_ == Phase::executes) end(steady_now_unfenced());
  }

  /// The same, for tests: at this time. `followed`: the program's coroutines say when they are
  /// suspended, so that the handler can be a step.
  void begin(OperationResult result, Ticks at, bool followed = true) noexcept;
  void end(Ticks at) noexcept;

  /// The operation; null if it isn't tracked.
  [[nodiscard]] Operation* operation() const noexcept { return operation_; }
  /// The step of a composed operation that its handler may go on with; null if there is none. Of a
  /// function that such a step's handler has submitted, as to a strand, that is the step.
  [[nodiscard]] const Operation* continued() const noexcept;
  /// The location that held where it began. What its handler starts isn't started there.
  [[nodiscard]] const OperationLocation* location_before() const noexcept { return location_; }
  /// Returns whether it is a strand that executes what waits in it.
  [[nodiscard]] bool is_strands_own() const noexcept {
    return notes().has(FunctionNotes::strands_own);
  }

 private:
  enum class Phase : unsigned char { created, executes, over };

  void end_early() noexcept;
  // A strand that submits itself executes or destroys a function.
  PERF_TIMER_COLD void leave_strand() noexcept;
  PERF_TIMER_COLD void enter_strand_again() const noexcept;
  void begin_step(bool followed) noexcept;
  PERF_TIMER_COLD void trace_begin(const Span* span) const noexcept;
  /// What a trace knows the handler by: its step, if it is one.
  [[nodiscard]] const void* identity() const noexcept {
    return step_ ? static_cast<const void*>(static_cast<const StepBase*>(&*step_)) : this;
  }
  void tell_runs() noexcept;
  void end_wait_of_function(Ticks at) noexcept;
  [[nodiscard]] FunctionNotes notes() const noexcept { return FunctionNotes(ready_); }
  [[nodiscard]] bool is_divided() const noexcept {
    return ready_ > 0 && result_ != OperationResult::cancelled;
  }
  /// When its result was there. If that isn't known, when its handler began.
  [[nodiscard]] Ticks ready_at() const noexcept;

  const NamedOperation* const started_as_;  // null if it was never started
  Operation* const operation_;              // of it
  Span* span_;                              // owned
  const Ticks started_;
  const Ticks ready_;  // 0 if that isn't known; of a function, `FunctionNotes`
  Ticks began_ = 0;
  Ticks inside_ = 0;  // of other handlers that this one executed inline
  OperationCompletion* outer_ = nullptr;
  const OperationLocation* location_ = nullptr;
  Phase phase_ = Phase::created;
  bool lit_ = false;  // it has lit the thread's beacon
  bool left_strand_ = false;
  OperationResult result_ = OperationResult::success;
  std::optional<HandlerStep> step_;
};

}  // namespace perf_timer::inline v0_1::detail
