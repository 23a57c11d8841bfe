//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Exceptions pass through the functions of the C++ library itself, which the linker must have left
// able to be unwound (cmake/windows.cmake).
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <stdexcept>
#include <streambuf>

namespace {

/// Has room for nothing. What writes to it is libstdc++'s.
struct Full : std::streambuf {
  int_type overflow(int_type) override { throw std::runtime_error("full"); }
};

BOOST_AUTO_TEST_SUITE(exceptions_through_the_library)

BOOST_AUTO_TEST_CASE(are_caught_by_a_stream) {
  Full full;
  std::ostream out(&full);
  out.write("text", 4);
  BOOST_TEST(out.bad());
}

BOOST_AUTO_TEST_CASE(pass_through_a_stream_that_throws) {
  Full full;
  std::ostream out(&full);
  out.exceptions(std::ios::badbit);
  BOOST_CHECK_THROW(out.write("text", 4), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
