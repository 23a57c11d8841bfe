//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/observer.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace perf_timer::test {

/// An observer that keeps every sample.
struct EverySample {
  class State final : public ObserverState {
   public:
    void add(std::span<const std::chrono::nanoseconds> samples) override {
      for (const auto sample : samples) ++counts_[sample];
    }
    [[nodiscard]] DurationSummary summary() const override {
      DurationSummary summary;
      for (const auto& [sample, count] : counts_) {
        summary.buckets.push_back({sample, sample, count});
        summary.count += count;
        summary.total += sample * static_cast<std::int64_t>(count);
      }
      return summary;
    }
    [[nodiscard]] bool mergeable() const noexcept override { return true; }
    void merge(const ObserverState& other) override {
      for (const auto& [sample, count] : dynamic_cast<const State&>(other).counts_)
        counts_[sample] += count;
    }

   private:
    std::map<std::chrono::nanoseconds, std::uint64_t> counts_;
  };

  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const {
    return std::make_unique<State>();
  }
};

/// Returns its samples, ascending.
[[nodiscard]] inline std::vector<std::int64_t> every_sample(const DurationSummary& series) {
  std::vector<std::int64_t> samples;
  for (const auto& bucket : series.buckets)
    samples.insert(samples.end(), bucket.count, bucket.first.count());
  return samples;
}

}  // namespace perf_timer::test
