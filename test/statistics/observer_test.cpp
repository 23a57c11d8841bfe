//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/observer.hpp>

#include <perf_timer/average_observer.hpp>
#include <perf_timer/histogram_observer.hpp>
#include <perf_timer/p_square_observer.hpp>
#include <perf_timer/stddev_observer.hpp>

#include "samples.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <numeric>
#include <span>

using namespace perf_timer;
using namespace perf_timer::test;
using namespace std::chrono_literals;
using std::chrono::nanoseconds;

namespace {

struct Named {
  const char* name;
  Observer observer;
};

const std::vector<Named>& observers() {
  static const std::vector<Named> all{{"average", AverageObserver{}},
                                      {"stddev", StdDevObserver{}},
                                      {"histogram", HistogramObserver{}},
                                      {"P-square", PSquareObserver{}}};
  return all;
}

// An observer as a user may write it, with nothing but the standard library.
class SlowCounter {
 public:
  explicit SlowCounter(nanoseconds limit) : limit_(limit) {}

  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const {
    return std::make_unique<State>(limit_);
  }

 private:
  class State final : public ObserverState {
   public:
    explicit State(nanoseconds limit) : limit_(limit) {}

    void add(std::span<const nanoseconds> samples) override {
      count_ += static_cast<std::uint64_t>(
          std::ranges::count_if(samples, [this](nanoseconds sample) { return sample > limit_; }));
    }

    [[nodiscard]] DurationSummary summary() const override { return {.count = count_}; }

   private:
    nanoseconds limit_;
    std::uint64_t count_ = 0;
  };

  nanoseconds limit_;
};

static_assert(ObserverDefinition<SlowCounter>);
static_assert(ObserverDefinition<AverageObserver> && ObserverDefinition<StdDevObserver>);
static_assert(ObserverDefinition<HistogramObserver> && ObserverDefinition<PSquareObserver>);
static_assert(!ObserverDefinition<int>);

}  // namespace

BOOST_AUTO_TEST_SUITE(observer)

BOOST_AUTO_TEST_CASE(without_samples_all_is_zero) {
  for (const auto& [name, observer] : observers()) {
    BOOST_TEST_CONTEXT(name) {
      DurationSummary expected;
      expected.has_stddev = observer.make_state()->summary().has_stddev;
      BOOST_CHECK(observer.make_state()->summary() == expected);
      BOOST_CHECK(summary_of(observer, {}) == expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(count_total_mean_and_extremes_are_exact) {
  for (const auto& [name, observer] : observers()) {
    for (const Series& series : all_series()) {
      if (series.samples.back() > 1'000'000'000'000) continue;  // the sum would not fit
      BOOST_TEST_CONTEXT(name << " of " << series.name) {
        const auto& samples = series.samples;
        const auto count = static_cast<std::int64_t>(samples.size());
        const std::int64_t total = std::accumulate(samples.begin(), samples.end(), std::int64_t{});
        const DurationSummary summary = summary_of(observer, samples);
        BOOST_TEST(summary.count == samples.size());
        BOOST_TEST(summary.total.count() == total);
        BOOST_TEST(summary.mean.count() == (total + count / 2) / count);
        BOOST_TEST(summary.min.count() == *std::ranges::min_element(samples));
        BOOST_TEST(summary.max.count() == *std::ranges::max_element(samples));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_total_over_292_years_stops_and_the_mean_does_not) {
  constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
  for (const auto& [name, observer] : observers()) {
    BOOST_TEST_CONTEXT(name) {
      const auto summary = summary_of(observer, {greatest, greatest, greatest - 3, greatest});
      BOOST_TEST(summary.total.count() == greatest);
      BOOST_TEST(summary.mean.count() == greatest - 1);  // 3/4 below, rounded
      BOOST_TEST(summary.max.count() == greatest);
    }
  }
}

BOOST_AUTO_TEST_CASE(quantiles_are_ascending_and_between_the_extremes) {
  for (const auto& [name, observer] : observers()) {
    for (const Series& series : all_series()) {
      auto state = observer.make_state();
      for (const nanoseconds sample : durations(series.samples)) {
        state->add({&sample, 1});
        if (series.samples.size() > 1'000 && sample.count() % 16 != 0) continue;
        const DurationSummary summary = state->summary();
        nanoseconds previous = summary.min;
        for (const Quantile& quantile : summary.quantiles) {
          BOOST_TEST_CONTEXT(name << " of " << series.name << ", p = " << quantile.probability) {
            BOOST_REQUIRE_GE(quantile.value.count(), previous.count());
            BOOST_REQUIRE_LE(quantile.value.count(), summary.max.count());
          }
          previous = quantile.value;
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(merging_is_adding_all) {
  for (const auto& [name, observer] : observers()) {
    if (!observer.make_state()->mergeable()) continue;
    for (const Series& a : all_series()) {
      for (const Series& b : all_series()) {
        BOOST_TEST_CONTEXT(name << " of " << a.name << " and " << b.name) {
          const Numbers all = joined(a.samples, b.samples);
          auto merged = fed(observer, a.samples);
          merged->merge(*fed(observer, b.samples));
          BOOST_CHECK(merged->summary() == summary_of(observer, all));
          merged->merge(*observer.make_state());
          BOOST_TEST(merged->summary().count == all.size());
          BOOST_TEST(merged->summary().min.count() == *std::ranges::min_element(all));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_negative_sample_counts_as_zero) {
  for (const auto& [name, observer] : observers()) {
    BOOST_TEST_CONTEXT(name) {
      BOOST_CHECK(summary_of(observer, {-5, 10}) == summary_of(observer, {0, 10}));
    }
  }
}

BOOST_AUTO_TEST_CASE(states_of_one_observer_know_nothing_of_each_other) {
  for (const auto& [name, observer] : observers()) {
    const Observer copy = observer;
    const auto fed_state = fed(copy, {1, 2, 3});
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(copy.make_state()->summary().count == 0U); }
  }
}

BOOST_AUTO_TEST_CASE(can_be_written_without_boost) {
  const Observer observer = SlowCounter{1ms};
  const auto state = observer.make_state();
  const std::vector<nanoseconds> samples{1us, 2ms, 3ms};
  state->add(samples);
  BOOST_TEST(state->summary().count == 2U);
  BOOST_TEST(!state->mergeable());
}

BOOST_AUTO_TEST_SUITE_END()
