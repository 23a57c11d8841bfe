//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/serve.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace {

BOOST_AUTO_TEST_CASE(serve) {
  perf_timer::ServiceOptions options;
  options.port = 0;
  const perf_timer::Service service = perf_timer::serve(options);
  const std::string address = "http://127.0.0.1:" + std::to_string(service.port()) + "/";
  BOOST_TEST(service.address() == address);
}

}  // namespace
