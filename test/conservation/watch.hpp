//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_base.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace perf_timer::test {

/// What is wrong with a snapshot, or nothing. Every series must have the same runs.
inline std::string not_whole(const TimerSnapshot& now) {
  if (now.elapsed.count != now.runs) return "elapsed isn't of the runs";
  for (const auto* series : {&now.busy, &now.queued})
    if (series->count != now.runs - now.partial) return "a series isn't of the complete runs";
  if (now.failed_elapsed.count != now.failed) return "the failed runs' times aren't of them all";
  std::uint64_t partial = 0;
  for (const auto& one : now.partial_reasons) partial += one.count;
  if (partial != now.partial) return "the reasons of partial runs don't add up";
  std::uint64_t reasons = 0;
  for (const auto& lost : now.lost_reasons) reasons += lost.count;
  if (reasons != now.lost) return "the reasons don't add up";
  return {};
}

/// Which figure is less than in the last snapshot, or nothing.
inline std::string went_back(const TimerSnapshot& now, const TimerSnapshot& last) {
  if (now.runs < last.runs) return "runs went back";
  if (now.partial < last.partial) return "partial went back";
  if (now.failed < last.failed) return "failed went back";
  if (now.lost < last.lost) return "lost went back";
  if (now.dropped < last.dropped) return "dropped went back";
  if (now.busy.total < last.busy.total) return "busy went back";
  if (now.queued.total < last.queued.total) return "queued went back";
  if (now.elapsed.total < last.elapsed.total) return "elapsed went back";
  if (now.complete_elapsed < last.complete_elapsed) return "complete_elapsed went back";
  if (now.failed_elapsed.total < last.failed_elapsed.total) return "failed_elapsed went back";
  return {};
}

/// What is wrong with a series whose samples are all the same, or nothing.
inline std::string not_all(const DurationSummary& series, std::chrono::nanoseconds each) {
  if (series.total != each * series.count) return "the total isn't that of the samples";
  if (series.count == 0) return {};
  if (series.min != each) return "the least isn't a sample";
  if (series.max != each) return "the greatest isn't a sample";
  for (const auto& quantile : series.quantiles)
    if (quantile.value != each) return "a quantile isn't a sample";
  return {};
}

/// Threads that take snapshots of a timer without pause, from construction to `stop`.
class Watch {
 public:
  /// If `each` is given, every run must have it as its busy and elapsed time, and no queued time.
  Watch(const TimerBase& timer, int watchers,
        std::optional<std::chrono::nanoseconds> each = std::nullopt)
      : timer_(timer), each_(each), faults_(static_cast<std::size_t>(watchers)) {
    for (auto& fault : faults_) watchers_.emplace_back([&] { fault = look(); });
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  ~Watch() {
    if (!watchers_.empty()) stop();
  }

  /// How many snapshots they took together.
  [[nodiscard]] std::uint64_t looks() const { return looks_; }

  /// Stops them, and checks that they found no fault.
  void stop() {
    over_ = true;
    for (auto& watcher : watchers_) watcher.join();
    watchers_.clear();
    for (const auto& fault : faults_) BOOST_TEST(fault == "");
  }

 private:
  /// The first fault that was found.
  [[nodiscard]] std::string look() {
    std::string fault;
    TimerSnapshot last;
    for (bool more = true; more;) {
      more = !over_;
      auto now = timer_.snapshot();
      ++looks_;
      if (fault.empty()) fault = fault_of(now, last);
      last = std::move(now);
    }
    return fault;
  }

  [[nodiscard]] std::string fault_of(const TimerSnapshot& now, const TimerSnapshot& last) const {
    auto fault = not_whole(now);
    if (fault.empty()) fault = went_back(now, last);
    if (fault.empty() && each_) fault = not_all(now.busy, *each_);
    if (fault.empty() && each_) fault = not_all(now.elapsed, *each_);
    if (fault.empty() && each_) fault = not_all(now.queued, {});
    if (fault.empty() && each_ && now.complete_elapsed != now.busy.total)
      fault = "complete_elapsed isn't of the complete runs";
    return fault;
  }

  const TimerBase& timer_;
  const std::optional<std::chrono::nanoseconds> each_;
  std::atomic<bool> over_ = false;
  std::atomic<std::uint64_t> looks_ = 0;
  std::vector<std::string> faults_;
  std::vector<std::thread> watchers_;
};

}  // namespace perf_timer::test
