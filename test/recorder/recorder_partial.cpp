//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Runs of which only the elapsed time is known, and the times of failed runs.
#include <perf_timer/detail/recorder/recorder.hpp>

#include "recorders.hpp"

#include <perf_timer/histogram_observer.hpp>

#include <chrono>
#include <memory>
#include <new>
#include <stdexcept>
#include <vector>

namespace perf_timer::test {
namespace {

using std::chrono::nanoseconds;

constexpr int capacity = detail::SampleQueue::capacity;

RunTimes partial(detail::Ticks elapsed, LostReason reason = LostReason::not_followed) {
  return detail::told({1000, 1000, elapsed, reason});
}

void check_partial(const TimerSnapshot& snapshot, std::uint64_t complete, std::uint64_t partial) {
  BOOST_TEST(snapshot.runs == complete + partial);
  BOOST_TEST(snapshot.partial == partial);
  BOOST_TEST(snapshot.busy.count == complete);
  BOOST_TEST(snapshot.queued.count == complete);
  BOOST_TEST(snapshot.elapsed.count == complete + partial);
  BOOST_TEST(snapshot.lost == 0u);
}

BOOST_AUTO_TEST_SUITE(recorder_partial)

BOOST_AUTO_TEST_CASE(partial_runs_have_elapsed_and_nothing_else) {
  for (const bool mergeable : {true, false}) {
    BOOST_TEST_CONTEXT((mergeable ? "mergeable" : "not mergeable")) {
      const Recording recording(mergeable);
      record(*recording.recorder, {5, 1, 7, {}});
      record(*recording.recorder, {5, 0, 5, {}});  // busy all the time
      record(*recording.recorder, partial(10));
      on_another_thread([&] {
        record(*recording.recorder, partial(20, LostReason::forked));
        record(*recording.recorder, partial(30));
      });
      BOOST_TEST(recording->under_way() == 0u);
      const auto snapshot = recording->snapshot();
      check_partial(snapshot, 2, 3);
      BOOST_TEST(snapshot.busy.total.count() == 10);
      BOOST_TEST(snapshot.queued.total.count() == 1);
      BOOST_TEST(snapshot.elapsed.total.count() == 72);
      BOOST_TEST(snapshot.complete_elapsed.count() == 12);
      BOOST_TEST(snapshot.idle().count() == 1);
      BOOST_REQUIRE(snapshot.partial_reasons.size() == 2u);
      BOOST_TEST(snapshot.partial_reasons[0].reason ==
                 "began where nothing instrumented was executing");
      BOOST_TEST(snapshot.partial_reasons[0].remedy == "run it on instrument(executor)");
      BOOST_TEST(snapshot.partial_reasons[0].count == 2u);
      BOOST_TEST(snapshot.partial_reasons[1].count == 1u);
    }
  }
}

BOOST_AUTO_TEST_CASE(an_observer_is_given_them_in_the_order_of_their_ends) {
  struct Order {
    std::shared_ptr<std::vector<std::int64_t>> seen = std::make_shared<std::vector<std::int64_t>>();
    struct State final : ObserverState {
      explicit State(std::shared_ptr<std::vector<std::int64_t>> all) : seen(std::move(all)) {}
      void add(std::span<const nanoseconds> samples) override {
        for (const auto sample : samples)
          if (sample.count() >= 100) seen->push_back(sample.count());
      }
      [[nodiscard]] DurationSummary summary() const override { return {}; }
      std::shared_ptr<std::vector<std::int64_t>> seen;
    };
    [[nodiscard]] std::unique_ptr<ObserverState> make_state() const {
      return std::make_unique<State>(seen);
    }
  };
  const Order order;
  const RecorderOwner recorder(&Recorder::make(order, SeriesKept::all));
  record(*recorder, {1, 0, 100, {}});
  record(*recorder, partial(101));
  record(*recorder, {1, 0, 102, {}});
  static_cast<void>(recorder->snapshot());
  BOOST_TEST((*order.seen == std::vector<std::int64_t>{100, 101, 102}));
}

BOOST_AUTO_TEST_CASE(a_partial_run_that_the_observer_refuses_is_lost) {
  const Recording recording;
  record(*recording.recorder, 5);
  recording.probe->adds_allowed = 0;
  record(*recording.recorder, partial(10));
  recording.probe->adds_allowed = 100;
  BOOST_TEST(recording->under_way() == 0u);
  const auto snapshot = recording->snapshot();
  BOOST_TEST(snapshot.runs == 1u);
  BOOST_TEST(snapshot.partial == 0u);
  BOOST_TEST(snapshot.lost == 1u);
  BOOST_TEST(snapshot.lost_reasons.at(0).reason == "no memory was left to measure it");
}

BOOST_AUTO_TEST_CASE(failed_runs_have_times_of_their_own) {
  for (const bool mergeable : {true, false}) {
    BOOST_TEST_CONTEXT((mergeable ? "mergeable" : "not mergeable")) {
      const Recording recording(mergeable);
      record(*recording.recorder, 5);
      recording->begin();
      recording->fail({2, 1, 4, {}});
      on_another_thread([&] { record_failed(*recording.recorder, {3, 1, 6, {}}); });
      record_failed(*recording.recorder, partial(10));  // its busy time isn't known
      record_failed(*recording.recorder, {1, 1, -1, LostReason::clock_went_back});
      BOOST_TEST(recording->under_way() == 0u);
      const auto snapshot = recording->snapshot();
      BOOST_TEST(snapshot.runs == 1u);
      BOOST_TEST(snapshot.elapsed.count == 1u);
      BOOST_TEST(snapshot.failed == 4u);
      BOOST_TEST(snapshot.failed_elapsed.count == 3u);
      BOOST_TEST(snapshot.failed_elapsed.total.count() == 20);
      BOOST_TEST(snapshot.failed_elapsed.max.count() == 10);
      BOOST_TEST(snapshot.failed_busy.count == 2u);
      BOOST_TEST(snapshot.failed_busy.total.count() == 5);
    }
  }
}

BOOST_AUTO_TEST_CASE(failed_runs_of_the_only_shard) {
  const Recording recording(true, SeriesKept::elapsed_only);
  recording->only_shard().begin();
  recording->fail_alone({4, 0, 4, {}});
  BOOST_TEST(recording->under_way() == 0u);
  const auto snapshot = recording->snapshot();
  BOOST_TEST(snapshot.failed == 1u);
  BOOST_TEST(snapshot.failed_elapsed.total.count() == 4);
  BOOST_CHECK(snapshot.failed_busy == snapshot.failed_elapsed);  // a scope is busy all the time
}

BOOST_AUTO_TEST_CASE(nothing_is_made_for_failed_runs_until_one_fails) {
  const Recording recording;
  record(*recording.recorder, 5);
  const int before = recording.probe->alive;
  record_failed(*recording.recorder, {1, 0, 1, {}});
  BOOST_TEST(recording.probe->alive == before + 2);
  recording->reset();
  BOOST_TEST(recording.probe->alive == before);
  BOOST_TEST(recording->snapshot().failed == 0u);
  BOOST_TEST(recording->snapshot().failed_elapsed.count == 0u);
}

BOOST_AUTO_TEST_CASE(a_failed_run_is_counted_though_no_memory_is_left) {
  const Recording recording;
  record(*recording.recorder, 5);
  for (int makes = 0; makes < 2; ++makes) {
    recording.probe->makes_allowed = makes;
    record_failed(*recording.recorder, {1, 0, 1, {}});
  }
  recording.probe->makes_allowed = 1000;
  recording.probe->adds_allowed = 0;
  record_failed(*recording.recorder, {1, 0, 1, {}});
  recording.probe->adds_allowed = 1000;
  record_failed(*recording.recorder, {1, 0, 1, {}});
  const auto snapshot = recording->snapshot();
  BOOST_TEST(snapshot.failed == 4u);
  BOOST_TEST(snapshot.failed_elapsed.count == 1u);
  BOOST_TEST(recording->under_way() == 0u);
}

/// Its `make_state` has a run that fails, of the timer that it belongs to.
struct FailingObserver {
  std::shared_ptr<Recorder*> own = std::make_shared<Recorder*>(nullptr);

  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const {
    if (*own) record_failed(**own, {1, 0, 1, {}});
    return HistogramObserver{}.make_state();
  }
};

BOOST_AUTO_TEST_CASE(an_observer_may_use_its_timer_when_it_makes_a_state) {
  const FailingObserver observer;
  const RecorderOwner recorder(&Recorder::make(observer, SeriesKept::elapsed_only));
  record(*recorder, 5);
  *observer.own = recorder.get();
  record_failed(*recorder, {7, 0, 7, {}});
  *observer.own = nullptr;
  const auto snapshot = recorder->snapshot();
  BOOST_TEST(snapshot.failed == 2u);
  BOOST_TEST(snapshot.failed_elapsed.count == 1u);
  BOOST_TEST(snapshot.failed_elapsed.total.count() == 7);
}

BOOST_AUTO_TEST_CASE(intervals_subtract_both) {
  const RecorderOwner recorder(&Recorder::make(HistogramObserver{}, SeriesKept::all));
  record(*recorder, {5, 0, 5, {}});
  record(*recorder, partial(10));
  record_failed(*recorder, {1, 0, 1, {}});
  const auto before = recorder->recorded();
  record(*recorder, {6, 0, 8, {}});
  record(*recorder, partial(20));
  record(*recorder, partial(30, LostReason::mixed));
  record_failed(*recorder, {2, 0, 3, {}});
  const auto interval = recorder->recorded().since(before, recorder->fresh_states(),
                                                   recorder->fresh_failed_states(), {});
  check_partial(interval, 1, 2);
  BOOST_TEST(interval.elapsed.total.count() == 58);
  BOOST_TEST(interval.complete_elapsed.count() == 8);
  BOOST_TEST(interval.partial_reasons.size() == 2u);
  BOOST_TEST(interval.failed == 1u);
  BOOST_TEST(interval.failed_elapsed.count == 1u);
  BOOST_TEST(interval.failed_elapsed.total.count() == 3);
  BOOST_TEST(interval.failed_busy.total.count() == 2);

  recorder->reset();
  check_partial(recorder->snapshot(), 0, 0);
  BOOST_TEST(recorder->snapshot().complete_elapsed.count() == 0);
  record(*recorder, partial(40));
  const auto after = recorder->recorded().since(before, recorder->fresh_states(), {}, {});
  check_partial(after, 0, 1);
  BOOST_TEST(after.complete_elapsed.count() == 0);
}

BOOST_AUTO_TEST_CASE(partial_runs_never_wait_for_room) {
  const Recording recording;
  for (int i = 0; i < 3 * capacity; ++i) record(*recording.recorder, partial(1));
  check_partial(recording->snapshot(), 0, 3 * capacity);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
