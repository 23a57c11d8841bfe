//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What a program does while it is served. It prints the port first.
#include <perf_timer.hpp>
#include <perf_timer/serve.hpp>
#include <perf_timer/stall_watch.hpp>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

namespace {

namespace asio = boost::asio;

perf_timer::AsioPerfTimer request("GET /stuck", {.log = perf_timer::silent});

void tell_port(const perf_timer::Service& service) { std::cout << service.port() << std::endl; }

/// Waits until standard input ends.
void wait() {
  std::string line;
  while (std::getline(std::cin, line)) {
  }
}

/// The service is static, other threads measure, and somebody asks for everything all the time.
void exit_at_once() {
  static const perf_timer::Service service = perf_timer::serve({.port = 0});
  tell_port(service);
  std::thread([] {
    for (;;) const auto run = request.measure();
  }).detach();
  wait();
  std::exit(0);
}

/// The service isn't destroyed, as `exit` leaves the stack as it is.
void exit_over_it() {
  const perf_timer::Service service = perf_timer::serve({.port = 0});
  tell_port(service);
  wait();
  std::exit(0);
}

/// Every thread of the program waits for a lock that nobody gives back.
void get_stuck() {
  const perf_timer::Service service = perf_timer::serve({.port = 0});
  const auto watch = perf_timer::watch_stalls(
      {.longer_than = std::chrono::milliseconds{20}, .sink = [](const perf_timer::Stall&) {}});
  std::mutex mutex;
  std::unique_lock lock(mutex);
  asio::io_context context;
  for (int i = 0; i < 2; ++i)
    asio::post(perf_timer::instrument(context), [&] {
      const auto run = request.measure();
      const std::lock_guard waits(mutex);
    });
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) threads.emplace_back([&] { context.run(); });
  tell_port(service);
  wait();
  lock.unlock();
  for (std::thread& thread : threads) thread.join();
}

/// No descriptor is left.
void run_out_of_descriptors() {
  const perf_timer::Service service = perf_timer::serve({.port = 0});
  const ::rlimit few{64, 64};
  ::setrlimit(RLIMIT_NOFILE, &few);
  while (::open("/dev/null", O_RDONLY) >= 0) {
  }
  tell_port(service);
  wait();
}

/// A child goes on when its parent has ended, as a daemon does. It prints its own port, if it can
/// have the parent's.
void fork_and_end() {
  auto service = perf_timer::serve({.port = 0});
  const auto port = service.port();
  const auto parent = ::getpid();
  if (::fork() != 0) std::_Exit(0);
  while (::getppid() == parent) std::this_thread::yield();
  // The system may close what the parent had a moment after it has let its children go.
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  for (;;) try {
      const auto again = perf_timer::serve({.port = port});
      tell_port(again);
      return wait();
    } catch (const std::system_error&) {
      if (std::chrono::steady_clock::now() > until) throw;
      std::this_thread::yield();
    }
}

}  // namespace

int main(int, char** argv) {
  const std::map<std::string, std::function<void()>> programs{
      {"exit", exit_at_once}, {"exit over it", exit_over_it},
      {"stuck", get_stuck},   {"descriptors", run_out_of_descriptors},
      {"fork", fork_and_end},
  };
  programs.at(argv[1])();
}
