//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// More operations than a program may have. What is started after this has no names, so it comes
// after the tests that need them.
#include <perf_timer/detail/tracking/operation_location.hpp>
#include <perf_timer/operations.hpp>
#include <perf_timer/table_options.hpp>
#include <perf_timer/write_operations.hpp>

#include <boost/test/unit_test.hpp>

#include "started.hpp"

#include <cstdint>
#include <deque>
#include <sstream>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(too_many)

using perf_timer::OperationSnapshot;
using namespace perf_timer::detail;

namespace {

void start_and_end(OperationSite& site, const char* name) {
  tracked::Started(site, name, 1000).end(OperationResult::success, 1001, 1002);
}

/// Starts and ends an operation of this name, at a place of its own.
void start_and_end(const char* name) {
  static std::deque<OperationSite> sites;
  start_and_end(sites.emplace_back("", false), name);
}

/// The addresses of both grow in step from one operation to the next. The table must not take them
/// for alike: it would be full too soon.
struct NamedSite {
  OperationSite site{"", false};
  std::string name{};
};

std::uint64_t all_counted() {
  std::uint64_t all = 0;
  for (const OperationSnapshot& one : perf_timer::operations()) all += one.count;
  return all;
}

std::uint64_t counted(std::string_view name) {
  for (const OperationSnapshot& one : perf_timer::operations())
    if (one.operation == name) return one.count;
  return 0;
}

}  // namespace

BOOST_AUTO_TEST_CASE(those_beyond_are_counted_together) {
  static std::deque<NamedSite> named;
  constexpr std::uint64_t started = 1100;
  const std::uint64_t before = all_counted();
  for (std::uint64_t i = 0; i < started; ++i) {
    NamedSite& one = named.emplace_back();
    one.name = "async_" + std::to_string(i);
    start_and_end(one.site, one.name.c_str());
  }
  BOOST_TEST(all_counted() == before + started);
  BOOST_TEST(counted("other") >= started - 1000);
  BOOST_TEST(perf_timer::operations().size() <= 1001u);
}

// The due time of a timer isn't taken for a step with which its handler goes on.
BOOST_AUTO_TEST_CASE(what_a_handler_of_one_beyond_starts_is_counted_too) {
  const std::uint64_t others = counted("other");
  OperationSite site{"", false};
  const tracked::Started timer(site, "async_beyond", 1000, 12'345);
  OperationCompletion completion(timer);
  completion.begin(OperationResult::success, 20'000);
  {
    const OperationLocation here("/boost/asio/impl/read.hpp", 7, "async_read");
    start_and_end("async_beyond_too");
  }
  completion.end(20'001);
  BOOST_TEST(counted("other") == others + 2);
}

// An operation can have more places than there is room for. Those that are known go on as before.
BOOST_AUTO_TEST_CASE(places_beyond_are_counted_as_other) {
  OperationSite known{"", false};
  const char* const name = "async_0";
  const auto start_known = [&] {
    tracked::Started(known, name, 1000).end(OperationResult::success, 1001, 1002);
  };
  start_known();
  const std::uint64_t before = all_counted(), others = counted("other");
  constexpr std::uint64_t room = 8192;
  std::uint64_t started = 0;
  while (counted("other") == others && started <= room)
    for (int i = 0; i < 64; ++i, ++started) start_and_end(name);
  BOOST_TEST(started > room / 8);  // it depends on addresses how well the table is filled
  BOOST_TEST(started <= room);
  BOOST_TEST(all_counted() == before + started);

  const std::uint64_t so_far = counted(name), others_so_far = counted("other");
  start_and_end(name);
  BOOST_TEST(counted("other") == others_so_far + 1);
  start_known();
  BOOST_TEST(counted(name) == so_far + 1);
}

BOOST_AUTO_TEST_CASE(the_table_says_that_it_is_full) {
  std::ostringstream table;
  perf_timer::write_operations(table, perf_timer::TableOptions{.most_operations = 0});
  BOOST_TEST(table.str().find("\nother: ") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
