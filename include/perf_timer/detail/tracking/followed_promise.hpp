//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// Tells when a coroutine of Asio's starts, is suspended, goes on and ends. Asio keeps one
/// `awaitable_thread` for a coroutine and all that it awaits, whose first frame is its entry point.
/// That has a `FollowedLine` in front of it.

#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/type_name.hpp>
#include <perf_timer/detail/span/followed_line.hpp>

#include <coroutine>
#include <cstddef>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

// Asio includes this before its own declarations.
namespace PERF_TIMER_ASIO_NAMESPACE {

template <typename, typename>
class awaitable;

}  // namespace PERF_TIMER_ASIO_NAMESPACE

namespace perf_timer::inline v0_1::detail {

struct AsiosOwnPromise;
struct AsiosFollowedPromise;

template <class T>
inline constexpr bool is_of_this_coro =
    std::string_view(signature_with<T>()).find("asio::this_coro::") != std::string_view::npos;

/// What is in front of a frame. Its end is where the frame begins.
template <bool is_entry>
struct alignas(__STDCPP_DEFAULT_NEW_ALIGNMENT__) BeforeFrame {
  std::size_t size;
};
template <>
struct alignas(__STDCPP_DEFAULT_NEW_ALIGNMENT__) BeforeFrame<true> {
  FollowedLine line;
  std::size_t size;
};

/// Whether it is what the coroutine returns that a line begins with.
template <class T>
inline constexpr bool is_entry_point =
    std::string_view(signature_with<T>()).find("awaitable_thread_entry_point") !=
    std::string_view::npos;

/// Asio's promise, with that in front of the frame. It has no members, so that handles of both
/// types of promise are the same.
template <class Promise>
struct FollowedPromise;

/// Whether the promises of entry points are followed. A program may have a trait of its own for all
/// coroutines of an executor.
template <class EntryPromise>
inline constexpr bool entry_is_followed = false;
template <template <class, class> class Frame, class Entry, class Executor>
inline constexpr bool entry_is_followed<Frame<Entry, Executor>> =
    std::is_base_of_v<FollowedPromise<Frame<Entry, Executor>>,
                      typename std::coroutine_traits<asio::awaitable<Entry, Executor>,
                                                     asio::awaitable<void, Executor>*, Executor,
                                                     int, int>::promise_type>;

template <template <class, class> class Frame, class T, class Executor>
struct FollowedPromise<Frame<T, Executor>> : Frame<T, Executor> {
  using Promise = Frame<T, Executor>;
  static constexpr bool is_followed = true;
  static constexpr bool is_entry = is_entry_point<T>;
  using Before = BeforeFrame<is_entry>;

  // g++ would warn if it inlined one of these and not the other: what they call is no pair.
  PERF_TIMER_NOINLINE static void* operator new(std::size_t size) {
    const std::size_t all = size + sizeof(Before);
    void* memory = nullptr;
    if constexpr (requires { Promise::operator new(all); })
      memory = Promise::operator new(all);
    else
      memory = ::operator new(all);
    return put_before(memory, size);
  }
  PERF_TIMER_NOINLINE static void operator delete(void* frame, std::size_t size) noexcept {
    void* const memory = take_before(frame);
    if constexpr (requires { Promise::operator delete(memory, size); })
      Promise::operator delete(memory, size + sizeof(Before));
    else
      ::operator delete(memory);
  }
  /// Returns where the frame begins in memory that has room for both.
  [[nodiscard]] static void* put_before(void* memory, std::size_t size) noexcept {
    Before* const before = ::new (memory) Before;
    before->size = size;
    return before + 1;
  }
  /// Returns the memory.
  [[nodiscard]] static void* take_before(void* frame) noexcept {
    Before* const before = static_cast<Before*>(frame) - 1;
    std::destroy_at(before);
    return before;
  }

  auto initial_suspend() noexcept {
    struct Awaiter {
      FollowedPromise& self;

      [[nodiscard]] bool await_ready() const noexcept { return false; }
      void await_suspend(std::coroutine_handle<>) const noexcept {}
      void await_resume() const noexcept { self.begins(); }
    };
    return Awaiter{*this};
  }

