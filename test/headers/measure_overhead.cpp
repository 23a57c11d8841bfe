//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/measure_overhead.hpp>

#include <boost/test/unit_test.hpp>

#include <utility>

namespace {

/// What a function that makes a timer may return. The timers of this library have headers of their
/// own: umbrella.cpp measures them.
struct Timer {
  struct Run {
    ~Run() { ++runs; }
    int& runs;
  };
  Run measure() { return {*runs}; }
  int* runs;
};

template <class T>
concept Measurable = requires(const T& timer) { perf_timer::measure_overhead<T>(timer); };

BOOST_AUTO_TEST_CASE(measure_overhead) {
  int runs = 0;
  const perf_timer::FractionalNanoseconds cost =
      perf_timer::measure_overhead([&](std::string name, perf_timer::TimerOptions options) {
        BOOST_TEST(!name.empty());
        BOOST_TEST(static_cast<bool>(options.log));
        return Timer{&runs};
      });
  BOOST_TEST(cost.count() >= 0);
  BOOST_TEST(runs > 0);
  static_assert(!Measurable<int>);
}

}  // namespace
