//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/accumulators/bucket_counts.hpp>

#include "failing_new.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <new>
#include <random>
#include <utility>

namespace perf_timer::test {
namespace {

constexpr std::size_t pages = 5, page_size = 8, buckets = pages * page_size;
using Counts = detail::BucketCounts<pages, page_size>;
using Expected = std::map<std::size_t, std::uint64_t>;

constexpr std::uint64_t small = 65'535;  // the most that a page has room for

Counts counts_of(const Expected& expected) {
  Counts counts;
  for (const auto& [bucket, count] : expected) counts.add(bucket, count);
  return counts;
}

Expected contents(const Counts& counts) {
  Expected all;
  counts.for_each([&](std::size_t bucket, std::uint64_t count) {
    BOOST_REQUIRE((all.empty() || all.rbegin()->first < bucket));
    all[bucket] = count;
  });
  return all;
}

/// Returns whether one more could be counted without memory.
bool try_increment(Counts& counts, std::size_t bucket) {
  const auto same = [](std::size_t number) { return number; };
  return counts.increment_each(&bucket, &bucket + 1, same) != &bucket;
}

/// Counts one more, as a histogram does.
void increment(Counts& counts, std::size_t bucket) {
  if (try_increment(counts, bucket)) return;
  counts.make_room(bucket);
  BOOST_REQUIRE(try_increment(counts, bucket));
}

BOOST_AUTO_TEST_SUITE(bucket_counts)

BOOST_AUTO_TEST_CASE(counts_of_any_size_are_exact) {
  const Expected all = {{0, 1}, {1, small - 1},  {2, small},       {3, small + 1},
                        {8, 1}, {16, 3 * small}, {39, 1ULL << 40}, {17, std::uint64_t{1} << 63}};
  BOOST_CHECK(contents(counts_of(all)) == all);
}

BOOST_AUTO_TEST_CASE(one_at_a_time_beyond_what_a_page_has_room_for) {
  Counts counts;
  for (std::uint64_t i = 0; i < 2 * small + 3; ++i) increment(counts, 9);
  increment(counts, 10);
  BOOST_CHECK(contents(counts) == (Expected{{9, 2 * small + 3}, {10, 1}}));
}

BOOST_AUTO_TEST_CASE(incrementing_says_where_it_needs_memory) {
  Counts counts;
  BOOST_TEST(!try_increment(counts, 3));
  counts.add(3, small - 1);
  BOOST_TEST(try_increment(counts, 3));
  BOOST_TEST(!try_increment(counts, 3));
  BOOST_CHECK(contents(counts) == (Expected{{3, small}}));
}

BOOST_AUTO_TEST_CASE(of_several_those_before_the_first_that_needs_memory_are_counted) {
  const std::size_t rows[] = {1, 2, 2, 9, 1};  // 9 is in another page
  Counts counts = counts_of({{0, 1}});
  const auto same = [](std::size_t number) { return number; };
  BOOST_TEST(counts.increment_each(std::begin(rows), std::end(rows), same) - rows == 3);
  BOOST_CHECK(contents(counts) == (Expected{{0, 1}, {1, 1}, {2, 2}}));
}

BOOST_AUTO_TEST_CASE(decrementing_undoes_increments) {
  Counts counts = counts_of({{3, small}});
  increment(counts, 3);
  increment(counts, 3);
  for (int i = 0; i < 3; ++i) counts.decrement(3);
  BOOST_CHECK(contents(counts) == (Expected{{3, small - 1}}));
}

BOOST_AUTO_TEST_CASE(a_second_page_only_where_a_count_is_too_great) {
  Counts counts;
  BOOST_TEST(counts.memory() == 0u);
  counts.add(0, small);
  counts.add(8, 1);
  constexpr std::size_t page = page_size * 2, wide = page_size * 8, pointer = sizeof(void*);
  constexpr std::size_t table = (pages + 3) * pointer, wide_table = pages * pointer;
  BOOST_TEST(counts.memory() == table + 2 * page);
  counts.add(0, 1);
  BOOST_TEST(counts.memory() == table + 2 * page + wide_table + wide);
  counts.add(1, 3 * small);
  BOOST_TEST(counts.memory() == table + 2 * page + wide_table + wide);
}

BOOST_AUTO_TEST_CASE(merging_adds) {
  struct Row {
    const char* what;
    Expected a, b, sum;
  };
  const Row rows[] = {
      {"different pages", {{0, 1}}, {{9, 2}}, {{0, 1}, {9, 2}}},
      {"a sum that just fits", {{0, small - 1}}, {{0, 1}}, {{0, small}}},
      {"a sum that doesn't", {{0, small}, {1, 5}}, {{0, small}}, {{0, 2 * small}, {1, 5}}},
      {"great ones", {{0, 7 * small}}, {{0, 9 * small}}, {{0, 16 * small}}},
      {"a great one to a small one",
       {{0, 2}, {1, 1}},
       {{0, 9 * small}},
       {{0, 9 * small + 2}, {1, 1}}},
      {"a small one to a great one",
       {{0, 9 * small}},
       {{0, 2}, {1, 1}},
       {{0, 9 * small + 2}, {1, 1}}}};
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.what) {
      Counts counts = counts_of(row.a);
      counts.merge(counts_of(row.b));
      BOOST_CHECK(contents(counts) == row.sum);
      counts.subtract(counts_of(row.b));
      BOOST_CHECK(contents(counts) == row.a);
    }
  }
}