  auto final_suspend() noexcept {
    using Inner = decltype(Promise::final_suspend());
    struct Awaiter {
      FollowedPromise& self;
      Inner inner;

      [[nodiscard]] bool await_ready() const noexcept { return false; }
      void await_suspend(std::coroutine_handle<> handle) noexcept {
        if constexpr (is_entry) before(self).line.end();
        inner.await_suspend(handle);
      }
      void await_resume() const noexcept {}
    };
    return Awaiter{*this, Promise::final_suspend()};
  }

  template <class Result>
  auto await_transform(asio::awaitable<Result, Executor> awaitable) {
    struct Awaiter {
      asio::awaitable<Result, Executor> awaitable;
      FollowedPromise& self;

      [[nodiscard]] bool await_ready() const noexcept { return awaitable.await_ready(); }
      // An awaitable needs a handle of the type of Asio's promise.
      void await_suspend(std::coroutine_handle<>) {
        awaitable.await_suspend(std::coroutine_handle<Promise>::from_promise(self));
      }
      decltype(auto) await_resume() {
        self.goes_on();
        return awaitable.await_resume();
      }
    };
    return Awaiter{Promise::await_transform(std::move(awaitable)), *this};
  }

  template <class Awaited, class... More>
  auto await_transform(Awaited&& awaited, More&&... more)
    requires requires {
      std::declval<Promise&>().await_transform(std::forward<Awaited>(awaited),
                                               std::forward<More>(more)...);
    }
  {
    if constexpr (is_of_this_coro<Awaited>)
      return Promise::await_transform(std::forward<Awaited>(awaited), std::forward<More>(more)...);
    else
      return Suspending<decltype(Promise::await_transform(std::forward<Awaited>(awaited),
                                                          std::forward<More>(more)...))>{
          Promise::await_transform(std::forward<Awaited>(awaited), std::forward<More>(more)...),
          *this};
  }

 private:
  template <class>
  friend struct FollowedPromise;
  /// What suspends the whole line: Asio initiates an operation when the coroutine is suspended.
  template <class Inner>
  struct Suspending {
    Inner inner;
    FollowedPromise& self;
    FollowedLine* line = nullptr;
    void (*initiate)(void*) = nullptr;
    void* argument = nullptr;

    [[nodiscard]] bool await_ready() { return inner.await_ready(); }
    void await_suspend(std::coroutine_handle<> handle) {
      static_assert(std::is_void_v<decltype(inner.await_suspend(handle))>);
      inner.await_suspend(handle);
      auto& context = *self.resume_context_;
      if (!context.after_suspend_fn_) return;
      line = self.line();
      if (!line) return;
      initiate = std::exchange(context.after_suspend_fn_, &initiate_suspended);
      argument = std::exchange(context.after_suspend_arg_, this);
    }
    decltype(auto) await_resume() {
      self.goes_on();
      return inner.await_resume();
    }

   private:
    // The coroutine may be resumed, and be gone, before the call returns.
    static void initiate_suspended(void* suspending) {
      const Suspending& all = *static_cast<const Suspending*>(suspending);
      const auto function = all.initiate;
      void* const with = all.argument;
      const FollowedLine::Suspension suspension(*all.line);
      function(with);
    }
  };

  template <class OfPromise>
  [[nodiscard]] static auto& before(OfPromise& promise) noexcept {
    void* const frame = std::coroutine_handle<OfPromise>::from_promise(promise).address();
    return *(static_cast<BeforeFrame<OfPromise::is_entry>*>(frame) - 1);
  }
  [[nodiscard]] FrameRange frame() noexcept {
    auto& in_front = before(*this);
    return {reinterpret_cast<const std::byte*>(&in_front + 1), in_front.size};
  }
  [[nodiscard]] FollowedLine* line() noexcept {
    // A handle is made from the address of the promise. Asio's own code makes it from the base.
    static_assert(sizeof(FollowedPromise) == sizeof(Promise) &&
                  alignof(FollowedPromise) == alignof(Promise));
    auto* const entry = this->attached_thread_->entry_point();
    using Entry = std::remove_pointer_t<decltype(entry)>;
    if constexpr (entry_is_followed<std::remove_const_t<Entry>>)
      return &before(static_cast<FollowedPromise<Entry>&>(*entry)).line;
    else
      return nullptr;
  }

  void begins() noexcept {
    if constexpr (is_entry)
      before(*this).line.begin(frame());
    else if (line())
      enter_frame(frame());
  }
  void goes_on() noexcept {
    if (FollowedLine* const followed = line()) followed->go_on(frame());
  }
};

}  // namespace perf_timer::inline v0_1::detail
