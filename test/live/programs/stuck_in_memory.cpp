//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A step has the lock of this program's allocator until standard input is closed.
#include "memory.hpp"

#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/instrument.hpp>
#include <perf_timer/running_steps.hpp>
#include <perf_timer/stall_watch.hpp>
#include <perf_timer/thread_snapshots.hpp>

#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

namespace {

std::atomic<bool> memory_is_held{false};

PERF_TIMER_NOINLINE void holds_memory() {
  const std::lock_guard lock(memory());
  memory_is_held = true;
  memory_is_held.notify_all();
  char c = 0;
  while (::read(STDIN_FILENO, &c, 1) > 0) {
  }
}

/// Threads that need memory for what has to do with the list of threads, when nobody gets any.
class OtherThreads {
 public:
  OtherThreads() {
    boost::asio::post(perf_timer::instrument(context_), [] {});
    threads_[0] = begin([] { static_cast<void>(perf_timer::thread_snapshots()); });
    threads_[1] = begin([] { static_cast<void>(perf_timer::running_steps({.ask = false})); });
    threads_[2] = begin([this] { context_.run(); });  // its first step, and its end
  }
  OtherThreads(const OtherThreads&) = delete;
  OtherThreads& operator=(const OtherThreads&) = delete;
  ~OtherThreads() {
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  template <class Function>
  static std::thread begin(Function function) {
    return std::thread([function] {
      memory_is_held.wait(false);
      function();
    });
  }

  boost::asio::io_context context_;
  std::array<std::thread, 3> threads_;
};

}  // namespace

/// Plain reports go to this file descriptor. With "sink", the others go to a sink; with "others",
/// other threads need memory, too.
int main(int, char** arguments) {
  const std::string_view how = arguments[2];
  perf_timer::AsioPerfTimer timer("ledger\n", {.log = perf_timer::silent});
  perf_timer::StallWatchOptions options{.longer_than = std::chrono::milliseconds(200),
                                        .plain_to = std::atoi(arguments[1])};
  if (how == "sink")
    options.sink = [](const perf_timer::Stall& stall) { std::cerr << "sink: " << stall << '\n'; };
  const auto watch = perf_timer::watch_stalls(std::move(options));
  std::optional<OtherThreads> others;
  if (how == "others") others.emplace();
  boost::asio::io_context context;
  boost::asio::post(timer.wrap(context), holds_memory);
  context.run();
}
