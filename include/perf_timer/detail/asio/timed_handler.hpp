//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/carried.hpp>
#include <perf_timer/detail/asio/executor_access.hpp>
#include <perf_timer/detail/asio/plain_executor.hpp>
#include <perf_timer/detail/asio/rewrap.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/timers/operation_run.hpp>

#include PERF_TIMER_ASIO_HEADER(associated_executor.hpp)
#include PERF_TIMER_ASIO_HEADER(associator.hpp)
#include PERF_TIMER_ASIO_EXECUTION_HEADER(blocking.hpp)
#include PERF_TIMER_ASIO_EXECUTION_HEADER(context.hpp)
#include PERF_TIMER_ASIO_EXECUTION_HEADER(executor.hpp)
#include PERF_TIMER_ASIO_HEADER(handler_continuation_hook.hpp)
#include PERF_TIMER_ASIO_HEADER(query.hpp)
#include <boost/system/error_code.hpp>

#include <concepts>
#include <exception>
#include <functional>
#include <memory>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <utility>

#if __has_include(PERF_TIMER_ASIO_HEADER(associated_immediate_executor.hpp))
#include PERF_TIMER_ASIO_HEADER(associated_immediate_executor.hpp)
#endif

namespace perf_timer::inline v0_1::detail {

// What an operation ends with: the first argument of its handler says whether it has failed.
[[nodiscard]] inline bool says_failed() noexcept { return false; }
template <class First, class... Others>
[[nodiscard]] bool says_failed(const First& first, const Others&...) noexcept {
  if constexpr (std::same_as<First, boost::system::error_code> ||
                std::same_as<First, std::error_code>)
    return static_cast<bool>(first);
  else if constexpr (std::same_as<First, std::exception_ptr>)
    return first != nullptr;
  else
    return false;
}
/// `as_tuple` around it makes one argument of all.
template <class... Elements>
[[nodiscard]] bool says_failed(const std::tuple<Elements...>& all) noexcept {
  return std::apply([](const auto&... each) { return says_failed(each...); }, all);
}

/// Whether the steps of an operation on this executor can be made to execute on its behalf: whether
/// the executor can be asked if it is instrumented. Any other is left as it is.
template <class Executor>
inline constexpr bool can_carry_an_operation =
    asio::execution::is_executor<Executor>::value &&
    (is_plain<Executor> || asio::can_query<const Executor&, asio::execution::context_t>::value);

/// Whether an executor can't have an instrumented one inside, because its type says already how it
/// executes. It isn't asked: those of `use_future` would start the threads of the system context.
template <class Executor>
inline constexpr bool is_alone =
    is_plain<Executor> || requires { Executor::query(asio::execution::blocking); };

#if __has_include(PERF_TIMER_ASIO_HEADER(associated_immediate_executor.hpp))
/// Whether somebody associated an executor with the handler for operations that complete at once.
template <class Handler, class Executor>
concept has_immediate_executor = !requires {
  typename asio::associated_immediate_executor<
      Handler, Executor>::asio_associated_immediate_executor_is_unspecialised;
};
#endif

/// Calls `action(instrumented, binding, capture)` with what the executor is.
template <class Clock, class Executor, class Action>
decltype(auto) with_parts(const Executor& executor, Action action) {
  if constexpr (is_alone<Executor>) {
    return action(false, BindingRef(), Capture());
  } else if constexpr (AnInstrumentedExecutor<Executor>) {
    const auto& effective = ExecutorAccess::effective(executor);
    if constexpr (std::same_as<typename std::remove_cvref_t<decltype(effective)>::clock, Clock>)
      return action(true, ExecutorAccess::binding(effective), ExecutorAccess::capture(effective));
    else
      return action(false, BindingRef(), Capture());
  } else {
    const Carried inside = carried_inside<Clock>(executor);
    return action(this_question<Clock>().answered, inside.binding, inside.capture);
  }
}

[[nodiscard]] inline Task* task_of(const BindingRef& binding) noexcept {
  return binding.get() ? binding.get()->task : nullptr;
}

/// The handler of an operation that is a run. What is associated with yours is associated with it,
/// except that the executor carries the run.
template <class Clock, class Handler>
class TimedHandler {
 public:
  template <class H>
  TimedHandler(H&& handler, OperationRun<Clock> run)
      : run_(std::move(run)), handler_(std::forward<H>(handler)) {}
  TimedHandler(TimedHandler&&) = default;
  TimedHandler& operator=(TimedHandler&&) = delete;
  ~TimedHandler() = default;

