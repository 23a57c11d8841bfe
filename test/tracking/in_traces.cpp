//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What a trace records of operations.
#include "trace/recorded.hpp"

#include <perf_timer.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include "started.hpp"

#include <optional>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(in_traces)

using namespace perf_timer::detail;
using perf_timer::test::rows;
using tracked::Started;

namespace {

/// A trace of the clock that Asio's operations have.
struct SteadyTrace {
  SteadyTrace() {
    perf_timer::start_trace({.memory = 1 << 16});
    start = recorded_trace().started;
  }
  SteadyTrace(const SteadyTrace&) = delete;
  SteadyTrace& operator=(const SteadyTrace&) = delete;
  ~SteadyTrace() { perf_timer::clear_trace(); }

  Ticks start;
};

std::vector<std::string> handlers() {
  std::vector<std::string> found;
  for (std::string& row : rows(recorded_trace()))
    if (row.find("handler") != std::string::npos) found.push_back(std::move(row));
  return found;
}

void check_handlers(const std::vector<std::string>& expected) {
  BOOST_TEST(handlers() == expected, boost::test_tools::per_element());
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(when_it_started_had_its_result_and_executed, SteadyTrace) {
  OperationSite site{"", false};
  Started(site, "async_traced", start + 10).end(OperationResult::success, start + 30, start + 40);
  Started(site, "async_traced", start + 50).end(OperationResult::failure, 0, start + 60);
  Started(site, "async_traced", start + 50).end(OperationResult::cancelled, start + 55, start + 70);
  Started(site, "traced", start + 70).end(OperationResult::success, 0, start + 80);
  check_handlers({"40 handler began as a step, started 10 ready 30", "40 handler ended",
                  "60 handler began as a step, started 50 ready 60 failed", "60 handler ended",
                  "70 handler began as a step, started 50 ready 70 cancelled", "70 handler ended",
                  "80 handler began as a step, started 70 ready 70 only executes",
                  "80 handler ended"});
}

BOOST_FIXTURE_TEST_CASE(on_whose_behalf, SteadyTrace) {
  perf_timer::AsioPerfTimer outer("outer", {.log = perf_timer::silent});
  perf_timer::AsioPerfTimer inner("inner", {.log = perf_timer::silent});
  OperationSite site{"", false};
  boost::asio::io_context context;
  boost::asio::post(perf_timer::instrument(context), [&] {
    const auto around = outer.measure();
    std::optional<Started> waits;
    {
      const auto run = inner.measure();
      Started(site, "async_of_a_run", 10).end(OperationResult::success, 0, start + 20);
      waits.emplace(site, "async_of_a_run", 10);
    }
    waits->end(OperationResult::success, 0, start + 30);  // the inner one is over
  });
  context.run();
  const auto found = handlers();
  const auto of = [&](const std::string& at) {
    for (const std::string& row : found)
      if (row.starts_with(at) && row.find(" of ") != row.npos) return row.substr(row.rfind(" of "));
    return std::string("nobody");
  };
  BOOST_TEST(of("20 handler began") == " of inner");
  BOOST_TEST(of("30 handler began") == " of outer");
}

BOOST_AUTO_TEST_CASE(nothing_without_a_trace_or_in_one_of_another_clock) {
  OperationSite site{"", false};
  Started(site, "async_traced", 10).end(OperationResult::success, 30, 40);
  BOOST_TEST(handlers().empty());
  const perf_timer::test::Traced of_another_clock;
  Started(site, "async_traced", 10).end(OperationResult::success, 30, 40);
  BOOST_TEST(handlers().empty());
}

BOOST_AUTO_TEST_SUITE_END()
