//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/cobalt.hpp>

#include <exception>

namespace perf_timer::test {

namespace cobalt = boost::cobalt;

/// Suspends: what others have posted executes first.
inline cobalt::promise<void> step_aside() {
  co_await asio::post(co_await cobalt::this_coro::executor, cobalt::use_op);
}

/// Computes n, and ten times as much after it was suspended. Returns n.
template <class Clock>
cobalt::promise<int> child(int n) {
  compute<Clock>(n);
  co_await asio::post(co_await cobalt::this_coro::executor, cobalt::use_op);
  compute<Clock>(10 * n);
  co_return n;
}

/// The same as a task, with a scope.
template <class Clock>
cobalt::task<int> child_task(QuietTimer<Clock>& timer, int n) {
  const auto run = timer.measure();
  compute<Clock>(n);
  co_await asio::post(co_await cobalt::this_coro::executor, cobalt::use_op);
  compute<Clock>(10 * n);
  co_return n;
}

/// Runs the task that `program` returns on an instrumented executor, which its promises use as
/// well. Others execute meanwhile.
template <class Clock, class Program>
void run_on(World<Clock>& world, Program program) {
  const asio::any_io_executor executor = world.executor();
  cobalt::this_thread::set_executor(executor);
  std::exception_ptr error;
  cobalt::spawn(executor, program(), [&](std::exception_ptr thrown) { error = thrown; });
  world.run(noise<Clock>());
  if (error) std::rethrow_exception(error);
}

}  // namespace perf_timer::test
