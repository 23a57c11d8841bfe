//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/p_square_observer.hpp>

#include "duration_set.hpp"
#include "probabilities.hpp"

#include <perf_timer/accumulators/nearest_rank.hpp>

#include <boost/accumulators/statistics/extended_p_square.hpp>

#include <algorithm>
#include <iterator>
#include <type_traits>

namespace perf_timer::inline v0_1 {

namespace {

namespace ba = boost::accumulators;
using namespace statistics;

// The markers of P-square. 0 and 1 need none, because the extremes are known.
std::vector<double> tracked(const std::vector<double>& probabilities) {
  std::vector<double> inner;
  std::copy_if(probabilities.begin(), probabilities.end(), std::back_inserter(inner),
               [](double p) { return p > 0 && p < 1; });
  if (inner.empty()) inner.push_back(0.5);
  return inner;
}

class PSquareState final : public ObserverState {
 public:
  explicit PSquareState(std::vector<double> probabilities)
      : probabilities_(std::move(probabilities)),
        set_(ba::extended_p_square_probabilities = tracked(probabilities_)) {
    const std::size_t markers = 2 * probabilities_.size() + 3;
    first_.reserve(std::max<std::size_t>(128, 2 * markers));
  }

  void add(std::span<const std::chrono::nanoseconds> samples) override {
    for (const auto sample : samples.first(std::min(samples.size(), room()))) {
      first_.push_back(number(sample));
    }
    add_each(set_, samples);
  }

  [[nodiscard]] DurationSummary summary() const override {
    DurationSummary summary = total_summary(set_);
    fill_extremes(set_, summary);
    fill_stddev(set_, summary);
    if (summary.count == 0) return summary;
    summary.quantiles =
        summary.count == first_.size() ? exact_quantiles() : estimated_quantiles(summary);
    return summary;
  }

 private:
  // For a tracked probability, `extended_p_square_quantile` returns the marker that
  // `extended_p_square` has for it. Read the marker there: `extended_p_square_quantile` writes to a
  // mutable member that it never initialises, so const reads would race.
  using Set = DurationSet<tag::exact_total, tag::exact_stddev, ba::tag::min, ba::tag::max,
                          ba::tag::extended_p_square>;
  // Boost derives the type from that of the samples, and `float` markers would freeze.
  static_assert(std::is_same_v<ba::impl::extended_p_square_impl<std::int64_t>::float_type, double>);

  [[nodiscard]] std::size_t room() const noexcept { return first_.capacity() - first_.size(); }

  [[nodiscard]] std::vector<Quantile> exact_quantiles() const {
    std::vector<std::int64_t> sorted = first_;
    std::sort(sorted.begin(), sorted.end());
    std::vector<Quantile> quantiles;
    quantiles.reserve(probabilities_.size());
    for (const double p : probabilities_) {
      const std::uint64_t rank = accumulators::nearest_rank(p, sorted.size());
      quantiles.push_back(
          {p, std::chrono::nanoseconds(sorted[static_cast<std::size_t>(rank - 1)])});
    }
    return quantiles;
  }

  [[nodiscard]] std::vector<Quantile> estimated_quantiles(const DurationSummary& summary) const {
    const auto markers = ba::extended_p_square(set_);
    auto marker = markers.begin();
    std::vector<Quantile> quantiles;
    quantiles.reserve(probabilities_.size());
    // Never below the one before, or the least. Markers are ordered, but rounded to a `double`.
    auto least = summary.min;
    for (const double p : probabilities_) {
      if (p > 0 && p < 1) {
        least = std::max(least, rounded(*marker, summary.max));
        ++marker;
      } else if (p == 1) {
        least = summary.max;
      }
      quantiles.push_back({p, least});
    }
    return quantiles;
  }

  static std::chrono::nanoseconds rounded(double value, std::chrono::nanoseconds most) {
    // Compare as `double`: values near the greatest may not fit in 64 bits.
    if (value >= static_cast<double>(most.count())) return most;
    return std::chrono::nanoseconds(std::llround(value));
  }

  std::vector<double> probabilities_;
  std::vector<std::int64_t> first_;  // the first samples, until the capacity is used up
  Set set_;
};

}  // namespace

PSquareObserver::PSquareObserver(std::vector<double> probabilities)
    : probabilities_(checked_probabilities("PSquareObserver", std::move(probabilities))) {}

std::unique_ptr<ObserverState> PSquareObserver::make_state() const {
  return std::make_unique<PSquareState>(probabilities_);
}

}  // namespace perf_timer::inline v0_1
