//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/may_be.hpp>
#include <perf_timer/stddev_observer.hpp>

#include "duration_set.hpp"

#include <boost/assert.hpp>

namespace perf_timer::inline v0_1 {

namespace {

namespace ba = boost::accumulators;
using namespace statistics;

class StdDevState final : public ObserverState {
 public:
  void add(std::span<const std::chrono::nanoseconds> samples) override { add_batch(set_, samples); }

  [[nodiscard]] DurationSummary summary() const override {
    DurationSummary summary = total_summary(set_);
    summary.has_extremes = extremes_known_;
    if (extremes_known_) fill_extremes(set_, summary);
    fill_stddev(set_, summary);
    return summary;
  }

  [[nodiscard]] bool mergeable() const noexcept override { return true; }

  void merge(const ObserverState& other) override {
    BOOST_ASSERT(detail::may_be<StdDevState>(other));
    const auto& set = static_cast<const StdDevState&>(other).set_;
    merge_feature<tag::exact_total>(set_, set);
    merge_feature<tag::exact_stddev>(set_, set);
    merge_extremes(set_, set);
  }

  [[nodiscard]] bool subtractable() const noexcept override { return true; }

  void subtract(const ObserverState& earlier) override {
    BOOST_ASSERT(detail::may_be<StdDevState>(earlier));
    const auto& set = static_cast<const StdDevState&>(earlier).set_;
    subtract_feature<tag::exact_total>(set_, set);
    subtract_feature<tag::exact_stddev>(set_, set);
    extremes_known_ = exact_total(set).count() == 0;
  }

 private:
  DurationSet<tag::exact_total, tag::exact_stddev, ba::tag::min, ba::tag::max> set_;
  bool extremes_known_ = true;
};

}  // namespace

std::unique_ptr<ObserverState> StdDevObserver::make_state() const {
  return std::make_unique<StdDevState>();
}

}  // namespace perf_timer::inline v0_1
