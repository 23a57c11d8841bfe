//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/executor_access.hpp>
#include <perf_timer/detail/asio/run_frame.hpp>
#include <perf_timer/detail/asio/timed_token.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/span/open_run.hpp>
#include <perf_timer/detail/timers/decorated.hpp>
#include <perf_timer/detail/trace/hooks.hpp>
#include <perf_timer/perf_executor.hpp>

#include <boost/asio/awaitable.hpp>

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// A run that begins when the awaitable is made, and opens when it is awaited. It keeps the record,
/// because the awaitable may be awaited after the timer is gone. A run that is never awaited is
/// forgotten.
class BegunRun {
 public:
  explicit BegunRun(Recorder& recorder) noexcept : recorder_(&recorder) { recorder.begin(); }
  BegunRun(BegunRun&& other) noexcept : recorder_(std::exchange(other.recorder_, nullptr)) {}
  BegunRun& operator=(BegunRun&&) = delete;
  ~BegunRun() {
    if (recorder_) recorder_->cancel();
  }
  [[nodiscard]] Recorder& open() noexcept { return *std::exchange(recorder_, nullptr); }

 private:
  Recorder* recorder_;
};

/// The run of an awaitable that is awaited. A step on its own behalf can destroy it while it is
/// suspended. A scope can't tell that from leaving, so `returned` and `threw` say that the run was
/// left. Such a run has at least its elapsed time, wherever it executed.
template <class Clock>
class AwaitedRun {
 public:
  /// `instrumented`: the coroutine's executor carries spans. A coroutine on any other isn't
  /// followed even if an instrumented step resumes it, because nothing tells when it is suspended.
  AwaitedRun(Recorder& recorder, bool instrumented) noexcept
      : recorder_(recorder), timing_(instrumented ? OpenRun<Clock>() : OpenRun<Clock>(unfollowed)) {
    if (tracing()) [[unlikely]]
      timing_.trace_began(timer());
  }
  AwaitedRun(const AwaitedRun&) = delete;
  AwaitedRun& operator=(const AwaitedRun&) = delete;
  ~AwaitedRun() {
    RunTimes times = timing_.close();
    if (left_ == Left::never) [[unlikely]]
      times.lost = LostReason::destroyed;
    else
      times = told(times);
    const bool failed = left_ == Left::by_exception;
    if (tracing()) [[unlikely]]
      timing_.trace_ended(timer(), times,
                          failed          ? RunOutcome::failed
                          : times.partial ? RunOutcome::partial
                                          : RunOutcome::measured);
    failed ? recorder_.fail(times) : recorder_.end(times);
  }
  void returned() noexcept { left_ = Left::by_return; }
  void threw() noexcept { left_ = Left::by_exception; }

 private:
  enum class Left : unsigned char { never, by_return, by_exception };

  [[nodiscard]] TracedTimer timer() const noexcept {
    return static_cast<TracedTimer>(recorder_.serial());
  }

  Recorder& recorder_;
  Left left_ = Left::never;
  OpenRun<Clock> timing_;  // last, because it reads the clock
};

/// Awaits the awaitable as a run, in the coroutine that awaits this. So the measured program
/// suspends where it did, and sees the same cancellation.
template <class Clock, class T, class Executor>
boost::asio::awaitable<T, Executor> run_in_place(BegunRun begun,
                                                 boost::asio::awaitable<T, Executor> awaitable) {
  bool instrumented = true;
  if constexpr (!is_perf_executor<Executor>) instrumented = co_await WhetherInstrumented<Clock>();
  AwaitedRun<Clock> run(begun.open(), instrumented);
  try {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(awaitable);
      run.returned();
    } else {
      T result = co_await std::move(awaitable);
      run.returned();
      co_return std::move(result);
    }
  } catch (...) {
    run.threw();
    throw;
  }
}

template <class Clock, class T, class Executor>
[[nodiscard]] boost::asio::awaitable<T, Executor> decorate_awaitable(
    Recorder& recorder, boost::asio::awaitable<T, Executor> awaitable) {
  if constexpr (is_perf_executor<Executor>)
    static_assert(std::same_as<typename Executor::clock, Clock>,
                  "the coroutine's executor is instrumented with another clock than the timer's");
  if (!recorder.enabled()) return awaitable;
  return run_in_place<Clock>(BegunRun(recorder), std::move(awaitable));
}

/// Calls a function. The awaitable of a coroutine function is a run; for any other function, the
/// call is.
template <class Clock, class ScopeRun>
struct CallForAsio {
  template <class Function, class... Arguments>
  static decltype(auto) call(Recorder& recorder, Function&& function, Arguments&&... arguments) {
    using Result = std::invoke_result_t<Function, Arguments...>;
    if constexpr (is_awaitable<Result>) {
      return decorate_awaitable<Clock>(
          recorder,
          std::invoke(std::forward<Function>(function), std::forward<Arguments>(arguments)...));
    } else {
      return CallAsRun<ScopeRun>::call(recorder, std::forward<Function>(function),
                                       std::forward<Arguments>(arguments)...);
    }
  }
};

/// Implements `AsioPerfTimer::decorate`.
template <class Clock, class ScopeRun, class Target>
[[nodiscard]] auto decorate(Recorder& recorder, Target&& target) {
  if constexpr (is_awaitable<std::remove_cvref_t<Target>>)
    return decorate_awaitable<Clock>(recorder, std::forward<Target>(target));
  else if constexpr (DeferredOperation<std::remove_cvref_t<Target>>)
    return decorate_operation<Clock>(recorder, std::forward<Target>(target));
  else
    return Decorated<std::decay_t<Target>, CallForAsio<Clock, ScopeRun>>(
        recorder, std::forward<Target>(target));
}

}  // namespace perf_timer::inline v0_1::detail
