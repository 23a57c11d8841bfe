//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/prometheus/cumulative_counts.hpp>

#include <perf_timer/perf_timer.hpp>

#include "common/long_mode.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string_view>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;
using detail::cumulative_counts;
using detail::whole_nanoseconds;
using std::chrono::nanoseconds;
using Counts = std::vector<std::uint64_t>;

constexpr auto most = std::numeric_limits<std::uint64_t>::max();

BOOST_AUTO_TEST_SUITE(cumulative_counts_)

BOOST_AUTO_TEST_CASE(a_bound_in_nanoseconds) {
  const struct {
    double seconds;
    nanoseconds is;
  } rows[] = {
      {1e-6, 1000ns},
      {2e-6, 2000ns},
      {1.5e-8, 15ns},
      {1.2e-7, 120ns},
      {3e-6, 3000ns},
      {0.1 + 0.2, 300ms},
      {0.005, 5ms},
      {1.5e-9, 1ns},
      {0.9e-9, 0ns},
      {1e-300, 0ns},
      {10, 10s},
      {1.0000000019, 1'000'000'001ns},
      {1e10, nanoseconds::max()},
      {1e300, nanoseconds::max()},
  };
  for (const auto& row : rows) BOOST_TEST(whole_nanoseconds(row.seconds).count() == row.is.count());
}

BOOST_AUTO_TEST_CASE(buckets_and_bounds) {
  const struct {
    std::string_view when;
    std::vector<DurationBucket> distribution;
    std::vector<nanoseconds> bounds;
    Counts then;
  } rows[] = {
      {"no samples", {}, {1ns, 2ns}, {0, 0}},
      {"no bounds", {{1ns, 1ns, 1}}, {}, {}},
      {"a sample on a bound isn't longer", {{5ns, 5ns, 3}}, {4ns, 5ns, 6ns}, {0, 3, 3}},
      {"a bucket that ends on a bound", {{5ns, 8ns, 3}}, {4ns, 8ns, 9ns}, {0, 3, 3}},
      {"a bucket that begins on a bound: a part", {{5ns, 8ns, 4}}, {5ns, 9ns}, {1, 4}},
      {"a bucket across a bound: its part", {{100ns, 109ns, 10}}, {103ns}, {4}},
      {"parts are rounded", {{100ns, 109ns, 1}}, {103ns, 104ns, 109ns}, {0, 1, 1}},
      {"across several bounds", {{100ns, 109ns, 10}}, {101ns, 103ns, 200ns}, {2, 4, 10}},
      {"beyond the last bound", {{100ns, 109ns, 10}}, {10ns, 99ns}, {0, 0}},
      {"several", {{1ns, 1ns, 1}, {7ns, 8ns, 2}, {9ns, 9ns, 4}}, {1ns, 7ns, 9ns}, {1, 2, 7}},
      {"huge counts stay", {{1ns, 1ns, most}, {2ns, 2ns, 9}}, {1ns, 2ns}, {most, most}},
      {"a huge count across", {{1ns, 4ns, most}}, {2ns, 4ns}, {std::uint64_t{1} << 63U, most}},
      {"the whole line", {{nanoseconds::min(), nanoseconds::max(), 8}}, {0ns}, {4}},
      {"a bucket the wrong way round", {{9ns, 1ns, 8}}, {5ns, 9ns}, {0, 8}},
  };
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.when) {
      BOOST_TEST(cumulative_counts(row.distribution, row.bounds) == row.then,
                 boost::test_tools::per_element());
    }
  }
}

std::vector<nanoseconds> some_durations(std::mt19937_64& random) {
  std::lognormal_distribution<double> spread{
      std::uniform_real_distribution<double>{3, 22}(random),
      std::uniform_real_distribution<double>{0.001, 3}(random)};
  const auto n = std::uniform_int_distribution<std::size_t>{1, 400}(random);
  std::vector<nanoseconds> durations;
  while (durations.size() < n) {
    // Durations repeat often, because evenly spread ones are the easy case.
    durations.push_back(random() % 3 == 0 && !durations.empty()
                            ? durations[random() % durations.size()]
                            : nanoseconds(static_cast<std::int64_t>(spread(random))));
  }
  std::sort(durations.begin(), durations.end());
  return durations;
}

std::vector<nanoseconds> some_bounds(std::mt19937_64& random,
                                     const std::vector<nanoseconds>& durations) {
  std::uniform_real_distribution<double> exponent{0, 11};
  std::vector<nanoseconds> bounds;
  for (int i = 0; i < 12; ++i)
    bounds.push_back(nanoseconds(static_cast<std::int64_t>(std::pow(10, exponent(random)))));
  for (int i = 0; i < 6; ++i)  // and where it matters
    bounds.push_back(durations[random() % durations.size()] + nanoseconds(random() % 9) - 4ns);
  std::sort(bounds.begin(), bounds.end());
  return bounds;
}

/// How many of the ascending durations are at most `bound`.
std::uint64_t rank(const std::vector<nanoseconds>& durations, double bound) {
  const auto end =
      std::upper_bound(durations.begin(), durations.end(), bound,
                       [](double b, nanoseconds d) { return b < static_cast<double>(d.count()); });
  return static_cast<std::uint64_t>(end - durations.begin());
}

// For all durations and bounds, each count is exact for a bound at most 0.8 % away.
BOOST_AUTO_TEST_CASE(against_brute_force) {
  std::mt19937_64 random{20240601};
  for (std::uint64_t turn = 0; turn < 300 * long_mode(); ++turn) {
    const auto durations = some_durations(random);
    const auto bounds = some_bounds(random, durations);
    PerfTimer timer{"random", {.log = [](std::string_view) {}}};
    for (const auto duration : durations) timer.observe(duration);
    const auto counts = cumulative_counts(timer.snapshot().elapsed.buckets, bounds);

    BOOST_TEST_REQUIRE(counts.size() == bounds.size());
    BOOST_TEST_REQUIRE(std::is_sorted(counts.begin(), counts.end()));
    for (std::size_t i = 0; i < bounds.size(); ++i) {
      const auto bound = static_cast<double>(bounds[i].count());
      BOOST_TEST_REQUIRE(counts[i] >= rank(durations, bound * (1 - 1 / 128.0)));
      BOOST_TEST_REQUIRE(counts[i] <= rank(durations, bound * (1 + 1 / 128.0)));
      if (bound < 256) BOOST_TEST_REQUIRE(counts[i] == rank(durations, bound));
    }
  }
}

// Prometheus interprets a count that falls as a restart.
BOOST_AUTO_TEST_CASE(counts_only_grow) {
  std::mt19937_64 random{20240602};
  for (std::uint64_t turn = 0; turn < 20 * long_mode(); ++turn) {
    const auto durations = some_durations(random);
    const auto bounds = some_bounds(random, durations);
    PerfTimer timer{"random", {.log = [](std::string_view) {}}};
    Counts before(bounds.size());
    for (const auto duration : durations) {
      timer.observe(duration);
      auto counts = cumulative_counts(timer.snapshot().elapsed.buckets, bounds);
      for (std::size_t i = 0; i < counts.size(); ++i) BOOST_TEST_REQUIRE(counts[i] >= before[i]);
      before = std::move(counts);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