  // Asio calls handlers as lvalues or as rvalues, once.
  template <class... Arguments>
    requires(std::invocable<Handler, Arguments...> || std::invocable<Handler&, Arguments...>)
  void operator()(Arguments&&... arguments) {
    run_.end(says_failed(arguments...));
    if constexpr (std::invocable<Handler, Arguments...>)
      std::invoke(std::move(handler_), std::forward<Arguments>(arguments)...);
    else
      std::invoke(handler_, std::forward<Arguments>(arguments)...);
  }

  [[nodiscard]] const Handler& handler() const noexcept { return handler_; }

  /// Returns `executor`, carrying the run. `at_once`: the operation ends in its initiation, and
  /// this is what the handler executes on then.
  template <class Executor>
  [[nodiscard]] auto carrying(const Executor& executor, bool at_once = false) const {
    if constexpr (!can_carry_an_operation<Executor>) {
      return executor;
    } else {
      return with_parts<Clock>(executor, [&](bool instrumented, const BindingRef& binding,
                                             const Capture& capture) {
        Capture mine = run_.span().carried(instrumented, task_of(binding), capture, at_once);
        const auto make = [&]<class Inner>(Inner inner, const BindingRef& also, const Capture&) {
          return ExecutorAccess::make<Clock>(std::move(inner), also, std::move(mine));
        };
        if constexpr (is_alone<Executor>)
          return make(executor, BindingRef(), Capture());
        else
          return rewrap<Clock>(executor, make);
      });
    }
  }

  /// Asio asks whether the operation continues what executes here.
  friend bool asio_handler_is_continuation(TimedHandler* self) {
    using asio::asio_handler_is_continuation;
    return asio_handler_is_continuation(std::addressof(self->handler_));
  }

 private:
  OperationRun<Clock> run_;
  Handler handler_;
};

}  // namespace perf_timer::inline v0_1::detail

namespace PERF_TIMER_ASIO_NAMESPACE {

template <template <class, class> class Associator, class Clock, class Handler, class Default>
struct associator<Associator, perf_timer::detail::TimedHandler<Clock, Handler>, Default>
    : Associator<Handler, Default> {
  [[nodiscard]] static typename Associator<Handler, Default>::type get(
      const perf_timer::detail::TimedHandler<Clock, Handler>& timed) noexcept {
    return Associator<Handler, Default>::get(timed.handler());
  }
  [[nodiscard]] static auto get(const perf_timer::detail::TimedHandler<Clock, Handler>& timed,
                                const Default& otherwise) noexcept
      -> decltype(Associator<Handler, Default>::get(timed.handler(), otherwise)) {
    return Associator<Handler, Default>::get(timed.handler(), otherwise);
  }
};

template <class Clock, class Handler, class Executor>
struct associated_executor<perf_timer::detail::TimedHandler<Clock, Handler>, Executor> {
  using Timed = perf_timer::detail::TimedHandler<Clock, Handler>;
  using type = decltype(std::declval<const Timed&>().carrying(
      std::declval<const associated_executor_t<Handler, Executor>&>()));

  [[nodiscard]] static type get(const Timed& timed) noexcept {
    return timed.carrying(associated_executor<Handler, Executor>::get(timed.handler()));
  }
  [[nodiscard]] static type get(const Timed& timed, const Executor& otherwise) noexcept {
    return timed.carrying(associated_executor<Handler, Executor>::get(timed.handler(), otherwise));
  }
};

#if __has_include(PERF_TIMER_ASIO_HEADER(associated_immediate_executor.hpp))
// Only if somebody gave the handler one. Asio looks whether nobody did, and then completes an
// operation as any other: in a function of the operation's executor, which has its turn.
template <class Clock, class Handler, class Executor>
  requires perf_timer::detail::has_immediate_executor<Handler, Executor>
struct associated_immediate_executor<perf_timer::detail::TimedHandler<Clock, Handler>, Executor> {
  using Timed = perf_timer::detail::TimedHandler<Clock, Handler>;
  using type = decltype(std::declval<const Timed&>().carrying(
      std::declval<const associated_immediate_executor_t<Handler, Executor>&>()));

  [[nodiscard]] static type get(const Timed& timed, const Executor& otherwise) noexcept {
    return timed.carrying(
        associated_immediate_executor<Handler, Executor>::get(timed.handler(), otherwise), true);
  }
};
#endif

}  // namespace PERF_TIMER_ASIO_NAMESPACE
