//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A program whose main thread's stack has no limit, as after `ulimit -s unlimited`. The stack seems
// to reach down to other memory, into which the heap grows. A scope in a coroutine on a plain
// executor must be lost all the same, and a scope on the stack measured. Ends with 77 if the limit
// can't be lifted.
#include "common/manual_clock.hpp"

#include <perf_timer.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <iostream>
#include <memory>
#include <string_view>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

namespace asio = boost::asio;
using namespace perf_timer;
using Clock = test::ManualClock;
using Timer = BasicAsioPerfTimer<Clock>;

namespace {

asio::awaitable<void> on_a_plain_executor(Timer& timer) {
  const auto run = timer.measure();
  Clock::advance(5);
  co_await asio::post(asio::use_awaitable);
  Clock::advance(7);
}

/// Starts the program again, without a limit.
int run_without_limit(char** arguments) {
  const rlimit unlimited{.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
  if (::setrlimit(RLIMIT_STACK, &unlimited) != 0) return 77;
  char again[] = "again";
  char* const with[] = {arguments[0], again, nullptr};
  ::execv("/proc/self/exe", with);
  return 77;
}

int measure() {
  const auto quiet = [](std::string_view) {};
  Timer on_the_stack("on the stack", {.log = quiet}),
      in_a_coroutine("in a coroutine", {.log = quiet});
  {
    // The first use of the library, while the heap is small.
    const auto run = on_the_stack.measure();
    Clock::advance(3);
  }
  std::vector<std::unique_ptr<char[]>> heap;
  for (int i = 0; i < 100; ++i) heap.push_back(std::make_unique<char[]>(10'000));
  asio::io_context context;
  asio::co_spawn(context, on_a_plain_executor(in_a_coroutine), asio::detached);
  asio::post(context, [] { Clock::advance(1'000); });
  context.run();

  const TimerSnapshot stack = on_the_stack.snapshot(), coroutine = in_a_coroutine.snapshot();
  std::cout << "on the stack: " << stack.runs << " measured; in a coroutine: " << coroutine.runs
            << " measured, " << coroutine.lost << " lost\n";
  return stack.runs == 1 && stack.busy.total.count() == 3 && coroutine.runs == 0 &&
                 coroutine.lost == 1
             ? 0
             : 1;
}

}  // namespace

int main(int count, char** arguments) {
  return count == 1 ? run_without_limit(arguments) : measure();
}
