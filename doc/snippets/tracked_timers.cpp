//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// What doc/tracking.md shows of timers in a tracked program.
#include <perf_timer.hpp>
#include <perf_timer/operations.hpp>

#include <boost/asio.hpp>

#include <chrono>
#include <iostream>

namespace asio = boost::asio;

namespace {

perf_timer::AsioPerfTimer request{"request"};

asio::awaitable<void> serve() {
  asio::steady_timer backend(co_await asio::this_coro::executor, std::chrono::milliseconds(1));
  co_await backend.async_wait(asio::use_awaitable);
}

void print_what_requests_waited_for() {
  const perf_timer::TimerSnapshot seen = request.snapshot();
  for (const perf_timer::AwaitedOperation& awaited : seen.idle_in)
    std::cout << awaited.object << '.' << awaited.operation << ' ' << awaited.file << ':'
              << awaited.line << ": " << awaited.count << " times, " << awaited.waited.count()
              << " ns in all, of " << seen.idle().count() << " ns idle\n";
}

void print_what_waits_now() {
  for (const perf_timer::OperationSnapshot& operation : perf_timer::operations())
    if (operation.open != 0)
      std::cout << operation.open << ' ' << operation.object << '.' << operation.operation << '\n';
}

}  // namespace

int main() {
  asio::io_context context;
  asio::co_spawn(perf_timer::instrument(context), request.decorate(serve()), asio::detached);
  context.run();
  print_what_requests_waited_for();
  print_what_waits_now();
  return request.snapshot().idle_in.size() == 1 ? 0 : 1;
}
