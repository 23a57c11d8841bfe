//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A callback opens a run, and starts the next callback inside it: each is on behalf of a run that
// has ended. What has ended isn't kept, however long that goes on.
#include "span/driver.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace perf_timer::test {
namespace {

BOOST_AUTO_TEST_SUITE(ended_parents)

/// The number of spans that the current one keeps.
template <class Clock>
int kept() {
  int n = 0;
  for (const Span* s = thread_state<Clock>().current; s; s = s->parent) ++n;
  return n;
}

/// Executes callbacks of which each starts the next one from inside a run, by a submission if
/// `captured` is false. Returns the most spans that one of them keeps.
template <class Clock>
int chain(Submission<Clock> first, bool captured, int callbacks) {
  int most = 0;
  std::optional<Submission<Clock>> next(std::move(first));
  for (int i = 0; i < callbacks; ++i) {
    Submission<Clock> now = std::move(*next);
    next.reset();
    start(std::move(now), [&] {
      OpenRun<Clock> run;
      compute<Clock>(5);
      next.emplace(captured ? capture_here<Clock>(nullptr) : Capture(), nullptr, false);
      most = std::max(most, kept<Clock>());
      const RunTimes times = run.close();
      BOOST_TEST(times.busy == 5);
      BOOST_TEST((times.lost == LostReason::none));
    });
  }
  return most;
}

BOOST_AUTO_TEST_CASE_TEMPLATE(callbacks_that_start_each_other, Clock, Clocks) {
  for (const bool captured : {false, true}) BOOST_TEST(chain(submit<Clock>(), captured, 1000) <= 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(inside_a_run_that_is_open, Clock, Clocks) {
  in_step<Clock>([] {
    OpenRun<Clock> around;
    compute<Clock>(1);
    for (const bool captured : {false, true})
      BOOST_TEST(chain(submit<Clock>(), captured, 1000) <= 2);
    compute<Clock>(2);
    const RunTimes times = around.close();
    BOOST_TEST(times.busy == 1 + 2 * 1000 * 5 + 2);
    BOOST_TEST((times.lost == LostReason::none));
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
