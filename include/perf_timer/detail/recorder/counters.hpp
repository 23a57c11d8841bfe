//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/recorder/lost_reason.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// A count that one thread at a time increments and any thread reads.
class SingleWriterCount {
 public:
  void increment() noexcept { add(1); }
  void add(std::uint64_t n) noexcept {
    value_.store(value_.load(std::memory_order_relaxed) + n, std::memory_order_release);
  }
  [[nodiscard]] std::uint64_t load() const noexcept {
    return value_.load(std::memory_order_acquire);
  }

  /// For its writer: returns it, of nanoseconds.
  [[nodiscard]] std::int64_t ticks() const noexcept {
    return static_cast<std::int64_t>(value_.load(std::memory_order_relaxed));
  }
  /// Makes it the greatest of several.
  void raise(std::uint64_t n) noexcept {
    if (n > value_.load(std::memory_order_relaxed)) value_.store(n, std::memory_order_release);
  }
  /// Any thread. What the writer does at the same time may come before or after.
  void forget() noexcept { value_.store(0, std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};  // its writer reads it relaxed
};

/// How the runs of a timer begin and end. At any moment, begun + submitted = samples + ended +
/// open, and submitted = started + dropped + waiting.
struct Counters {
  SingleWriterCount begun;
  SingleWriterCount submitted;  ///< functions to wrapped executors; their runs begin there
  SingleWriterCount started;    ///< of these
  SingleWriterCount failed;
  SingleWriterCount partial;
  SingleWriterCount dropped;
  SingleWriterCount cancelled;
  SingleWriterCount off_processor;  ///< nanoseconds, of samples
  SingleWriterCount held;           ///< the same: of queued time, another held the strand
  SingleWriterCount unsplit;        ///< the same: it isn't known whether one did
  SingleWriterCount more_steps;     ///< modulo 2^64: steps of samples, less their number
  SingleWriterCount longest_step;   ///< nanoseconds: the greatest, since the last reset
  std::array<SingleWriterCount, lost_reason_count> lost;
};

/// The same as plain values.
struct CounterValues {
  std::uint64_t begun = 0, submitted = 0, started = 0;
  std::uint64_t samples = 0, failed = 0, partial = 0, dropped = 0, cancelled = 0;
  std::uint64_t off_processor = 0, held = 0, unsplit = 0, more_steps = 0;
  std::uint64_t longest_step = 0;
  std::array<std::uint64_t, lost_reason_count> lost{};

  bool operator==(const CounterValues&) const = default;

  /// Returns how many runs have begun and not ended, and how many of them are functions that
  /// haven't started.
  [[nodiscard]] std::uint64_t open() const noexcept {
    return difference(begun + submitted, ended());
  }
  [[nodiscard]] std::uint64_t waiting() const noexcept {
    return difference(submitted, started + dropped);
  }
  [[nodiscard]] std::uint64_t ended() const noexcept {
    std::uint64_t sum = samples + failed + partial + dropped + cancelled;
    for (auto n : lost) sum += n;
    return sum;
  }

  void add_ended(const Counters& from) noexcept {
    for (std::size_t i = 0; i < lost.size(); ++i) lost[i] += from.lost[i].load();
    started += from.started.load();
    failed += from.failed.load();
    partial += from.partial.load();
    dropped += from.dropped.load();
    cancelled += from.cancelled.load();
    off_processor += from.off_processor.load();
    held += from.held.load();
    unsplit += from.unsplit.load();
    more_steps += from.more_steps.load();
    longest_step = std::max(longest_step, from.longest_step.load());
  }
  void add_begun(const Counters& from) noexcept {
    begun += from.begun.load();
    submitted += from.submitted.load();
  }

  /// Leaves those that tell what is open: these never start anew.
  void subtract(const CounterValues& base) noexcept {
    for (std::size_t i = 0; i < lost.size(); ++i) lost[i] -= base.lost[i];
    failed -= base.failed;
    partial -= base.partial;
    dropped -= base.dropped;
    cancelled -= base.cancelled;
    off_processor -= base.off_processor;
    held -= base.held;
    unsplit -= base.unsplit;
    more_steps -= base.more_steps;
  }

 private:
  /// Zero if runs were counted at different moments, and fewer seem to have begun than ended.
  [[nodiscard]] static std::uint64_t difference(std::uint64_t begun, std::uint64_t over) noexcept {
    return begun > over ? begun - over : 0;
  }
};

}  // namespace perf_timer::inline v0_1::detail
