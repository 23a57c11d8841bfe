//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once
// A coroutine that starts at once, like Boost.Cobalt's promise: its first suspension returns to its
// caller, which goes on. A task that nobody holds any more goes on to its end. One that is awaited
// is destroyed with who awaits it.

#include "common/error_code.hpp"
#include "common/world.hpp"

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace perf_timer::test {

template <class T>
class EagerTask;

template <class T>
struct EagerResultOf {
  std::optional<T> value;
  void return_value(T result) { value.emplace(std::move(result)); }
  T take() { return std::move(*value); }
};
template <class T>
struct EagerResultOf<T&> {
  T* value = nullptr;
  void return_value(T& result) { value = &result; }
  T& take() { return *value; }
};
template <>
struct EagerResultOf<void> {
  void return_void() {}
  void take() {}
};

template <class T>
class [[nodiscard]] EagerTask {
 public:
  struct promise_type : EagerResultOf<T> {
    EagerTask get_return_object() {
      return EagerTask(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_never initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept {
      struct Final {
        bool await_ready() noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> self) noexcept {
          promise_type& promise = self.promise();
          promise.done = true;
          if (promise.waiting) return promise.waiting;
          if (promise.forgotten) self.destroy();
          return std::noop_coroutine();
        }
        void await_resume() noexcept {}
      };
      return Final{};
    }
    void unhandled_exception() { error = std::current_exception(); }

    std::coroutine_handle<> waiting;
    std::exception_ptr error;
    bool done = false, forgotten = false;
  };

  EagerTask(EagerTask&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  EagerTask& operator=(EagerTask&&) = delete;
  ~EagerTask() {
    if (!handle_) return;
    if (handle_.promise().done || handle_.promise().waiting)
      handle_.destroy();
    else
      handle_.promise().forgotten = true;
  }

  /// Destroys the coroutine, which must be suspended.
  void destroy() { std::exchange(handle_, nullptr).destroy(); }

  bool await_ready() const noexcept { return handle_.promise().done; }
  void await_suspend(std::coroutine_handle<> waiting) noexcept {
    handle_.promise().waiting = waiting;
  }
  T await_resume() {
    if (handle_.promise().error) std::rethrow_exception(handle_.promise().error);
    return handle_.promise().take();
  }

 private:
  explicit EagerTask(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  std::coroutine_handle<promise_type> handle_;
};

/// Awaits a real timer on an executor.
class EagerNap {
 public:
  explicit EagerNap(const asio::any_io_executor& executor)
      : timer_(executor, std::chrono::milliseconds(1)) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiting) {
    timer_.async_wait([waiting](asio::error_code) { waiting.resume(); });
  }
  void await_resume() const noexcept {}

 private:
  asio::steady_timer timer_;
};

}  // namespace perf_timer::test
