//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/tracking/merge_operations.hpp>

#include <perf_timer/histogram_observer.hpp>

#include "snapshots.hpp"

#include <boost/test/unit_test.hpp>

#include <initializer_list>
#include <memory>
#include <optional>
#include <vector>

namespace perf_timer::test {
namespace {

DurationSummary observed(std::initializer_list<std::chrono::nanoseconds> samples) {
  const auto state = HistogramObserver{}.make_state();
  state->add(std::vector(samples));
  return state->summary();
}

BOOST_AUTO_TEST_SUITE(merge_operations)

BOOST_AUTO_TEST_CASE(all_that_is_counted_is_added) {
  const OperationSnapshot one{.object = "socket",
                              .count = 1,
                              .failed = 2,
                              .cancelled = 3,
                              .dropped = 4,
                              .open = 5,
                              .waiting = observed({1us}),
                              .queued = observed({2us}),
                              .busy = observed({3us})};
  OperationSnapshot sum{.object = "pipe", .count = 10};
  detail::merge(sum, one);
  detail::merge(sum, one);
  BOOST_TEST(sum.object == "pipe");
  BOOST_TEST(sum.count == 12u);
  BOOST_TEST(sum.failed == 4u);
  BOOST_TEST(sum.cancelled == 6u);
  BOOST_TEST(sum.dropped == 8u);
  BOOST_TEST(sum.open == 10u);
  BOOST_CHECK(sum.waiting.total == 2us && sum.queued.total == 4us && sum.busy.total == 6us);
}

BOOST_AUTO_TEST_CASE(calls_are_known_if_all_steps_say_so) {
  using Calls = std::optional<std::uint64_t>;
  const struct {
    OperationSnapshot to, from;
    Calls calls;
  } rows[] = {
      {{.count = 5, .calls = 2}, {.count = 4, .calls = 3}, 5},
      {{.count = 5, .calls = 2}, {.count = 4, .calls = 0}, 2},
      {{.count = 5, .calls = 2}, {.count = 4}, {}},
      {{.count = 5}, {.count = 4, .calls = 3}, {}},
      {{.count = 5, .calls = 2}, {.open = 4}, 2},  // none of these has ended
      {{}, {.count = 4, .calls = 3}, 3},
      {{}, {}, {}},
  };
  for (const auto& [to, from, calls] : rows) {
    OperationSnapshot sum = to;
    detail::merge(sum, from);
    BOOST_CHECK(sum.calls == calls);
  }
}

BOOST_AUTO_TEST_CASE(steps_become_what_the_program_started) {
  const auto other = step_of("socket", "async_receive", 99, observed({7us}));
  auto elsewhere = step_of("socket", "async_receive", 41, observed({8us}));
  elsewhere.file = "other.cpp";
  const auto started = detail::started_operations(
      std::vector{step_of("socket", "async_receive", 41, observed({1us, 3us})),
                  OperationSnapshot{.object = "socket", .operation = "async_send", .count = 1},
                  other, step_of("io_context", "post", 41, observed({5us})), elsewhere});
  BOOST_TEST_REQUIRE(started.size() == 4u);

  const OperationSnapshot expected{.operation = "async_read",
                                   .file = "session.cpp",
                                   .line = 41,
                                   .count = 3,
                                   .busy = started[0].snapshot.busy};
  BOOST_CHECK(started[0].snapshot == expected);
  BOOST_CHECK(started[0].snapshot.busy.buckets == observed({1us, 3us, 5us}).buckets);
  BOOST_CHECK(started[0].snapshot.busy.quantiles == observed({1us, 3us, 5us}).quantiles);
  BOOST_TEST(started[0].composed);
  BOOST_TEST(started[1].snapshot.operation == "async_send");
  BOOST_TEST(!started[1].composed);
  BOOST_TEST(started[2].snapshot.line == 99u);
  BOOST_TEST(started[3].snapshot.file == "other.cpp");
}

BOOST_AUTO_TEST_CASE(of_steps_without_a_file_the_function_is_the_place) {
  std::vector<OperationSnapshot> steps(3, step_of("socket", "async_receive", 0, observed({1us})));
  for (auto& step : steps) step.file.clear();
  steps[0].function = steps[1].function = "on_read";
  steps[2].function = "on_header";
  const auto started = detail::started_operations(steps);
  BOOST_TEST_REQUIRE(started.size() == 2u);
  BOOST_TEST(started[0].snapshot.count == 2u);
  // Where the file is known, its line is the place, whoever the steps' handlers are.
  for (auto& step : steps) step.file = "session.cpp";
  BOOST_TEST(detail::started_operations(steps).size() == 1u);
}

BOOST_AUTO_TEST_CASE(places) {
  const struct {
    OperationSnapshot operation;
    const char* place;
  } rows[] = {
      {{.file = "/home/me/session.cpp", .line = 41, .function = "f"}, "session.cpp:41"},
      {{.file = "C:\\me\\session.cpp", .line = 41}, "session.cpp:41"},
      {{.file = "session.cpp", .line = 4'000'000'000}, "session.cpp:4000000000"},
      {{.function = "session::read"}, "session::read"},
      {{}, ""},
  };
  for (const auto& row : rows) BOOST_TEST(detail::place_of(row.operation) == row.place);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
