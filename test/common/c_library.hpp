//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What C libraries differ in: preconditions of tests, and signals.
#pragma once

#include <perf_timer/detail/platform/backtrace.hpp>

#if __has_include(<dlfcn.h>)
#include <dlfcn.h>
#endif

#include <boost/test/unit_test.hpp>

#include <csignal>

namespace perf_timer::test {

/// The precondition of a test that looks for who called.
inline boost::test_tools::assertion_result knows_callers(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result result{detail::backtraces_have_callers};
  result.message() << "this C library has no backtraces";
  return result;
}

#if __has_include(<dlfcn.h>)
/// The precondition of a test that asks the dynamic linker.
inline boost::test_tools::assertion_result has_dynamic_linker(boost::unit_test::test_unit_id) {
  static const int something = 0;
  Dl_info info{};
  boost::test_tools::assertion_result result{::dladdr(&something, &info) != 0};
  result.message() << "a static program has no dynamic linker";
  return result;
}
#endif

#if !defined(_WIN32)
/// A signal that nobody uses, such as the seventh; macOS has two of these.
inline int signal_of_nobody(int number) {
#if defined(SIGRTMIN)
  return SIGRTMIN + number;
#else
  return number % 2 == 0 ? SIGIO : SIGINFO;
#endif
}
#endif

}  // namespace perf_timer::test
