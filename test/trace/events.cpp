//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "recorded.hpp"

#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <perf_timer.hpp>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace perf_timer::test {
namespace {

const TimerOptions quiet{.log = [](std::string_view) {}};

using Plain = BasicPerfTimer<ManualClock>;

}  // namespace

BOOST_AUTO_TEST_SUITE(events)

BOOST_AUTO_TEST_CASE(without_a_trace_nothing_is_recorded) {
  BOOST_TEST(!tracing());
  Plain timer("timer", quiet);
  {
    const auto run = timer.measure();
  }
  BOOST_TEST(recorded_trace().threads.empty());
}

BOOST_AUTO_TEST_CASE(runs_of_ordinary_code) {
  Plain outer("outer", quiet), inner("inner", quiet);
  const Traced traced;
  {
    const auto run = outer.measure();
    compute<ManualClock>(1);
    {
      const auto in = inner.measure();
      compute<ManualClock>(2);
    }
    compute<ManualClock>(3);
  }
  check_rows({"0 outer began", "1 inner began", "1 inner ended, busy 2 queued 0 elapsed 2",
              "0 outer ended, busy 6 queued 0 elapsed 6"});
}

BOOST_AUTO_TEST_CASE(stopped_cancelled_failed_and_switched_off) {
  Plain timer("timer", quiet);
  const Traced traced;
  auto stopped = timer.measure();
  compute<ManualClock>(1);
  stopped.stop();
  auto cancelled = timer.measure();
  compute<ManualClock>(1);
  cancelled.cancel();
  try {
    const auto run = timer.measure();
    compute<ManualClock>(1);
    throw std::runtime_error("thrown");
  } catch (const std::runtime_error&) {
  }
  timer.enabled(false);
  {
    const auto run = timer.measure();
  }
  check_rows({"0 timer began", "0 timer ended, busy 1 queued 0 elapsed 1", "1 timer began",
              "1 timer ended, busy 1 queued 0 elapsed 1 cancelled", "2 timer began",
              "2 timer ended, busy 1 queued 0 elapsed 1 failed"});
}

BOOST_AUTO_TEST_CASE(a_function_of_a_wrapped_executor_and_one_that_it_dispatches_inline) {
  QuietTimer<ManualClock> a("a"), b("b");
  asio::io_context context;
  const auto on_a = a.wrap(context);
  const auto on_b = b.wrap(asio::make_strand(context));
  const Traced traced;
  asio::post(on_a, [&] {
    compute<ManualClock>(1);
    asio::dispatch(on_b, [] { compute<ManualClock>(2); });
    compute<ManualClock>(1);
  });
  compute<ManualClock>(5);
  context.run();
  check_rows({"5 step, submitted 0", "6 step, submitted 6", "8 step ended",
              "8 was b busy 2 queued 0", "9 step ended", "9 was a busy 2 queued 5"});
}

BOOST_AUTO_TEST_CASE(a_coroutine_that_is_suspended_in_its_run) {
  QuietTimer<ManualClock> timer("run");
  World<ManualClock> world(Place::context);
  const Traced traced;
  world.run([](auto& t) -> asio::awaitable<void> {
    const auto run = t.measure();
    compute<ManualClock>(1);
    co_await asio::post(asio::use_awaitable);
    compute<ManualClock>(2);
  }(timer));
  const auto found = rows(recorded_trace());
  const auto count = [&](std::string_view row) {
    return std::count(found.begin(), found.end(), row);
  };
  BOOST_TEST(count("0 run began") == 1);
  BOOST_TEST(count("1 step of run, submitted 1") == 1);
  BOOST_TEST(count("0 run ended, busy 3 queued 0 elapsed 3") == 1);
  BOOST_TEST(count("step ended") == 0);
}

BOOST_AUTO_TEST_CASE(what_a_step_executes_for_is_told_when_it_changes) {
  QuietTimer<ManualClock> session("session"), request("request");
  asio::io_context context;
  const Traced traced;
  asio::post(instrument<ManualClock>(context), [&] {
    compute<ManualClock>(1);
    const auto whole = session.measure();
    compute<ManualClock>(1);
    auto run = request.measure();
    compute<ManualClock>(1);
    run.stop();
    compute<ManualClock>(300);
    asio::post(instrument<ManualClock>(context), [] {});
  });
  context.run();
  check_rows({"0 step, submitted 0", "1 session began", "2 request began",
              "2 request ended, busy 1 queued 0 elapsed 1", "3 session goes on",
              "1 session ended, busy 302 queued 0 elapsed 302", "303 step ended",
              "303 step, submitted 303", "303 step ended"});
}

