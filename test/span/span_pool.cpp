//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/sanitizers.hpp>
#include <perf_timer/detail/span/oldest_runs.hpp>
#include <perf_timer/detail/span/run_sight.hpp>
#include <perf_timer/detail/span/span_pool.hpp>

#include "driver.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cstdint>
#include <optional>
#include <set>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

using detail::SpanPool;
namespace ut = boost::unit_test;

/// With AddressSanitizer every span comes from the heap.
boost::test_tools::assertion_result recycles(ut::test_unit_id) {
  return !detail::has_address_sanitizer;
}

using Spans = std::vector<Span*>;

Spans take(std::size_t many) {
  Spans spans(many);
  for (auto& span : spans) span = SpanPool<Span>::make();
  return spans;
}

void give_back(const Spans& spans) {
  for (auto* span : spans) SpanPool<Span>::free(span);
}

void on_another_thread(auto action) { std::thread(action).join(); }

/// All spans that there are.
std::set<const Span*> all_spans() {
  std::set<const Span*> all;
  detail::for_each_span(
      [](void* context, const Span& span) {
        static_cast<std::set<const Span*>*>(context)->insert(&span);
      },
      &all);
  return all;
}

BOOST_AUTO_TEST_SUITE(span_pool)

BOOST_AUTO_TEST_CASE(spans_have_a_cache_line_each_and_are_all_seen) {
  const auto spans = take(1000);
  for (auto* span : spans) BOOST_REQUIRE(reinterpret_cast<std::uintptr_t>(span) % 64 == 0);
  BOOST_TEST((std::set<Span*>(spans.begin(), spans.end()).size() == spans.size()));
  const auto all = all_spans();
  for (auto* span : spans) BOOST_REQUIRE(all.contains(span));
  give_back(spans);
}

BOOST_AUTO_TEST_CASE(so_are_those_of_a_processor_clock) {
  auto* const span = SpanPool<detail::ProcessorSpan>::make();
  BOOST_TEST(bool{span->is_processor_span});
  BOOST_TEST(all_spans().contains(span));
  SpanPool<detail::ProcessorSpan>::free(span);
}

BOOST_AUTO_TEST_CASE(a_span_is_as_new, *ut::precondition(recycles)) {
  auto* const span = SpanPool<Span>::make();
  span->references = 7;
  span->depth = 7;
  for (auto* flag : {&span->closed, &span->queued_unseen, &span->counted_task, &span->initiating,
                     &span->mixed, &span->crowded})
    *flag = true;
  span->opened_unwinding = span->started = true;
  span->forks = 77;
  span->uncounted = 7;
  span->task = reinterpret_cast<const Task*>(&span);
  span->busy.word = 7;
  span->queued.word = 7;
  SpanPool<Span>::free(span);
  auto* const again = SpanPool<Span>::make();
  BOOST_REQUIRE(again == span);
  BOOST_TEST(again->references == 1u);
  BOOST_TEST(again->depth == 0);
  for (auto* flag : {&span->closed, &span->queued_unseen, &span->counted_task, &span->initiating,
                     &span->mixed, &span->crowded})
    BOOST_TEST(!*flag);
  BOOST_TEST(!bool{again->opened_unwinding});
  BOOST_TEST(!bool{again->started});
  BOOST_TEST(!bool{again->is_processor_span});
  BOOST_TEST(!detail::opened_before_fork(*again));
  BOOST_TEST(again->uncounted == 0u);
  BOOST_TEST(!again->parent);
  BOOST_TEST(!again->task);
  BOOST_TEST(again->busy.word == 0u);
  BOOST_TEST(again->queued.word == 0u);
  BOOST_TEST(again->listed == detail::not_listed);
  SpanPool<Span>::free(again);
}

BOOST_AUTO_TEST_CASE(a_thread_that_ends_leaves_its_spans_to_others, *ut::precondition(recycles)) {
  on_another_thread([] { give_back(take(500)); });
  const auto before = all_spans().size();
  for (int i = 0; i < 20; ++i) on_another_thread([] { give_back(take(500)); });
  BOOST_TEST(all_spans().size() == before);
}

BOOST_AUTO_TEST_CASE(one_thread_makes_what_another_frees, *ut::precondition(recycles)) {
  on_another_thread([] { give_back(take(500)); });
  const auto before = all_spans().size();
  for (int i = 0; i < 20; ++i) {
    Spans on_the_way;
    on_another_thread([&] { on_the_way = take(500); });
    on_another_thread([&] { give_back(on_the_way); });
  }
  BOOST_TEST(all_spans().size() <= before + 2 * 63);
}

/// Constructed before the thread first uses a span, so destroyed after its list is closed.
struct Late {
  Span* kept = nullptr;
  bool* worked = nullptr;
  ~Late() {
    if (!worked) return;
    SpanPool<Span>::free(kept);
    const auto spans = take(300);
    *worked = std::set<Span*>(spans.begin(), spans.end()).size() == 300;
    give_back(spans);
  }
};

BOOST_AUTO_TEST_CASE(it_works_to_the_very_end_of_a_thread) {
  bool worked = false;
  on_another_thread([&] {
    static thread_local Late late;
    late.worked = &worked;
    late.kept = SpanPool<Span>::make();
    give_back(take(10));
  });
  BOOST_TEST(worked);
}

