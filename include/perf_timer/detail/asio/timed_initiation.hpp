//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/carried.hpp>
#include <perf_timer/detail/asio/followed_program.hpp>
#include <perf_timer/detail/asio/timed_handler.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/timers/operation_run.hpp>

#include PERF_TIMER_ASIO_HEADER(associated_executor.hpp)
#include PERF_TIMER_ASIO_HEADER(awaitable.hpp)

#include <concepts>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1::detail {

template <class Initiation>
concept HasExecutor = requires(const Initiation& initiation) {
  typename Initiation::executor_type;
  initiation.get_executor();
};

template <class T>
inline constexpr bool is_awaitable = false;
template <class T, class Executor>
inline constexpr bool is_awaitable<asio::awaitable<T, Executor>> = true;

/// Whether an argument of an initiating function is a coroutine function: the operation is
/// `co_spawn`.
template <class T>
concept SpawnedFunction =
    std::invocable<std::decay_t<T>&> && is_awaitable<std::invoke_result_t<std::decay_t<T>&>>;

/// Whether a handler has no executor of its own: it uses its operation's.
template <class Handler>
concept HasNoExecutor = requires {
  typename asio::associated_executor<Handler>::asio_associated_executor_is_unspecialised;
};

/// What `executor_type` of an initiation says stays known.
template <class Initiation>
class InitiationHolder {
 public:
  template <class I>
  explicit InitiationHolder(I&& initiation) : initiation_(std::forward<I>(initiation)) {}

 protected:
  Initiation initiation_;
};
template <HasExecutor Initiation>
class InitiationHolder<Initiation> {
 public:
  using executor_type = typename Initiation::executor_type;

  template <class I>
  explicit InitiationHolder(I&& initiation) : initiation_(std::forward<I>(initiation)) {}
  [[nodiscard]] executor_type get_executor() const noexcept { return initiation_.get_executor(); }

 protected:
  Initiation initiation_;
};

/// Initiates an operation as a run. Each call is a run of its own, as a deferred operation may be
/// initiated more than once. It keeps the timer's record, as that may be when the timer is gone.
template <class Clock, class Initiation>
class TimedInitiation : public InitiationHolder<Initiation> {
  using InitiationHolder<Initiation>::initiation_;

 public:
  template <class I>
  TimedInitiation(RecorderPin record, I&& initiation)
      : InitiationHolder<Initiation>(std::forward<I>(initiation)), record_(std::move(record)) {}

  template <class Handler, class... Arguments>
  void operator()(Handler&& handler, Arguments&&... arguments) & {
    initiate(initiation_, std::forward<Handler>(handler), std::forward<Arguments>(arguments)...);
  }
  template <class Handler, class... Arguments>
  void operator()(Handler&& handler, Arguments&&... arguments) const& {
    initiate(initiation_, std::forward<Handler>(handler), std::forward<Arguments>(arguments)...);
  }
  template <class Handler, class... Arguments>
  void operator()(Handler&& handler, Arguments&&... arguments) && {
    initiate(std::move(initiation_), std::forward<Handler>(handler),
             std::forward<Arguments>(arguments)...);
  }

 private:
  template <class I, class Handler, class... Arguments>
  void initiate(I&& initiation, Handler&& handler, Arguments&&... arguments) const {
    OperationRun<Clock> run(*record_.get());
    if constexpr (HasExecutor<Initiation>)
      will_execute_on(run, asio::get_associated_executor(handler, initiation.get_executor()));
    else if constexpr (!HasNoExecutor<std::decay_t<Handler>>)
      will_execute_on(run, asio::get_associated_executor(handler));
    if constexpr (HasExecutor<Initiation> && (SpawnedFunction<Arguments> || ...))
      if (executes_for_others(initiation.get_executor())) run.span().not_followed();
    const typename OperationSpan<Clock>::Initiation current(run.span());
    std::forward<I>(initiation)(
        TimedHandler<Clock, std::decay_t<Handler>>(std::forward<Handler>(handler), std::move(run)),
        std::forward<Arguments>(arguments)...);
  }

  template <class Executor>
  static void will_execute_on(OperationRun<Clock>& run, const Executor& executor) {
    if constexpr (can_carry_an_operation<Executor>)
      with_parts<Clock>(executor,
                        [&](bool instrumented, const BindingRef& binding, const Capture& capture) {
                          run.span().will_execute_on(instrumented, task_of(binding), capture);
                        });
  }

  /// Returns whether a coroutine on this executor isn't charged to the operation that spawns it:
  /// nobody sees it, or it is charged to a task or a started run that isn't current here.
  template <class Executor>
  [[nodiscard]] static bool executes_for_others(const Executor& executor) {
    return with_parts<Clock>(
        executor, [&](bool instrumented, const BindingRef& binding, const Capture& capture) {
          return !(instrumented || all_handlers_are_followed<Clock>) ||
                 belongs_to_others<Clock>(task_of(binding), capture);
        });
  }

  RecorderPin record_;
};

}  // namespace perf_timer::inline v0_1::detail
