//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/average_observer.hpp>
#include <perf_timer/detail/platform/may_be.hpp>

#include "duration_set.hpp"

#include <boost/assert.hpp>

namespace perf_timer::inline v0_1 {

namespace {

namespace ba = boost::accumulators;
using namespace statistics;

class AverageState final : public ObserverState {
 public:
  void add(std::span<const std::chrono::nanoseconds> samples) override { add_batch(set_, samples); }

  [[nodiscard]] DurationSummary summary() const override {
    DurationSummary summary = total_summary(set_);
    fill_extremes(set_, summary);
    return summary;
  }

  [[nodiscard]] bool mergeable() const noexcept override { return true; }

  void merge(const ObserverState& other) override {
    BOOST_ASSERT(detail::may_be<AverageState>(other));
    const auto& set = static_cast<const AverageState&>(other).set_;
    merge_feature<tag::exact_total>(set_, set);
    merge_extremes(set_, set);
  }

 private:
  DurationSet<tag::exact_total, ba::tag::min, ba::tag::max> set_;
};

}  // namespace

std::unique_ptr<ObserverState> AverageObserver::make_state() const {
  return std::make_unique<AverageState>();
}

}  // namespace perf_timer::inline v0_1
