//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/error_code.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/error.hpp>

#include <chrono>
#include <cstdint>
#include <future>
#include <utility>

namespace perf_timer::test {

using asio::error_code;

/// What a complete run took, in ticks.
struct Times {
  std::int64_t elapsed, busy, queued;
};

inline void check_times(const TimerBase& timer, const Times& times, std::uint64_t runs = 1) {
  check_busy(timer, times.busy, runs);
  const auto snapshot = timer.snapshot();
  BOOST_TEST_CONTEXT(timer.name()) {
    BOOST_TEST(snapshot.elapsed.total.count() == times.elapsed);
    BOOST_TEST(snapshot.queued.total.count() == times.queued);
    BOOST_TEST(snapshot.partial == 0u);
  }
}

/// A composed operation of three steps. Each computes 1 tick. After the first, which is in the
/// initiating function, it waits for a timer, while 50 ticks pass. Then it waits for its executor,
/// while something else computes 10.
class Operation {
 public:
  static constexpr Times times{63, 3, 10};

  template <class Executor>
  Operation(asio::io_context& context, const Executor& executor)
      : context_(context), timer_(executor) {}

  [[nodiscard]] asio::io_context& context() { return context_; }
  [[nodiscard]] asio::any_io_executor executor() { return timer_.get_executor(); }

  template <class Token>
  auto start(Token&& token) {
    return asio::async_compose<Token, void(error_code, int)>(
        [this, step = 0](auto& self, error_code failure = {}) mutable {
          compute<ManualClock>(1);
          if (failure) return self.complete(failure, 0);
          switch (step++) {
            case 0:
              timer_.expires_after(std::chrono::milliseconds(wait_for));
              timer_.async_wait(std::move(self));
              pass(50);
              return;
            case 1:
              pass(10);
              asio::post(std::move(self));
              return;
            default:
              return self.complete({}, 7);
          }
        },
        token, timer_);
  }

  /// Starts a coroutine on the operation's executor.
  void spawn(asio::awaitable<void> coroutine) {
    asio::co_spawn(timer_.get_executor(), std::move(coroutine), asio::detached);
  }

  /// What the handler does.
  void ended(error_code with, int result) {
    compute<ManualClock>(100'000);
    ended_ += 1;
    error = with;
    result_ = result;
  }

  void check_result() {
    if (future.valid()) ended({}, future.get());
    BOOST_TEST(ended_ == 1);
    BOOST_TEST(!error);
    BOOST_TEST(result_ == 7);
  }

  [[nodiscard]] int times_ended() const { return ended_; }

  error_code error;
  std::future<int> future;
  asio::cancellation_signal signal;
  QuietTimer<ManualClock> other{"other"};
  int wait_for = 1;  // milliseconds

 private:
  /// Something that has nothing to do with the operation computes.
  void pass(int ticks) {
    asio::post(context_, [ticks] { compute<ManualClock>(ticks); });
  }

  asio::io_context& context_;
  asio::steady_timer timer_;
  int ended_ = 0;
  int result_ = 0;
};

}  // namespace perf_timer::test
