//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A step has the lock of this program's allocator until standard input is closed.
#include "memory.hpp"

#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/stall_watch.hpp>

#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <string_view>

namespace {

PERF_TIMER_NOINLINE void holds_memory() {
  const std::lock_guard lock(memory());
  char c = 0;
  while (::read(STDIN_FILENO, &c, 1) > 0) {
  }
}

}  // namespace

/// Plain reports go to this file descriptor. With "sink", the others go to a sink.
int main(int, char** arguments) {
  perf_timer::AsioPerfTimer timer("ledger\n", {.log = perf_timer::silent});
  perf_timer::StallWatchOptions options{.longer_than = std::chrono::milliseconds(200),
                                        .plain_to = std::atoi(arguments[1])};
  if (arguments[2] && std::string_view(arguments[2]) == "sink")
    options.sink = [](const perf_timer::Stall& stall) { std::cerr << "sink: " << stall << '\n'; };
  const auto watch = perf_timer::watch_stalls(std::move(options));
  boost::asio::io_context context;
  boost::asio::post(timer.wrap(context), holds_memory);
  context.run();
}
