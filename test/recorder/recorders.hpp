//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/recorder/recorder.hpp>

#include "probe_observer.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <memory>
#include <thread>

namespace perf_timer::test {

using detail::LostReason;
using detail::Recorder;
using detail::RecorderOwner;
using detail::RunTimes;
using detail::SeriesKept;
using detail::Ticks;
using detail::WaitingTimes;

/// A recorder, which the destructor retires, and what its observer did.
struct Recording {
  explicit Recording(bool mergeable = true, SeriesKept kept = SeriesKept::all)
      : recorder([&] {
          probe->mergeable = mergeable;
          return &Recorder::make(ProbeObserver(probe), kept);
        }()) {}

  Recorder* operator->() const { return recorder.get(); }

  const std::shared_ptr<Probe> probe = std::make_shared<Probe>();
  RecorderOwner recorder;
};

/// Records one complete run.
inline void record(Recorder& recorder, const RunTimes& times) {
  recorder.begin();
  recorder.end(times);
}

/// Records runs that were idle for one tick, so that each series has samples of its own.
inline void record(Recorder& recorder, detail::Ticks busy, int times = 1) {
  for (int i = 0; i < times; ++i) record(recorder, {busy, 0, busy + 1, {}});
}

/// A function that was submitted.
class Function {
 public:
  explicit Function(Recorder& recorder, Ticks since = 0) : recorder_(recorder) {
    recorder.submit(since, waits_);
  }
  void start() { recorder_.start(WaitingTimes::remove(waits_)); }
  void drop() { recorder_.drop(WaitingTimes::remove(waits_)); }

 private:
  Recorder& recorder_;
  detail::WaitingRef waits_;
};

/// Records a function that an exception left.
inline void record_failed(Recorder& recorder, const RunTimes& times) {
  Function(recorder).start();
  recorder.fail(times);
}

/// Records a function that never runs.
inline void record_dropped(Recorder& recorder) { Function(recorder).drop(); }

inline void on_another_thread(auto action) { std::thread(action).join(); }

/// Checks that every series has that many samples, and that nothing else was counted.
inline void check_runs(const TimerSnapshot& snapshot, std::uint64_t runs) {
  BOOST_TEST(snapshot.runs == runs);
  BOOST_TEST(snapshot.busy.count == runs);
  BOOST_TEST(snapshot.queued.count == runs);
  BOOST_TEST(snapshot.elapsed.count == runs);
  BOOST_TEST(snapshot.failed == 0u);
  BOOST_TEST(snapshot.lost == 0u);
  BOOST_TEST(snapshot.dropped == 0u);
  BOOST_TEST(snapshot.lost_reasons.empty());
}

}  // namespace perf_timer::test
