//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// How threads are asked by a signal, and what a program can do to that.
#include <perf_timer/detail/live/stall_detector.hpp>
#include <perf_timer/detail/platform/sanitizers.hpp>
#include <perf_timer/detail/platform/thread_questions.hpp>
#include <perf_timer/running_steps.hpp>
#include <perf_timer/stall_watch.hpp>

#include "common/c_library.hpp"
#include "common/child_process.hpp"
#include "common/fork_safety.hpp"
#include "common/quiet_timer.hpp"
#include "live/manual_watch.hpp"
#include "live/stuck_thread.hpp"
#include "live/told.hpp"

#include <pthread.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Timer = QuietTimer<std::chrono::steady_clock>;

BOOST_AUTO_TEST_SUITE(question_signal)

/// A step that takes no signal until the test says so.
class Deaf {
 public:
  Deaf() {
    sigset_t all;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~Deaf() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  /// Waits until this thread would have been interrupted.
  static void wait_until_asked() {
    for (sigset_t pending;; std::this_thread::yield()) {
      sigpending(&pending);
      if (sigismember(&pending, detail::default_question_signal()) == 1) return;
    }
  }

 private:
  sigset_t before_;
};

// Each answers when both have been asked. So nobody waits for one answer before the next question.
BOOST_AUTO_TEST_CASE(all_are_asked_before_anybody_must_answer) {
  Watch watch({}, 10s);
  Event is_asked[2], is_deaf[2], may_go_on;
  const auto answers_after = [&](Event& other, Event& mine, Event& deaf) {
    return [&] {
      {
        const Deaf here;
        deaf.happen();
        Deaf::wait_until_asked();
        mine.happen();
        other.wait();
      }
      may_go_on.wait();
    };
  };
  StuckThread a(instrumented, answers_after(is_asked[1], is_asked[0], is_deaf[0]), "a");
  StuckThread b(instrumented, answers_after(is_asked[0], is_asked[1], is_deaf[1]), "b");
  for (Event& deaf : is_deaf) deaf.wait();
  const auto stalls = watch.look_at_each({0, 100 * ms});
  may_go_on.happen();
  BOOST_REQUIRE(stalls.size() == 2u);
  for (const Stall& stall : stalls) BOOST_TEST(stall.unexplained == "");
}

BOOST_AUTO_TEST_CASE(a_step_that_ends_before_its_thread_answers) {
  Watch watch;
  Event is_deaf, has_ended;
  std::optional<Deaf> deaf;
  asio::io_context* its = nullptr;
  StuckThread thread(
      [&](auto& context) {
        its = &context;
        return instrument(context);
      },
      [&] {
        deaf.emplace();
        asio::post(*its, [&] { deaf.reset(); });  // in no step
        is_deaf.happen();
        Deaf::wait_until_asked();
      },
      "ends");
  is_deaf.wait();
  const auto stalls = watch.look_at_each({0, 100 * ms});
  BOOST_REQUIRE(stalls.size() == 1u);
  BOOST_TEST(stalls[0].over);
  BOOST_TEST(!stalls[0].on_processor.has_value());
  BOOST_TEST(stalls[0].unexplained == "it ended before its thread could be asked");
  BOOST_TEST(watch.look(200 * ms).empty());
}

BOOST_AUTO_TEST_CASE(a_signal_that_the_program_takes_over_is_not_sent) {
  const int signal = signal_of_nobody(5);
  Watch watch({.signal = signal});
  static std::atomic<int> caught{0};
  struct sigaction mine{}, before{};
  mine.sa_handler = [](int) { ++caught; };
  ::sigaction(signal, &mine, &before);
  StuckThread thread(instrumented);
  const auto stall = watch.look_at_each({0, 100 * ms}).at(0);
  BOOST_TEST(stall.frames.empty());
  BOOST_TEST(stall.unexplained == "signal " + std::to_string(signal) +
                                      " can't be sent: the program has taken it, or too many "
                                      "signals are pending");
  BOOST_TEST(caught == 0);
  ::sigaction(signal, &before, nullptr);
}

/// The steps of threads with that name.
std::vector<RunningStep> steps_of(const std::string& thread_name) {
  std::vector<RunningStep> steps = running_steps();
  std::erase_if(steps, [&](const RunningStep& step) { return step.thread_name != thread_name; });
  return steps;
}

BOOST_AUTO_TEST_CASE(a_signal_of_the_programs_is_refused) {
  struct sigaction mine{}, before{}, after{};
  mine.sa_handler = [](int) {};
  ::sigaction(SIGUSR2, &mine, &before);
  BOOST_CHECK_EXCEPTION(
      static_cast<void>(running_steps({.signal = SIGUSR2})), std::invalid_argument, [](auto& e) {
        return std::string(e.what()) == "running_steps: signal " + std::to_string(SIGUSR2) +
                                            " is used by the program; give one that nobody uses, "
                                            "such as SIGRTMIN + 4";
      });
  ::sigaction(SIGUSR2, &before, &after);
  BOOST_TEST((after.sa_handler == mine.sa_handler));
  for (const int wrong : {SIGSEGV, SIGKILL, 1000, -1})
    BOOST_CHECK_THROW(static_cast<void>(running_steps({.signal = wrong})), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(a_thread_that_blocks_the_signal_stays_unexplained) {
  Timer ledger("ledger");
  Event may_go_on;
  const auto wrap = [&](auto& context) { return ledger.wrap(context); };
  StuckThread thread(
      wrap,
      [&] {
        sigset_t all;
        sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, nullptr);
        may_go_on.wait();
        sigemptyset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, nullptr);  // and then the signal comes
      },
      "deaf");
  while (steps_of("deaf").at(0).explained) {  // until it has blocked them
  }
  BOOST_TEST(!steps_of("deaf").at(0).explained);
  StuckThread another(wrap, "hears");
  BOOST_TEST(steps_of("hears").at(0).explained);
  may_go_on.happen();
  thread.go_on();
  BOOST_TEST(steps_of("hears").at(0).explained);
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

BOOST_AUTO_TEST_CASE(a_watch_refuses_a_signal_of_the_programs) {
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
                     *boost::unit_test::enable_if<!detail::has_thread_sanitizer>() *
                         boost::unit_test::precondition(forks_beside_threads)) {
  Told told;
  std::optional<StallWatch> watch(watch_stalls(telling(told)));
  StuckThread thread(instrumented, "parent's");
  static_cast<void>(told.wait_for("parent's"));
  BOOST_TEST(output_of_child([&] {
               ::alarm(120);
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
