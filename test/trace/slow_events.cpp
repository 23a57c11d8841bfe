//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/trace/slow_events.hpp>
#include <perf_timer/detail/trace/trace_switch.hpp>

#include "recorded.hpp"

#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <perf_timer/detail/trace/flight_trace.hpp>
#include <perf_timer/detail/trace/hooks.hpp>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

using detail::slow_events;
using detail::SlowEvent;
using detail::SlowEvents;

constexpr detail::Ticks slower_than = 300;

struct Recorder {
  const detail::Ticks began = ManualClock::ticks;
  detail::FlightTrace trace{64 << 10, detail::timeline_of<ManualClock>(), slower_than};

  /// "what begin-end timer", for what was told since the last call.
  [[nodiscard]] std::vector<std::string> told() const {
    const SlowEvents::Fetched fetched = slow_events.fetch();
    std::vector<std::string> rows;
    const auto timers = recorded_trace().timers;
    for (std::size_t i = 0; i < fetched.size; ++i) {
      const SlowEvent& event = fetched.events[i];
      constexpr const char* what[] = {"run", "step", "function", "handler"};
      std::string row = what[static_cast<int>(event.of)];
      row += " " + std::to_string(event.begin - began) + "-" + std::to_string(event.end - began);
      if (event.timer != 0) row += " " + timers.at(event.timer);
      if (event.operation != 0) row += " of " + std::to_string(event.operation);
      rows.push_back(row);
    }
    return rows;
  }
  void check(const std::vector<std::string>& expected) const {
    const auto found = told();
    BOOST_TEST(found == expected, boost::test_tools::per_element());
  }
};

void tell(SlowEvent::Of of = SlowEvent::Of::run) {
  slow_events.tell({.of = of, .thread = 1, .trace = slow_events.trace(), .end = 1});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(slow_events_)

BOOST_AUTO_TEST_CASE(a_trace_alone_wants_none) {
  const Traced traced;
  BOOST_TEST(!slow_events.wanted());
  detail::trace_step_began<ManualClock>({&traced, nullptr, 0, 0, 0});
  compute<ManualClock>(1'000'000);
  detail::trace_step_ended<ManualClock>(&traced);
  BOOST_TEST(slow_events.fetch().size == 0u);
}

BOOST_AUTO_TEST_CASE(runs_steps_and_functions_are_told_when_they_end) {
  QuietTimer<ManualClock> run("run"), strand("strand");
  asio::io_context context;
  const Recorder recorder;
  asio::post(strand.wrap(context), [&] {
    const auto one = run.measure();
    compute<ManualClock>(301);
  });
  context.run();
  recorder.check({"run 0-301 run", "step 0-301", "function 0-301 strand"});
}

BOOST_AUTO_TEST_CASE(a_step_has_the_timer_of_the_run_for_which_it_began) {
  QuietTimer<ManualClock> run("run");
  asio::io_context context;
  auto one = run.start();
  const Recorder recorder;
  asio::post(one.wrap(context), [] { compute<ManualClock>(301); });
  context.run();
  recorder.check({"step 0-301 run"});
}

BOOST_AUTO_TEST_CASE(a_step_inside_another_is_one_of_its_own) {
  asio::io_context context;
  const auto on = instrument<ManualClock>(context);
  const Recorder recorder;
  asio::post(on, [&] {
    compute<ManualClock>(100);
    asio::dispatch(on, [] { compute<ManualClock>(200); });
    recorder.check({});
    compute<ManualClock>(1);
  });
  context.run();
  recorder.check({"step 0-301"});
}

BOOST_AUTO_TEST_CASE(what_takes_exactly_so_long_is_not_slow) {
  asio::io_context context;
  const Recorder recorder;
  asio::post(instrument<ManualClock>(context), [] { compute<ManualClock>(slower_than); });
  context.run();
  recorder.check({});
}

BOOST_AUTO_TEST_CASE(a_step_that_began_in_an_earlier_trace_is_not_told) {
  const int step = 0;
  {
    const Recorder earlier;
    detail::trace_step_began<ManualClock>({&step, nullptr, 0, 0, 0});
  }
  const Recorder recorder;
  compute<ManualClock>(400);
  detail::trace_step_ended<ManualClock>(&step);
  recorder.check({});
}

BOOST_AUTO_TEST_CASE(what_there_is_no_room_for_is_counted) {
  const Recorder recorder;
  for (int i = 0; i < 20; ++i) tell();
  for (int i = 0; i < 3; ++i) tell(SlowEvent::Of::step);
  const auto fetched = slow_events.fetch();
  BOOST_TEST(fetched.size == 16u);
  BOOST_TEST(fetched.more_runs == 4u);
  BOOST_TEST(fetched.more_steps == 3u);
  tell();
  const auto more = slow_events.fetch();
  BOOST_TEST(more.size == 1u);
  BOOST_TEST(more.more_runs == 0u);
}

BOOST_AUTO_TEST_CASE(a_recorder_is_not_told_of_what_was_before_it) {
  {
    const Recorder earlier;
    tell();
  }
  const Recorder recorder;
  BOOST_TEST(slow_events.fetch().size == 0u);
}

BOOST_AUTO_TEST_CASE(a_recorder_is_not_told_of_what_another_clock_dates) {
  static const char other_timeline = 0;
  detail::start_trace(64 << 10, {&other_timeline, [] { return detail::Ticks{0}; }});
  BOOST_REQUIRE(detail::traced(&other_timeline));  // and now it is about to record
  clear_trace();
  const Recorder recorder;
  detail::record(ManualClock::ticks,
                 detail::FunctionEnded{0, detail::RunOutcome::measured, 0, 0, 0, slower_than + 1});
  recorder.check({});
}

BOOST_AUTO_TEST_CASE(many_threads_tell_one_that_waits) {
  const Recorder recorder;
  constexpr int threads = 3;
  constexpr std::uint64_t each = 2'000;
  std::atomic<int> done{0};
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i)
    all.emplace_back([&] {
      for (std::uint64_t n = 0; n < each; ++n) tell();
      ++done;
      slow_events.wake();
    });
  std::uint64_t told = 0;
  for (bool last = false; !last;) {
    slow_events.wait();
    last = done == threads;
    const auto fetched = slow_events.fetch();
    told += fetched.size + fetched.more_runs;
  }
  for (auto& thread : all) thread.join();
  BOOST_TEST(told == threads * each);
}

