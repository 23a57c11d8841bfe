//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_snapshot.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <deque>
#include <limits>
#include <mutex>

namespace perf_timer::test {

/// The outcomes of runs, as the program itself counts them.
struct Tally {
  std::uint64_t began = 0, runs = 0, partial = 0, failed = 0, lost = 0, cancelled = 0, dropped = 0;
  std::int64_t ticks = 0;  ///< of the runs that became samples
  std::int64_t least = std::numeric_limits<std::int64_t>::max(), most = 0;

  void ran(std::int64_t for_ticks) {
    ++runs;
    ticks += for_ticks;
    least = std::min(least, for_ticks);
    most = std::max(most, for_ticks);
  }

  Tally& operator+=(const Tally& other) {
    began += other.began;
    runs += other.runs;
    partial += other.partial;
    failed += other.failed;
    lost += other.lost;
    cancelled += other.cancelled;
    dropped += other.dropped;
    ticks += other.ticks;
    least = std::min(least, other.least);
    most = std::max(most, other.most);
    return *this;
  }
};

/// A tally for each thread that uses one.
class Tallies {
 public:
  /// The tally of the calling thread.
  [[nodiscard]] Tally& here() {
    static thread_local std::uint64_t serial = 0;
    static thread_local Tally* mine = nullptr;
    if (serial != serial_) {
      const std::lock_guard lock(mutex_);
      mine = &tallies_.emplace_back();
      serial = serial_;
    }
    return *mine;
  }

  /// Call it when the threads are joined.
  [[nodiscard]] Tally sum() const {
    Tally sum;
    for (const auto& tally : tallies_) sum += tally;
    return sum;
  }

 private:
  static inline std::atomic<std::uint64_t> last_serial{0};

  const std::uint64_t serial_ = ++last_serial;
  std::mutex mutex_;
  std::deque<Tally> tallies_;
};

/// Checks that the snapshot and the tally count the same, and that the tally's outcomes add up to
/// the runs begun.
inline void check_outcomes(const TimerSnapshot& snapshot, const Tally& tally) {
  BOOST_TEST(tally.began == tally.runs + tally.partial + tally.failed + tally.lost +
                                tally.cancelled + tally.dropped);
  BOOST_TEST(snapshot.runs == tally.runs + tally.partial);
  BOOST_TEST(snapshot.partial == tally.partial);
  BOOST_TEST(snapshot.failed == tally.failed);
  BOOST_TEST(snapshot.failed_elapsed.count == tally.failed);
  BOOST_TEST(snapshot.lost == tally.lost);
  BOOST_TEST(snapshot.dropped == tally.dropped);
  BOOST_TEST(snapshot.open == 0u);
  BOOST_TEST(snapshot.waiting == 0u);
  std::uint64_t reasons = 0;
  for (const auto& lost : snapshot.lost_reasons) reasons += lost.count;
  BOOST_TEST(reasons == tally.lost);
}

/// Checks that the series has the tally's runs.
inline void check_series(const DurationSummary& series, const Tally& tally) {
  BOOST_TEST(series.count == tally.runs);
  BOOST_TEST(series.total.count() == tally.ticks);
  if (tally.runs == 0) return;
  BOOST_TEST(series.min.count() == tally.least);
  BOOST_TEST(series.max.count() == tally.most);
}

/// Checks that the series has as many runs, all of zero duration.
inline void check_zeroes(const DurationSummary& series, const Tally& tally) {
  BOOST_TEST(series.count == tally.runs);
  BOOST_TEST(series.total.count() == 0);
  BOOST_TEST(series.max.count() == 0);
}

}  // namespace perf_timer::test
