//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// A program that reports while it runs: every so often by itself, and whenever it is asked to by
// `kill -USR1`. Neither keeps it from ending when its work is done.
#include <perf_timer.hpp>
#include <perf_timer/live_report.hpp>
#include <perf_timer/report_on_crash.hpp>
#include <perf_timer/report_on_signal.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <csignal>
#include <iostream>
#include <string_view>

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

perf_timer::AsioPerfTimer job_timer{"job", {.log = [](std::string_view) {}}};

/// Waits, computes a little, and waits again: only the computing is busy.
asio::awaitable<void> job(int number) {
  asio::steady_timer pause{co_await asio::this_coro::executor, 2ms};
  co_await pause.async_wait(asio::use_awaitable);
  volatile unsigned sum = 0;
  for (int i = 0; i < 20'000 * (number % 5 + 1); ++i) sum = sum + 1;
}

asio::awaitable<void> work() {
  for (int number = 0; number < 200; ++number) co_await job_timer.decorate(job(number));
}

void show(const perf_timer::Interval& interval) {
  for (const perf_timer::TimerSnapshot& timer : interval.timers) {
    if (timer.runs == 0) continue;
    std::cout << perf_timer::format_duration(interval.length) << ": " << timer.runs << " runs of "
              << timer.name << ", busy for " << perf_timer::format_duration(timer.busy.mean)
              << " on average, waiting for "
              << perf_timer::format_duration(timer.idle() / timer.runs) << '\n';
  }
}

}  // namespace

int main() {
  perf_timer::report_on_crash();
  asio::io_context context;
  perf_timer::report_on_signal(context, SIGUSR1);
  perf_timer::live_report(context, {.every = 100ms, .sink = show});
  asio::co_spawn(perf_timer::instrument(context), work(), asio::detached);
  context.run();
  std::cout << "\nand in all:\n\n";
  perf_timer::write_report(std::cout);
}
