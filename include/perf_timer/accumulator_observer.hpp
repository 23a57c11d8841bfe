//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/average_observer.hpp>
#include <perf_timer/detail/platform/may_be.hpp>
#include <perf_timer/observer.hpp>

#include <boost/accumulators/framework/accumulator_set.hpp>
#include <boost/accumulators/statistics/stats.hpp>
#include <boost/assert.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <utility>

namespace perf_timer::inline v0_1 {

/// An observer that computes its statistics with an `accumulator_set` of your choice.
///
/// It computes the count, the total, the mean, the least and the greatest sample itself. Your
/// function `fill` reads the set and adds the rest to the summary:
///
///     namespace ba = boost::accumulators;
///     using Median = AccumulatorObserver<ba::stats<ba::tag::median>>;
///     PerfTimer timer{"decode", {.observer = Median{[](const Median::Set& set,
///                                                      DurationSummary& summary) {
///       const std::chrono::nanoseconds median{std::llround(ba::median(set))};
///       summary.quantiles = {{0.5, median}};
///     }}}};
///
/// `Features` is what `accumulator_set` takes. `Sample` is the type of its samples, which are
/// numbers of nanoseconds. `perf_timer.hpp` doesn't include this header, because Boost.Accumulators
/// takes seconds to compile.
///
/// A state copies its set for each batch of samples, so that a set which throws changes nothing.
///
/// Thread safety: distinct objects: safe. Shared objects: safe for const members.
template <class Features, class Sample = double>
class AccumulatorObserver {
 public:
  /// The set that takes the samples.
  using Set = boost::accumulators::accumulator_set<Sample, Features>;
  /// Adds what the set has computed to the summary. Called only if there were samples. Several
  /// threads may call it at once, with different sets. What it throws leaves `snapshot()`.
  using Fill = std::function<void(const Set&, DurationSummary&)>;
  /// Adds the samples of the second set to the first. If it throws, the first must be unchanged.
  using Merge = std::function<void(Set&, const Set&)>;

  /// Makes an observer from the function that reads its sets. Every state starts as a copy of
  /// `initial`; pass one if your features take named parameters. Without `merge`, a timer keeps one
  /// state for all threads. Throws `std::bad_alloc`, and what copying `Set` throws.
  explicit AccumulatorObserver(Fill fill, Set initial = Set{}, Merge merge = {})
      : shared_(std::make_shared<const Shared>(
            Shared{std::move(fill), std::move(initial), std::move(merge)})) {}

  /// Called by timers: returns a state without samples. Throws `std::bad_alloc`, and what copying
  /// `Set` throws.
  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const {
    return std::make_unique<State>(shared_);
  }

 private:
  struct Shared {
    Fill fill;
    Set initial;
    Merge merge;
  };

  class State final : public ObserverState {
   public:
    explicit State(std::shared_ptr<const Shared> shared)
        : shared_(std::move(shared)),
          basics_(AverageObserver{}.make_state()),
          set_(std::make_unique<Set>(shared_->initial)) {}

    // On a copy, for nobody knows whether these accumulators can throw halfway.
    void add(std::span<const std::chrono::nanoseconds> samples) override {
      auto next = std::make_unique<Set>(*set_);
      for (const auto sample : samples) (*next)(static_cast<Sample>(sample.count()));
      basics_->add(samples);
      set_ = std::move(next);
    }

    [[nodiscard]] DurationSummary summary() const override {
      DurationSummary summary = basics_->summary();
      if (summary.count != 0) shared_->fill(*set_, summary);
      return summary;
    }

    [[nodiscard]] bool mergeable() const noexcept override {
      return static_cast<bool>(shared_->merge);
    }

    void merge(const ObserverState& other) override {
      BOOST_ASSERT(detail::may_be<State>(other));
      const auto& state = static_cast<const State&>(other);
      shared_->merge(*set_, *state.set_);
      basics_->merge(*state.basics_);
    }

   private:
    std::shared_ptr<const Shared> shared_;
    std::unique_ptr<ObserverState> basics_;
    std::unique_ptr<Set> set_;
  };

  std::shared_ptr<const Shared> shared_;
};

}  // namespace perf_timer::inline v0_1
