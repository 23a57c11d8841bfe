//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/live/stall_detector.hpp>
#include <perf_timer/stall_watch.hpp>

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Tells stalls, on a thread of its own: neither symbols nor the sink, which may take long, keep
/// the watch from looking.
class StallTeller {
 public:
  /// An empty sink stands for standard error.
  StallTeller(const StallDetector& detector, std::function<void(const Stall&)> sink);
  StallTeller(const StallTeller&) = delete;
  StallTeller& operator=(const StallTeller&) = delete;
  /// Tells what is left.
  ~StallTeller();

  /// Throws std::bad_alloc.
  void tell(std::vector<StallDetector::Told> stalls);

  // These two take no lock.

  /// Returns whether so much waits that it had better not become more.
  [[nodiscard]] bool is_full() const noexcept { return waiting_ >= most_waiting; }
  /// Returns how far it has come.
  [[nodiscard]] Telling telling() const noexcept { return {reached_, names_since_}; }

 private:
  static constexpr std::size_t most_waiting = 1000;

  void tell_all() noexcept;
  void tell(StallDetector::Told& told) noexcept;

  const StallDetector& detector_;
  const std::function<void(const Stall&)> sink_;
  std::atomic<std::size_t> waiting_{0};
  std::atomic<std::uint64_t> reached_{0};
  std::atomic<Ticks> names_since_{Telling::never};
  std::mutex mutex_;
  std::condition_variable more_;
  std::deque<StallDetector::Told> stalls_;  // guarded by `mutex_`
  bool is_over_ = false;                    // likewise
  std::thread thread_;
};

}  // namespace perf_timer::inline v0_1::detail
