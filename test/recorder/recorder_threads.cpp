//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/recorder.hpp>

#include <perf_timer/histogram_observer.hpp>

#include "common/hangs_after.hpp"
#include "recorders.hpp"

#include "common/waiting.hpp"

#include <pthread.h>

#include <atomic>
#include <mutex>
#include <vector>

namespace perf_timer::test {
namespace {

/// Takes snapshots until told to stop. Returns what was wrong with one of them.
int look(const Recorder& recorder, const std::atomic<int>& running) {
  int wrong = 0;
  TimerSnapshot last;
  bool more = true;
  while (more) {
    more = running > 0;
    auto now = recorder.snapshot();
    if (now.runs != now.busy.count || now.runs != now.queued.count || now.runs != now.elapsed.count)
      ++wrong;
    if (now.busy.total != now.elapsed.total) ++wrong;
    if (now.runs < last.runs || now.busy.total < last.busy.total) ++wrong;
    if (now.failed < last.failed || now.lost < last.lost || now.dropped < last.dropped) ++wrong;
    last = std::move(now);
  }
  return wrong;
}

void check_four_threads(const Observer& observer) {
  constexpr int threads = 4, rounds = 10'000;
  const RecorderOwner recorder(&Recorder::make(observer, SeriesKept::all));
  std::atomic<int> running = threads;
  std::vector<std::thread> all;
  for (int t = 0; t < threads; ++t)
    all.emplace_back([&, t] {
      for (int i = 0; i < rounds; ++i) {
        record(*recorder, {t + 1, 0, t + 1, {}});
        if (i % 10 == 0) recorder->begin(), recorder->fail({});
        if (i % 20 == 0) record_dropped(*recorder);
        if (i % 50 == 0) record(*recorder, {0, 0, 0, LostReason::mixed});
      }
      --running;
    });
  int wrong = -1;
  std::thread looker([&] { wrong = look(*recorder, running); });
  for (auto& thread : all) thread.join();
  looker.join();

  BOOST_TEST(wrong == 0);
  const auto snapshot = recorder->snapshot();
  BOOST_TEST(snapshot.runs == std::uint64_t{threads * rounds});
  BOOST_TEST(snapshot.busy.total.count() == (1 + 2 + 3 + 4) * rounds);
  BOOST_TEST(snapshot.busy.min.count() == 1);
  BOOST_TEST(snapshot.busy.max.count() == 4);
  BOOST_TEST(snapshot.failed == std::uint64_t{threads * rounds / 10});
  BOOST_TEST(snapshot.dropped == std::uint64_t{threads * rounds / 20});
  BOOST_TEST(snapshot.lost == std::uint64_t{threads * rounds / 50});
  BOOST_TEST(recorder->under_way() == 0u);
}

BOOST_AUTO_TEST_SUITE(recorder_threads, *hangs_after(120))

BOOST_AUTO_TEST_CASE(snapshots_are_whole_while_four_threads_record) {
  check_four_threads(HistogramObserver{});
}

BOOST_AUTO_TEST_CASE(the_same_in_one_common_state) {
  const auto probe = std::make_shared<Probe>();
  probe->mergeable = false;
  probe->adds_allowed = 1'000'000'000;
  check_four_threads(ProbeObserver(probe));
}

BOOST_AUTO_TEST_CASE(runs_that_begin_here_and_end_there) {
  constexpr int rounds = 10'000;
  const Recording recording;
  std::atomic<int> begun = 0;
  std::atomic<bool> too_many_over = false;
  std::thread other([&] {
    for (int ended = 0; ended < rounds; ++ended) {
      while (begun <= ended) std::this_thread::yield();
      recording->end({1, 0, 1, {}});
    }
  });
  for (int i = 0; i < rounds; ++i) {
    recording->begin();
    ++begun;
    if (recording->under_way() > std::uint64_t{rounds}) too_many_over = true;  // below zero
  }
  other.join();
  BOOST_TEST(!too_many_over);
  BOOST_TEST(recording->under_way() == 0u);
  check_runs(recording->snapshot(), rounds);
}

BOOST_AUTO_TEST_CASE(a_thread_that_ended_leaves_its_shard_to_the_next) {
  const Recording recording;
  for (int i = 0; i < 101; ++i) on_another_thread([&] { record(*recording.recorder, 1); });
  BOOST_TEST(recording.probe->made == states_of_shard);  // a second shard would have its own
  check_runs(recording->snapshot(), 101);
}

BOOST_AUTO_TEST_CASE(as_many_shards_as_threads_at_once) {
  const Recording recording;
  std::mutex one_after_the_other;  // two that need states at once may make one too many
  for (int round = 0; round < 5; ++round) {
    Latch all_have_one(4);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&] {
        {
          const std::lock_guard lock(one_after_the_other);
          record(*recording.recorder, 1);
        }
        all_have_one.arrive_and_wait();
      });
    for (auto& thread : threads) thread.join();
    BOOST_TEST(recording.probe->made == states_of_shard * 2);  // with 20 shards it would be 3
  }
  check_runs(recording->snapshot(), 20);
}

