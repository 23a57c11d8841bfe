//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/started_span.hpp>

#include "driver.hpp"

namespace perf_timer::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(started_span, CleanThread)

BOOST_AUTO_TEST_CASE_TEMPLATE(too_many_threads_make_it_lost, Clock, Clocks) {
  detail::StartedSpan<Clock> run(1);
  run.carried().span()->crowded = true;
  check_lost(run.close(), LostReason::crowded);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_strands_queue_is_named, Clock, Clocks) {
  detail::StartedSpan<Clock> run(1);
  detail::spoilt_by_a_queue(run.carried().span());
  check_lost(run.close(), LostReason::in_a_queue);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
