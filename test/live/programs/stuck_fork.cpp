//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A step forks, and what this program does before forks waits until standard input is closed. By
// then the fork has the locks of the library.
#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/stall_watch.hpp>
#include <perf_timer/thread_snapshots.hpp>

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <chrono>

namespace {

void waits_before_fork() {
  char c = 0;
  while (::read(STDIN_FILENO, &c, 1) > 0) {
  }
}

/// Before the library does so. What is registered first is called last.
__attribute__((constructor(101))) void begin() {
  ::pthread_atfork(waits_before_fork, nullptr, nullptr);
}

}  // namespace

int main() {
  perf_timer::AsioPerfTimer timer("forks", {.log = perf_timer::silent});
  const auto watch = perf_timer::watch_stalls({.longer_than = std::chrono::milliseconds(200)});
  boost::asio::io_context context;
  int status = 1;
  boost::asio::post(timer.wrap(context), [&] {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(perf_timer::thread_snapshots().size() == 1 ? 0 : 1);
    ::waitpid(child, &status, 0);
  });
  context.run();
  return status;
}
