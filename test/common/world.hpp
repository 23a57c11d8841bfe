//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/manual_clock.hpp"

#include <perf_timer.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <exception>
#include <ostream>
#include <thread>
#include <utility>
#include <vector>

namespace perf_timer::test {

namespace asio = boost::asio;

/// Where a program can run.
enum class Place {
  context,
  strand,
  erased_strand,
  strand_of_instrumented,
  task,
  pool,
  four_threads,
  pool_of_four
};

inline std::ostream& operator<<(std::ostream& out, Place place) {
  constexpr const char* names[] = {
      "io_context", "strand", "erased strand", "strand of instrumented",
      "task",       "pool",   "four threads",  "pool of four"};
  return out << names[static_cast<int>(place)];
}

/// Places where one thread executes everything, so that queued and elapsed are exact too.
inline constexpr Place single_threaded[] = {Place::context, Place::strand, Place::erased_strand,
                                            Place::strand_of_instrumented, Place::task};
/// All places. Only a clock of which every thread has its own can measure all of them.
inline constexpr Place every_place[] = {
    Place::context, Place::strand, Place::erased_strand, Place::strand_of_instrumented,
    Place::task,    Place::pool,   Place::four_threads,  Place::pool_of_four};

/// A context, its threads, and an instrumented executor of one kind.
template <class Clock>
class World {
 public:
  explicit World(Place place) : place_(place) {}

  [[nodiscard]] asio::io_context& context() { return context_; }

  /// An instrumented executor. For `Place::task`, each call returns that of a new task.
  [[nodiscard]] asio::any_io_executor executor() {
    switch (place_) {
      case Place::context:
      case Place::four_threads:
        return instrument<Clock>(context_);
      case Place::strand:
        return instrument<Clock>(asio::make_strand(context_));
      case Place::erased_strand:
        return instrument<Clock>(asio::any_io_executor(
            asio::make_strand(asio::any_io_executor(context_.get_executor()))));
      case Place::strand_of_instrumented:
        return asio::make_strand(instrument<Clock>(context_));
      case Place::task:
        return perf_timer::task<Clock>(context_);
      case Place::pool:
      case Place::pool_of_four:
        break;
    }
    return instrument<Clock>(pool_);
  }

  /// Starts another coroutine, which runs while the others are suspended.
  void spawn(asio::awaitable<void> coroutine) { spawn_on(executor(), std::move(coroutine)); }

  template <class Executor>
  void spawn_on(const Executor& executor, asio::awaitable<void> coroutine) {
    asio::co_spawn(executor, std::move(coroutine), [this](std::exception_ptr error) {
      if (error) errors_.push_back(error);
    });
  }

  /// Runs everything to its end. Rethrows an exception that left a coroutine.
  void run() {
    std::vector<std::thread> threads;
    const int more = place_ == Place::four_threads ? 3 : 0;
    for (int i = 0; i < more; ++i) threads.emplace_back([this] { context_.run(); });
    context_.run();
    for (auto& thread : threads) thread.join();
    pool_.join();
    if (!errors_.empty()) std::rethrow_exception(errors_.front());
  }

  void run(asio::awaitable<void> coroutine) {
    spawn(std::move(coroutine));
    run();
  }

 private:
  const Place place_;
  asio::io_context context_;
  asio::thread_pool pool_{place_ == Place::pool_of_four ? 4u : 1u};
  std::vector<std::exception_ptr> errors_;
};

/// Compute n ticks.
template <class Clock>
void compute(int n) {
  Clock::advance(n);
}

/// Sleep for a moment: suspends on a real timer. A slow machine may take longer for what comes
/// meanwhile.
inline asio::awaitable<void> nap(int milliseconds = 1) {
  asio::steady_timer timer(co_await asio::this_coro::executor,
                           std::chrono::milliseconds(milliseconds));
  co_await timer.async_wait(asio::use_awaitable);
}

/// Waits until somebody cancels it, however slow the machine is.
inline asio::awaitable<void> until_cancelled(asio::steady_timer& timer) {
  co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
}

/// Stays suspended until it is cancelled or destroyed.
inline asio::awaitable<void> forever() {
  asio::steady_timer timer(co_await asio::this_coro::executor,
                           asio::steady_timer::time_point::max());
  co_await timer.async_wait(asio::use_awaitable);
}

/// Executes now and then, on behalf of no run.
template <class Clock>
asio::awaitable<void> noise() {
  for (int i = 0; i < 10; ++i) {
    compute<Clock>(1000);
    co_await nap(i % 2);
  }
}

/// Calls `program(world)` for each place where one thread executes everything, by either clock.
template <class Program>
void in_single_threaded_places(Program program) {
  for (const Place place : single_threaded) {
    BOOST_TEST_CONTEXT("shared clock, " << place) {
      World<ManualClock> world(place);
      program(world);
    }
    BOOST_TEST_CONTEXT("a clock for each thread, " << place) {
      World<ThreadManualClock> world(place);
      program(world);
    }
  }
}

/// Calls `program(world)` for each place that the clock can measure. Places with several threads
/// need a clock of which every thread has its own.
template <class Program>
void in_every_place(Program program) {
  for (const Place place : single_threaded) {
    BOOST_TEST_CONTEXT("shared clock, " << place) {
      World<ManualClock> world(place);
      program(world);
    }
  }
  for (const Place place : every_place) {
    BOOST_TEST_CONTEXT("a clock for each thread, " << place) {
      World<ThreadManualClock> world(place);
      program(world);
    }
  }
}

}  // namespace perf_timer::test