constexpr detail::ListedRun timer = 500'000'003;

/// What is seen of the only run of that timer.
template <class Clock>
std::optional<detail::SeenRun> seen() {
  std::optional<detail::SeenRun> seen;
  detail::for_each_span(
      [](void* context, const Span& span) {
        const auto listed = span.listed.load();
        if (detail::timer_of(listed) != timer) return;
        detail::SeenRun run;
        BOOST_TEST(detail::run_sight_of<Clock>()->see(span, listed, run));
        *static_cast<std::optional<detail::SeenRun>*>(context) = run;
      },
      &seen);
  return seen;
}

template <class Clock>
void check_seen(Ticks age, std::optional<Ticks> busy, std::optional<Ticks> queued,
                detail::RunDoes does) {
  const auto run = seen<Clock>();
  BOOST_REQUIRE(run.has_value());
  BOOST_TEST(run->age == age);
  BOOST_TEST((run->busy == busy));
  BOOST_TEST((run->queued == queued));
  BOOST_TEST((run->does == does));
}

using detail::RunDoes;

BOOST_FIXTURE_TEST_CASE(what_a_run_does_is_seen, CleanThread) {
  using Clock = ManualClock;
  BOOST_TEST(!seen<Clock>());
  std::unique_ptr<OpenRun<Clock>> run;
  Capture here;
  in_step<Clock>([&] {
    run = std::make_unique<OpenRun<Clock>>(timer);
    check_seen<Clock>(0, 0, 0, RunDoes::executes);
    compute<Clock>(3);
    check_seen<Clock>(3, 3, 0, RunDoes::executes);
    on_another_thread([] { check_seen<Clock>(3, 3, 0, RunDoes::executes); });
    here = capture_here<Clock>(nullptr);
  });
  check_seen<Clock>(3, 3, 0, RunDoes::idles);
  pass(10);
  check_seen<Clock>(13, 3, 0, RunDoes::idles);
  auto submission = submit<Clock>(here);
  pass(4);
  check_seen<Clock>(17, 3, 4, RunDoes::waits);
  start<Clock>(std::move(submission), [&] {
    compute<Clock>(2);
    check_seen<Clock>(19, 5, 4, RunDoes::executes);
    static_cast<void>(run->close());
    BOOST_TEST(!seen<Clock>());
  });
}

BOOST_FIXTURE_TEST_CASE(of_a_run_that_cannot_be_followed_only_its_age, CleanThread) {
  using Clock = ManualClock;
  const auto run = std::make_unique<OpenRun<Clock>>(detail::unfollowed, timer);
  pass(5);
  check_seen<Clock>(5, {}, {}, RunDoes::unknown);
  static_cast<void>(run->close());
  BOOST_TEST(!seen<Clock>());
}

BOOST_FIXTURE_TEST_CASE(nor_is_the_time_told_of_one_that_holds_anothers, CleanThread) {
  using Clock = ManualClock;
  OpenRun<Clock> run(timer);
  compute<Clock>(2);
  detail::spoil(*thread_state<Clock>().current);
  check_seen<Clock>(2, {}, {}, RunDoes::executes);
  static_cast<void>(run.close());
  OpenRun<Clock> crowded(timer);
  detail::crowd(*thread_state<Clock>().current);
  check_seen<Clock>(0, {}, {}, RunDoes::executes);
  static_cast<void>(crowded.close());
}

BOOST_FIXTURE_TEST_CASE(functions_may_wait_for_a_task_unseen, CleanThread) {
  using Clock = ManualClock;
  detail::Task task;
  std::unique_ptr<OpenRun<Clock>> run;
  in_step_of<Clock>(task, [&] { run = std::make_unique<OpenRun<Clock>>(timer); });
  auto from_outside = submit<Clock>({}, &task);
  pass(2);
  check_seen<Clock>(2, 0, {}, RunDoes::unknown);
  start<Clock>(std::move(from_outside), [&] {
    check_seen<Clock>(2, 0, {}, RunDoes::executes);
    static_cast<void>(run->close());
  });
}

BOOST_FIXTURE_TEST_CASE(a_clock_of_each_thread_tells_no_age, CleanThread) {
  struct Lone : ThreadManualClock {
    using wall_clock = Lone;
  };
  BOOST_TEST(!detail::run_sight_of<Lone>());
  OpenRun<ThreadManualClock> run(timer);
  compute<ThreadManualClock>(2);
  check_seen<ThreadManualClock>(2, {}, 0, RunDoes::unknown);
  static_cast<void>(run.close());
}

BOOST_FIXTURE_TEST_CASE(the_oldest_of_each_timer, CleanThread) {
  using Clock = ManualClock;
  const Ticks now = detail::now<Clock>();
  OpenRun<Clock> first(timer);
  pass(2);
  OpenRun<Clock> second(timer), other(timer + 1);
  detail::OldestRuns oldest;
  BOOST_TEST((oldest.opened(timer) == now));
  BOOST_TEST((oldest.opened(timer + 1) == now + 2));
  BOOST_TEST(!oldest.opened(timer + 2));
  for (auto* run : {&other, &second, &first}) static_cast<void>(run->close());
  BOOST_TEST((oldest.opened(timer) == now));  // it looked before
  BOOST_TEST(!detail::OldestRuns().opened(timer));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
