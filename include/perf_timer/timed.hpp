//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/detail/asio/other_asio.hpp>
#include <perf_timer/detail/asio/timed_token.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/timers/refuse.hpp>
#include <perf_timer/detail/timers/timer_access.hpp>
#include <perf_timer/timer_base.hpp>
#include <perf_timer/timer_clock.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1 {

/// Returns a completion token for any asynchronous operation. The operation does what it does with
/// `token`, and is a run of `timer`.
///
///     socket.async_read_some(buffer, perf_timer::timed(read_timer, [](error_code, size_t) {}));
///     co_await asio::async_write(socket, buffer, perf_timer::timed(timer, asio::use_awaitable));
///
/// The run begins where the operation is initiated, inside the run that is current there, and ends
/// when its handler is called. The handler isn't part of it. Its elapsed time is always known. Its
/// busy time is the initiating function and what executes on the handler's executor until then,
/// such as the steps of a composed operation. They are followed whether or not that executor is
/// instrumented. Idle is what the operation waited, or what it had done on other executors that
/// aren't instrumented, or are a task's or another run's. A coroutine that `co_spawn` starts on
/// such an executor isn't followed: its run is partial, and so is a run whose handler is called
/// elsewhere than on its executor.
///
/// An operation that ends with an error code, `operation_aborted` included, or with an exception
/// has failed, as has one whose initiating function throws. An operation that is destroyed before
/// it ends is lost. An operation that is never initiated, by a deferred one that is thrown away, is
/// no run, and each initiation of a deferred operation is one.
///
/// The executor, allocator, cancellation slot and immediate executor that are associated with the
/// handler stay, only that the executors carry the run. So their types differ. The handler is
/// moved, and never copied. What it executes is on behalf of whose it would be without.
///
/// The token keeps a copy of `token`, and may outlive the timer. Throws what copying `token`
/// throws.
template <TimerClock Clock, class Token>
[[nodiscard]] auto timed(BasicAsioPerfTimer<Clock>& timer, Token&& token) {
  detail::refuse_other_asio<std::decay_t<Token>>();
  return detail::TimedToken<Clock, std::decay_t<Token>>{
      detail::RecorderPin(detail::TimerAccess::recorder(timer)), std::forward<Token>(token)};
}

/// Returns a completion token that does the same with the default token of the operation's
/// executor. In newer versions of Asio, that is `deferred` unless the executor names another.
/// In 1.26, an executor must name one, as those of `use_awaitable_t<>::as_default_on_t` do.
template <TimerClock Clock>
[[nodiscard]] auto timed(BasicAsioPerfTimer<Clock>& timer) noexcept {
  return detail::TimedDefaultToken<Clock>{
      detail::RecorderPin(detail::TimerAccess::recorder(timer))};
}

/// Doesn't compile: a timer that is a temporary has reported when the operation ends.
template <TimerClock Clock, class... Token>
auto timed(BasicAsioPerfTimer<Clock>&&, Token&&...) {
  detail::refuse_temporary_timer<Clock>();
}

/// Doesn't compile: a timer of ordinary code doesn't know what an operation is.
template <class Timer, class... Token>
  requires(std::derived_from<std::remove_cvref_t<Timer>, TimerBase> &&
           !detail::AnAsioTimer<std::remove_cvref_t<Timer>>)
auto timed(Timer&&, Token&&...) {
  static_assert(detail::never<Timer>,
                "this timer would time only the initiation of the operation: time operations with "
                "an AsioPerfTimer");
}

}  // namespace perf_timer::inline v0_1
