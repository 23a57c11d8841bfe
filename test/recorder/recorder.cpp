//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/recorder.hpp>

#include <perf_timer/histogram_observer.hpp>
#include <perf_timer/p_square_observer.hpp>

#include "recorders.hpp"

namespace perf_timer::test {
namespace {

BOOST_AUTO_TEST_SUITE(recorder)

BOOST_AUTO_TEST_CASE(nothing_recorded) {
  const Recording recording;
  BOOST_CHECK(recording->snapshot() == TimerSnapshot{.kind = TimerKind::task});
  BOOST_TEST(recording->under_way() == 0u);
}

BOOST_AUTO_TEST_CASE(three_series) {
  const Recording recording;
  record(*recording.recorder, {1, 20, 300, {}});
  record(*recording.recorder, {2, 30, 400, {}});
  const auto snapshot = recording->snapshot();
  check_runs(snapshot, 2);
  BOOST_TEST(snapshot.busy.total.count() == 3);
  BOOST_TEST(snapshot.queued.total.count() == 50);
  BOOST_TEST(snapshot.elapsed.total.count() == 700);
  BOOST_TEST(snapshot.elapsed.min.count() == 300);
  BOOST_TEST(snapshot.elapsed.max.count() == 400);
  BOOST_TEST(snapshot.idle().count() == 647);
  BOOST_TEST(snapshot.name.empty());
  BOOST_CHECK(recording->snapshot() == snapshot);  // a snapshot changes nothing
}

BOOST_AUTO_TEST_CASE(idle_is_not_below_zero) {
  TimerSnapshot snapshot;
  snapshot.busy.total = std::chrono::nanoseconds(8);
  snapshot.queued.total = std::chrono::nanoseconds(3);
  snapshot.complete_elapsed = std::chrono::nanoseconds(10);  // parallel branches
  BOOST_TEST(snapshot.idle().count() == 0);
}

BOOST_AUTO_TEST_CASE(a_plain_timer_keeps_elapsed_and_shows_busy_the_same) {
  const Recording recording(true, SeriesKept::elapsed_only);
  record(*recording.recorder, 5);
  record(*recording.recorder, 7);
  const auto snapshot = recording->snapshot();
  BOOST_TEST(snapshot.runs == 2u);
  BOOST_TEST(snapshot.elapsed.total.count() == 14);
  BOOST_CHECK(snapshot.busy == snapshot.elapsed);
  BOOST_CHECK(snapshot.queued == DurationSummary{});
}

BOOST_AUTO_TEST_CASE(every_outcome_is_counted_once) {
  const Recording recording;
  record(*recording.recorder, 1, 5);
  for (int i = 0; i < 4; ++i) recording->begin(), recording->fail({});
  for (int i = 0; i < 3; ++i) record_dropped(*recording.recorder);
  for (int i = 0; i < 2; ++i) recording->begin(), recording->cancel();
  const auto snapshot = recording->snapshot();
  BOOST_TEST(snapshot.runs == 5u);
  BOOST_TEST(snapshot.failed == 4u);
  BOOST_TEST(snapshot.dropped == 3u);
  BOOST_TEST(snapshot.lost == 0u);
  BOOST_TEST(recording->under_way() == 0u);
}

BOOST_AUTO_TEST_CASE(lost_runs_are_told_with_their_reasons) {
  const Recording recording;
  record(*recording.recorder, {1, 1, 1, LostReason::in_another_step});
  record(*recording.recorder, {1, 1, 1, LostReason::not_followed});
  record(*recording.recorder, {1, 1, 1, LostReason::in_another_step});
  const auto snapshot = recording->snapshot();
  BOOST_TEST(snapshot.runs == 0u);
  BOOST_TEST(snapshot.lost == 3u);
  const std::vector<LostCount> expected = {
      {"began where nothing instrumented was executing", 1,
       "run it on instrument(executor); its elapsed time is known in any case if stop() ends the "
       "run, or if decorate makes it"},
      {"ended in a step on behalf of something else, or something destroyed it while it was "
       "suspended",
       2,
       "give whatever resumes it (a channel, an event, a mutex) an instrumented executor, or run "
       "it on task(executor)"}};
  BOOST_CHECK(snapshot.lost_reasons == expected);
}

BOOST_AUTO_TEST_CASE(every_reason_has_a_remedy) {
  for (std::size_t i = 1; i < detail::lost_reason_count; ++i) {
    const auto reason = static_cast<LostReason>(i);
    BOOST_TEST_CONTEXT(detail::to_string(reason)) {
      BOOST_TEST(!detail::remedy_of(reason).empty());
      BOOST_TEST(!detail::remedy_of(reason, true).empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(what_began_and_did_not_end_is_under_way) {
  const Recording recording;
  for (int i = 0; i < 5; ++i) recording->begin();
  BOOST_TEST(recording->under_way() == 5u);
  check_runs(recording->snapshot(), 0);
  recording->end({1, 1, 1, {}});
  recording->end({1, 1, 1, LostReason::mixed});
  recording->fail({});
  recording->cancel();
  BOOST_TEST(recording->under_way() == 1u);
  on_another_thread([&] { recording->end({1, 1, 1, {}}); });
  BOOST_TEST(recording->under_way() == 0u);
  BOOST_TEST(recording->snapshot().runs == 2u);
}

void check_open(const Recording& recording, std::uint64_t open, std::uint64_t waiting) {
  const auto snapshot = recording->snapshot();
  BOOST_TEST(snapshot.open == open);
  BOOST_TEST(snapshot.waiting == waiting);
}

BOOST_AUTO_TEST_CASE(what_is_open_and_what_waits) {
  for (const bool mergeable : {true, false}) {
    BOOST_TEST_CONTEXT((mergeable ? "mergeable" : "not mergeable")) {
      const Recording recording(mergeable);
      check_open(recording, 0, 0);
      for (int i = 0; i < 5; ++i) recording->begin();
      std::vector<Function> functions;
      for (int i = 0; i < 4; ++i) functions.emplace_back(*recording.recorder);
      check_open(recording, 9, 4);
      on_another_thread([&] { functions[0].start(); });
      check_open(recording, 9, 3);
      on_another_thread([&] { functions[1].drop(); });
      check_open(recording, 8, 2);
      recording->reset();
      check_open(recording, 8, 2);
      functions[2].start();
      check_open(recording, 8, 1);
      recording->end({1, 1, 1, {}});
      check_open(recording, 7, 1);
      on_another_thread([&] { recording->end({1, 1, 1, LostReason::mixed}); });
      check_open(recording, 6, 1);
      recording->end({1, 1, 1, LostReason::mixed, false, true});  // partial
      check_open(recording, 5, 1);
      recording->fail({});
      check_open(recording, 4, 1);
      recording->cancel();
      check_open(recording, 3, 1);
      recording->reset();
      check_open(recording, 3, 1);
      recording->record({1, 0, 1, {}});  // measured elsewhere
      check_open(recording, 3, 1);
      functions[3].drop();
      for (int i = 0; i < 2; ++i) recording->end({1, 0, 1, {}});
      check_open(recording, 0, 0);
      BOOST_TEST(recording->under_way() == 0u);
    }
  }
}

BOOST_AUTO_TEST_CASE(an_interval_shows_what_is_open_at_its_end) {
  const Recording recording;
  std::vector<Function> functions;
  for (int i = 0; i < 2; ++i) recording->begin(), functions.emplace_back(*recording.recorder);
  const auto earlier = recording->recorded();
  functions[0].start();
  recording->end({1, 0, 1, {}});
  const auto interval = recording->recorded().since(earlier, recording->fresh_states(), {}, {});
  BOOST_TEST(interval.open == 3u);
  BOOST_TEST(interval.waiting == 1u);
  functions[1].start();
  for (int i = 0; i < 3; ++i) recording->end({1, 0, 1, {}});
}

BOOST_AUTO_TEST_CASE(the_only_shard_is_in_the_snapshot_besides_those_of_threads) {
  const Recording recording;
  recording->only_shard().begin();
  BOOST_TEST(recording->under_way() == 1u);
  recording->only_shard().end({4, 0, 4, {}});
  record(*recording.recorder, 3);
  const auto snapshot = recording->snapshot();
  check_runs(snapshot, 2);
  BOOST_TEST(snapshot.busy.total.count() == 7);
}

BOOST_AUTO_TEST_CASE(an_observer_that_cannot_merge_has_one_state_for_all_threads) {
  const Recording recording(false);
  record(*recording.recorder, 1);
  for (int i = 0; i < 3; ++i) on_another_thread([&] { record(*recording.recorder, 10, 100); });
  const auto snapshot = recording->snapshot();
  check_runs(snapshot, 301);
  BOOST_TEST(snapshot.busy.total.count() == 3001);
  BOOST_TEST(recording.probe->made == 3);  // one for each series
}

BOOST_AUTO_TEST_CASE(p_square_over_threads) {
  const RecorderOwner owner(&Recorder::make(PSquareObserver({0.5}), SeriesKept::all));
  for (const int time : {1, 2, 3}) on_another_thread([&] { record(*owner, time); });
  const auto snapshot = owner->snapshot();
  check_runs(snapshot, 3);
  BOOST_TEST(snapshot.busy.quantiles.at(0).value.count() == 2);
}

BOOST_AUTO_TEST_CASE(quantiles_are_of_all_threads_together) {
  const RecorderOwner owner(&Recorder::make(HistogramObserver{{0.25, 0.75}}, SeriesKept::all));
  on_another_thread([&] { record(*owner, 10, 100); });
  record(*owner, 50, 100);
  const auto snapshot = owner->snapshot();
  check_runs(snapshot, 200);
  BOOST_TEST(snapshot.busy.quantiles.at(0).value.count() == 10);
  BOOST_TEST(snapshot.busy.quantiles.at(1).value.count() == 50);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
