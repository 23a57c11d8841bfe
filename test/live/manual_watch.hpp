//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/live/stall_detector.hpp>
#include <perf_timer/stall_watch.hpp>

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <iterator>
#include <utility>
#include <vector>

namespace perf_timer::test {

// Threads answer late where many tests run, so nobody gives up on them here.
inline constexpr std::chrono::seconds patience{60};
inline constexpr detail::Ticks ms = 1'000'000;

/// Returns a time that no reader of the beacons has seen, an hour behind the one before.
inline detail::Ticks manual_time() {
  static detail::Ticks last = detail::steady_now();
  return last += 3'600'000 * ms;
}

/// A watch of steps that take longer than 100 ms. The test says what time it is, from a time on
/// that no reader of the beacons has seen.
class Watch {
 public:
  explicit Watch(StallWatchOptions options = {}, std::chrono::milliseconds answers_in = patience)
      : detector_(std::move(options), answers_in) {}

  std::vector<Stall> look(detail::Ticks at) { return look_preempted(at, at); }
  /// Others take the processor away after it has looked what time it is.
  std::vector<Stall> look_preempted(detail::Ticks at, detail::Ticks later) {
    detail::Ticks next = begin_ + at;
    std::vector<Stall> told = detector_.look([&] { return std::exchange(next, begin_ + later); });
    for (Stall& stall : told) detector_.name_frames(stall);
    return told;
  }
  void hold_all_back(bool all) { detector_.hold_all_back(all); }
  std::vector<Stall> finish(detail::Ticks at) {
    return detector_.finish([&] { return begin_ + at; });
  }
  std::vector<Stall> look_at_each(std::initializer_list<detail::Ticks> times) {
    std::vector<Stall> all;
    for (const detail::Ticks at : times) std::ranges::move(look(at), std::back_inserter(all));
    return all;
  }

 private:
  const detail::Ticks begin_ = manual_time();
  detail::StallDetector detector_;
};

}  // namespace perf_timer::test
