//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A slice bears the name of a run only as long as that run executes.
#include "trace_file.hpp"

#include "common/manual_clock.hpp"
#include "common/optional_run.hpp"
#include "common/quiet_timer.hpp"
#include "common/waiting.hpp"
#include "common/world.hpp"

#include <perf_timer.hpp>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

using Plain = BasicThreadPerfTimer<ManualClock>;
using Started = BasicAsioPerfTimer<ManualClock>::StartedRun;

/// Each test has a trace of the manual clock.
struct Traced {
  Traced() { start_trace<ManualClock>({.memory = 1 << 20}); }
  Traced(const Traced&) = delete;
  Traced& operator=(const Traced&) = delete;
  ~Traced() { clear_trace(); }

  asio::io_context context;
  const PerfExecutor<asio::io_context::executor_type, ManualClock> on = [this] {
    return instrument<ManualClock>(context);
  }();
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(trace_names, Traced)

BOOST_AUTO_TEST_CASE(a_session_goes_on_after_a_short_request) {
  QuietTimer<ManualClock> session("session"), request("request");
  asio::post(on, [&] {
    const auto whole = session.measure();
    compute<ManualClock>(1);
    {
      const auto run = request.measure();
      compute<ManualClock>(1);
    }
    compute<ManualClock>(300);
  });
  context.run();
  check_rows(TraceFile().slices("threads"),
             {"0-302 function", "0-1 session", "1-2 request", "2-302 session"});
}

BOOST_AUTO_TEST_CASE(what_follows_the_only_run_has_no_name_of_a_run) {
  QuietTimer<ManualClock> request("request");
  asio::post(on, [&] {
    {
      const auto run = request.measure();
      compute<ManualClock>(1);
    }
    compute<ManualClock>(300);
  });
  context.run();
  check_rows(TraceFile().slices("threads"), {"0-301 function", "0-1 request"});
}

BOOST_AUTO_TEST_CASE(a_coroutine_is_resumed_in_a_run_that_ends_soon) {
  QuietTimer<ManualClock> session("session"), request("request");
  asio::co_spawn(
      on,
      [](auto& s, auto& r) -> asio::awaitable<void> {
        const auto whole = s.measure();
        {
          const auto run = r.measure();
          co_await asio::post(asio::use_awaitable);
          compute<ManualClock>(1);
        }
        compute<ManualClock>(300);
      }(session, request),
      asio::detached);
  context.run();
  const auto slices = TraceFile().slices("threads");
  BOOST_TEST_CONTEXT(slices.size()) {
    std::vector<std::string> longer;  // Asio's own steps vary
    for (const auto& slice : slices)
      if (!slice.starts_with("0-0 ") && !slice.starts_with("301-301 ")) longer.push_back(slice);
    check_rows(longer, {"0-301 function", "0-1 request", "1-301 session"});
  }
}

BOOST_AUTO_TEST_CASE(an_executor_has_its_timers_name_if_the_run_ends_first) {
  QuietTimer<ManualClock> strand("strand"), request("request");
  auto run = std::make_optional(request.start());
  const auto executor = strand.wrap(run->wrap(context));
  asio::post(executor, [] { compute<ManualClock>(2); });
  asio::post(executor, [&] {
    compute<ManualClock>(1);
    run.reset();
    compute<ManualClock>(3);
  });
  context.run();
  const TraceFile file;
  check_rows(file.slices("threads", {"executor"}),
             {"0-2 request executor=strand", "2-6 strand executor=strand", "2-3 request"});
  check_rows(file.slices("executors"), {"0-2 request", "2-6 strand"});
}

BOOST_AUTO_TEST_CASE(a_run_ends_in_a_step_inside) {
  QuietTimer<ManualClock> request("request");
  std::optional<Started> run = request.start();
  asio::post(run->wrap(context), [&] {
    compute<ManualClock>(1);
    asio::dispatch(on, [&] {
      run.reset();
      compute<ManualClock>(2);
    });
    compute<ManualClock>(3);
  });
  context.run();
  check_rows(TraceFile().slices("threads"), {"0-6 function", "0-1 request", "1-3 function"});
}

BOOST_AUTO_TEST_CASE(what_executes_for_a_run_that_has_ended_has_no_name) {
  QuietTimer<ManualClock> request("request");
  std::optional<Started> run = request.start();
  const auto executor = run->wrap(context);
  run.reset();
  compute<ManualClock>(1);
  asio::post(executor, [] { compute<ManualClock>(1); });
  context.run();
  check_rows(TraceFile().slices("threads"), {"1-2 function"});
}

BOOST_AUTO_TEST_CASE(a_run_ends_on_another_thread) {
  QuietTimer<ManualClock> request("request");
  std::optional<Started> run = request.start();
  asio::thread_pool pool(1);
  Latch ended(1);
  asio::post(run->wrap(context), [&] {
    compute<ManualClock>(1);
    asio::post(pool, [&] {
      run.reset();
      ended.count_down();
    });
    ended.wait();
    compute<ManualClock>(300);
  });
  context.run();
  pool.join();
  check_rows(TraceFile().slices("threads"), {"0-301 function", "0-1 request"});
}

BOOST_AUTO_TEST_CASE(a_run_that_began_before_the_trace_has_its_name) {
  QuietTimer<ManualClock> request("request"), inner("inner");
  const Started run = request.start();
  start_trace<ManualClock>({.memory = 1 << 20});
  asio::post(run.wrap(context), [&] {
    compute<ManualClock>(2);
    {
      const auto in = inner.measure();
      compute<ManualClock>(1);
    }
    compute<ManualClock>(1);
  });
  context.run();
  check_rows(TraceFile().slices("threads"),
             {"0-4 function", "0-2 request", "2-3 inner", "3-4 request"});
}

BOOST_AUTO_TEST_CASE(whoever_calls_a_coroutine_that_starts_at_once_goes_on_by_itself) {
  QuietTimer<ManualClock> caller("caller"), called("called");
  OptionalRun<QuietTimer<ManualClock>> suspended;
  asio::post(on, [&] {
    const auto run = caller.measure();
    {
      const detail::CurrentSpanKept<ManualClock> kept;
      suspended.measure(called);
      compute<ManualClock>(1);
    }
    compute<ManualClock>(300);
  });
  context.run();
  suspended.reset();
  check_rows(TraceFile().slices("threads"), {"0-301 function", "0-1 called", "1-301 caller"});
}

BOOST_AUTO_TEST_CASE(ordinary_code_that_goes_on_after_the_run_is_with_the_causal_ones) {
  QuietTimer<ManualClock> request("request");
  Plain plain("plain", {.log = [](std::string_view) {}});
  asio::post(on, [&] {
    auto run = request.measure();
    compute<ManualClock>(1);
    const auto longer = plain.measure();
    compute<ManualClock>(1);
    run.stop();
    compute<ManualClock>(1);
  });
  context.run();
  const TraceFile file;
  check_rows(file.slices("threads"), {"0-3 function", "0-2 request"});
  check_rows(file.runs(), {"0-2 request", "1-3 plain"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace perf_timer::test
