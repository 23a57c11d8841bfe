//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "handlers.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace perf_timer::rows {

/// Runs `program` as a coroutine, on a plain or an instrumented executor.
void spawn_and_run(How how, auto program) {
  asio::io_context context(1);
  const asio::any_io_executor executor = how == How::plain
                                             ? asio::any_io_executor(context.get_executor())
                                             : asio::any_io_executor(instrument(context));
  asio::co_spawn(executor, std::move(program), asio::detached);
  context.run();
}

/// `wrapped`: inside an open run.
template <How how>
struct AwaitPost {
  void operator()(auto& loop) const {
    AsioPerfTimer timer("coroutine", silent());
    spawn_and_run(how, [&]() -> asio::awaitable<void> {
      if constexpr (how == How::wrapped) {
        const auto run = timer.measure();
        while (loop.KeepRunning()) co_await asio::post(asio::use_awaitable);
      } else {
        while (loop.KeepRunning()) co_await asio::post(asio::use_awaitable);
      }
    });
  }
};

enum class Child { returns, suspends };
enum class Around { nothing, coroutine };

/// `wrapped`: the child is decorated. `Around::coroutine`: a coroutine that does nothing else
/// awaits it, as it does for a decorated one.
template <Child child, How how, Around around = Around::nothing>
struct AwaitChild {
  void operator()(auto& loop) const {
    AsioPerfTimer timer("child", silent());
    spawn_and_run(how, [&]() -> asio::awaitable<void> {
      while (loop.KeepRunning()) {
        if constexpr (how == How::wrapped)
          co_await timer.decorate(function());
        else if constexpr (around == Around::coroutine)
          co_await pass_on(function());
        else
          co_await function();
      }
    });
  }

 private:
  static asio::awaitable<void> pass_on(asio::awaitable<void> awaitable) {
    co_await std::move(awaitable);
  }
  static asio::awaitable<void> function() {
    if constexpr (child == Child::suspends) co_await asio::post(asio::use_awaitable);
    co_return;
  }
};

}  // namespace perf_timer::rows
