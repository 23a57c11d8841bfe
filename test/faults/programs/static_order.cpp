//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Static objects are constructed in the order of the command line, and destroyed in reverse order
// with work pending.
#include "common/manual_clock.hpp"

#include <perf_timer.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <iostream>
#include <span>
#include <string_view>

namespace asio = boost::asio;
using namespace perf_timer;
using Clock = test::ManualClock;

namespace {

// Constructed before <iostream>, and destroyed after everything else.
[[gnu::init_priority(101)]] BasicThreadPerfTimer<Clock> early{
    "early", {.observer = AverageObserver{}, .log = [](std::string_view line) {
                std::cout << "timer early" << line.substr(line.find(':')) << '\n';
              }}};

BasicAsioPerfTimer<Clock>* the_timer = nullptr;
asio::io_context* the_context = nullptr;

void make_timer() {
  static BasicAsioPerfTimer<Clock> timer{"static", {.observer = AverageObserver{}}};
  the_timer = &timer;
}

void make_context() {
  static asio::io_context context;
  the_context = &context;
}

void make_cout() {
  struct Cout {
    ~Cout() { std::cout << "cout\n"; }
  };
  static const Cout cout;
}

asio::awaitable<void> forever() {
  const auto run = the_timer->measure();
  asio::steady_timer never(*the_context, asio::steady_timer::time_point::max());
  co_await never.async_wait(asio::use_awaitable);
}

}  // namespace

int main(int count, char** arguments) {
  for (const std::string_view name :
       std::span(arguments, static_cast<std::size_t>(count)).subspan(1)) {
    if (name == "timer") make_timer();
    if (name == "context") make_context();
    if (name == "cout") make_cout();
  }
  early.observe(std::chrono::nanoseconds(5));
  if (the_timer) the_timer->observe(std::chrono::nanoseconds(5));
  if (!the_timer || !the_context) return 0;
  asio::co_spawn(instrument<Clock>(*the_context), forever(), asio::detached);
  the_context->poll();
  asio::post(the_timer->wrap(*the_context), [] {});
  asio::post(the_timer->wrap(asio::make_strand(*the_context)), [] {});
}
