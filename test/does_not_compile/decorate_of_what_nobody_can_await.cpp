//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: in any other coroutine, open a scope
#include <perf_timer.hpp>

#include <coroutine>

/// Starts at once, and its end is told to nobody.
struct Detached {
  struct promise_type {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};

perf_timer::AsioPerfTimer timer{"timer"};
Detached coroutine() { co_return; }

void call() { timer.decorate(coroutine)(); }
