//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/recorder.hpp>

#include "recorders.hpp"

#include <new>

namespace perf_timer::test {
namespace {

constexpr int capacity = detail::SampleQueue::capacity;

BOOST_AUTO_TEST_SUITE(recorder_failures)

BOOST_AUTO_TEST_CASE(a_recorder_that_cannot_be_made) {
  for (int allowed = 0; allowed < 3; ++allowed) {
    const auto probe = std::make_shared<Probe>();
    probe->makes_allowed = allowed;
    BOOST_CHECK_THROW(static_cast<void>(Recorder::make(ProbeObserver(probe), SeriesKept::all)),
                      std::bad_alloc);
    BOOST_TEST(probe->alive == 0);
    BOOST_TEST(probe.use_count() == 1);
  }
}

BOOST_AUTO_TEST_CASE(samples_that_the_observer_refuses_are_lost_when_the_queue_is_full) {
  for (const bool mergeable : {true, false}) {
    BOOST_TEST_CONTEXT((mergeable ? "mergeable" : "not mergeable")) {
      const Recording recording(mergeable);
      recording.probe->adds_allowed = 0;
      record(*recording.recorder, 5, capacity + 10);
      BOOST_TEST(recording->under_way() == 0u);

      recording.probe->adds_allowed = 100;
      const auto snapshot = recording->snapshot();
      BOOST_TEST(snapshot.runs == std::uint64_t{capacity});
      BOOST_TEST(snapshot.lost == 10u);
      BOOST_REQUIRE(snapshot.lost_reasons.size() == 1u);
      BOOST_TEST(snapshot.lost_reasons[0].reason == "no memory was left to measure it");
      BOOST_TEST(snapshot.lost_reasons[0].count == 10u);

      record(*recording.recorder, 5);
      BOOST_TEST(recording->snapshot().runs == std::uint64_t{capacity + 1});
    }
  }
}

// A full queue is emptied series by series. The observer fails at each of them, repeatedly.
BOOST_AUTO_TEST_CASE(counts_add_up_however_often_the_observer_fails) {
  for (int failing = 0; failing < 3; ++failing) {
    BOOST_TEST_CONTEXT("fails after " << failing) {
      const Recording recording;
      const int begun = 10 * capacity;
      for (int i = 0; i < begun; ++i) {
        if (i % capacity == 0) recording.probe->adds_allowed = i % (3 * capacity) ? 100 : failing;
        record(*recording.recorder, 1);
      }
      recording.probe->adds_allowed = 100;
      const auto snapshot = recording->snapshot();
      BOOST_TEST(snapshot.busy.count == snapshot.runs);
      BOOST_TEST(snapshot.queued.count == snapshot.runs);
      BOOST_TEST(snapshot.elapsed.count == snapshot.runs);
      BOOST_TEST(snapshot.runs + snapshot.lost == static_cast<unsigned>(begun));
      BOOST_TEST(snapshot.lost > 0u);
      BOOST_TEST(snapshot.runs > std::uint64_t{capacity});
    }
  }
}

BOOST_AUTO_TEST_CASE(a_snapshot_that_fails_loses_nothing) {
  const Recording recording;
  record(*recording.recorder, 5, 10);
  for (int allowed = 0; allowed < states_of_snapshot; ++allowed) {
    recording.probe->makes_allowed = allowed;
    BOOST_CHECK_THROW(static_cast<void>(recording->snapshot()), std::bad_alloc);
  }
  recording.probe->makes_allowed = 100;
  for (int allowed = 0; allowed < 3; ++allowed) {
    record(*recording.recorder, 5);
    recording.probe->adds_allowed = allowed;
    BOOST_CHECK_THROW(static_cast<void>(recording->snapshot()), std::bad_alloc);
    recording.probe->adds_allowed = 100;
  }
  const auto snapshot = recording->snapshot();
  check_runs(snapshot, 13);
  BOOST_TEST(snapshot.busy.total.count() == 65);
}

// Busy and elapsed are in one state. Then queued fails.
BOOST_AUTO_TEST_CASE(a_snapshot_that_fails_in_between_of_runs_that_were_busy_all_the_time) {
  const Recording recording;
  for (int allowed = 0; allowed < 2; ++allowed) {
    for (int i = 0; i < 10; ++i) record(*recording.recorder, {5, 0, 5, {}});
    recording.probe->adds_allowed = allowed;
    BOOST_CHECK_THROW(static_cast<void>(recording->snapshot()), std::bad_alloc);
    recording.probe->adds_allowed = 100;
  }
  const auto snapshot = recording->snapshot();
  check_runs(snapshot, 20);
  BOOST_TEST(snapshot.busy.total.count() == 100);
  BOOST_TEST(snapshot.queued.total.count() == 0);
  BOOST_TEST(snapshot.elapsed.total.count() == 100);
}

BOOST_AUTO_TEST_CASE(a_thread_without_memory_for_a_shard_uses_the_spare_one) {
  for (int allowed = 0; allowed < states_of_shard; ++allowed) {
    BOOST_TEST_CONTEXT(allowed << " states can be made") {
      const Recording recording;
      record(*recording.recorder, 5);  // so that another thread needs states
      recording.probe->makes_allowed = allowed;
      for (int i = 0; i < 3; ++i)
        on_another_thread([&] { record(*recording.recorder, 5, 2 * capacity); });
      recording.probe->makes_allowed = 100;
      record(*recording.recorder, 5);
      check_runs(recording->snapshot(), 3 * 2 * capacity + 2);
      BOOST_TEST(recording->under_way() == 0u);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
