//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/sanitizers.hpp>

#include <boost/test/unit_test.hpp>

namespace perf_timer::test {

/// The precondition of a test that forks while another thread allocates. AddressSanitizer of g++ 12
/// does not hold its allocator's lock over a fork, so the child may wait for that lock forever.
inline boost::test_tools::assertion_result forks_safely(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result result{!detail::has_address_sanitizer};
  result.message() << "AddressSanitizer doesn't hold its allocator's lock over a fork";
  return result;
}

/// The precondition of a test that forks beside a thread of which the child needs something.
inline boost::test_tools::assertion_result forks_beside_threads(boost::unit_test::test_unit_id) {
#ifdef PERF_TIMER_EMULATOR
  boost::test_tools::assertion_result result{false};
  result.message() << "qemu-user can't start threads in a child that was forked beside threads";
  return result;
#else
  return {true};
#endif
}

}  // namespace perf_timer::test
