//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/sanitizers.hpp>
#include <perf_timer/stall_watch.hpp>

#include "common/c_library.hpp"
#include "common/child_process.hpp"
#include "common/quiet_timer.hpp"
#include "live/stuck_thread.hpp"

#include <pthread.h>

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;

/// What a watch has told.
class Told {
 public:
  void operator()(const Stall& stall) {
    const std::lock_guard lock(mutex_);
    stalls_.push_back(stall);
    more_.notify_all();
  }
  /// Waits for a stall on a thread of this name that is over, or isn't.
  Stall wait_for(const std::string& thread_name, bool over = false) {
    std::unique_lock lock(mutex_);
    for (;;) {
      for (const Stall& stall : stalls_)
        if (stall.thread_name == thread_name && stall.over == over) return stall;
      more_.wait(lock);
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable more_;
  std::vector<Stall> stalls_;
};

const auto instrumented = [](auto& context) { return instrument(context); };

StallWatchOptions telling(Told& told) {
  return {.longer_than = 20ms, .sink = [&](const Stall& stall) { told(stall); }};
}

BOOST_AUTO_TEST_SUITE(stall_watch)

BOOST_AUTO_TEST_CASE(tells_a_stall_while_it_lasts_and_when_it_is_over) {
  Told told;
  const auto watch = watch_stalls(telling(told));
  StuckThread thread(instrumented, "stuck");
  const Stall stall = told.wait_for("stuck");
  BOOST_TEST((stall.lasted >= 20ms));
  thread.go_on();
  BOOST_TEST((told.wait_for("stuck", true).lasted >= stall.lasted));
}

BOOST_AUTO_TEST_CASE(goes_on_where_it_is_moved) {
  Told told;
  std::optional<StallWatch> first(watch_stalls(telling(told)));
  StallWatch second(std::move(*first));
  first.reset();
  StallWatch third = watch_stalls({.sink = [](const Stall&) {}});
  third = std::move(second);
  StuckThread thread(instrumented, "moved");
  BOOST_TEST(!told.wait_for("moved").over);
}

BOOST_AUTO_TEST_CASE(two_may_watch_at_once) {
  Told one, other;
  const auto first = watch_stalls(telling(one));
  const auto second = watch_stalls(telling(other));
  StuckThread thread(instrumented, "twice");
  BOOST_TEST(one.wait_for("twice").timers == other.wait_for("twice").timers);
}

BOOST_AUTO_TEST_CASE(goes_on_if_its_sink_throws) {
  Told told;
  Event has_thrown;
  StallWatchOptions options = telling(told);
  options.sink = [&](const Stall& stall) {
    told(stall);
    if (stall.thread_name != "thrown at") return;
    has_thrown.happen();
    throw std::runtime_error("not now");
  };
  const auto watch = watch_stalls(std::move(options));
  StuckThread first(instrumented, "thrown at");
  has_thrown.wait();
  StuckThread second(instrumented, "told");
  BOOST_TEST(!told.wait_for("told").over);
}

/// What holds up who tells, until it may go on.
class HoldUp {
 public:
  void operator()() {
    has_begun_.happen();
    may_go_on_.wait();
  }
  void wait() { has_begun_.wait(); }
  void end() { may_go_on_.happen(); }

 private:
  Event has_begun_, may_go_on_;
};

/// While who tells is held up, a step blocks its thread, and ends. Returns what is told of that
/// later. A stall is counted when it is seen.
template <class Where>
Stall told_late(Where where) {
  QuietTimer<std::chrono::steady_clock> timer("seen");
  Told told;
  HoldUp hold_up;
  StallWatchOptions options = telling(told);
  where(options, hold_up);
  const auto watch = watch_stalls(std::move(options));
  StuckThread first(instrumented, "first");
  hold_up.wait();
  StuckThread second([&](auto& context) { return timer.wrap(context); }, "second");
  while (timer.snapshot().stalls == 0) std::this_thread::yield();
  second.go_on();
  hold_up.end();
  BOOST_TEST(told.wait_for("second").timers.size() == 1u);
  return told.wait_for("second", true);
}

BOOST_AUTO_TEST_CASE(a_sink_that_takes_long_keeps_no_stall_from_being_seen) {
  BOOST_TEST(told_late([](StallWatchOptions& options, HoldUp& hold_up) {
               options.sink = [sink = options.sink, &hold_up](const Stall& stall) {
                 if (stall.thread_name == "first") hold_up();
                 sink(stall);
               };
             }).over);
}

BOOST_AUTO_TEST_CASE(nor_do_symbols_that_take_long_to_find) {
  BOOST_TEST(told_late([](StallWatchOptions& options, HoldUp& hold_up) {
               options.symbols = [&](std::span<const void* const> addresses) {
                 hold_up();
                 return std::vector<StackFrame>(addresses.size());
               };
             }).over);
}

/// A step reads from a pipe, is told as a stall, and gets its byte. Returns whether it was
/// interrupted meanwhile: a thread that gets no processor in time isn't.
bool read_while_watched() {
  std::array<int, 2> ends{};
  BOOST_REQUIRE(::pipe(ends.data()) == 0);
  Told told;
  char received = 0;
  ssize_t result = 0;
  bool interrupted = false;
  {
    const auto watch = watch_stalls(telling(told));
    StuckThread thread(instrumented, [&] { result = ::read(ends[0], &received, 1); }, "reads");
    interrupted = !told.wait_for("reads").frames.empty();
    BOOST_TEST(::write(ends[1], "x", 1) == 1);
  }
  BOOST_TEST(result == 1);
  BOOST_TEST(received == 'x');
  for (const int end : ends) ::close(end);
  return interrupted;
}

BOOST_AUTO_TEST_CASE(leaves_a_blocking_read_alone) {
  // TSan keeps signals back while a thread reads.
  while (!read_while_watched() && !detail::has_thread_sanitizer) {
  }
}

BOOST_AUTO_TEST_CASE(a_late_signal_does_no_harm_when_no_watch_is_left) {
  Event may_go_on;
  std::atomic<bool> is_deaf = false;
  StuckThread thread(
      instrumented,
      [&] {
        sigset_t all, before;
        sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before);
        is_deaf = true;
        may_go_on.wait();
        ::pthread_sigmask(SIG_SETMASK, &before, nullptr);  // the signal comes now
      },
      "late");
  while (!is_deaf) std::this_thread::yield();
  {
    Told told;
    const auto watch = watch_stalls(telling(told));
    BOOST_TEST(told.wait_for("late").unexplained != "");
  }
  may_go_on.happen();
  thread.go_on();
}

BOOST_AUTO_TEST_CASE(tells_runs_that_do_not_end) {
  QuietTimer<std::chrono::steady_clock> timer("does not end");
  Event told, ended;
  StallWatchOptions options{.longer_than = 1h, .open_longer_than = 4ms};
  options.sink = [&](const Stall& stall) {
    if (stall.open_run && stall.open_run->name == "does not end")
      stall.over ? ended.happen() : told.happen();
  };
  auto run = timer.start();
  const auto watch = watch_stalls(std::move(options));
  told.wait();
  run.stop();
  ended.wait();
}

BOOST_AUTO_TEST_CASE(refuses_what_makes_no_sense) {
  BOOST_CHECK_THROW(static_cast<void>(watch_stalls({.most_per_minute = 0})), std::invalid_argument);
  for (const auto open : {-1ns, 1ns, 999'999ns})
    BOOST_CHECK_THROW(static_cast<void>(watch_stalls({.open_longer_than = open})),
                      std::invalid_argument);
  for (const auto longer_than : {0ns, -1ns, 999'999ns})
    BOOST_CHECK_THROW(static_cast<void>(watch_stalls({.longer_than = longer_than})),
                      std::invalid_argument);
  for (const int signal : {SIGSEGV, SIGKILL, 1000, -1})
    BOOST_CHECK_THROW(static_cast<void>(watch_stalls({.signal = signal})), std::invalid_argument);
  struct sigaction ignored{}, before{};
  ignored.sa_handler = SIG_IGN;
  ::sigaction(SIGUSR2, &ignored, &before);
  BOOST_CHECK_EXCEPTION(
      static_cast<void>(watch_stalls({.signal = SIGUSR2})), std::invalid_argument,
      [](auto& e) { return std::string(e.what()).starts_with("watch_stalls: signal "); });
  ::sigaction(SIGUSR2, &before, nullptr);
}

BOOST_AUTO_TEST_CASE(a_signal_is_not_taken_if_nobody_is_asked) {
  struct sigaction now{};
  const int signal = signal_of_nobody(7);
  {
    const auto watch = watch_stalls({.ask = false, .signal = signal});
  }
  ::sigaction(signal, nullptr, &now);
  BOOST_TEST((now.sa_handler == SIG_DFL));
}

// TSan doesn't support threads in a forked child.
BOOST_AUTO_TEST_CASE(the_child_of_a_fork_can_watch_anew,
                     *boost::unit_test::enable_if<!detail::has_thread_sanitizer>()) {
  Told told;
  std::optional<StallWatch> watch(watch_stalls(telling(told)));
  StuckThread thread(instrumented, "parent's");
  static_cast<void>(told.wait_for("parent's"));
  BOOST_TEST(output_of_child([&] {
               ::alarm(60);
               watch.reset();  // has no thread here
               Told mine;
               const auto own = watch_stalls(telling(mine));
               StuckThread another(instrumented, "child's");
               static_cast<void>(mine.wait_for("child's"));
               ::_exit(0);
             }) == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
