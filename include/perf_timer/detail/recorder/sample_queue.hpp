//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/recorder/run_times.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

namespace perf_timer::inline v0_1::detail {

/// The series that a timer keeps of its runs.
enum class Series : unsigned char { busy, queued, elapsed };

/// A ring of samples on their way from the recording thread to the observers' states. It has one
/// writer, which neither waits nor allocates, and one reader at a time, which holds the lock
/// of the shard's states. Observers then work in batches, and the writer's path is four stores.
///
/// Invariant: taken(series) <= written, and written - taken(series) <= capacity for each series.
class SampleQueue {
 public:
  static constexpr std::size_t capacity = 64;

  /// Writer: returns whether `push` has room.
  [[nodiscard]] bool has_room() noexcept {
    const auto written = written_.load(std::memory_order_relaxed);
    if (written - free_from_ < capacity) return true;
    free_from_ = all_taken();
    return written - free_from_ < capacity;
  }

  /// Writer: pushes a sample; requires `has_room()`. The writer doesn't touch the queue after its
  /// last store.
  void push(const RunTimes& times) noexcept {
    push(times, written_.load(std::memory_order_relaxed));
  }

  /// Writer: pushes a sample if the last look at the reader's progress showed room. Otherwise
  /// returns false.
  [[nodiscard]] bool push_if_room(const RunTimes& times) noexcept {
    const auto written = written_.load(std::memory_order_relaxed);
    if (written - free_from_ >= capacity) return false;
    push(times, written);
    return true;
  }
  /// Returns how many samples were ever pushed. Any thread.
  [[nodiscard]] std::uint64_t written() const noexcept {
    return written_.load(std::memory_order_acquire);
  }

  /// Reader: passes the waiting samples of one series, up to `until`, to `sink(span)`. If the sink
  /// throws, the samples of that call stay where they are.
  template <class Sink>
  void take(Series series, std::uint64_t until, Sink&& sink) {
    auto& taken = taken_[static_cast<std::size_t>(series)];
    auto from = taken.load(std::memory_order_relaxed);
    while (from != until) {
      const Samples samples = contiguous(series, from, until);
      sink(samples);
      from += samples.size();
      taken.store(from, std::memory_order_release);
    }
  }

  /// Reader: the same for busy and elapsed at once, as long as they are equal.
  template <class Sink>
  void take_undivided(std::uint64_t until, Sink&& sink) {
    auto& busy_taken = taken_[static_cast<std::size_t>(Series::busy)];
    auto& elapsed_taken = taken_[static_cast<std::size_t>(Series::elapsed)];
    auto from = busy_taken.load(std::memory_order_relaxed);
    if (from != elapsed_taken.load(std::memory_order_relaxed)) return;  // a sink threw in between
    while (from != until) {
      const Samples busy = contiguous(Series::busy, from, until);
      if (!same(busy, contiguous(Series::elapsed, from, until))) return;
      sink(busy);
      from += busy.size();
      busy_taken.store(from, std::memory_order_release);
      elapsed_taken.store(from, std::memory_order_release);
    }
  }

 private:
  using Samples = std::span<const std::chrono::nanoseconds>;

  [[nodiscard]] Samples contiguous(Series series, std::uint64_t from,
                                   std::uint64_t until) const noexcept {
    const auto at = static_cast<std::size_t>(from % capacity);
    const auto many = std::min<std::size_t>(static_cast<std::size_t>(until - from), capacity - at);
    return Samples(columns_[static_cast<std::size_t>(series)]).subspan(at, many);
  }

  /// No early exit, so that compilers can vectorise the loop.
  [[nodiscard]] static bool same(Samples a, Samples b) noexcept {
    std::int64_t difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) difference |= a[i].count() ^ b[i].count();
    return difference == 0;
  }

  void push(const RunTimes& times, std::uint64_t written) noexcept {
    const auto at = static_cast<std::size_t>(written % capacity);
    columns_[0][at] = std::chrono::nanoseconds(times.busy);
    columns_[1][at] = std::chrono::nanoseconds(times.queued);
    columns_[2][at] = std::chrono::nanoseconds(times.elapsed);
    written_.store(written + 1, std::memory_order_release);
  }

  [[nodiscard]] std::uint64_t all_taken() const noexcept {
    auto least = taken_[0].load(std::memory_order_acquire);
    for (std::size_t i = 1; i < taken_.size(); ++i)
      least = std::min(least, taken_[i].load(std::memory_order_acquire));
    return least;
  }

  // Each is read relaxed by the one that writes it, and written with release, for what was put into
  // the columns, or taken out of them, before.
  std::atomic<std::uint64_t> written_{0};
  std::uint64_t free_from_ = 0;  // the writer's last look at what the reader has taken
  std::array<std::atomic<std::uint64_t>, 3> taken_{};
  std::array<std::array<std::chrono::nanoseconds, capacity>, 3> columns_{};
};

}  // namespace perf_timer::inline v0_1::detail
