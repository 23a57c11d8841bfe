//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/html_page.hpp>

#include <boost/test/unit_test.hpp>

namespace {

BOOST_AUTO_TEST_CASE(html_page) {
  const std::string_view page = perf_timer::html_page();
  BOOST_TEST(page.find("perf.json") != page.npos);
}

}  // namespace
