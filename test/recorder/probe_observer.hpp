//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/observer.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <new>
#include <span>
#include <utility>

namespace perf_timer::test {

/// The number of states of a shard whose timer keeps all three series, if the observer can merge:
/// one more, for runs that were busy all the time.
inline constexpr int states_of_shard = 4;
/// A snapshot of it needs no state for these.
inline constexpr int states_of_snapshot = states_of_shard - 1;

/// Shows a test the states that an observer made, and lets it make them fail.
struct Probe {
  bool mergeable = true;
  std::atomic<int> made = 0;
  std::atomic<int> alive = 0;
  std::atomic<int> makes_allowed = 1'000'000;  ///< then make_state throws
  std::atomic<int> adds_allowed = 1'000'000;   ///< then add throws
};

/// A user's observer with count, total, minimum and maximum.
class ProbeObserver {
 public:
  explicit ProbeObserver(std::shared_ptr<Probe> probe) : probe_(std::move(probe)) {}

  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const {
    if (probe_->makes_allowed-- <= 0) throw std::bad_alloc();
    ++probe_->made;
    return std::make_unique<State>(probe_);
  }

 private:
  class State final : public ObserverState {
   public:
    explicit State(std::shared_ptr<Probe> probe) : probe_(std::move(probe)) { ++probe_->alive; }
    ~State() override { --probe_->alive; }

    void add(std::span<const std::chrono::nanoseconds> samples) override {
      if (probe_->adds_allowed-- <= 0) throw std::bad_alloc();
      for (const auto sample : samples) take({1, sample, {}, {}, sample, sample, {}});
    }
    [[nodiscard]] DurationSummary summary() const override { return summary_; }
    [[nodiscard]] bool mergeable() const noexcept override { return probe_->mergeable; }
    void merge(const ObserverState& other) override { take(other.summary()); }

   private:
    void take(const DurationSummary& other) {
      if (other.count == 0) return;
      summary_.min = summary_.count == 0 ? other.min : std::min(summary_.min, other.min);
      summary_.max = std::max(summary_.max, other.max);
      summary_.count += other.count;
      summary_.total += other.total;
    }

    std::shared_ptr<Probe> probe_;
    DurationSummary summary_;
  };

  std::shared_ptr<Probe> probe_;
};

}  // namespace perf_timer::test
