//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/span/span.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

namespace perf_timer::inline v0_1::detail {

class Operation;

/// How often, and how long, runs of one timer waited for one operation. One thread at a time
/// writes.
struct AwaitedCount {
  std::atomic<std::uint64_t> key{0};  ///< the timer, and the operation's number; 0 if it is free
  std::atomic<std::uint64_t> count{0};
  std::atomic<Ticks> waited{0};

  static constexpr int operation_bits = 16;
};

/// What runs waited for, as one thread saw it. Who adds to it neither waits nor allocates.
class AwaitedCounts {
 public:
  AwaitedCounts() = default;

  /// Counts a wait on behalf of a run of this timer. If there are too many kinds, nothing.
  void add(ListedRun timer, std::uint16_t operation, Ticks waited) noexcept;

  [[nodiscard]] const auto& all() const noexcept { return counts_; }

 private:
  static constexpr std::size_t capacity = 1024;
  static constexpr std::size_t most_probes = 32;

  std::array<AwaitedCount, capacity> counts_{};
};

/// Those of all threads. Thread safety: all members.
class AwaitedByAll {
 public:
  /// Never destroyed.
  [[nodiscard]] static AwaitedByAll& instance();

  /// The calling thread has learnt that a run, and those around it, waited for this. Does nothing
  /// if there is no memory.
  void add(const Span& run, std::uint16_t operation, Ticks waited) noexcept;

  [[nodiscard]] std::vector<AwaitedOperation> of_timer(std::uint64_t serial) const;
  void forget(std::uint64_t serial) noexcept;

 private:
  friend struct AwaitedByThread;
  struct Sum {
    std::uint64_t count = 0;
    Ticks waited = 0;
  };
  using Sums = std::map<std::uint16_t, Sum>;

  [[nodiscard]] Sums sums(ListedRun timer) const;
  [[nodiscard]] AwaitedCounts* take();
  void give_back(AwaitedCounts& counts) noexcept;

  mutable std::mutex mutex_;
  std::vector<AwaitedCounts*> all_;   // never freed
  std::vector<AwaitedCounts*> idle_;  // of threads that have ended
  std::map<ListedRun, Sums> forgotten_;
};

}  // namespace perf_timer::inline v0_1::detail
