//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// More operations than a program may have. What is started after this has no names, so it comes
// after the tests that need them.
#include <perf_timer/detail/tracking/operation_completion.hpp>
#include <perf_timer/detail/tracking/tracked_operation.hpp>
#include <perf_timer/operations.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <deque>
#include <string>

BOOST_AUTO_TEST_SUITE(too_many)

using perf_timer::OperationSnapshot;
using namespace perf_timer::detail;

BOOST_AUTO_TEST_CASE(those_beyond_are_counted_together) {
  static std::deque<OperationSite> sites;
  static std::deque<std::string> names;
  constexpr std::uint64_t started = 1100;
  std::uint64_t before = 0;
  for (const OperationSnapshot& one : perf_timer::operations()) before += one.count;
  for (std::uint64_t i = 0; i < started; ++i) {
    struct Started : TrackedOperation {};
    Started operation;
    operation.tracked_start(sites.emplace_back("", false), "socket",
                            names.emplace_back("async_" + std::to_string(i)).c_str(), 1000, 0);
    operation.tracked_ready(1001);
    OperationCompletion completion(operation);
    completion.begin(OperationResult::success, 1002);
    completion.end(1003);
  }
  std::uint64_t all = 0, other = 0;
  const auto operations = perf_timer::operations();
  for (const OperationSnapshot& one : operations) {
    all += one.count;
    if (one.operation == "other") other = one.count;
  }
  BOOST_TEST(all == before + started);
  BOOST_TEST(other >= started - 1000);
  BOOST_TEST(operations.size() <= 1001u);
}

BOOST_AUTO_TEST_SUITE_END()