BOOST_AUTO_TEST_CASE(the_trace_is_the_recorders) {
  const Recorder recorder;
  BOOST_CHECK_THROW(start_trace<ManualClock>(), std::logic_error);
  BOOST_CHECK_THROW(Recorder(), std::logic_error);
  stop_trace();
  clear_trace();
  BOOST_TEST(tracing());
  BOOST_TEST(slow_events.wanted());
}

BOOST_AUTO_TEST_CASE(a_slow_handler_is_told_unless_a_slow_step_inside_it_is) {
  const Recorder recorder;
  BOOST_REQUIRE(detail::traced(detail::timeline_id<ManualClock>()));
  const char handler = 0, step = 0;
  const auto handle = [&](detail::TracedOperation operation, auto inside) {
    const auto now = [] { return ManualClock::ticks.load(); };
    detail::record(now(), detail::HandlerBegan{.handler = &handler,
                                               .span = nullptr,
                                               .timer = 0,
                                               .operation = operation,
                                               .is_step = false,
                                               .only_executes = false,
                                               .outcome = detail::RunOutcome::measured,
                                               .started = 0,
                                               .ready = 0});
    inside(now);
    detail::record(now(), detail::HandlerEnded{&handler});
  };
  const auto step_of = [&](int ticks) {
    return [&, ticks](auto now) {
      detail::record(now(), detail::StepBegan{&step, nullptr, 0, 0, 0});
      compute<ManualClock>(ticks);
      detail::record(now(), detail::StepEnded{&step});
    };
  };
  handle(7, [](auto) { compute<ManualClock>(301); });
  recorder.check({"handler 0-301 of 7"});
  handle(8, [](auto) { compute<ManualClock>(300); });
  recorder.check({});
  handle(9, step_of(301));
  recorder.check({"step 601-902"});
  handle(10, [&](auto now) {
    step_of(200)(now);
    step_of(200)(now);
  });
  recorder.check({"handler 902-1302 of 10"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace perf_timer::test
