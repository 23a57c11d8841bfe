//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/average_observer.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include "explored/registered.hpp"

namespace {

using namespace perf_timer::detail;

/// Two threads record runs and end. The second may take over the first one's shard. Meanwhile a
/// third one takes a snapshot: of a moment, with as many samples as were counted.
struct ThreadsRecordAndEnd : explored::Scenario {
  void thread(unsigned index) override {
    if (index == 2) return check(recorder->recorded());
    recorder->begin();
    recorder->end({.busy = 1, .queued = 0, .elapsed = 2});
  }
  void after() override {
    const Recorded all = recorder->recorded();
    check(all);
    explored::expect(all.counters.samples == 2 && all.open == 0, "no run is lost");
  }
  static void check(const Recorded& recorded) {
    explored::expect(recorded.runs == recorded.counters.samples && recorded.runs <= 2 &&
                         recorded.open + recorded.runs <= 2,
                     "what was counted has been seen");
  }

  const RecorderOwner recorder{&Recorder::make(perf_timer::AverageObserver(), SeriesKept::all)};
};

const explored::Registered registered("shard_hand_over", explored::make<ThreadsRecordAndEnd>,
                                      {.threads = 3, .at_random = 1000},
                                      {"SampleQueue::push store release"});

}  // namespace
