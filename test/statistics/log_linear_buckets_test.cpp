//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/accumulators/log_linear_buckets.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

using perf_timer::accumulators::LogLinearBuckets;

BOOST_AUTO_TEST_SUITE(log_linear_buckets)

using Whole = LogLinearBuckets<std::int64_t>;
using Floating = LogLinearBuckets<double>;

static_assert(Whole::page_count == 57 && LogLinearBuckets<std::uint64_t>::page_count == 58);
static_assert(LogLinearBuckets<std::int8_t>::page_count == 1);

BOOST_AUTO_TEST_CASE(places_whole_numbers) {
  struct Row {
    std::int64_t value;
    std::size_t index;
    std::int64_t first, last;
  };
  constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
  for (const Row& row : {
           Row{-1, 0, 0, 0},
           Row{0, 0, 0, 0},
           Row{127, 127, 127, 127},
           Row{128, 128, 128, 128},
           Row{255, 255, 255, 255},
           Row{256, 256, 256, 257},
           Row{257, 256, 256, 257},
           Row{511, 383, 510, 511},
           Row{512, 384, 512, 515},
           Row{1'000'000, 1780, 999'424, 1'003'519},
           Row{greatest, 57 * 128 - 1, greatest - (std::int64_t{1} << 55) + 1, greatest},
       }) {
    BOOST_TEST_CONTEXT("value " << row.value) {
      BOOST_TEST(Whole::index(row.value) == row.index);
      BOOST_TEST(Whole::page(row.value) == row.index / Whole::page_size);
      BOOST_TEST(Whole::first(row.index) == row.first);
      BOOST_TEST(Whole::last(row.index) == row.last);
    }
  }
}

BOOST_AUTO_TEST_CASE(whole_buckets_follow_each_other_without_gap_up_to_the_greatest_number) {
  std::int64_t next = 0;
  for (std::size_t i = 0; i < Whole::page_count * Whole::page_size; ++i) {
    BOOST_REQUIRE_EQUAL(Whole::first(i), next);
    BOOST_REQUIRE_EQUAL(Whole::index(Whole::first(i)), i);
    BOOST_REQUIRE_EQUAL(Whole::index(Whole::last(i)), i);
    BOOST_REQUIRE_EQUAL(Whole::page(Whole::first(i)), i / Whole::page_size);
    BOOST_REQUIRE_EQUAL(Whole::page(Whole::last(i)), i / Whole::page_size);
    // Half the width of a bucket is at most 1/256 of the values in it.
    BOOST_REQUIRE_LE(Whole::middle(i) - Whole::first(i), Whole::first(i) / 256);
    BOOST_REQUIRE_LE(Whole::last(i) - Whole::middle(i), std::max<std::int64_t>(next / 256, 0) + 1);
    next = static_cast<std::int64_t>(static_cast<std::uint64_t>(Whole::last(i)) + 1);
  }
  BOOST_TEST(next == std::numeric_limits<std::int64_t>::min());  // one more than the greatest value
}

BOOST_AUTO_TEST_CASE(the_middle_is_within_a_256th_of_every_number_up_to_100000) {
  for (std::int64_t value = 0; value <= 100'000; ++value) {
    const std::int64_t middle = Whole::middle(Whole::index(value));
    if (value < 256) BOOST_REQUIRE_EQUAL(middle, value);
    BOOST_REQUIRE_LE(std::abs(middle - value) * 256, value);
  }
}

BOOST_AUTO_TEST_CASE(the_middle_is_within_a_256th_of_floating_numbers) {
  BOOST_TEST(Floating::index(0.0) == 0U);
  BOOST_TEST(Floating::index(-1.0) == 0U);
  BOOST_TEST(Floating::index(0x1p-129) == 0U);
  BOOST_TEST(Floating::index(0x1p-128) == 128U);
  constexpr std::size_t last = Floating::page_count * Floating::page_size - 1;
  BOOST_TEST(Floating::index(0x1.ffffffp127) == last);
  BOOST_TEST(Floating::index(0x1p128) == last);
  BOOST_TEST(Floating::index(std::numeric_limits<double>::infinity()) == last);
  std::size_t previous = 0;
  for (double value = 0x1p-128; value < 0x1p128; value *= 1.0011) {
    const std::size_t index = Floating::index(value);
    BOOST_REQUIRE_GE(index, previous);
    BOOST_REQUIRE_LE(Floating::first(index), value);
    BOOST_REQUIRE_LE(value, Floating::last(index));
    BOOST_REQUIRE_LE(std::abs(Floating::middle(index) - value), value / 256);
    previous = index;
  }
}

BOOST_AUTO_TEST_SUITE_END()
