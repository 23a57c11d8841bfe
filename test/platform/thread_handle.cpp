//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/thread_handle.hpp>

#include "common/name_this_thread.hpp"
#include "common/waiting.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <thread>

namespace perf_timer::test {
namespace {

using detail::ThreadHandle;

BOOST_AUTO_TEST_SUITE(thread_handle)

BOOST_AUTO_TEST_CASE(each_thread_has_a_number) {
  std::uint64_t other = 0;
  std::thread([&] { other = ThreadHandle::current().id(); }).join();
  BOOST_TEST(other != 0u);
  BOOST_TEST(other != ThreadHandle::current().id());
  BOOST_TEST(ThreadHandle::current().id() == ThreadHandle::current().id());
}

BOOST_AUTO_TEST_CASE(others_see_its_name_and_its_processor_time) {
  ThreadHandle handle;
  Latch ready(1), done(1);
  std::thread thread([&] {
    name_this_thread("ledger");
    handle = ThreadHandle::current();
    while (handle.processor_time().value().count() == 0) {
    }
    ready.count_down();
    done.wait();
  });
  ready.wait();
  BOOST_TEST(std::string(handle.name().data()) == "ledger");
  BOOST_TEST(handle.processor_time().value().count() > 0);
  done.count_down();
  thread.join();
}

BOOST_AUTO_TEST_CASE(it_sees_its_own_name) {
  std::string name;
  std::thread([&] {
    name_this_thread("accounts");
    name = detail::this_thread_name().data();
  }).join();
  BOOST_TEST(name == "accounts");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
