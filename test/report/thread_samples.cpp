//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/thread_samples.hpp>
#include <perf_timer/detail/trace/timer_name.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <vector>

namespace perf_timer::test {
namespace {

using detail::ListedRun;
using detail::SamplingTurn;
using detail::ThreadSample;
using detail::ThreadSamples;
using detail::TimerName;
using Executed = std::vector<ExecutedFor>;

/// Serials that no timer of this process has.
constexpr ListedRun none = detail::not_listed, a = 100'000'001, b = 100'000'002;

ThreadSnapshot told(ThreadSamples& samples, std::uint64_t thread) {
  ThreadSnapshot snapshot;
  samples.tell(thread, snapshot);
  return snapshot;
}

void add(ThreadSamples& samples, const std::vector<ThreadSample>& look) { samples.add(look); }

BOOST_AUTO_TEST_SUITE(thread_samples)

BOOST_AUTO_TEST_CASE(are_counted_by_what_was_executed) {
  const std::string name_a = "a", name_b = "b";
  const TimerName timer_a(a, name_a), timer_b(b, name_b);
  ThreadSamples samples;
  add(samples, {{1, true, a, none}, {2, false, none, none}});
  add(samples, {{1, true, a, b}, {2, true, none, b}});
  add(samples, {{1, true, a, b}, {2, true, none, none}});
  const auto first = told(samples, 1), second = told(samples, 2);
  BOOST_TEST(first.samples == 3u);
  BOOST_TEST(first.idle == 0u);
  BOOST_TEST((first.executed == Executed{{"a", "b", 2}, {"a", "", 1}}));
  BOOST_TEST(first.in_steps().value() == 1);
  BOOST_TEST(second.samples == 3u);
  BOOST_TEST(second.idle == 1u);
  BOOST_TEST((second.executed == Executed{{"", "", 1}, {"", "b", 1}}));
}

BOOST_AUTO_TEST_CASE(of_a_thread_that_was_not_seen_there_are_none) {
  ThreadSamples samples;
  const auto snapshot = told(samples, 1);
  BOOST_TEST(snapshot.samples == 0u);
  BOOST_TEST(!snapshot.in_steps().has_value());
}

BOOST_AUTO_TEST_CASE(timers_of_one_name_are_one) {
  const std::string name = "same";
  const TimerName timer_a(a, name), timer_b(b, name);
  ThreadSamples samples;
  add(samples, {{1, true, a, none}});
  add(samples, {{1, true, b, none}});
  BOOST_TEST((told(samples, 1).executed == Executed{{"same", "", 2}}));
}

BOOST_AUTO_TEST_CASE(a_name_outlives_its_timer) {
  const std::string name = "short-lived";
  std::optional<TimerName> timer(std::in_place, a, name);
  ThreadSamples samples;
  add(samples, {{1, true, a, none}});
  timer.reset();
  add(samples, {{1, true, a, none}});
  add(samples, {{1, true, b, none}});  // never had a name
  BOOST_TEST((told(samples, 1).executed ==
              Executed{{"short-lived", "", 2}, {"a timer that is gone", "", 1}}));
}

BOOST_AUTO_TEST_CASE(threads_that_have_ended_are_counted_together) {
  ThreadSamples samples;
  add(samples, {{1, true, none, none}, {2, false, none, none}, {3, true, none, none}});
  add(samples, {{3, true, none, none}});
  const std::vector<std::uint64_t> alive{3};
  const auto ended = samples.ended(alive);
  BOOST_TEST(ended.ended == 2u);
  BOOST_TEST(ended.samples == 2u);
  BOOST_TEST(ended.idle == 1u);
  BOOST_TEST((ended.executed == Executed{{"", "", 1}}));
}

BOOST_AUTO_TEST_CASE(a_thread_that_has_ended_since_the_last_look_counts_once) {
  ThreadSamples samples;
  add(samples, {{1, true, none, none}});
  BOOST_TEST(samples.ended({}).ended == 1u);
  add(samples, {});
  BOOST_TEST(samples.ended({}).ended == 1u);
  BOOST_TEST(samples.ended({}).samples == 1u);
}

BOOST_AUTO_TEST_CASE(names_do_not_fill_the_memory) {
  std::list<std::string> names;
  std::list<TimerName> timers;
  ThreadSamples samples;
  for (std::uint32_t i = 0; i < 1500; ++i)
    timers.emplace_back(a + i, names.emplace_back("timer " + std::to_string(i)));
  for (std::uint32_t i = 0; i < 1500; ++i) add(samples, {{1, true, a + i, none}});
  const auto executed = told(samples, 1).executed;
  BOOST_TEST(executed.size() <= 1000u);
  BOOST_TEST(executed.at(0).run == "(other timers)");
  std::uint64_t sum = 0;
  for (const auto& one : executed) sum += one.samples;
  BOOST_TEST(sum == 1500u);
}

BOOST_AUTO_TEST_CASE(one_watch_samples_at_a_time) {
  std::optional<SamplingTurn> first(std::in_place), second(std::in_place);
  BOOST_TEST(first->is_mine());
  BOOST_TEST(!second->is_mine());
  BOOST_TEST(first->is_mine());
  first.reset();
  BOOST_TEST(second->is_mine());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
