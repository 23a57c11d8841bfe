//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/thread_stack.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <thread>

namespace perf_timer::test {
namespace {

using detail::on_this_stack;

int at_namespace_scope = 0;

void check_where_objects_live() {
  int local = 0;
  BOOST_TEST(on_this_stack(&local));
  BOOST_TEST(!on_this_stack(std::make_unique<int>().get()));
  BOOST_TEST(!on_this_stack(&at_namespace_scope));
  BOOST_TEST(!on_this_stack(nullptr));
}

/// Recurses as deep as a program may.
bool deep_down(int depth) {
  volatile char frame[1000];
  frame[0] = 0;
  const bool here = on_this_stack(const_cast<const char*>(frame));
  return depth == 0 ? here : deep_down(depth - 1) && here;
}

BOOST_AUTO_TEST_SUITE(thread_stack)

BOOST_AUTO_TEST_CASE(locals_live_on_it_and_nothing_else) { check_where_objects_live(); }

BOOST_AUTO_TEST_CASE(every_thread_has_its_own) {
  int local = 0;
  bool others = true;
  std::thread([&] {
    check_where_objects_live();
    others = on_this_stack(&local);
  }).join();
  BOOST_TEST(!others);
}

BOOST_AUTO_TEST_CASE(however_deep) { BOOST_TEST(deep_down(500)); }

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
