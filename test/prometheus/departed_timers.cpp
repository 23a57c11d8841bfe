//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/prometheus/departed_timers.hpp>

#include <perf_timer/metric_families.hpp>

#include "snapshots.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;

/// The count of a name's series while timers with these numbers of runs are alive.
class Looks {
 public:
  struct Live {
    std::uint64_t serial = 0, runs = 0;
    const char* name = "same";
    TimerKind kind = TimerKind::scope;
    std::uint64_t open = 0;
    std::uint64_t waits = 0;
  };

  std::uint64_t look(const std::vector<Live>& live, const std::string& name = "same") {
    std::vector<detail::IdentifiedSnapshot> snapshots;
    for (const Live& timer : live) {
      TimerSnapshot snapshot = timer_of(timer.name, timer.kind, {});
      snapshot.runs = timer.runs;
      snapshot.elapsed.count = timer.runs;
      snapshot.elapsed.total = timer.runs * 1ms;
      if (timer.runs != 0) snapshot.elapsed.buckets = {{1ms, 1ms, timer.runs}};
      snapshot.open = timer.open;
      if (timer.open != 0) snapshot.oldest_open = snapshot.oldest_waiting = 1ms * timer.open;
      // Each waits for something of its own, too.
      if (timer.waits != 0)
        snapshot.idle_in = {awaited(7, timer.waits), awaited(timer.serial, timer.waits)};
      snapshots.push_back({timer.serial, std::move(snapshot)});
    }
    std::uint64_t runs = 0;
    open = waits = 0;
    for (const TimerSnapshot& timer : departed_.complete(std::move(snapshots))) {
      if (timer.name != name) continue;
      runs += timer.runs;
      open += timer.open;
      for (const AwaitedOperation& one : timer.idle_in) {
        waits += one.count;
        BOOST_TEST(one.waited.count() == (one.count * 1'000'000));
      }
      BOOST_TEST(timer.oldest_open.has_value() == (timer.open != 0));
      BOOST_TEST(timer.oldest_waiting.has_value() == (timer.open != 0));
      BOOST_TEST(timer.elapsed.total.count() == (timer.runs * 1'000'000));
      if (timer.runs != 0) BOOST_TEST(timer.elapsed.buckets.at(0).count == timer.runs);
    }
    return runs;
  }

  std::uint64_t open = 0;   ///< of the last look
  std::uint64_t waits = 0;  ///< likewise

 private:
  static AwaitedOperation awaited(std::uint64_t line, std::uint64_t count) {
    return {.operation = "async_wait",
            .file = "a.cpp",
            .line = static_cast<unsigned>(line),
            .count = count,
            .waited = count * 1ms};
  }

  detail::DepartedTimers departed_;
};

BOOST_AUTO_TEST_SUITE(departed_timers)

BOOST_AUTO_TEST_CASE(one_of_several_goes) {
  Looks looks;
  BOOST_TEST(looks.look({{1, 100}, {2, 10}}) == 110u);
  BOOST_TEST(looks.look({{2, 11}}) == 111u);
  BOOST_TEST(looks.look({{2, 12}}) == 112u);
  BOOST_TEST(looks.look({{2, 12}, {3, 5}}) == 117u);
  BOOST_TEST(looks.look({{3, 6}}) == 118u);
}

BOOST_AUTO_TEST_CASE(what_was_open_in_the_past_is_not_open_now) {
  Looks looks;
  static_cast<void>(
      looks.look({{1, 100, "same", TimerKind::scope, 5}, {2, 10, "same", TimerKind::scope, 3}}));
  BOOST_TEST(looks.open == 8u);
  BOOST_TEST(looks.look({{2, 11, "same", TimerKind::scope, 2}}) == 111u);
  BOOST_TEST(looks.open == 2u);
  BOOST_TEST(looks.look({{2, 3, "same", TimerKind::scope, 1}}) == 114u);  // it was reset
  BOOST_TEST(looks.open == 1u);
}

