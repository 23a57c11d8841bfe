//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/sanitizers.hpp>
#include <perf_timer/detail/platform/wake_up.hpp>

#include "common/fork_safety.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

namespace perf_timer::test {
namespace {

using detail::WakeUp;
namespace utf = boost::unit_test;

/// Returns whether somebody sleeps until another thread wakes it.
[[nodiscard]] bool sleeps_until_woken(WakeUp& wake_up) {
  std::atomic<bool> is_woken{false};
  std::thread other([&] {
    is_woken = true;
    wake_up.wake();
  });
  wake_up.wait();
  const bool slept = is_woken;
  other.join();
  return slept;
}

// TSan doesn't support threads in a forked child.
BOOST_AUTO_TEST_CASE(in_the_child_of_a_fork_nobody_sleeps_and_nobody_was_woken,
                     *utf::enable_if<!detail::has_thread_sanitizer>() *
                         utf::precondition(forks_safely) *
                         utf::precondition(forks_beside_threads)) {
  WakeUp wake_up, woken;
  BOOST_TEST(sleeps_until_woken(wake_up));
  woken.wake();
  std::thread sleeper([&] { wake_up.wait(); });
  const ::pid_t child = ::fork();
  if (child == 0) {
    wake_up.after_fork_in_child();
    woken.after_fork_in_child();
    ::_exit(sleeps_until_woken(wake_up) && sleeps_until_woken(woken) ? 0 : 1);
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  BOOST_TEST(status == 0);
  wake_up.wake();
  sleeper.join();
}

}  // namespace
}  // namespace perf_timer::test
