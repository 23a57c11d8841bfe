//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A tracked program which knows nothing of this library. It does what its argument says.
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

namespace asio = boost::asio;

namespace {

asio::io_context static_context;

void say(const char* text) {
  std::puts(text);
  std::fflush(stdout);
}

void handle_three(asio::io_context& context) {
  for (int i = 0; i < 3; ++i) asio::post(context, [] {});
  context.run();
  context.restart();
}

/// Returns when somebody closes the standard input.
void wait_for_the_parent() {
  for (char byte; ::read(STDIN_FILENO, &byte, 1) > 0;) {
  }
}

void block_in_a_handler() {
  say("stuck");
  wait_for_the_parent();
}

void stick_all_threads() {
  asio::io_context context;
  for (int i = 0; i < 2; ++i) asio::post(context, block_in_a_handler);
  std::thread other([&] { context.run(); });
  context.run();
  other.join();
}

void fork_a_child() {
  handle_three(static_context);
  std::fflush(nullptr);
  if (::fork() == 0) {
    static_context.notify_fork(asio::io_context::fork_child);
    asio::post(static_context, [] { std::exit(0); });
    static_context.run();
  }
  ::wait(nullptr);
}

void exit_beside_threads(void (*leave)(int)) {
  static asio::io_context& context = *new asio::io_context;
  for (int i = 0; i < 2; ++i)
    std::thread([] {
      const auto work = asio::make_work_guard(context);
      context.run();
    }).detach();
  for (int i = 0; i < 100; ++i) asio::post(context, [] {});
  asio::post(context, [leave] { leave(5); });
  for (;;) ::pause();
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view what = count > 1 ? arguments[1] : "";
  if (what == "handlers") {
    asio::io_context context;
    handle_three(context);
    say("done");
    return 3;
  }
  if (what == "static") {
    static asio::steady_timer timer(static_context, std::chrono::hours(1));
    timer.async_wait([](auto) {});
    static_context.poll();
  }
  if (what == "stuck") stick_all_threads();
  if (what == "stall") {
    asio::io_context context;
    asio::post(context, block_in_a_handler);
    context.run();
  }
  if (what == "fork") fork_a_child();
  if (what == "exit") exit_beside_threads([](int status) { std::exit(status); });
  if (what == "quick_exit") exit_beside_threads([](int status) { std::quick_exit(status); });
}