BOOST_AUTO_TEST_CASE(what_was_waited_for_stays) {
  constexpr auto task = TimerKind::task;
  Looks looks;
  static_cast<void>(looks.look({{1, 100, "same", task, 0, 50}, {2, 10, "same", task, 0, 5}}));
  BOOST_TEST(looks.waits == 2 * 55u);
  BOOST_TEST(looks.look({{2, 11, "same", task, 0, 6}}) == 111u);
  BOOST_TEST(looks.waits == 2 * 56u);
  BOOST_TEST(looks.look({{2, 3, "same", task, 0, 1}}) == 114u);  // it was reset
  BOOST_TEST(looks.waits == 2 * 57u);
}

// A run that is open hasn't counted so far, but what it waited for has.
BOOST_AUTO_TEST_CASE(what_open_runs_waited_for_stays) {
  constexpr auto task = TimerKind::task;
  Looks looks;
  BOOST_TEST(looks.look({{1, 0, "same", task, 1, 50}, {2, 0, "same", task, 1, 5}}) == 0u);
  BOOST_TEST(looks.look({{2, 0, "same", task, 1, 5}}) == 0u);
  BOOST_TEST(looks.waits == 2 * 55u);
  BOOST_TEST(looks.open == 1u);
  BOOST_TEST(looks.look({{2, 0, "same", task, 1, 0}}) == 0u);  // it was reset
  BOOST_TEST(looks.waits == 2 * 55u);
}

BOOST_AUTO_TEST_CASE(a_snapshot_in_the_middle_of_a_reset) {
  constexpr auto task = TimerKind::task;
  Looks looks;
  BOOST_TEST(looks.look({{1, 100, "same", task, 0, 50}, {2, 10, "same", task, 0, 5}}) == 110u);
  BOOST_TEST(looks.look({{1, 100, "same", task, 0, 0}, {2, 10, "same", task, 0, 5}}) == 110u);
  BOOST_TEST(looks.waits == 2 * 55u);
  BOOST_TEST(looks.look({{1, 0, "same", task, 0, 0}, {2, 10, "same", task, 0, 5}}) == 110u);
  BOOST_TEST(looks.waits == 2 * 55u);
}

BOOST_AUTO_TEST_CASE(one_takes_the_place_of_another) {
  Looks looks;
  BOOST_TEST(looks.look({{1, 100}, {2, 10}}) == 110u);
  BOOST_TEST(looks.look({{3, 5}, {2, 10}}) == 115u);
}

BOOST_AUTO_TEST_CASE(a_series_ends_with_the_last_of_its_name) {
  Looks looks;
  BOOST_TEST(looks.look({{1, 100}, {2, 10}}) == 110u);
  BOOST_TEST(looks.look({}) == 0u);
  BOOST_TEST(looks.look({{3, 5}}) == 5u);
  BOOST_TEST(looks.look({{4, 1}}) == 1u);  // it was the only one, too
}

// Prometheus sees a restart, which is right: all runs of the new timer are new.
BOOST_AUTO_TEST_CASE(none_is_left_of_those_that_were_there) {
  Looks looks;
  BOOST_TEST(looks.look({{1, 100}, {2, 10}}) == 110u);
  BOOST_TEST(looks.look({{3, 5}, {4, 5}}) == 10u);
}

BOOST_AUTO_TEST_CASE(one_of_several_is_reset) {
  Looks looks;
  BOOST_TEST(looks.look({{1, 100}, {2, 10}}) == 110u);
  BOOST_TEST(looks.look({{1, 3}, {2, 10}}) == 113u);
  BOOST_TEST(looks.look({{1, 4}, {2, 10}}) == 114u);
}

BOOST_AUTO_TEST_CASE(a_timer_alone_that_is_reset_begins_anew) {
  Looks looks;
  BOOST_TEST(looks.look({{1, 100}}) == 100u);
  BOOST_TEST(looks.look({{1, 3}}) == 3u);
}

BOOST_AUTO_TEST_CASE(names_and_kinds_apart) {
  Looks looks;
  BOOST_TEST(looks.look({{1, 100}, {2, 10, "other"}, {3, 1, "other"}}) == 100u);
  BOOST_TEST(looks.look({{1, 100}, {2, 10, "other"}}, "other") == 11u);
  BOOST_TEST(looks.look({{1, 100}, {2, 10, "other"}}) == 100u);
  BOOST_TEST(looks.look({{1, 100}, {4, 7, "same", TimerKind::task}}) == 107u);
  BOOST_TEST(looks.look({{1, 100}}) == 100u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
