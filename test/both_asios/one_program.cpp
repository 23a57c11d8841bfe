//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A program may have files that use Boost.Asio, and files that use standalone Asio. One library
// measures both, and one timer may.

#include "both_asios/kinds.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <ostream>

namespace perf_timer::test {
namespace {

struct Row {
  const char* name;
  const Kind& kind;
  const Kind& other;

  friend std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }
};
const Row kinds[] = {{"Boost.Asio", boost_asio, standalone_asio},
                     {"standalone Asio", standalone_asio, boost_asio}};

std::int64_t busy(const BothTimer& timer) {
  return static_cast<std::int64_t>(timer.snapshot().busy.total.count());
}

BOOST_AUTO_TEST_CASE(one_timer_measures_functions_of_both) {
  BothTimer timer;
  boost_asio.execute(timer, [] { ManualClock::advance(3); });
  standalone_asio.execute(timer, [] { ManualClock::advance(4); });
  check_outcomes(timer, 2, 0, 0);
  BOOST_TEST(busy(timer) == 7);
}

BOOST_AUTO_TEST_CASE(and_coroutines) {
  BothTimer timer;
  boost_asio.await(timer, 5);
  standalone_asio.await(timer, 6);
  check_outcomes(timer, 2, 0, 0);
  BOOST_TEST(busy(timer) == 22);
}

BOOST_AUTO_TEST_CASE(and_operations) {
  BothTimer timer;
  boost_asio.cancel(timer);
  standalone_asio.cancel(timer);
  check_outcomes(timer, 0, 2, 0);
}

BOOST_DATA_TEST_CASE(what_one_executes_for_a_run_of_the_other_is_on_its_behalf, kinds) {
  BothTimer inner;
  BothTimer outer;
  sample.kind.execute_instrumented([&] {
    const auto run = outer.measure();
    ManualClock::advance(1);
    sample.other.execute_instrumented([&] {
      ManualClock::advance(10);
      const auto inside = inner.measure();
      ManualClock::advance(100);
    });
  });
  check_outcomes(outer, 1, 0, 0);
  check_outcomes(inner, 1, 0, 0);
  BOOST_TEST(busy(outer) == 111);
  BOOST_TEST(busy(inner) == 100);
}

BOOST_AUTO_TEST_CASE(each_has_its_own_threads_for_reports) {
  BothTimer timer;
  boost_asio.report(timer);
  standalone_asio.report(timer);
}

}  // namespace
}  // namespace perf_timer::test
