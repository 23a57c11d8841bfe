//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/backtrace.hpp>
#include <perf_timer/detail/platform/code_place.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <ios>
#include <sstream>
#include <string>

namespace perf_timer::test {
namespace {

void has_no_name() {}

BOOST_AUTO_TEST_SUITE(linked_name)

// The dynamic linker knows exported names only, and a static program has none.
BOOST_AUTO_TEST_CASE(of_what_has_no_name_is_the_file_and_the_place_in_it) {
  detail::CodePlace place{.address = reinterpret_cast<const void*>(&has_no_name)};
  detail::find_code({&place, 1});
  std::ostringstream expected;
  expected << place.file_name() << "+0x" << std::hex << place.offset;
  BOOST_TEST(place.file_name() != "");
  BOOST_TEST(detail::linked_name(place.address) == expected.str());
}

BOOST_AUTO_TEST_CASE(of_what_is_in_no_file_is_the_address) {
  BOOST_TEST(detail::linked_name(reinterpret_cast<const void*>(std::uintptr_t{0x10})) == "0x10");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
