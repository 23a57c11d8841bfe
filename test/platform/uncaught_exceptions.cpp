//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/uncaught_exceptions.hpp>

#include <boost/test/unit_test.hpp>

#include <exception>
#include <thread>

namespace perf_timer::test {
namespace {

void check_here(int expected) {
  BOOST_TEST(detail::uncaught_exceptions() == expected);
  BOOST_TEST(detail::uncaught_exceptions_here() == expected);
  BOOST_TEST(std::uncaught_exceptions() == expected);
}

/// Unwinding destroys it. Its destructor then throws and catches another exception.
struct Unwound {
  ~Unwound() {
    check_here(outer);
    try {
      const Inner inner{outer + 1};
      throw 2;
    } catch (int) {
      check_here(outer);
    }
  }
  struct Inner {
    ~Inner() { check_here(expected); }
    int expected;
  };
  int outer;
};

BOOST_AUTO_TEST_SUITE(uncaught_exceptions)

BOOST_AUTO_TEST_CASE(counts_exceptions_inside_exceptions) {
  check_here(0);
  try {
    const Unwound unwound{1};
    throw 1;
  } catch (int) {
    check_here(0);
  }
  check_here(0);
}

BOOST_AUTO_TEST_CASE(each_thread_counts_its_own) {
  struct AnotherThread {
    ~AnotherThread() {
      check_here(1);
      std::thread([] { check_here(0); }).join();
    }
  };
  try {
    const AnotherThread unwound;
    throw 1;
  } catch (int) {
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
