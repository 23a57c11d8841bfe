//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "exact_moments.hpp"

#include <perf_timer/duration_summary.hpp>

#include <boost/accumulators/framework/accumulator_set.hpp>
#include <boost/accumulators/framework/parameters/sample.hpp>
#include <boost/accumulators/statistics/max.hpp>
#include <boost/accumulators/statistics/min.hpp>
#include <boost/accumulators/statistics/stats.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>

/// \file
/// Common to the observers' states: a set that accumulates nanoseconds.

namespace perf_timer::inline v0_1::statistics {

template <class... Features>
using DurationSet =
    boost::accumulators::accumulator_set<std::int64_t, boost::accumulators::stats<Features...>>;

// A clock that steps back could give a negative duration.
inline std::int64_t number(std::chrono::nanoseconds sample) noexcept {
  return std::max<std::int64_t>(sample.count(), 0);
}

/// Adds each sample to the set.
template <class Set>
void add_each(Set& set, std::span<const std::chrono::nanoseconds> samples) {
  for (const auto sample : samples) set(number(sample));
}

/// A series in which nothing happens is a repeated number. Most queued times are zero.
template <class Histogram>
void add_small(Histogram& histogram, std::span<const std::chrono::nanoseconds> samples,
               const SmallSamples& small) {
  if (small.max == 0)
    histogram.add(0, small.count);
  else
    histogram.add_range(samples, small.min, small.max,
                        [](std::chrono::nanoseconds sample) { return sample.count(); });
}

/// Adds all samples to one accumulator of the set after the other, as a batch where the accumulator
/// takes batches. The accumulators must not look at each other while adding. Does nothing and
/// returns false if the samples aren't small.
template <class Set>
[[nodiscard]] bool add_if_small(Set& set, std::span<const std::chrono::nanoseconds> samples) {
  const std::optional<SmallSamples> small = SmallSamples::of(samples);
  if (!small) return false;
  set.visit([&](auto& accumulator) {
    if constexpr (requires { accumulator.add(*small); })
      accumulator.add(*small);
    else if constexpr (requires { accumulator.histogram(); })
      add_small(accumulator.histogram(), samples, *small);
    else
      for (const auto sample : samples) accumulator(boost::accumulators::sample = number(sample));
  });
  return true;
}

/// The same for any samples.
template <class Set>
void add_batch(Set& set, std::span<const std::chrono::nanoseconds> samples) {
  if (!add_if_small(set, samples)) add_each(set, samples);
}

/// Merges the accumulator of `Tag`, which must have a `merge`.
template <class Tag, class Set>
void merge_feature(Set& set, const Set& other) {
  using boost::accumulators::find_accumulator;
  find_accumulator<Tag>(set).merge(find_accumulator<Tag>(other));
}

/// The same for `subtract`.
template <class Tag, class Set>
void subtract_feature(Set& set, const Set& earlier) {
  using boost::accumulators::find_accumulator;
  find_accumulator<Tag>(set).subtract(find_accumulator<Tag>(earlier));
}

/// Merges Boost's `min` or `max`: the other's extreme acts as one more sample.
template <class Set>
void merge_extremes(Set& set, const Set& other) {
  namespace ba = boost::accumulators;
  ba::find_accumulator<ba::tag::min>(set)(ba::sample = ba::min(other));
  ba::find_accumulator<ba::tag::max>(set)(ba::sample = ba::max(other));
}

/// Returns a summary with count, total and mean.
template <class Set>
DurationSummary total_summary(const Set& set) {
  const ExactTotal total = exact_total(set);
  DurationSummary summary;
  summary.count = total.count();
  summary.total = std::chrono::nanoseconds(total.total());
  summary.mean = std::chrono::nanoseconds(total.mean());
  return summary;
}

template <class Set>
void fill_extremes(const Set& set, DurationSummary& summary) {
  if (summary.count == 0) return;  // Boost returns the limits of the type then
  summary.min = std::chrono::nanoseconds(boost::accumulators::min(set));
  summary.max = std::chrono::nanoseconds(boost::accumulators::max(set));
}

template <class Set>
void fill_stddev(const Set& set, DurationSummary& summary) {
  summary.stddev = std::chrono::nanoseconds(std::llround(exact_stddev(set)));
  summary.has_stddev = true;
}

}  // namespace perf_timer::inline v0_1::statistics
