//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/accumulators/log_linear_histogram.hpp>

#include "failing_new.hpp"
#include "samples.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <new>
#include <utility>
#include <vector>

using namespace perf_timer::test;
using Histogram = perf_timer::accumulators::LogLinearHistogram<std::int64_t>;

namespace {

Histogram histogram_of(const Numbers& numbers) {
  Histogram histogram;
  for (const auto number : numbers) histogram.add(number);
  return histogram;
}

// Checks that each bucket has the same count, and that both answer every question alike.
void check_alike(const Histogram& a, const Histogram& b) {
  BOOST_TEST(a.count() == b.count());
  for (int i = 0; i <= 1'000; ++i) BOOST_REQUIRE_EQUAL(a.quantile(i / 1e3), b.quantile(i / 1e3));
}

constexpr double bound = 1.0 / 256;

}  // namespace

BOOST_AUTO_TEST_SUITE(log_linear_histogram)

BOOST_AUTO_TEST_CASE(answers_zero_when_empty) {
  const Histogram empty;
  BOOST_TEST(empty.count() == 0U);
  BOOST_TEST(empty.min() == 0);
  BOOST_TEST(empty.max() == 0);
  BOOST_TEST(empty.quantile(0.5) == 0);
  BOOST_TEST(empty.memory() == sizeof(Histogram));
}

BOOST_AUTO_TEST_CASE(is_within_a_256th_at_every_quantile_of_every_series) {
  for (const Series& series : all_series()) {
    const Histogram histogram = histogram_of(series.samples);
    for (const double p : {0.0, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1.0}) {
      BOOST_TEST_CONTEXT(series.name << ", p = " << p) {
        const auto exact = exact_quantile(series.samples, p);
        BOOST_TEST(relative_error(histogram.quantile(p), exact) <= bound);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(is_within_a_256th_after_each_of_the_first_200_samples) {
  for (const Series& series : all_series()) {
    Histogram histogram;
    Numbers so_far;
    for (std::size_t i = 0; i < std::min<std::size_t>(200, series.samples.size()); ++i) {
      histogram.add(series.samples[i]);
      so_far.push_back(series.samples[i]);
      for (const double p : {0.5, 0.9, 0.99, 0.999}) {
        BOOST_TEST_CONTEXT(series.name << ", p = " << p << " of " << so_far.size()) {
          BOOST_TEST(relative_error(histogram.quantile(p), exact_quantile(so_far, p)) <= bound);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(is_exact_for_whole_numbers_below_256) {
  Histogram histogram;
  for (std::int64_t value = 0; value < 256; ++value) histogram.add(value);
  for (int i = 0; i < 256; ++i) BOOST_TEST(histogram.quantile((i + 1) / 256.0) == i);
}

BOOST_AUTO_TEST_CASE(finds_each_number_up_to_100000_among_smaller_and_greater_ones) {
  for (std::int64_t value = 0; value <= 100'000; ++value) {
    Histogram histogram;  // so that minimum and maximum don't help
    histogram.add(0);
    histogram.add(value);
    histogram.add(200'000);
    BOOST_REQUIRE_LE(relative_error(histogram.quantile(0.5), value), bound);
  }
}

BOOST_AUTO_TEST_CASE(keeps_estimates_between_the_extremes) {
  const Histogram histogram = histogram_of({1'000'001, 1'000'001, 1'000'002, 1'000'003});
  for (const double p : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    BOOST_TEST(histogram.quantile(p) >= 1'000'001);
    BOOST_TEST(histogram.quantile(p) <= 1'000'003);
  }
}

BOOST_AUTO_TEST_CASE(counts_a_negative_number_as_zero) {
  const Histogram histogram = histogram_of({-5, std::numeric_limits<std::int64_t>::min(), 7});
  BOOST_TEST(histogram.count() == 3U);
  BOOST_TEST(histogram.min() == 0);
  BOOST_TEST(histogram.quantile(0.5) == 0);
}

BOOST_AUTO_TEST_CASE(takes_a_number_several_times_at_once) {
  Histogram histogram;
  histogram.add(100, 3);
  histogram.add(200, 1);
  histogram.add(1, 0);
  BOOST_TEST(histogram.count() == 4U);
  BOOST_TEST(histogram.min() == 100);
  BOOST_TEST(histogram.quantile(0.75) == 100);
  BOOST_TEST(histogram.quantile(0.76) == 200);
}

BOOST_AUTO_TEST_CASE(merging_is_adding_all) {
  for (const Series& a : all_series()) {
    for (const Series& b : all_series()) {
      BOOST_TEST_CONTEXT(a.name << " and " << b.name) {
        Histogram merged = histogram_of(a.samples);
        merged.merge(histogram_of(b.samples));
        const Histogram all = histogram_of(joined(a.samples, b.samples));
        check_alike(merged, all);
        BOOST_TEST(merged.min() == all.min());
        BOOST_TEST(merged.max() == all.max());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(merges_with_itself_and_with_nothing) {
  Histogram histogram = histogram_of({1, 2, 3'000});
  histogram.merge(Histogram{});
  BOOST_TEST(histogram.count() == 3U);
  histogram.merge(histogram);
  check_alike(histogram, histogram_of({1, 1, 2, 2, 3'000, 3'000}));
  Histogram empty;
  empty.merge(histogram);
  BOOST_TEST(empty.min() == 1);
  BOOST_TEST(empty.max() == 3'000);
}

BOOST_AUTO_TEST_CASE(subtracting_undoes_merging) {
  const Numbers base = lognormal(1'000, 20'000, 0.2, 3), more = lognormal(1'000, 900'000, 1, 4);
  Histogram histogram = histogram_of(base);
  histogram.merge(histogram_of(more));
  histogram.subtract(histogram_of(more));
  BOOST_TEST(histogram.count() == base.size());
  for (const double p : {0.0, 0.1, 0.5, 0.9, 0.99, 1.0}) {
    BOOST_TEST_CONTEXT("p = " << p) {
      // Twice the bound at the extremes, which are known only to the width of a bucket.
      BOOST_TEST(relative_error(histogram.quantile(p), exact_quantile(base, p)) <= 2 * bound);
    }
  }
  histogram.subtract(histogram_of(base));
  BOOST_TEST(histogram.count() == 0U);
  BOOST_TEST(histogram.min() == 0);
  histogram.add(5);
  BOOST_TEST(histogram.min() == 5);
  BOOST_TEST(histogram.max() == 5);
}

BOOST_AUTO_TEST_CASE(copies_are_independent_and_a_moved_one_is_empty) {
  Histogram original = histogram_of({1, 2, 3});
  Histogram copy = original;
  copy.add(1'000'000);
  BOOST_TEST(original.max() == 3);
  Histogram moved = std::move(original);
  BOOST_TEST(moved.count() == 3U);
  BOOST_TEST(original.count() == 0U);  // NOLINT(bugprone-use-after-move)
  original = copy;
  BOOST_TEST(original.max() == 1'000'000);
}

BOOST_AUTO_TEST_CASE(allocates_a_page_when_an_octave_is_first_touched_and_then_no_more) {
  Histogram histogram;
  histogram.add(1'000'000);
  const std::size_t one_page = histogram.memory(), table = 60 * sizeof(void*);
  BOOST_TEST(one_page == sizeof(Histogram) + 256 + table);
  {
    const FailingNew none(0);
    histogram.add(1'000'001);
    histogram.add(600'000);
    BOOST_CHECK_THROW(histogram.add(1), std::bad_alloc);
  }
  BOOST_TEST(histogram.count() == 3U);
  BOOST_TEST(histogram.min() == 600'000);
  BOOST_TEST(histogram.memory() == one_page);
}

BOOST_AUTO_TEST_CASE(reserves_a_range) {
  Histogram histogram;
  histogram.reserve(1'000, 100'000);
  const FailingNew none(0);
  for (std::int64_t value = 1'000; value <= 100'000; ++value) histogram.add(value);
  BOOST_TEST(histogram.count() == 99'001U);
}

BOOST_AUTO_TEST_CASE(a_number_is_added_as_often_as_it_is_told_and_needs_memory_once) {
  constexpr int often = 200'000;  // more than 16 bits count
  Histogram histogram, same;
  histogram.reserve(1'000'000);
  const std::vector<std::int64_t> range(50, 1'000'000);
  {
    const FailingNew none(0);
    for (int i = 0; i < often; ++i) histogram.add(1'000'000);
    for (int i = 0; i < often; i += 50) histogram.add_range(range, 1'000'000, 1'000'000);
  }
  histogram.add(1);
  same.add(1'000'000, 2 * often);
  same.add(1);
  check_alike(histogram, same);
  histogram.for_each_bucket([](std::int64_t first, std::int64_t, std::uint64_t count) {
    BOOST_TEST(count == (first == 1 ? 1u : 2u * often));
  });
}

BOOST_AUTO_TEST_CASE(a_range_that_finds_no_memory_changes_nothing) {
  Histogram histogram;
  histogram.add(5, 65'533);
  const Histogram before = histogram;
  const std::vector<std::int64_t> range = {5, 5, 5, 5}, other_octave = {5, 5, 1'000};
  for (const auto& numbers : {range, other_octave}) {
    {
      const FailingNew none(0);
      BOOST_CHECK_THROW(histogram.add_range(numbers, 5, 1'000), std::bad_alloc);
    }
    check_alike(histogram, before);
    BOOST_TEST(histogram.max() == 5);
  }
  histogram.add_range(range, 5, 5);
  BOOST_TEST(histogram.count() == 65'537U);
  BOOST_TEST(histogram.quantile(1) == 5);
}

BOOST_AUTO_TEST_CASE(a_merge_that_finds_no_memory_changes_nothing) {
  const Histogram source = histogram_of({1, 1'000, 1'000'000});
  for (int successes = 0; successes < 3; ++successes) {
    Histogram target;
    {
      const FailingNew some(successes);
      BOOST_CHECK_THROW(target.merge(source), std::bad_alloc);
    }
    BOOST_TEST(target.count() == 0U);
    target.merge(source);
    check_alike(target, source);
  }
}

BOOST_AUTO_TEST_SUITE_END()
