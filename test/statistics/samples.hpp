//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/observer.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

/// \file Series of durations that are hard for some estimator of quantiles, and their true
/// quantiles. Every series is the same each time.

namespace perf_timer::test {

using Numbers = std::vector<std::int64_t>;

struct Series {
  std::string name;
  Numbers samples;
};

inline Numbers lognormal(std::size_t count, double median, double sigma, unsigned seed = 1) {
  std::mt19937_64 generator{seed};
  std::lognormal_distribution<double> distribution{std::log(median), sigma};
  Numbers numbers(count);
  for (auto& number : numbers) number = static_cast<std::int64_t>(distribution(generator));
  return numbers;
}

inline Numbers joined(Numbers first, const Numbers& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

inline Numbers shuffled(Numbers numbers) {
  std::mt19937_64 generator{2};
  std::shuffle(numbers.begin(), numbers.end(), generator);
  return numbers;
}

inline Numbers powers_of_two_and_neighbours() {
  Numbers numbers;
  for (int bit = 0; bit < 63; ++bit) {
    const std::int64_t power = std::int64_t{1} << bit;
    numbers.insert(numbers.end(), {power - 1, power, power + 1});
  }
  return numbers;
}

inline std::vector<Series> all_series() {
  constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
  return {
      {"lognormal, sigma 1", lognormal(10'000, 20'000, 1)},
      {"99 % at 10 us, 1 % at 1 ms",
       shuffled(joined(lognormal(9'900, 10'000, 0.05), lognormal(100, 1'000'000, 0.05)))},
      {"twenty slow samples first",
       joined(lognormal(20, 50'000'000, 0.1), lognormal(9'980, 20'000, 0.3))},
      {"level moves up at 70 %",
       joined(lognormal(7'000, 10'000, 0.1), lognormal(3'000, 80'000, 0.1))},
      {"10 samples only", lognormal(10, 20'000, 1)},
      {"1 sample", {73'100}},
      {"2 samples", {1'000, 1'000'000}},
      {"all equal", Numbers(1'000, 123'457)},
      {"zeros", Numbers(1'000, 0)},
      {"zeros and one slow", joined(Numbers(999, 0), {5'000'000'000})},
      {"powers of two and their neighbours", powers_of_two_and_neighbours()},
      {"the greatest duration", {greatest}},
      {"the greatest duration among others", {greatest, 1, greatest - 1, 1'000, greatest}},
      {"falling",
       [] {
         Numbers numbers(5'000);
         for (std::size_t i = 0; i < numbers.size(); ++i) {
           numbers[i] = static_cast<std::int64_t>(1'000'000 - 100 * i);
         }
         return numbers;
       }()},
  };
}

/// The least sample that at least `probability` of the samples don't exceed. It is found by
/// counting, so that it shares no arithmetic with the library.
inline std::int64_t exact_quantile(Numbers samples, double probability) {
  std::sort(samples.begin(), samples.end());
  const double count = static_cast<double>(samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    // The tests write probabilities as decimals. 1e-9 makes up for their binary rounding.
    if (static_cast<double>(i + 1) >= probability * count - 1e-9) return samples[i];
  }
  return samples.back();
}

inline double relative_error(std::int64_t estimate, std::int64_t exact) {
  if (estimate == exact) return 0;
  const auto truth = static_cast<double>(exact);
  return std::abs(static_cast<double>(estimate) - truth) / truth;  // infinite if the truth is 0
}

inline std::vector<std::chrono::nanoseconds> durations(const Numbers& numbers) {
  std::vector<std::chrono::nanoseconds> result;
  for (const auto number : numbers) result.emplace_back(number);
  return result;
}

/// A new state that has seen `numbers`.
inline std::unique_ptr<ObserverState> fed(const Observer& observer, const Numbers& numbers) {
  auto state = observer.make_state();
  state->add(durations(numbers));
  return state;
}

inline DurationSummary summary_of(const Observer& observer, const Numbers& numbers) {
  return fed(observer, numbers)->summary();
}

}  // namespace perf_timer::test
