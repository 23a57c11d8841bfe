//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What a stuck thread tells names the function that blocks it, whatever is in between.
#include <perf_timer/detail/live/stall_detector.hpp>
#include <perf_timer/stacktrace_symbols.hpp>

#include "common/name_this_thread.hpp"
#include "common/quiet_timer.hpp"
#include "live/stuck_thread.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

/// The frame whose function has that in its name; one of nothing if there is none.
StackFrame find(const Stall& stall, std::string_view function) {
  const auto found = std::ranges::find_if(stall.frames, [&](const StackFrame& frame) {
    return frame.function.find(function) != std::string::npos;
  });
  return found != stall.frames.end() ? *found : StackFrame{};
}

/// Returns the stall of a step that lasts already. The thread may still be on its way to the
/// function in which it is going to be stuck, so it is asked until it is there.
Stall stall_of(std::string_view thread_name, std::string_view function) {
  for (detail::Ticks now = detail::steady_now();; now += 200'000'000) {
    detail::StallDetector watch({.symbols = stacktrace_symbols}, 60s);
    for (Stall& stall :
         watch.look([&] { return now; })) {  // of what any watch has seen for long enough
      watch.name_frames(stall);
      if (stall.thread_name == thread_name && !find(stall, function).function.empty())
        return std::move(stall);
    }
  }
}

asio::awaitable<void> blocking_session(Event& began, Event& until) {
  co_await asio::post(asio::use_awaitable);
  began.happen();
  blocks_its_thread(until);
}

PERF_TIMER_NOINLINE void spins_until(const std::atomic<bool>& enough) {
  while (!enough) {
  }
}

BOOST_AUTO_TEST_SUITE(stall_backtrace)

BOOST_AUTO_TEST_CASE(has_the_function_that_blocks) {
  StuckThread thread([](auto& context) { return instrument(context); }, "blocks");
  const Stall stall = stall_of("blocks", "blocks_its_thread");
  const StackFrame frame = find(stall, "blocks_its_thread");
  BOOST_TEST(frame.file.ends_with("stuck_thread.hpp"));
  BOOST_TEST(frame.line > 0u);
  BOOST_TEST(find(stall, "on_question").function == "");  // the signal's handler isn't in it
  BOOST_TEST(find(stall, "backtrace_here").function == "");
}

BOOST_AUTO_TEST_CASE(begins_with_the_function_that_computes) {
  std::atomic<bool> enough = false;
  StuckThread thread([](auto& context) { return instrument(context); },
                     [&] { spins_until(enough); }, "computes");
  const Stall stall = stall_of("computes", "spins_until");
  enough = true;
  BOOST_TEST(find(stall, "spins_until").file.ends_with("stall_backtrace.cpp"));
}

BOOST_AUTO_TEST_CASE(has_the_coroutine_that_blocks) {
  QuietTimer<std::chrono::steady_clock> timer("GET /blocking");
  Event began, until;
  asio::io_context context;
  asio::co_spawn(timer.wrap(context), blocking_session(began, until), asio::detached);
  std::thread thread([&] {
    name_this_thread("coroutine");
    context.run();
  });
  began.wait();
  const Stall stall = stall_of("coroutine", "blocks_its_thread");
  until.happen();
  thread.join();
  BOOST_TEST(find(stall, "blocking_session").file.ends_with("stall_backtrace.cpp"));
  std::ostringstream text;
  text << stall;
  BOOST_TEST(text.str().find("it is a run of \"GET /blocking\"") != std::string::npos);
  BOOST_TEST(text.str().find("blocking_session") != std::string::npos);
  BOOST_TEST(text.str().find("called by boost::asio::") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
