//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What only Windows has: names of any length and fibers that hide the thread's stack.
#include <perf_timer/detail/platform/thread_name.hpp>
#include <perf_timer/detail/platform/thread_stack.hpp>

#include "common/name_this_thread.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <thread>

namespace perf_timer::test {
namespace {

std::string name_of_one_named(const wchar_t* name) {
  std::string seen;
  std::thread([&] {
    set_thread_description(name);
    seen = detail::this_thread_name().data();
  }).join();
  return seen;
}

BOOST_AUTO_TEST_SUITE(windows_threads)

BOOST_AUTO_TEST_CASE(a_long_name_is_cut_behind_a_character) {
  BOOST_TEST(name_of_one_named(L"") == "");
  BOOST_TEST(name_of_one_named(L"abcdefghijklmno") == "abcdefghijklmno");
  BOOST_TEST(name_of_one_named(L"abcdefghijklmnop") == "abcdefghijklmno");
  BOOST_TEST(name_of_one_named(L"abcdefghijklmn\u00e9") == "abcdefghijklmn");
  BOOST_TEST(name_of_one_named(L"abcdefghijklm\u00e9") == "abcdefghijklm\xc3\xa9");
  BOOST_TEST(name_of_one_named(std::wstring(500, L'x').c_str()) == std::string(15, 'x'));
  BOOST_TEST(name_of_one_named(std::wstring(2000, L'x').c_str()) == "");  // too long to be read
}

/// What a fiber finds out of its own locals, and of those of the thread that it is on.
struct OnFiber {
  const int* of_thread;
  void* thread;
  bool own = true, outer = false;
};

void WINAPI on_fiber(void* parameter) {
  auto& found = *static_cast<OnFiber*>(parameter);
  int local = 0;
  found.own = detail::on_this_stack(&local);
  found.outer = detail::on_this_stack(found.of_thread);
  ::SwitchToFiber(found.thread);
}

BOOST_AUTO_TEST_CASE(a_fibers_stack_is_not_the_threads_even_if_it_asks_first) {
  OnFiber found{};
  std::thread([&] {
    int local = 0;
    found.of_thread = &local;
    found.thread = ::ConvertThreadToFiber(nullptr);
    void* const fiber = ::CreateFiber(0, &on_fiber, &found);
    ::SwitchToFiber(fiber);
    ::DeleteFiber(fiber);
    ::ConvertFiberToThread();
  }).join();
  BOOST_TEST(!found.own);
  BOOST_TEST(found.outer);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
