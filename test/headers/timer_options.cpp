//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/timer_options.hpp>

#include <boost/test/unit_test.hpp>

namespace {

BOOST_AUTO_TEST_CASE(timer_options) {
  const perf_timer::TimerOptions standard;
  BOOST_TEST(standard.enabled);
  BOOST_TEST(!standard.log);
  BOOST_TEST(standard.observer.make_state()->mergeable());

  bool logged = false;
  const perf_timer::TimerOptions options{.observer = perf_timer::Observer{},
                                         .log = [&](std::string_view) { logged = true; },
                                         .enabled = false};
  options.log("a line");
  BOOST_TEST(logged);
  BOOST_TEST(!options.enabled);
}

}  // namespace
