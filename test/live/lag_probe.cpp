//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer.hpp>
#include <perf_timer/lag_probe.hpp>

#include "common/hangs_after.hpp"
#include "common/manual_clock.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Timer = BasicAsioPerfTimer<ManualClock>;

const TimerOptions quiet{.log = [](std::string_view) {}};

/// Probes only when it is told to.
struct Prober {
  explicit Prober(asio::io_context& context)
      : there(std::make_shared<detail::LagProber>(detail::report_thread_of(context.get_executor()),
                                                  timer.wrap(context), 1h)) {}

  Timer timer{"lag", quiet};
  std::shared_ptr<detail::LagProber> there;
};

BOOST_AUTO_TEST_SUITE(lag_probe_, *hangs_after(60))

BOOST_AUTO_TEST_CASE(it_measures_how_late_a_context_is) {
  asio::io_context context;
  Prober prober(context);
  for (const int late : {5, 0, 7}) {
    prober.there->probe();
    ManualClock::advance(late);
    BOOST_TEST(context.run() == 1u);
    context.restart();
  }
  const auto shown = prober.timer.snapshot();
  BOOST_TEST(shown.runs == 3u);
  BOOST_TEST(shown.busy.total.count() == 0);
  BOOST_TEST(shown.queued.total.count() == 12);
  BOOST_TEST(shown.queued.max.count() == 7);
}

BOOST_AUTO_TEST_CASE(one_waits_at_a_time) {
  asio::io_context context;
  Prober prober(context);
  for (int i = 0; i < 3; ++i) {
    prober.there->probe();
    ManualClock::advance(10);
  }
  BOOST_TEST(prober.timer.snapshot().waiting == 1u);
  BOOST_TEST((prober.timer.snapshot().oldest_waiting == std::chrono::nanoseconds(30)));
  BOOST_TEST(context.run() == 1u);
  const auto shown = prober.timer.snapshot();
  BOOST_TEST(shown.waiting == 0u);
  BOOST_TEST(shown.queued.total.count() == 30);
}

BOOST_AUTO_TEST_CASE(it_goes_on_after_one_was_dropped) {
  asio::io_context context;
  Prober prober(context);
  {
    asio::io_context gone;
    auto elsewhere = std::make_shared<detail::LagProber>(
        detail::report_thread_of(context.get_executor()), prober.timer.wrap(gone), 1h);
    elsewhere->probe();
    elsewhere->end();
  }
  BOOST_TEST(prober.timer.snapshot().dropped == 1u);
  prober.there->probe();
  BOOST_TEST(context.run() == 1u);
}

BOOST_AUTO_TEST_CASE(after_its_end_it_submits_nothing) {
  asio::io_context context;
  Prober prober(context);
  prober.there->end();
  prober.there->probe();
  BOOST_TEST(context.run() == 0u);
}

BOOST_AUTO_TEST_CASE(it_probes_every_so_often_while_it_lives) {
  asio::io_context context;
  AsioPerfTimer timer("lag", quiet);
  {
    const LagProbe probe = lag_probe(asio::make_strand(context), timer, 1ms);
    while (timer.snapshot().runs < 3) {
      context.run_one_for(1s);
      context.restart();
    }
  }
  context.restart();
  context.run();
  BOOST_TEST(timer.snapshot().open == 0u);
  BOOST_TEST(timer.snapshot().queued.count == timer.snapshot().runs);
}

BOOST_AUTO_TEST_CASE(it_does_not_keep_run_from_returning) {
  asio::io_context context;
  AsioPerfTimer timer("lag", quiet);
  const auto probe = lag_probe(context, timer, 1h);
  BOOST_TEST(context.run() == 0u);
}

BOOST_AUTO_TEST_CASE(it_may_outlive_its_context_and_its_timer) {
  std::optional<AsioPerfTimer> timer(std::in_place, "lag", quiet);
  std::optional<asio::io_context> context(std::in_place);
  LagProbe probe = lag_probe(*context, *timer, 1ms);
  timer.reset();
  context.reset();
  LagProbe moved = std::move(probe);
}

BOOST_AUTO_TEST_CASE(an_interval_must_be_positive) {
  asio::io_context context;
  AsioPerfTimer timer("lag", quiet);
  for (const auto every : {0ns, -1ns})
    BOOST_CHECK_THROW(static_cast<void>(lag_probe(context, timer, every)), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
