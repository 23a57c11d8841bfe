//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/accumulators/log_linear_histogram.hpp>

#include <boost/test/unit_test.hpp>

#include <vector>

namespace {

template <class Value>
void check_histogram() {
  using Histogram = perf_timer::accumulators::LogLinearHistogram<Value>;
  Histogram histogram;
  histogram.reserve(Value{1});
  histogram.reserve(Value{1}, Value{100});
  histogram.add(Value{1});
  histogram.add(Value{2}, 3);
  BOOST_TEST(histogram.count() == 4u);
  BOOST_TEST(histogram.min() == Value{1});
  BOOST_TEST(histogram.max() == Value{2});
  BOOST_TEST(histogram.quantile(1) == Value{2});
  BOOST_TEST(histogram.memory() > sizeof(Histogram));

  Histogram other(histogram);
  const std::vector<Value> more{3, 5, 4};
  other.add_range(more, Value{3}, Value{5});
  other.merge(histogram);
  BOOST_TEST(other.count() == 11u);
  other.subtract(histogram);
  other.subtract(histogram);
  std::uint64_t count = 0;
  other.for_each_bucket([&](Value first, Value last, std::uint64_t here) {
    BOOST_TEST(first <= last);
    count += here;
  });
  BOOST_TEST(count == 3u);

  histogram.swap(other);
  BOOST_TEST(histogram.count() == 3u);
  histogram = std::move(other);
  BOOST_TEST(histogram.count() == 4u);
}

BOOST_AUTO_TEST_CASE(log_linear_histogram) {
  check_histogram<std::int64_t>();
  check_histogram<double>();
}

}  // namespace