BOOST_AUTO_TEST_CASE(merging_with_itself_doubles) {
  Counts counts = counts_of({{0, small}, {1, 1}, {9, 9 * small}});
  counts.merge(counts);
  BOOST_CHECK(contents(counts) == (Expected{{0, 2 * small}, {1, 2}, {9, 18 * small}}));
}

BOOST_AUTO_TEST_CASE(a_bucket_of_each_rank) {
  const Counts counts = counts_of({{1, 2}, {2, small + 5}, {20, 1}});
  const std::pair<std::uint64_t, std::size_t> rows[] = {
      {1, 1}, {2, 1}, {3, 2}, {small + 7, 2}, {small + 8, 20}};
  for (const auto& [rank, bucket] : rows) BOOST_TEST(counts.bucket_of_rank(rank) == bucket);
}

BOOST_AUTO_TEST_CASE(without_memory_nothing_is_added) {
  const Expected before = {{0, small}};
  for (const Expected& other :
       {Expected{{0, 1}}, Expected{{9, 1}}, Expected{{9, 1}, {0, 1}}, Expected{{1, small + 1}}}) {
    Counts counts = counts_of(before);
    const Counts more = counts_of(other);
    {
      const FailingNew none(0);
      BOOST_CHECK_THROW(counts.merge(more), std::bad_alloc);
      BOOST_CHECK_THROW(counts.add(other.begin()->first, small + 1), std::bad_alloc);
      BOOST_CHECK_THROW(counts.make_room(other.begin()->first == 1 ? 0 : other.begin()->first),
                        std::bad_alloc);
    }
    BOOST_CHECK(contents(counts) == before);
  }
}

BOOST_AUTO_TEST_CASE(what_is_reserved_needs_no_memory) {
  Counts counts;
  counts.reserve(1);
  {
    const FailingNew none(0);
    for (std::uint64_t i = 0; i < small + 10; ++i) increment(counts, 8);
    counts.add(9, 5 * small);
  }
  BOOST_CHECK(contents(counts) == (Expected{{8, small + 10}, {9, 5 * small}}));
}

BOOST_AUTO_TEST_CASE(at_random_they_are_those_of_a_map) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 200; ++round) {
    Counts mine, other;
    Expected expected, expected_other;
    for (int i = 0; i < 60; ++i) {
      const auto bucket = static_cast<std::size_t>(random() % buckets);
      const std::uint64_t times = random() % 4 == 0 ? random() % (2 * small) : random() % 100;
      const bool here = random() % 2 == 0;
      (here ? mine : other).add(bucket, times);
      if (times != 0) (here ? expected : expected_other)[bucket] += times;
    }
    mine.merge(other);
    for (const auto& [bucket, count] : expected_other) expected[bucket] += count;
    BOOST_REQUIRE(contents(mine) == expected);
    std::uint64_t rank = 0;
    for (const auto& [bucket, count] : expected) {
      BOOST_REQUIRE_EQUAL(mine.bucket_of_rank(rank + 1), bucket);
      BOOST_REQUIRE_EQUAL(mine.bucket_of_rank(rank += count), bucket);
    }
    mine.subtract(other);
    for (const auto& [bucket, count] : expected_other)
      if ((expected[bucket] -= count) == 0) expected.erase(bucket);
    BOOST_REQUIRE(contents(mine) == expected);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
