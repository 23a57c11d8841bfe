//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <boost/test/unit_test.hpp>

#if defined(__SANITIZE_ADDRESS__)
#define PERF_TIMER_TEST_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PERF_TIMER_TEST_ASAN 1
#endif
#endif

namespace perf_timer::test {

/// The precondition of a test that forks while another thread allocates. AddressSanitizer of g++ 12
/// does not hold its allocator's lock over a fork, so the child may wait for that lock forever.
inline boost::test_tools::assertion_result forks_safely(boost::unit_test::test_unit_id) {
#ifdef PERF_TIMER_TEST_ASAN
  boost::test_tools::assertion_result skipped{false};
  skipped.message() << "AddressSanitizer doesn't hold its allocator's lock over a fork";
  return skipped;
#else
  return true;
#endif
}

}  // namespace perf_timer::test