BOOST_AUTO_TEST_CASE(a_run_that_is_lost_and_one_that_fails) {
  QuietTimer<ManualClock> lost("lost"), failed("failed");
  World<ManualClock> world(Place::context);
  const Traced traced;
  asio::co_spawn(
      world.context(),
      [](auto& t) -> asio::awaitable<void> {
        const auto run = t.measure();
        compute<ManualClock>(1);
        // So that the run is in the coroutine's frame. clang would leave it on the stack.
        co_await asio::post(asio::use_awaitable);
      }(lost),
      asio::detached);
  world.spawn([](auto& t) -> asio::awaitable<void> {
    try {
      const auto run = t.measure();
      compute<ManualClock>(1);
      throw std::runtime_error("thrown");
    } catch (const std::runtime_error&) {
    }
    co_return;
  }(failed));
  world.run();
  const auto found = rows(recorded_trace());
  const auto has = [&](std::string_view row) {
    return std::find(found.begin(), found.end(), row) != found.end();
  };
  BOOST_TEST(has("0 lost ended, busy 0 queued 0 elapsed 2 lost"));
  BOOST_TEST(has("1 failed ended, busy 1 queued 0 elapsed 1 failed"));
}

BOOST_AUTO_TEST_CASE(a_wrapped_function_that_throws) {
  QuietTimer<ManualClock> timer("timer");
  asio::io_context context;
  const Traced traced;
  asio::post(timer.wrap(context), [] { throw std::runtime_error("thrown"); });
  BOOST_CHECK_THROW(context.run(), std::runtime_error);
  check_rows({"0 step, submitted 0", "0 step ended", "0 was timer busy 0 queued 0 failed"});
}

BOOST_AUTO_TEST_CASE(an_executor_below_another_has_only_what_is_its_timers) {
  QuietTimer<ManualClock> inner("inner");
  asio::io_context context;
  const auto instrumented =
      instrument<ManualClock>(asio::any_io_executor(instrument<ManualClock>(context)));
  const auto around = instrument<ManualClock>(asio::any_io_executor(inner.wrap(context)));
  const Traced traced;
  asio::post(instrumented, [] {});
  context.run();
  check_rows({"0 step, submitted 0", "0 step ended"});
  start_trace<ManualClock>();
  context.restart();
  asio::post(around, [] { compute<ManualClock>(1); });
  context.run();
  const auto found = rows(recorded_trace());
  BOOST_TEST(found.size() == 5u);
  BOOST_TEST(found.back() == "1 was inner busy 1 queued 0");
}

BOOST_AUTO_TEST_CASE(a_run_that_began_before_the_trace_is_known_when_it_ends) {
  QuietTimer<ManualClock> timer("causal");
  Plain plain("plain", quiet);
  auto run = timer.measure();
  auto plain_run = plain.measure();
  compute<ManualClock>(3);
  const Traced traced;
  compute<ManualClock>(1);
  plain_run.stop();
  run.stop();
  check_rows({"-3 causal ended, busy 4 queued 0 elapsed 4"});
}

BOOST_AUTO_TEST_CASE(timers_of_other_clocks_are_left_out) {
  PerfTimer steady("steady", quiet);
  BasicPerfTimer<tsc_clock> tsc("tsc", quiet);
  BasicPerfTimer<unfenced_clock> unfenced("unfenced", quiet);
  BasicPerfTimer<thread_cpu_clock> cpu("cpu", quiet);
  Plain manual("manual", quiet);
  const auto all = [&] {
    {
      const auto run = steady.measure();
    }
    {
      const auto run = tsc.measure();
    }
    {
      const auto run = unfenced.measure();
    }
    {
      const auto run = cpu.measure();
    }
    {
      const auto run = manual.measure();
    }
  };
  const auto timers = [] {
    std::vector<std::string> names;
    const auto trace = recorded_trace();
    for (const auto& thread : trace.threads)
      for (const auto& event : thread.events)
        if (const auto* ended = std::get_if<detail::RunEnded>(&event.what))
          names.push_back(trace.timers.at(ended->timer));
    return names;
  };
  const Traced traced;
  all();
  BOOST_TEST(timers() == (std::vector<std::string>{"manual"}), boost::test_tools::per_element());
  start_trace();
  all();
  BOOST_TEST(timers() == (std::vector<std::string>{"steady", "tsc", "unfenced", "cpu"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace perf_timer::test
