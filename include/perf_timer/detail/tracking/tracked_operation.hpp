//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/span.hpp>
#include <perf_timer/detail/span/strand_submission.hpp>
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/tracking/function_notes.hpp>
#include <perf_timer/detail/tracking/operation_site.hpp>

#include <algorithm>
#include <cerrno>
#include <concepts>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// What Asio's operations inherit in a tracked program. Its members have long names, because code
/// of Asio's classes finds them.
class TrackedOperation {
 public:
  /// For an operation that this thread starts. `due` is when its result will be there, if that is
  /// known; else zero. The texts are literals.
  PERF_TIMER_EXPORT void tracked_start(OperationSite& site, const char* object, const char* name,
                                       Ticks at, Ticks due) noexcept;
  /// Its result is there.
  void tracked_ready(Ticks at) const noexcept { tracked_ready_at = at; }

 protected:
  TrackedOperation() noexcept = default;
  /// Without a completion, whoever started it has given it up.
  ~TrackedOperation() {
    if (tracked_operation) [[unlikely]]
      tracked_give_up();
  }
  TrackedOperation(const TrackedOperation&) = delete;
  TrackedOperation& operator=(const TrackedOperation&) = delete;

 private:
  friend class OperationCompletion;

  PERF_TIMER_COLD PERF_TIMER_EXPORT void tracked_give_up() noexcept;

  mutable const NamedOperation* tracked_operation = nullptr;  ///< null if not started, or ended
  mutable Span* tracked_span = nullptr;  ///< owned; what started it was on behalf of
  Ticks tracked_started_at = 0;
  mutable Ticks tracked_ready_at = 0;  ///< 0 if that isn't known; of a function, `FunctionNotes`
};

/// The state of a timer of `steady_clock`, from which Asio starts its operation.
template <class Object>
concept HasSteadyExpiry = requires(const Object& object) {
  { object.expiry } -> std::convertible_to<std::chrono::steady_clock::time_point>;
};

/// What follows the start of an operation in the same scope.
struct NothingFollows {};

/// Lives while a strand that was given a function submits itself, if it was idle.
class PERF_TIMER_EXPORT StrandSubmits {
 public:
  /// `strand` is the address of its state.
  explicit StrandSubmits(const void* strand) noexcept;
  StrandSubmits(const StrandSubmits&) = delete;
  StrandSubmits& operator=(const StrandSubmits&) = delete;
  ~StrandSubmits();

 private:
  ThreadState::Mode before_;
  StrandSubmission* const outer_;
  StrandSubmission submission_;
};

/// The innermost strand is idle, and submits itself.
void strand_submits_itself() noexcept;

/// The state of a strand, to which Asio is about to add a function.
template <class Object>
inline constexpr bool is_strand_state =
    std::string_view(signature_with<Object>()).find("strand_executor_service::strand_impl") !=
    std::string_view::npos;

/// `BOOST_ASIO_HANDLER_CREATION`: an operation starts. The result lives as long as the scope.
template <class Context, class Operation, class Object, class Native>
auto track_creation(Context&, Operation& operation, const char* type, Object* object, Native,
                    const char* name) noexcept {
  Ticks due = 0;
  if constexpr (HasSteadyExpiry<Object>) {
    due = std::max<Ticks>(std::chrono::nanoseconds(object->expiry.time_since_epoch()).count(), 1);
  } else {
    static_cast<void>(object);
  }
  TrackedOperation& tracked = operation;
  tracked.tracked_start(operation_site<Operation>, type, name, steady_now_unfenced(), due);
  if constexpr (is_strand_state<Object>)
    return StrandSubmits(object);
  else
    return NothingFollows();
}

/// `BOOST_ASIO_HANDLER_REACTOR_OPERATION`: an operation was tried. It has its result unless that
/// would have blocked.
template <class ErrorCode, class... More>
void track_attempt(const TrackedOperation& operation, const char*, const ErrorCode& error,
                   const More&...) noexcept {
  const auto value = error.value();
  if (value != EWOULDBLOCK && value != EAGAIN) operation.tracked_ready(steady_now_unfenced());
}

}  // namespace perf_timer::inline v0_1::detail
