//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Boost.Stacktrace takes its memory once in a process.
#include <perf_timer/instrument.hpp>
#include <perf_timer/stacktrace_symbols.hpp>
#include <perf_timer/stall_watch.hpp>

#include "common/child_process.hpp"
#include "common/fork_safety.hpp"
#include "live/stuck_thread.hpp"

#include <dlfcn.h>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

namespace {

std::atomic<int> states{0};
const int something = 0;

}  // namespace

extern "C" {
struct backtrace_state;
using ErrorCallback = void (*)(void*, const char*, int);

#ifdef LIBBACKTRACE_IS_STATIC
// The linker has Boost.Stacktrace call the first of these. The second is libbacktrace's.
backtrace_state* __wrap_backtrace_create_state(const char* file, int threaded,
                                               ErrorCallback on_error, void* data);
backtrace_state* __real_backtrace_create_state(const char* file, int threaded,
                                               ErrorCallback on_error, void* data);

backtrace_state* __wrap_backtrace_create_state(const char* file, int threaded,
                                               ErrorCallback on_error, void* data) {
  ++states;
  return __real_backtrace_create_state(file, threaded, on_error, data);
}
#else
/// Boost.Stacktrace calls this one, because the program comes before its libraries. It counts.
__attribute__((visibility("default"))) backtrace_state* backtrace_create_state(
    const char* file, int threaded, ErrorCallback on_error, void* data) {
  ++states;
  const auto real = reinterpret_cast<decltype(&backtrace_create_state)>(
      ::dlsym(RTLD_NEXT, "backtrace_create_state"));
  return real(file, threaded, on_error, data);
}
#endif
}

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;

/// Returns how many functions were found here. One is.
std::size_t find_one() {
  const void* const any = &something;
  return stacktrace_symbols({&any, 1}).size();
}

BOOST_AUTO_TEST_SUITE(symbol_thread)

BOOST_AUTO_TEST_CASE(watches_that_come_and_go_share_it) {
  for (int i = 0; i < 20; ++i) {
    Event told;
    const auto watch = watch_stalls({.longer_than = 1ms,
                                     .sink = [&](const Stall&) { told.happen(); },
                                     .symbols = stacktrace_symbols});
    StuckThread thread([](auto& context) { return instrument(context); });
    told.wait();  // then the watch has asked for symbols, too
  }
  BOOST_TEST(states == 1);
}

BOOST_AUTO_TEST_CASE(so_do_threads_that_ask_at_once) {
  std::atomic<std::size_t> found{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 10; ++n) found += find_one();
    });
  for (std::thread& thread : threads) thread.join();
  BOOST_TEST(found == 80u);
  BOOST_TEST(states == 1);
}

BOOST_AUTO_TEST_CASE(the_child_of_a_fork_has_its_own,
                     *boost::unit_test::precondition(forks_safely) *
                         boost::unit_test::precondition(forks_beside_threads)) {
  BOOST_TEST(find_one() == 1u);
  BOOST_TEST(output_of_child([] {
               ::alarm(120);
               std::printf("%d", find_one() == 1 && find_one() == 1 ? states.load() : 0);
               std::fflush(stdout);
               ::_exit(0);
             }) == "2");
  BOOST_TEST(find_one() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
