//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What a timer's runs waited for, as something that tracks operations tells it.
#include <perf_timer/detail/recorder/idle_in.hpp>

#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/interval_reader.hpp>
#include <perf_timer/log_function.hpp>
#include <perf_timer/snapshot_all.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;

std::vector<AwaitedOperation> told;  // of every timer, until one is forgotten

/// Tracks while it lives.
class Tracking {
 public:
  Tracking() { detail::idle_in.store(&entry_); }
  Tracking(const Tracking&) = delete;
  Tracking& operator=(const Tracking&) = delete;
  ~Tracking() { detail::idle_in.store(nullptr); }

 private:
  static constexpr detail::IdleIn entry_{[](std::uint64_t) { return told; },
                                         [](std::uint64_t) noexcept { told.clear(); }};
};

std::vector<AwaitedOperation> some() {
  return {{.object = "socket", .operation = "async_receive", .count = 3, .waited = 7ms},
          {.object = "socket", .operation = "async_send", .count = 3, .waited = 1ms}};
}

BOOST_AUTO_TEST_SUITE(idle_in)

BOOST_AUTO_TEST_CASE(snapshots_of_lifetimes_have_it) {
  const Tracking tracking;
  told = some();
  AsioPerfTimer timer{"t", {.log = silent}};
  BOOST_CHECK(timer.snapshot().idle_in == some());
  BOOST_REQUIRE(snapshot_all().size() == 1u);
  BOOST_CHECK(snapshot_all().front().idle_in == some());
  timer.reset();
  BOOST_CHECK(timer.snapshot().idle_in.empty());
}

BOOST_AUTO_TEST_CASE(an_interval_has_none) {
  const Tracking tracking;
  told = some();
  AsioPerfTimer timer{"t", {.log = silent}};
  IntervalReader reader;
  for (int i = 0; i < 2; ++i) {
    timer.observe(1ms);
    told.front().count += 5;
    const Interval interval = reader.next();
    BOOST_REQUIRE(interval.timers.size() == 1u);
    BOOST_TEST(interval.timers.front().runs == 1u);
    BOOST_CHECK(interval.timers.front().idle_in.empty());
  }
  BOOST_TEST(timer.snapshot().idle_in.front().count == 13u);  // and takes nothing from the lifetime
}

BOOST_AUTO_TEST_CASE(without_tracking_nothing_is_known) {
  told = some();
  BOOST_CHECK(AsioPerfTimer("t", {.log = silent}).snapshot().idle_in.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
