//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/carried.hpp>
#include <perf_timer/detail/asio/followed_program.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/recorder/free_list.hpp>

#include PERF_TIMER_ASIO_HEADER(awaitable.hpp)
#include PERF_TIMER_ASIO_HEADER(this_coro.hpp)

#include <coroutine>
#include <cstddef>
#include <new>
#include <utility>

namespace perf_timer::inline v0_1::detail {

class BegunRun;

/// Stands for a first argument where Asio's own promise is wanted. A tracked program gives other
/// coroutines one that knows their lines.
struct AsiosOwnPromise;
/// The same, for what `decorate` makes. In a tracked program it tells when it is suspended.
struct AsiosFollowedPromise;

template <class Promise>
concept TellsSuspension = requires { Promise::is_followed; };

/// A coroutine that is a run awaits this to learn whether its executor carries spans of this clock.
template <class Clock>
struct WhetherInstrumented {};

/// The promise of an awaitable that is a run: Asio's own, with the frame in a recycled block. Asio
/// keeps two frames for the next coroutines of a thread, and a coroutine that awaits an operation
/// needs both. The run's frame is a third one, and would go to the heap and back each time.
template <class Promise>
struct RunPromise : Promise {
  static void* operator new(std::size_t size) {
    if constexpr (TellsSuspension<Promise>)
      return Promise::put_before(allocate(size + sizeof(typename Promise::Before)), size);
    else
      return allocate(size);
  }
  static void operator delete(void* frame, std::size_t size) noexcept {
    if constexpr (TellsSuspension<Promise>)
      deallocate(Promise::take_before(frame), size + sizeof(typename Promise::Before));
    else
      deallocate(frame, size);
  }

  using Promise::await_transform;

  /// An awaitable needs a handle of the type of Asio's promise.
  template <class T, class Executor>
  auto await_transform(asio::awaitable<T, Executor> awaitable)
    requires(!TellsSuspension<Promise>)
  {
    struct Awaiter {
      asio::awaitable<T, Executor> awaitable;

      [[nodiscard]] bool await_ready() const noexcept { return awaitable.await_ready(); }
      void await_suspend(std::coroutine_handle<RunPromise> self) {
        awaitable.await_suspend(std::coroutine_handle<Promise>::from_promise(self.promise()));
      }
      decltype(auto) await_resume() { return awaitable.await_resume(); }
    };
    // A handle is made from the address of the promise. Asio's own code makes it from the base.
    static_assert(sizeof(RunPromise) == sizeof(Promise) && alignof(RunPromise) == alignof(Promise));
    return Awaiter{Promise::await_transform(std::move(awaitable))};
  }

  template <class Clock>
  auto await_transform(WhetherInstrumented<Clock>) noexcept {
    struct Awaiter {
      RunPromise& promise;

      [[nodiscard]] bool await_ready() const noexcept { return true; }
      void await_suspend(std::coroutine_handle<>) const noexcept {}
      // Not inlined: Asio returns a copy of the executor, and a copy in a coroutine would be a part
      // of its frame.
      [[nodiscard]] PERF_TIMER_NOINLINE bool await_resume() const {
        if constexpr (TellsSuspension<Promise> && all_handlers_are_followed<Clock>) return true;
        return is_instrumented<Clock>(
            promise.Promise::await_transform(asio::this_coro::executor).await_resume());
      }
    };
    return Awaiter{*this};
  }

 private:
  [[nodiscard]] static void* allocate(std::size_t size) {
    return size <= FrameFreeList::block_size ? FrameFreeList::allocate() : ::operator new(size);
  }
  static void deallocate(void* memory, std::size_t size) noexcept {
    size <= FrameFreeList::block_size ? FrameFreeList::deallocate(memory)
                                      : ::operator delete(memory);
  }
};

}  // namespace perf_timer::inline v0_1::detail

/// For coroutines of this library. Their first argument is the run that they are.
template <class T, class Executor, class... Arguments>
struct std::coroutine_traits<perf_timer::asio::awaitable<T, Executor>, perf_timer::detail::BegunRun,
                             Arguments...> {
  using promise_type = perf_timer::detail::RunPromise<
      typename std::coroutine_traits<perf_timer::asio::awaitable<T, Executor>,
                                     perf_timer::detail::AsiosFollowedPromise>::promise_type>;
};
