//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "recorded.hpp"

#include "common/child_process.hpp"
#include "common/waiting.hpp"

#include <perf_timer/detail/trace/hooks.hpp>
#include <perf_timer/detail/trace/timer_name.hpp>
#include <perf_timer/detail/trace/trace_switch.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

namespace perf_timer::test {
namespace {

constexpr std::size_t least_memory = 64 << 10;

/// Each event has a different time, so that a test can tell which ones are kept.
void record_events(int n) {
  for (int i = 0; i < n; ++i) {
    detail::trace_step_ended<ManualClock>(nullptr);
    ManualClock::advance(1);
  }
}

std::size_t events(const RecordedTrace& trace) {
  std::size_t n = 0;
  for (const auto& thread : trace.threads) n += thread.events.size();
  return n;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(buffer)

BOOST_AUTO_TEST_CASE(too_little_memory_is_told_and_changes_nothing) {
  const Traced traced;
  record_events(3);
  BOOST_CHECK_THROW(start_trace<ManualClock>({.memory = least_memory - 1}), std::invalid_argument);
  BOOST_TEST(tracing());
  BOOST_TEST(events(recorded_trace()) == 3u);
}

BOOST_AUTO_TEST_CASE(when_it_is_full_the_newest_are_kept_and_the_others_counted) {
  const Traced traced(least_memory);
  constexpr int n = 10'000;
  record_events(n);
  const auto trace = recorded_trace();
  BOOST_REQUIRE(trace.threads.size() == 1u);
  const auto& kept = trace.threads[0].events;
  BOOST_TEST(kept.size() * sizeof(detail::Event) < least_memory);
  BOOST_TEST(kept.size() * sizeof(detail::Event) > least_memory / 2);
  BOOST_TEST(kept.size() + trace.dropped == std::size_t{n});
  BOOST_TEST(kept.back().time - trace.started == n - 1);
  for (std::size_t i = 1; i < kept.size(); ++i) BOOST_REQUIRE(kept[i].time == kept[i - 1].time + 1);
  BOOST_TEST(trace.complete_since == kept.front().time - 1);
}

BOOST_AUTO_TEST_CASE(stopped_it_keeps_what_it_has) {
  const Traced traced;
  record_events(2);
  stop_trace();
  BOOST_TEST(!tracing());
  record_events(2);
  stop_trace();
  const auto trace = recorded_trace();
  BOOST_TEST(events(trace) == 2u);
  BOOST_TEST(trace.ended - trace.started == 2);
}

BOOST_AUTO_TEST_CASE(started_again_it_begins_anew) {
  const Traced traced;
  record_events(1000);
  for (const std::size_t memory : {least_memory, std::size_t{1} << 20, least_memory}) {
    start_trace<ManualClock>({.memory = memory});
    BOOST_TEST(events(recorded_trace()) == 0u);
    record_events(2);
    const auto trace = recorded_trace();
    BOOST_TEST(events(trace) == 2u);
    BOOST_TEST(trace.dropped == 0u);
    BOOST_TEST(trace.threads.at(0).events.at(0).time == trace.started);
  }
}

BOOST_AUTO_TEST_CASE(a_trace_that_begins_between_the_test_and_the_event_does_not_get_it) {
  static const char other_timeline = 0;
  const detail::Timeline other{&other_timeline, [] { return detail::Ticks{1'000'000'000}; }};
  for (const bool has_a_chunk : {true, false}) {
    detail::start_trace(least_memory, other);
    BOOST_REQUIRE(detail::traced(&other_timeline));
    if (has_a_chunk) detail::record(other.now(), detail::StepEnded{nullptr});
    const Traced traced(least_memory);
    detail::record(other.now(), detail::StepEnded{nullptr});
    const auto trace = recorded_trace();
    BOOST_TEST(events(trace) == 0u);
    BOOST_TEST(trace.dropped == 0u);
    BOOST_TEST(trace.complete_since == trace.started);
  }
}

BOOST_AUTO_TEST_CASE(cleared_it_has_nothing) {
  const Traced traced;
  record_events(1000);
  clear_trace();
  BOOST_TEST(!tracing());
  BOOST_TEST(events(recorded_trace()) == 0u);
  record_events(1);
  BOOST_TEST(events(recorded_trace()) == 0u);
  start_trace<ManualClock>();
  record_events(1);
  BOOST_TEST(events(recorded_trace()) == 1u);
}

BOOST_AUTO_TEST_CASE(a_thread_that_ended_leaves_its_events) {
  const Traced traced;
  record_events(1);
  std::thread([] { record_events(2); }).join();
  std::thread([] { record_events(3); }).join();
  const auto trace = recorded_trace();
  BOOST_REQUIRE(trace.threads.size() == 3u);
  BOOST_TEST(trace.threads[0].events.size() == 1u);
  BOOST_TEST(trace.threads[1].events.size() == 2u);
  BOOST_TEST(trace.threads[2].events.size() == 3u);
  BOOST_TEST(trace.threads[1].number != trace.threads[2].number);
}

BOOST_AUTO_TEST_CASE(what_threads_beyond_the_memory_record_is_counted) {
  const Traced traced(least_memory);
  constexpr int threads = 8;
  Latch have_recorded(threads);
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i)
    all.emplace_back([&] {
      record_events(1);
      have_recorded.arrive_and_wait();
    });
  for (auto& thread : all) thread.join();
  const auto trace = recorded_trace();
  BOOST_TEST(events(trace) + trace.dropped == std::size_t{threads});
  BOOST_TEST(trace.dropped > 0u);
}

BOOST_AUTO_TEST_CASE(many_threads_record_while_it_is_copied_started_and_stopped) {
  const Traced traced(least_memory);
  std::atomic<bool> over{false};
  std::vector<std::thread> all;
  for (int i = 0; i < 3; ++i)
    all.emplace_back([&] {
      while (!over) record_events(100);
    });
  for (int i = 0; i < 100; ++i) {
    const auto trace = recorded_trace();
    for (const auto& thread : trace.threads)
      BOOST_TEST(std::is_sorted(thread.events.begin(), thread.events.end(),
                                [](const auto& a, const auto& b) { return a.time < b.time; }));
    if (i % 10 == 0)
      start_trace<ManualClock>({.memory = least_memory * (static_cast<unsigned>(i) % 3 + 1)});
    if (i % 10 == 5) stop_trace();
    if (i % 10 == 7) clear_trace();
  }
  over = true;
  for (auto& thread : all) thread.join();
}

BOOST_AUTO_TEST_CASE(names_of_timers_that_have_gone_are_kept_as_long_as_there_is_a_trace) {
  constexpr std::uint64_t serial = 1'000'000;
  const std::string name = "gone", other = "gone before";
  const auto known = [](std::uint64_t which) {
    return recorded_trace().timers.contains(static_cast<detail::TracedTimer>(which));
  };
  {
    const detail::TimerName before(serial, other);
  }
  Traced traced;
  BOOST_TEST(!known(serial));
  {
    const detail::TimerName timer(serial + 1, name);
    BOOST_TEST(known(serial + 1));
  }
  BOOST_TEST(known(serial + 1));
  stop_trace();
  BOOST_TEST(known(serial + 1));
  start_trace<ManualClock>();
  BOOST_TEST(!known(serial + 1));
}

BOOST_AUTO_TEST_CASE(kept_names_are_bounded) {
  const Traced traced(least_memory);
  const std::string name(100, 'x');
  const auto before = recorded_trace().timers.size();
  for (std::uint64_t i = 0; i < 10'000; ++i) const detail::TimerName timer(2'000'000 + i, name);
  const auto kept = recorded_trace().timers.size() - before;
  BOOST_TEST(kept > 10u);
  BOOST_TEST(kept * name.size() < least_memory / 16);
}

BOOST_AUTO_TEST_CASE(the_oldest_kept_names_make_room) {
  const Traced traced(least_memory);
  const std::string name(100, 'x');
  for (std::uint64_t i = 0; i < 10'000; ++i) const detail::TimerName timer(3'000'000 + i, name);
  const auto timers = recorded_trace().timers;
  BOOST_TEST(!timers.contains(3'000'000));
  BOOST_TEST(timers.contains(3'009'999));
  BOOST_TEST(timers.contains(3'009'990));
}

BOOST_AUTO_TEST_CASE(it_says_how_far_it_reaches_back) {
  const Traced traced(least_memory);
  record_events(100);
  BOOST_TEST(recorded_trace().overwritten_until == recorded_trace().started);
  record_events(10'000);
  const auto trace = recorded_trace();
  BOOST_TEST(trace.overwritten_until == trace.threads.at(0).events.at(0).time - 1);
}

#if PERF_TIMER_TEST_FORKS
BOOST_AUTO_TEST_CASE(a_forked_child_has_no_trace_and_can_start_its_own) {
  const Traced traced;
  record_events(5);
  const ::pid_t child = ::fork();
  if (child == 0) {
    bool right = !tracing() && events(recorded_trace()) == 0;
    start_trace<ManualClock>({.memory = least_memory});
    record_events(3000);
    const auto trace = recorded_trace();
    right = right && events(trace) + trace.dropped == 3000 && trace.threads.size() == 1;
    ::_exit(right ? 0 : 1);
  }
  int status = -1;
  BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
  BOOST_TEST(status == 0);
  BOOST_TEST(events(recorded_trace()) == 5u);
}
#endif

BOOST_AUTO_TEST_SUITE_END()

}  // namespace perf_timer::test
