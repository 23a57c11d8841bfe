//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/plain_executor.hpp>
#include <perf_timer/detail/asio/turns.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/strand_time.hpp>

#include PERF_TIMER_ASIO_HEADER(strand.hpp)

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1::detail {

template <class Executor>
inline constexpr bool is_strand = false;
template <class Executor>
inline constexpr bool is_strand<asio::strand<Executor>> = true;

/// A strand of which nobody holds but a thread back.
template <class Executor>
inline constexpr bool is_strand_of_context = false;
template <class Executor>
inline constexpr bool is_strand_of_context<asio::strand<Executor>> =
    is_plain<Executor> && !is_strand<Executor>;

template <class Executor>
using WaitOf =
    std::conditional_t<is_plain<Executor> && !is_strand<Executor>, ThreadWait, StrandWait>;

/// Tells wall clocks apart. Null if readings of different threads can't be compared.
template <class Wall>
PERF_TIMER_EXPORT inline constexpr char wall_clock_mark{};
template <class Clock>
[[nodiscard]] constexpr const void* clock_of_strands() noexcept {
  using Wall = wall_clock_of<Clock>;
  return is_shared_clock<Wall> ? &wall_clock_mark<Wall> : nullptr;
}

/// A strand's time. It is the deleter of a pointer to the strand's state, which instrumented
/// executors share, and what Asio executes for them. It is gone with the last of these. Everybody
/// else has another pointer, which doesn't keep it alive.
template <class State>
struct TimedState : StrandTime {
  TimedState(State s, const void* c) noexcept : state(std::move(s)), clock(c) {}
  TimedState(TimedState&& other) noexcept : state(std::move(other.state)), clock(other.clock) {}
  void operator()(const void*) noexcept { state.reset(); }

  /// Returns whether nobody else has the strand, and nothing that somebody has submitted makes the
  /// strand execute.
  [[nodiscard]] bool is_only_ours() const noexcept { return state.use_count() == 1; }

  State state;
  const void* clock;
};
template <class Strand>
using TimedStateOf = TimedState<decltype(std::declval<Strand&>().impl_)>;

/// Returns the time of a strand by that clock, and makes it if there is none. Null if readings of
/// different threads can't be compared, or the strand has a time by another clock. Throws
/// `std::bad_alloc`.
template <class Strand>
[[nodiscard]] TimedStateOf<Strand>* time_of_strand(Strand& strand, const void* clock) {
  using Timed = TimedStateOf<Strand>;
  if (auto* const timed = std::get_deleter<Timed>(strand.impl_)) {
    if (timed->clock == clock) return timed;
    timed->give_up();
    return nullptr;
  }
  if (!clock) return nullptr;
  auto* const address = strand.impl_.get();
  strand.impl_ = decltype(strand.impl_)(address, Timed(std::move(strand.impl_), clock));
  auto* const timed = std::get_deleter<Timed>(strand.impl_);
  if (timed && timed->is_only_ours()) timed->will_see_all();
  return timed;
}

/// Returns how a function waits that is submitted to such a strand now.
template <class Strand>
[[nodiscard]] StrandWait wait_for(TimedStateOf<Strand>* time, const Strand& strand) noexcept {
  if (!time) return StrandWait(nullptr);
  if (time->sees_all()) [[likely]] {
    const auto word = time->word();
    return {*time, word, !StrandTime::is_held(word) && strand.running_in_this_thread()};
  }
  // What executes the function may have somebody else's pointer. Then the time may be gone first.
  if (!time->is_only_ours()) return StrandWait(nullptr);
  // What others have left in the queue comes first, unless the function runs inline.
  return {*time, !strand.running_in_this_thread()};
}

/// Says that somebody got a strand, and may execute in it unseen.
template <class Executor>
void strand_is_given_away(const Executor& executor) noexcept {
  if constexpr (is_strand_of_context<Executor>)
    if (auto* const timed = std::get_deleter<TimedStateOf<Executor>>(executor.impl_))
      timed->give_up();
}

}  // namespace perf_timer::inline v0_1::detail
