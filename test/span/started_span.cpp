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

BOOST_AUTO_TEST_CASE_TEMPLATE(what_its_executors_capture_where_nobody_is_known_tells_so, Clock,
                              Clocks) {
  detail::StartedSpan<Clock> run(true);
  SuspendedRun<Clock> waits(1);
  Capture later;
  in_step<Clock>(Capture::nobody_known(1, detail::QueueTime::next()),
                 [&] { later = detail::capture_inside_run<Clock>(run.carried()); });
  in_step<Clock>(later, [&] {
    compute<Clock>(2);
    in_step<Clock>(waits.here, [] { compute<Clock>(4); });
  });
  check_lost(waits.close(), LostReason::in_a_queue);
  check_busy(run.close(), 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
