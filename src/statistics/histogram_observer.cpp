//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/may_be.hpp>
#include <perf_timer/histogram_observer.hpp>

#include "duration_set.hpp"
#include "probabilities.hpp"

#include <perf_timer/accumulators/log_linear_quantile.hpp>

#include <boost/assert.hpp>

#include <algorithm>

namespace perf_timer::inline v0_1 {

namespace {

namespace ba = boost::accumulators;
namespace pa = accumulators;
using namespace statistics;

// The histogram has the extremes, so the set needs no `min` and `max`. It comes first because only
// it can throw; nothing was added then.
using Set = DurationSet<pa::tag::log_linear_quantile, tag::exact_total, tag::exact_stddev>;

auto& histogram(auto& set) {
  return ba::find_accumulator<pa::tag::log_linear_quantile>(set).histogram();
}

class HistogramState final : public ObserverState {
 public:
  explicit HistogramState(std::shared_ptr<const std::vector<double>> probabilities)
      : probabilities_(std::move(probabilities)) {}

  void add(std::span<const std::chrono::nanoseconds> samples) override {
    if (samples.empty() || add_if_small(set_, samples)) return;
    const auto [least, greatest] = std::ranges::minmax(samples, {}, number);
    histogram(set_).add_range(samples, number(least), number(greatest), number);  // can throw
    for (const auto sample : samples) {
      ba::find_accumulator<tag::exact_total>(set_).add(number(sample));
      ba::find_accumulator<tag::exact_stddev>(set_).add(number(sample));
    }
  }

  [[nodiscard]] DurationSummary summary() const override {
    DurationSummary summary = total_summary(set_);
    fill_stddev(set_, summary);
    if (summary.count == 0) return summary;
    summary.min = std::chrono::nanoseconds(histogram(set_).min());
    summary.max = std::chrono::nanoseconds(histogram(set_).max());
    summary.quantiles.reserve(probabilities_->size());
    for (const double p : *probabilities_) {
      const std::int64_t value = pa::log_linear_quantile(set_, ba::quantile_probability = p);
      summary.quantiles.push_back({p, std::chrono::nanoseconds(value)});
    }
    std::size_t buckets = 0;
    histogram(set_).for_each_bucket([&](std::int64_t, std::int64_t, std::uint64_t) { ++buckets; });
    summary.buckets.reserve(buckets);
    histogram(set_).for_each_bucket(
        [&](std::int64_t first, std::int64_t last, std::uint64_t count) {
          summary.buckets.push_back(
              {std::chrono::nanoseconds(first), std::chrono::nanoseconds(last), count});
        });
    return summary;
  }

  [[nodiscard]] bool mergeable() const noexcept override { return true; }

  void merge(const ObserverState& other) override {
    BOOST_ASSERT(detail::may_be<HistogramState>(other));
    const auto& set = static_cast<const HistogramState&>(other).set_;
    histogram(set_).merge(histogram(set));  // only this can throw
    merge_feature<tag::exact_total>(set_, set);
    merge_feature<tag::exact_stddev>(set_, set);
  }

  [[nodiscard]] bool subtractable() const noexcept override { return true; }

  void subtract(const ObserverState& earlier) override {
    BOOST_ASSERT(detail::may_be<HistogramState>(earlier));
    const auto& set = static_cast<const HistogramState&>(earlier).set_;
    histogram(set_).subtract(histogram(set));
    subtract_feature<tag::exact_total>(set_, set);
    subtract_feature<tag::exact_stddev>(set_, set);
  }

 private:
  std::shared_ptr<const std::vector<double>> probabilities_;
  Set set_;
};

}  // namespace

HistogramObserver::HistogramObserver() : HistogramObserver({0.5, 0.9, 0.99}) {}

HistogramObserver::HistogramObserver(std::vector<double> probabilities)
    : probabilities_(std::make_shared<const std::vector<double>>(
          checked_probabilities("HistogramObserver", std::move(probabilities)))) {}

std::unique_ptr<ObserverState> HistogramObserver::make_state() const {
  return std::make_unique<HistogramState>(probabilities_);
}

}  // namespace perf_timer::inline v0_1
