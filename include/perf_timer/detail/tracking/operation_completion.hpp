//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/tracking/tracked_operation.hpp>

#include <boost/system/error_code.hpp>

#include <cerrno>
#include <utility>

namespace perf_timer::inline v0_1::detail {

class OperationLocation;

/// Returns whether it is `boost::asio::error::operation_aborted`. Other categories have the same
/// number for something else.
[[nodiscard]] inline bool is_abortion(const boost::system::error_code& error) noexcept {
  return error.value() == ECANCELED && error.category() == boost::system::system_category();
}

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
        ready_(ended.tracked_ready_at) {}
  OperationCompletion(const OperationCompletion&) = delete;
  OperationCompletion& operator=(const OperationCompletion&) = delete;
  /// An exception has left the handler, or it was destroyed without a call.
  ~OperationCompletion() {
    if (phase_ != Phase::over) [[unlikely]]
      end_early();
    if (span_) [[unlikely]]
      release(span_);
  }

  /// `BOOST_ASIO_HANDLER_INVOCATION_BEGIN`: the handler begins.
  void invocation_begin() noexcept { begin(OperationResult::success, steady_now_unfenced()); }
  template <class First, class... More>
  void invocation_begin(const First& first, const More&...) noexcept {
    auto result = OperationResult::success;
    if constexpr (requires { first.failed(); })
      if (first.failed())
        result = is_abortion(first) ? OperationResult::cancelled : OperationResult::failure;
    begin(result, steady_now_unfenced());
  }
  /// `BOOST_ASIO_HANDLER_INVOCATION_END`.
  void invocation_end() noexcept {
    if (phase_ == Phase::executes) end(steady_now_unfenced());
  }

  /// The same, for tests: at this time.
  void begin(OperationResult result, Ticks at) noexcept;
  void end(Ticks at) noexcept;

  /// The operation; null if it isn't tracked.
  [[nodiscard]] Operation* operation() const noexcept { return operation_; }
  /// The step of a composed operation that its handler may go on with; null if there is none. Of a
  /// function that such a step's handler has submitted, as to a strand, that is the step.
  [[nodiscard]] const Operation* continued() const noexcept;
  /// The location that held where it began. What its handler starts isn't started there.
  [[nodiscard]] const OperationLocation* location_before() const noexcept { return location_; }

 private:
  enum class Phase : unsigned char { created, executes, over };

  void end_early() noexcept;
  void tell_runs(Ticks ready) noexcept;
  [[nodiscard]] bool is_divided() const noexcept {
    return ready_ != 0 && result_ != OperationResult::cancelled;
  }
  /// When its result was there. If that isn't known, when its handler began.
  [[nodiscard]] Ticks ready_at() const noexcept;

  const NamedOperation* const started_as_;  // null if it was never started
  Operation* const operation_;              // of it
  Span* span_;                              // owned
  const Ticks started_;
  const Ticks ready_;  // 0 if that isn't known
  Ticks began_ = 0;
  Ticks inside_ = 0;  // of other handlers that this one executed inline
  OperationCompletion* outer_ = nullptr;
  const OperationLocation* location_ = nullptr;
  Phase phase_ = Phase::created;
  bool lit_ = false;  // it has lit the thread's beacon
  OperationResult result_ = OperationResult::success;
};

}  // namespace perf_timer::inline v0_1::detail
