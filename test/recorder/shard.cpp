//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/shard.hpp>

#include "probe_observer.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <new>

namespace perf_timer::test {
namespace {

using detail::DrainGate;
using detail::LockedStates;
using detail::LostReason;
using detail::ObserverStates;
using detail::SampleQueue;
using detail::SeriesKept;
using detail::Shard;

/// A shard and its states.
struct OneShard {
  explicit OneShard(SeriesKept kept = SeriesKept::all) : states(ProbeObserver(probe), kept) {}

  std::uint64_t count(std::size_t series) {
    return shard.states().states.series.at(series)->summary().count;
  }
  std::uint64_t lost(LostReason reason) {
    return shard.counters().lost.at(static_cast<std::size_t>(reason)).load();
  }
  void end(int times) {
    for (int i = 0; i < times; ++i) shard.end({1, 2, 3, {}});
  }

  std::shared_ptr<Probe> probe = std::make_shared<Probe>();
  DrainGate gate;
  LockedStates states;
  Shard shard{gate, states};
};

BOOST_AUTO_TEST_SUITE(shard)

BOOST_AUTO_TEST_CASE(states_for_the_series_that_are_kept) {
  const auto probe = std::make_shared<Probe>();
  ObserverStates all(ProbeObserver(probe), SeriesKept::all);
  BOOST_TEST(probe->made == states_of_shard);
  ObserverStates plain(ProbeObserver(probe), SeriesKept::elapsed_only);
  BOOST_TEST(probe->made == states_of_shard + 1);
  BOOST_TEST(!plain.series[0]);
  BOOST_TEST(!plain.series[1]);
  BOOST_TEST((plain.series[2] != nullptr));
  BOOST_TEST(!plain.undivided);
  probe->mergeable = false;
  ObserverStates common(ProbeObserver(probe), SeriesKept::all);
  BOOST_TEST(!common.undivided);
}

BOOST_AUTO_TEST_CASE(runs_that_were_busy_all_the_time_have_one_sample_for_both) {
  OneShard one, all;
  for (int i = 0; i < 3; ++i) one.shard.end({5, 1, 5, {}});
  one.shard.drain();
  BOOST_TEST(one.count(0) == 0u);
  BOOST_TEST(one.count(1) == 3u);
  BOOST_TEST(one.count(2) == 0u);
  BOOST_TEST(one.shard.states().states.undivided->summary().count == 3u);
  BOOST_TEST(one.shard.states().runs == 3u);
  one.end(2);  // a single one of these in the batch would be enough
  one.shard.end({7, 0, 7, {}});
  one.shard.drain();
  BOOST_TEST(one.count(0) == 3u);
  BOOST_TEST(one.shard.states().runs == 6u);

  all.shard.states().states.merge(one.shard.states().states);
  const auto& merged = all.shard.states().states;
  const std::int64_t totals[] = {3 * 5 + 2 * 1 + 7, 3 * 1 + 2 * 2, 3 * 5 + 2 * 3 + 7};
  for (std::size_t i = 0; i < 3; ++i) {
    BOOST_TEST(merged.series[i]->summary().count == 6u);
    BOOST_TEST(merged.series[i]->summary().total.count() == totals[i]);
  }
  BOOST_TEST(merged.undivided->summary().count == 0u);
}

BOOST_AUTO_TEST_CASE(states_merge_series_by_series) {
  OneShard a, b;
  a.end(2);
  b.end(3);
  a.shard.drain();
  b.shard.drain();
  a.shard.states().states.merge(b.shard.states().states);
  const auto& merged = a.shard.states().states.series;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto summary = merged[i]->summary();
    BOOST_TEST(summary.count == 5u);
    BOOST_TEST(summary.total.count() == 5 * static_cast<int>(i + 1));
  }
}

BOOST_AUTO_TEST_CASE(each_end_is_counted_once) {
  OneShard one;
  for (int i = 0; i < 6; ++i) one.shard.begin();
  one.shard.end({1, 2, 3, {}});
  one.shard.end({1, 2, 3, LostReason::mixed});
  one.shard.fail();
  detail::WaitingRef function;
  one.shard.submit(0, function);
  one.shard.drop(function.slot());
  one.shard.cancel();
  BOOST_TEST(one.shard.samples() == 1u);
  BOOST_TEST(one.shard.counters().begun.load() == 6u);
  BOOST_TEST(one.shard.counters().failed.load() == 1u);
  BOOST_TEST(one.shard.counters().dropped.load() == 1u);
  BOOST_TEST(one.shard.counters().cancelled.load() == 1u);
  BOOST_TEST(one.lost(LostReason::mixed) == 1u);
  BOOST_TEST(one.lost(LostReason::none) == 0u);
}

BOOST_AUTO_TEST_CASE(functions_wait_until_they_start_or_are_dropped) {
  OneShard one, other;
  detail::WaitingRef starts, dropped;
  one.shard.submit(3, starts);
  one.shard.submit(4, dropped);
  BOOST_TEST((starts.slot().since() == detail::Ticks{3}));
  BOOST_TEST((dropped.slot().since() == detail::Ticks{4}));
  other.shard.start(starts.slot());  // another thread's
  BOOST_TEST(!starts.slot().since());
  other.shard.drop(dropped.slot());
  BOOST_TEST(!dropped.slot().since());
  int waiting = 0;
  one.shard.waiting().for_each([&](const auto& slot) { waiting += slot.is_free() ? 0 : 1; });
  BOOST_TEST(waiting == 0);
  BOOST_TEST(one.shard.counters().submitted.load() == 2u);
  BOOST_TEST(other.shard.counters().started.load() == 1u);
  BOOST_TEST(other.shard.counters().dropped.load() == 1u);
}

BOOST_AUTO_TEST_CASE(samples_wait_until_they_are_drained_or_too_many) {
  constexpr int capacity = SampleQueue::capacity;
  OneShard one;
  one.end(capacity);
  BOOST_TEST(one.count(2) == 0u);
  one.end(1);  // empties the full queue first
  BOOST_TEST(one.count(2) == SampleQueue::capacity);
  one.shard.drain();
  for (std::size_t i = 0; i < 3; ++i) BOOST_TEST(one.count(i) == SampleQueue::capacity + 1);
  BOOST_TEST(one.shard.samples() == SampleQueue::capacity + 1);
}

BOOST_AUTO_TEST_CASE(series_that_are_not_kept_do_not_fill_the_queue) {
  OneShard one(SeriesKept::elapsed_only);
  one.end(1000);
  one.shard.drain();
  BOOST_TEST(one.count(2) == 1000u);
  BOOST_TEST(one.lost(LostReason::no_memory) == 0u);
}

BOOST_AUTO_TEST_CASE(shards_that_share_states_fill_them) {
  OneShard owner;
  Shard a(owner.gate, owner.states), b(owner.gate, owner.states);
  BOOST_TEST(&a.states() == &owner.states);
  a.end({1, 1, 2, {}});
  b.end({1, 1, 2, {}});
  a.drain();
  b.drain();
  BOOST_TEST(owner.count(0) == 2u);
}

BOOST_AUTO_TEST_CASE(an_observer_that_throws_loses_nothing_until_the_queue_is_full) {
  constexpr int capacity = SampleQueue::capacity;
  OneShard one;
  one.end(10);
  one.probe->adds_allowed = 1;  // busy succeeds, the next series fails
  BOOST_CHECK_THROW(one.shard.drain(), std::bad_alloc);
  one.end(capacity - 10 + 3);
  BOOST_TEST(one.lost(LostReason::no_memory) == 3u);

  one.probe->adds_allowed = 100;
  one.shard.drain();
  for (std::size_t i = 0; i < 3; ++i) BOOST_TEST(one.count(i) == SampleQueue::capacity);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
