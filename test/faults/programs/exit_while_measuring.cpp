//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Child processes call std::exit in a handler while other threads measure with static timers. Each
// child must end with 0 and report its timers.
#include "common/child_process.hpp"
#include "common/long_mode.hpp"

#include <perf_timer.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <string_view>
#include <thread>

#include <unistd.h>

namespace asio = boost::asio;
using namespace perf_timer;

namespace {

/// Exit takes a moment once the timers are gone: this object is destroyed after them.
const struct Slow {
  ~Slow() { std::this_thread::sleep_for(std::chrono::milliseconds(10)); }
} slow;

// The first name doesn't fit in a std::string itself.
AsioPerfTimer request{"a request whose name is so long that it needs the heap"};
ThreadPerfTimer parse{"parse", {.observer = AverageObserver{}}};

struct Group {
  AsioPerfTimer reply{"reply", {.observer = PSquareObserver{}}};
};

Group& group() {
  static Group in_a_function;
  return in_a_function;
}

/// Other static objects are destroyed between the timers.
const struct Middle {
  ~Middle() { std::this_thread::sleep_for(std::chrono::milliseconds(2)); }
} middle;

AsioPerfTimer last{"last"};

asio::awaitable<void> child() {
  const auto run = last.measure();
  co_await asio::post(asio::use_awaitable);
}

/// What the threads do, chosen at random.
enum Uses : unsigned { scopes = 1, decorated = 2, wrapped = 4, snapshots = 8, local_timers = 16 };

asio::awaitable<void> session(unsigned uses) {
  const auto executor = request.wrap(co_await asio::this_coro::executor);
  for (;;) {
    co_await asio::post(asio::use_awaitable);
    if (uses & scopes) {
      const auto run = request.measure();
      co_await asio::post(asio::use_awaitable);
      const auto parsed = parse.measure();
      const auto replied = group().reply.measure();
    }
    if (uses & decorated) {
      co_await group().reply.decorate(child());
      parse.decorate([] {})();
    }
    if (uses & wrapped) {
      asio::post(executor, [] { parse.observe(std::chrono::nanoseconds(1)); });
      asio::post(last.wrap(co_await asio::this_coro::executor), [] {});
    }
    if (uses & snapshots) {
      for (int i = 0; i < 3; ++i) static_cast<void>(snapshot_all());
      const bool all_named = request.snapshot().name == request.name() &&
                             group().reply.snapshot().name == "reply" &&
                             parse.snapshot().name == "parse";
      if (!all_named) std::abort();
    }
    if (uses & local_timers) {
      AsioPerfTimer timer{"local", {.log = [](std::string_view) {}}};
      const auto run = timer.measure();
    }
  }
}

[[noreturn]] void measure_and_exit(unsigned seed) {
  std::minstd_rand random(seed);
  const auto up_to = [&](unsigned most) {
    return std::uniform_int_distribution<unsigned>(0, most)(random);
  };
  // One run of each, so that each has something to report.
  request.observe(std::chrono::nanoseconds(1));
  parse.observe(std::chrono::nanoseconds(1));
  group().reply.observe(std::chrono::nanoseconds(1));
  last.observe(std::chrono::nanoseconds(1));

  static asio::io_context& context = *new asio::io_context;
  const unsigned sessions = 1 + up_to(7);
  for (unsigned i = 0; i < sessions; ++i)
    asio::co_spawn(instrument(context), session(1 + up_to(30)), asio::detached);
  const unsigned threads = 1 + up_to(3);
  for (unsigned i = 0; i < threads; ++i) std::thread([] { context.run(); }).detach();
  std::this_thread::sleep_for(std::chrono::microseconds(up_to(5000)));
  asio::post(context, [] { std::exit(0); });
  for (;;) ::pause();
}

/// Returns what is wrong with the end of a child; nothing if it is right.
std::string wrong_with(const test::ChildEnd& end) {
  if (end.status != 0) return "status " + std::to_string(end.status);
  for (const char* const name : {"\"a request whose name", "\"parse\"", "\"reply\"", "\"last\""})
    if (end.output.find(std::string("timer ") + name) == std::string::npos)
      return std::string("no report of ") + name;
  return {};
}

}  // namespace

int main() {
  const std::uint64_t children = test::scaled(100);
  unsigned wrong = 0;
  for (std::uint64_t i = 0; i < children; ++i) {
    const auto seed = static_cast<unsigned>(i + 1);
    const auto what = wrong_with(test::run_child([seed] { measure_and_exit(seed); }));
    if (what.empty()) continue;
    ++wrong;
    std::cout << "child " << seed << ": " << what << '\n';
  }
  if (wrong != 0) std::cout << wrong << " of " << children << " children\n";
  std::cout << std::flush;
  std::_Exit(wrong == 0 ? 0 : 1);  // the parent has nothing to report
}