BOOST_AUTO_TEST_CASE(threads_share_few_states) {
  struct Row {
    int threads;
    bool mergeable;
    int states;
  };
  for (const Row& row : {Row{1, true, 1},
                         {2, true, 2},
                         {15, true, 2},
                         {16, true, 3},
                         {64, true, 3},
                         {64, false, 1}}) {
    BOOST_TEST_CONTEXT(row.threads << " threads, mergeable: " << row.mergeable) {
      const Recording recording(row.mergeable);
      std::mutex one_after_the_other;  // two that need states at once may make one too many
      Latch all_have_one(row.threads);
      std::vector<std::thread> threads;
      for (int t = 0; t < row.threads; ++t)
        threads.emplace_back([&] {
          {
            const std::lock_guard lock(one_after_the_other);
            record(*recording.recorder, 1, 100);
          }
          all_have_one.arrive_and_wait();
        });
      for (auto& thread : threads) thread.join();
      const int of_all_series = row.mergeable ? states_of_shard : states_of_shard - 1;
      BOOST_TEST(recording.probe->made == row.states * of_all_series);
      check_runs(recording->snapshot(), 100 * static_cast<std::uint64_t>(row.threads));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_thread_uses_many_recorders) {
  std::vector<Recording> recordings(100);
  on_another_thread([&] {
    for (int round = 0; round < 2; ++round)
      for (auto& recording : recordings) record(*recording.recorder, 1);
  });
  for (auto& recording : recordings) {
    check_runs(recording->snapshot(), 2);
    BOOST_TEST(recording.probe->made == states_of_shard + states_of_snapshot);
  }
}

/// Records when it is destroyed. As a thread_local that was constructed before the thread used any
/// recorder, it is destroyed after the thread's shards were returned.
struct Late {
  ~Late() {
    if (recorder) record(*recorder, 10, 200);
  }
  Recorder* recorder = nullptr;
};

BOOST_AUTO_TEST_CASE(thread_locals_record_after_the_shards_were_given_back) {
  for (const bool mergeable : {true, false}) {
    const Recording recording(mergeable);
    for (int i = 0; i < 3; ++i)
      on_another_thread([&] {
        static thread_local Late late;
        late.recorder = recording.recorder.get();
        record(*recording.recorder, 1);
      });
    check_runs(recording->snapshot(), 3 + 3 * 200);
    BOOST_TEST(recording->under_way() == 0u);
  }
}

BOOST_AUTO_TEST_CASE(so_do_threads_that_are_over_but_for_the_systems_destructors) {
  const Recording recording;
  pthread_key_t key{};
  const auto destroy = [](void* recorder) { record(*static_cast<Recorder*>(recorder), 10, 200); };
  BOOST_REQUIRE(pthread_key_create(&key, destroy) == 0);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      pthread_setspecific(key, recording.recorder.get());
      record(*recording.recorder, 1);
    });
  for (auto& thread : threads) thread.join();
  BOOST_REQUIRE(pthread_key_delete(key) == 0);
  check_runs(recording->snapshot(), 4 + 4 * 200);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
