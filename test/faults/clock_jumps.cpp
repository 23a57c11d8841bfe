//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Somebody sets the clock while runs are open. A run with a negative time is lost, so is one whose
// time is too large to store, and the runs after it are exact.
#include "faults/inline_world.hpp"

#include <boost/asio/dispatch.hpp>

#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace perf_timer::test {
namespace {

constexpr std::int64_t day = 86'400'000'000'000;

/// Whatever a test does to the clock, the destructor sets it back.
class ClockSet {
 public:
  ClockSet() = default;
  ClockSet(const ClockSet&) = delete;
  ClockSet& operator=(const ClockSet&) = delete;
  ~ClockSet() { Clock::ticks.store(start_); }

 private:
  const std::int64_t start_ = Clock::ticks.load();
};

void check_lost(const TimerBase& timer, std::uint64_t lost, std::string_view reason) {
  const auto snapshot = timer.snapshot();
  BOOST_TEST(snapshot.runs == 0u);
  BOOST_TEST(snapshot.lost == lost);
  BOOST_REQUIRE(snapshot.lost_reasons.size() == 1u);
  BOOST_TEST(snapshot.lost_reasons[0].reason == reason);
  BOOST_TEST(snapshot.lost_reasons[0].count == lost);
  for (const auto* series : {&snapshot.busy, &snapshot.queued, &snapshot.elapsed}) {
    BOOST_TEST(series->count == 0u);
    BOOST_TEST(series->total.count() == 0);
  }
}
constexpr std::string_view went_back = "the clock went backwards";
constexpr std::string_view too_long =
    "took longer than the 104 days that can be counted, or the clock jumped";

/// What a timer measures if the clock jumps in the middle.
using Measured = std::function<void(Timer&, std::int64_t jump)>;

const struct {
  const char* name;
  Measured run;
} measured[] = {
    {"a scope",
     [](Timer& timer, std::int64_t jump) {
       const auto run = timer.measure();
       Clock::advance(10);
       Clock::advance(jump);
     }},
    {"a scope with a step inside that has the jump",
     [](Timer& timer, std::int64_t jump) {
       asio::io_context context;
       const auto run = timer.measure();
       Clock::advance(10);
       asio::post(instrument<Clock>(context), [&] { Clock::advance(jump); });
       context.run();
     }},
    {"a scope in a step",
     [](Timer& timer, std::int64_t jump) {
       asio::io_context context;
       asio::post(perf_timer::task<Clock>(context), [&] {
         const auto run = timer.measure();
         Clock::advance(10);
         Clock::advance(jump);
       });
       context.run();
     }},
};

BOOST_AUTO_TEST_SUITE(clock_jumps)

BOOST_AUTO_TEST_CASE(back_or_too_far_inside_a_run) {
  const struct {
    std::int64_t jump;
    std::string_view reason;
  } rows[] = {{-11, went_back},        {-day, went_back},        {-105 * day, went_back},
              {-209 * day, went_back}, {-1000 * day, went_back}, {105 * day, too_long},
              {209 * day, too_long},   {20'000 * day, too_long}, {417 * day, too_long}};
  for (const auto& what : measured) {
    for (const auto& row : rows) {
      BOOST_TEST_CONTEXT(what.name << ", " << row.jump) {
        Timer timer;
        {
          const ClockSet restored;
          what.run(timer, row.jump);
        }
        check_lost(timer, 1, row.reason);
        what.run(timer, 5);
        check_outcomes(timer, 1, 0, 1);
        BOOST_TEST(timer.snapshot().busy.total.count() == 15);
        BOOST_TEST(timer.snapshot().elapsed.total.count() == 15);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(forward_by_what_can_be_held) {
  for (const auto& what : measured) {
    const ClockSet restored;
    Timer timer;
    what.run(timer, 104 * day);
    check_busy(timer, 104 * day + 10);
  }
}

BOOST_AUTO_TEST_CASE(a_function_of_a_wrapped_executor) {
  const struct {
    std::int64_t while_it_waits, while_it_executes;
    bool lost;
  } rows[] = {{-6, 10, true}, {10, -6, true},        {-5, 10, false},
              {0, 10, false}, {500 * day, 1, false}, {5, 500 * day, false}};
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.while_it_waits << ", " << row.while_it_executes) {
      const ClockSet restored;
      asio::io_context context;
      Timer timer;
      asio::post(timer.wrap(context), [&] {
        Clock::advance(5);
        Clock::advance(row.while_it_executes);
        Clock::advance(-5);
      });
      Clock::advance(5);
      Clock::advance(row.while_it_waits);
      context.run();
      if (row.lost) {
        check_lost(timer, 1, went_back);
      } else {
        check_busy(timer, row.while_it_executes);
        BOOST_TEST(timer.snapshot().queued.total.count() == 5 + row.while_it_waits);
      }
      asio::post(timer.wrap(context), [] { Clock::advance(7); });
      context.restart();
      context.run();
      check_outcomes(timer, row.lost ? 1 : 2, 0, row.lost ? 1 : 0);
      BOOST_TEST(timer.snapshot().busy.max.count() ==
                 std::max<std::int64_t>(7, row.lost ? 0 : row.while_it_executes));
    }
  }
}

BOOST_AUTO_TEST_CASE(only_the_run_that_comes_out_negative_is_lost) {
  const ClockSet restored;
  asio::io_context context;
  Timer outer("outer"), inner("inner"), later("later"), step("step");
  {
    const auto run = outer.measure();
    Clock::advance(100);
    asio::post(step.wrap(context), [&] {
      const auto nested = inner.measure();
      Clock::advance(-30);
    });
    context.run();
    const auto nested = later.measure();
    Clock::advance(3);
  }
  check_busy(outer, 73);
  check_lost(inner, 1, went_back);
  check_lost(step, 1, went_back);
  check_busy(later, 3);
}

BOOST_AUTO_TEST_CASE(plain_timers) {
  const ClockSet restored;
  BasicPerfTimer<Clock> one("one", {.log = [](std::string_view) {}});
  BasicThreadPerfTimer<Clock> any("any", {.log = [](std::string_view) {}});
  const auto run_both = [&](std::int64_t n) {
    const auto first = one.measure();
    const auto second = any.measure();
    Clock::advance(n);
  };
  run_both(-1);
  run_both(std::numeric_limits<std::int64_t>::min() / 2);
  check_lost(one, 2, went_back);
  check_lost(any, 2, went_back);
  run_both(500 * day);  // these timers subtract two readings, so any time fits
  run_both(0);
  for (const TimerBase* timer : {static_cast<TimerBase*>(&one), static_cast<TimerBase*>(&any)}) {
    check_outcomes(*timer, 2, 0, 2);
    BOOST_TEST(timer->snapshot().busy.total.count() == 500 * day);
    BOOST_TEST(timer->snapshot().busy.min.count() == 0);
  }
}

BOOST_AUTO_TEST_CASE(the_counter_of_a_task_goes_on) {
  const ClockSet restored;
  asio::io_context context;
  asio::post(instrument<Clock>(context), [&] {
    const auto start = asio_perf_counter<Clock>();
    Clock::advance(-30);
    const auto back = asio_perf_counter<Clock>();
    Clock::advance(4);
    BOOST_TEST((back - start).count() == -30);  // as the clock has it
    BOOST_TEST((asio_perf_counter<Clock>() - back).count() == 4);
  });
  context.run();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
