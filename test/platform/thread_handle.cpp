//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/thread_handle.hpp>

#include "common/name_this_thread.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <csignal>
#include <latch>
#include <semaphore>
#include <string>
#include <thread>

#include <unistd.h>

namespace perf_timer::test {
namespace {

using detail::ThreadHandle;

std::atomic<std::uint64_t> signalled{0};

BOOST_AUTO_TEST_SUITE(thread_handle)

BOOST_AUTO_TEST_CASE(the_first_thread_has_the_number_of_its_process) {
  std::uint64_t other = 0;
  std::thread([&] { other = ThreadHandle::current().id(); }).join();
  BOOST_TEST(other != 0u);
  BOOST_TEST(other != ThreadHandle::current().id());
  BOOST_TEST(ThreadHandle::current().id() == static_cast<std::uint64_t>(::getpid()));
}

BOOST_AUTO_TEST_CASE(others_see_its_name_and_its_processor_time_and_send_it_a_signal) {
  struct sigaction action{}, before{};
  action.sa_handler = [](int) { signalled = ThreadHandle::current().id(); };
  ::sigaction(SIGUSR2, &action, &before);
  ThreadHandle handle;
  std::latch ready(1);
  std::binary_semaphore go_on(0);
  std::thread thread([&] {
    name_this_thread("ledger");
    handle = ThreadHandle::current();
    ready.count_down();
    while (signalled == 0) std::this_thread::yield();
    go_on.acquire();
  });
  ready.wait();
  BOOST_TEST(std::string(handle.name().data()) == "ledger");
  BOOST_TEST(handle.processor_time().value().count() > 0);
  BOOST_TEST(handle.send(SIGUSR2));
  while (signalled == 0) std::this_thread::yield();
  BOOST_TEST(signalled == handle.id());
  BOOST_TEST(signalled != ThreadHandle::current().id());
  go_on.release();
  thread.join();
  ::sigaction(SIGUSR2, &before, nullptr);
}

BOOST_AUTO_TEST_CASE(no_such_signal) { BOOST_TEST(!ThreadHandle::current().send(1000)); }

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
