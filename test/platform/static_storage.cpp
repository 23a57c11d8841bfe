//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/static_storage.hpp>

#include <boost/test/unit_test.hpp>

#include <iostream>
#include <memory>

namespace perf_timer::test {
namespace {

using detail::in_static_storage;

int zero_at_namespace_scope = 0;
int at_namespace_scope = 1;
thread_local int of_the_thread = 2;

BOOST_AUTO_TEST_SUITE(static_storage)

BOOST_AUTO_TEST_CASE(static_objects_have_it) {
  static int in_a_function = 3;
  BOOST_TEST(in_static_storage(&zero_at_namespace_scope));
  BOOST_TEST(in_static_storage(&at_namespace_scope));
  BOOST_TEST(in_static_storage(&in_a_function));
}

BOOST_AUTO_TEST_CASE(so_have_those_of_a_shared_library) {
  BOOST_TEST(in_static_storage(std::cout.rdbuf()));
}

BOOST_AUTO_TEST_CASE(other_objects_do_not) {
  int local = 0;
  BOOST_TEST(!in_static_storage(&local));
  BOOST_TEST(!in_static_storage(&of_the_thread));
  BOOST_TEST(!in_static_storage(std::make_unique<int>().get()));
  BOOST_TEST(!in_static_storage(nullptr));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
