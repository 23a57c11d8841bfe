//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/table_options.hpp>

#include <boost/test/unit_test.hpp>

#include <sstream>

namespace {

BOOST_AUTO_TEST_CASE(table_options) {
  const perf_timer::TableOptions options{
      .sort = perf_timer::SortBy::name, .width = 80, .colour = true};
  BOOST_TEST((options.sort != perf_timer::TableOptions{}.sort));

  const std::ostringstream no_terminal;
  BOOST_TEST(perf_timer::TableOptions::of(no_terminal).width == 0u);
  BOOST_TEST(!perf_timer::TableOptions::of(no_terminal).colour);
  BOOST_TEST(!perf_timer::TableOptions::of(-1).colour);
}

}  // namespace
