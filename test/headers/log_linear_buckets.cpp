//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/accumulators/log_linear_buckets.hpp>

#include <boost/test/unit_test.hpp>

namespace {

template <class Value>
void check_buckets() {
  using Buckets = perf_timer::accumulators::LogLinearBuckets<Value>;
  const auto value = static_cast<Value>(100'000);
  const std::size_t index = Buckets::index(value);
  BOOST_TEST(Buckets::first(index) <= value);
  BOOST_TEST(Buckets::middle(index) <= Buckets::last(index));
  BOOST_TEST(value <= Buckets::last(index));
  BOOST_TEST(Buckets::page(value) == index >> Buckets::page_bits);
  BOOST_TEST(Buckets::page(value) == index / Buckets::page_size);
  BOOST_TEST(Buckets::page(std::numeric_limits<Value>::max()) < Buckets::page_count);
}

BOOST_AUTO_TEST_CASE(log_linear_buckets) {
  check_buckets<std::int64_t>();
  check_buckets<std::uint32_t>();
  check_buckets<double>();
  check_buckets<float>();

  using Whole = perf_timer::accumulators::LogLinearBuckets<std::int64_t>;
  BOOST_TEST(Whole::is_exact(100'000));
  BOOST_TEST(Whole::index_of_exact(100'000) == Whole::index(100'000));
}

}  // namespace
