//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/operations.hpp>

#include <boost/test/unit_test.hpp>

#include <vector>

namespace {

BOOST_AUTO_TEST_CASE(operations) {
  // Nothing is tracked here.
  const std::vector<perf_timer::OperationSnapshot> none = perf_timer::operations();
  BOOST_TEST(none.empty());
  const perf_timer::OperationSnapshot read{.object = "socket", .operation = "async_read_some"};
  BOOST_TEST((read == perf_timer::OperationSnapshot{read}));
  BOOST_TEST((read != perf_timer::OperationSnapshot{.count = 1}));
}

}  // namespace
