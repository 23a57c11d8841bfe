//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/run.hpp>

#include <boost/test/unit_test.hpp>

namespace {

/// What `Run` needs of a timer.
struct Timer {
  struct Record {
    int stopped = 0, cancelled = 0;
  };
  struct ScopeRun {
    explicit ScopeRun(Record& to) noexcept : record(&to) {}
    void stop() { ++record->stopped; }
    void cancel() { ++record->cancelled; }
    Record* record;
  };
  perf_timer::Run<Timer> measure() { return perf_timer::Run<Timer>(record); }
  Record record;
};

BOOST_AUTO_TEST_CASE(run) {
  Timer timer;
  auto first = timer.measure();
  first.stop();
  auto second = timer.measure();
  second.cancel();
  BOOST_TEST(timer.record.stopped == 1);
  BOOST_TEST(timer.record.cancelled == 1);
}

}  // namespace
