//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/counters.hpp>

#include <boost/test/unit_test.hpp>

namespace perf_timer::test {
namespace {

using detail::Counters;
using detail::CounterValues;
using detail::SingleWriterCount;

void count(SingleWriterCount& counter, int times) {
  for (int i = 0; i < times; ++i) counter.increment();
}

BOOST_AUTO_TEST_SUITE(counters)

BOOST_AUTO_TEST_CASE(a_count) {
  SingleWriterCount counter;
  BOOST_TEST(counter.load() == 0u);
  count(counter, 3);
  BOOST_TEST(counter.load() == 3u);
}

BOOST_AUTO_TEST_CASE(sums_of_two_shards_less_a_base) {
  Counters a, b;
  count(a.begun, 20);
  count(b.begun, 1);
  count(a.failed, 2);
  count(b.failed, 3);
  count(b.dropped, 4);
  count(a.cancelled, 5);
  count(a.lost[1], 1);
  count(b.lost[1], 1);
  count(b.lost[6], 3);

  CounterValues sum;
  for (const auto* shard : {&a, &b}) sum.add_ended(*shard);
  BOOST_TEST(sum.begun == 0u);  // only `add_begun` reads it
  for (const auto* shard : {&a, &b}) sum.add_begun(*shard);
  BOOST_TEST(sum.begun == 21u);
  BOOST_TEST(sum.failed == 5u);
  BOOST_TEST(sum.dropped == 4u);
  BOOST_TEST(sum.cancelled == 5u);
  BOOST_TEST(sum.lost[1] == 2u);
  BOOST_TEST(sum.lost[6] == 3u);
  BOOST_TEST(sum.ended() == 5u + 4u + 5u + 2u + 3u);

  CounterValues base;
  base.add_ended(a);
  base.add_begun(a);
  sum.subtract(base);
  BOOST_TEST(sum.begun == 21u);
  BOOST_TEST(sum.failed == 3u);
  BOOST_TEST(sum.dropped == 4u);
  BOOST_TEST(sum.cancelled == 0u);
  BOOST_TEST(sum.ended() == 3u + 4u + 1u + 3u);
}

BOOST_AUTO_TEST_CASE(what_is_open_and_what_waits) {
  Counters shard;
  count(shard.begun, 9);
  count(shard.submitted, 8);
  count(shard.started, 3);
  count(shard.dropped, 2);
  count(shard.failed, 1);
  CounterValues sum;
  sum.add_ended(shard);
  sum.add_begun(shard);
  sum.samples = 4;
  BOOST_TEST(sum.open() == 9u + 8u - 4u - 2u - 1u);
  BOOST_TEST(sum.waiting() == 8u - 3u - 2u);
  sum.samples = 100;  // of another moment
  BOOST_TEST(sum.open() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
