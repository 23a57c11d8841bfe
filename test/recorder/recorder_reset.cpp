//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/recorder.hpp>

#include "recorders.hpp"

#include <new>

namespace perf_timer::test {
namespace {

BOOST_AUTO_TEST_SUITE(recorder_reset)

BOOST_AUTO_TEST_CASE(forgets_what_has_ended) {
  for (const bool mergeable : {true, false}) {
    BOOST_TEST_CONTEXT((mergeable ? "mergeable" : "not mergeable")) {
      const Recording recording(mergeable);
      record(*recording.recorder, 5, 100);
      on_another_thread([&] { record(*recording.recorder, 5, 100); });
      record(*recording.recorder, {1, 1, 1, LostReason::mixed});
      recording->begin(), recording->fail({});
      record_dropped(*recording.recorder);
      recording->begin(), recording->cancel();

      recording->reset();
      check_runs(recording->snapshot(), 0);
      BOOST_TEST(recording->under_way() == 0u);

      record(*recording.recorder, 7);
      recording->begin(), recording->fail({});
      const auto snapshot = recording->snapshot();
      BOOST_TEST(snapshot.runs == 1u);
      BOOST_TEST(snapshot.busy.max.count() == 7);
      BOOST_TEST(snapshot.failed == 1u);
      BOOST_TEST(snapshot.lost == 0u);
    }
  }
}

BOOST_AUTO_TEST_CASE(runs_that_are_open_will_count) {
  const Recording recording;
  for (int i = 0; i < 3; ++i) recording->begin();
  recording->reset();
  BOOST_TEST(recording->under_way() == 3u);
  recording->end({5, 0, 5, {}});
  recording->fail({});
  on_another_thread([&] { recording->end({1, 1, 1, LostReason::mixed}); });
  const auto snapshot = recording->snapshot();
  BOOST_TEST(snapshot.runs == 1u);
  BOOST_TEST(snapshot.failed == 1u);
  BOOST_TEST(snapshot.lost == 1u);
  BOOST_TEST(recording->under_way() == 0u);
}

BOOST_AUTO_TEST_CASE(twice) {
  const Recording recording;
  recording->begin(), recording->fail({});
  recording->reset();
  recording->begin(), recording->fail({});
  recording->reset();
  check_runs(recording->snapshot(), 0);
}

// Two threads have states. The record stays as it is, whichever of their states can't be made.
BOOST_AUTO_TEST_CASE(without_memory_nothing_is_forgotten) {
  for (int allowed = 0; allowed < 2 * states_of_shard; ++allowed) {
    BOOST_TEST_CONTEXT(allowed << " states can be made") {
      const Recording recording;
      record(*recording.recorder, 5, 10);
      on_another_thread([&] { record(*recording.recorder, 5, 10); });
      record(*recording.recorder, {1, 1, 1, LostReason::mixed});
      const auto before = recording->snapshot();

      recording.probe->makes_allowed = allowed;
      BOOST_CHECK_THROW(recording->reset(), std::bad_alloc);
      recording.probe->makes_allowed = 100;
      BOOST_CHECK(recording->snapshot() == before);

      recording->reset();
      check_runs(recording->snapshot(), 0);
    }
  }
}

BOOST_AUTO_TEST_CASE(an_observer_that_refuses_samples_makes_it_forget_nothing) {
  // The samples of this thread and of another one are in two queues, each with three series.
  for (int allowed = 0; allowed < 6; ++allowed) {
    BOOST_TEST_CONTEXT(allowed << " batches are taken") {
      const Recording recording;
      record(*recording.recorder, 5, 10);
      std::thread other([&] { record(*recording.recorder, 6, 10); });
      other.join();

      recording.probe->adds_allowed = allowed;
      BOOST_CHECK_THROW(recording->reset(), std::bad_alloc);
      recording.probe->adds_allowed = 100;
      const auto snapshot = recording->snapshot();
      check_runs(snapshot, 20);
      BOOST_TEST(snapshot.busy.total.count() == 110);

      recording->reset();
      check_runs(recording->snapshot(), 0);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
