//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "trace_file.hpp"

#include "common/interrupted_clock.hpp"
#include "common/manual_clock.hpp"
#include "common/quiet_timer.hpp"
#include "common/waiting.hpp"
#include "common/world.hpp"

#include <perf_timer.hpp>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <iomanip>
#include <locale>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::string_literals;

const TimerOptions quiet{.log = [](std::string_view) {}};
using Plain = BasicThreadPerfTimer<ManualClock>;

const std::vector<std::string_view> times{"busy_us", "queued_us", "idle_us"};
const std::vector<std::string_view> ends{"failed", "cancelled", "partial", "lost", "open"};

/// Each test has a trace of the manual clock.
struct Traced {
  Traced() { start_trace<ManualClock>({.memory = 1 << 20}); }
  ~Traced() { clear_trace(); }
};

struct Commas : std::numpunct<char> {
  char do_thousands_sep() const override { return ','; }
  std::string do_grouping() const override { return "\1"; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(write_trace_, Traced)

BOOST_AUTO_TEST_CASE(without_a_trace_there_are_no_events) {
  clear_trace();
  const TraceFile file;
  BOOST_TEST(file.slices("threads").empty());
  BOOST_TEST(file.metadata().at("dropped_events").to_number<int>() == 0);
}

BOOST_AUTO_TEST_CASE(ordinary_code_is_on_its_threads_track) {
  Plain outer("outer", quiet), inner("inner", quiet);
  {
    const auto run = outer.measure();
    compute<ManualClock>(1);
    {
      const auto in = inner.measure();
      compute<ManualClock>(1234);
    }
  }
  const TraceFile file;
  check_rows(file.slices("threads", times),
             {"0-1235 outer busy_us=1235", "1-1235 inner busy_us=1234"});
  BOOST_TEST(file.tracks("threads").size() == 1u);
  BOOST_TEST(file.runs().empty());
}

BOOST_AUTO_TEST_CASE(a_function_that_dispatches_another_inline) {
  QuietTimer<ManualClock> a("a"), b("b");
  asio::io_context context;
  const auto on_a = a.wrap(context);
  const auto on_b = b.wrap(asio::make_strand(context));
  asio::post(on_a, [&] {
    compute<ManualClock>(1);
    asio::dispatch(on_b, [] { compute<ManualClock>(2); });
    compute<ManualClock>(1);
  });
  compute<ManualClock>(5);
  context.run();
  const TraceFile file;
  check_rows(file.slices("threads", {"executor", "queued_us"}),
             {"5-9 a executor=a queued_us=5", "6-8 b executor=b"});
  check_rows(file.slices("executors", times), {"5-9 a busy_us=2 queued_us=5", "6-8 b busy_us=2"});
  check_rows(file.tracks("executors"), {"a", "b"});
  check_rows(file.arrows(), {"6 > 6"});
}

BOOST_AUTO_TEST_CASE(an_arrow_leads_from_where_a_function_was_submitted) {
  QuietTimer<ManualClock> timer("strand");
  asio::io_context context;
  const auto strand = timer.wrap(asio::make_strand(context));
  asio::post(instrument<ManualClock>(context), [&] {
    compute<ManualClock>(1);
    asio::post(strand, [] { compute<ManualClock>(5); });
    compute<ManualClock>(2);
  });
  context.run();
  const TraceFile file;
  check_rows(file.slices("threads"), {"0-3 function", "3-8 strand"});
  check_rows(file.arrows(), {"1 > 3"});
}

BOOST_AUTO_TEST_CASE(a_coroutine_that_is_suspended) {
  QuietTimer<ManualClock> timer("request");
  World<ManualClock> world(Place::context);
  world.run([](auto& t, auto& context) -> asio::awaitable<void> {
    const auto run = t.measure();
    compute<ManualClock>(1);
    asio::post(context, [] { compute<ManualClock>(10); });  // on nobody's behalf
    co_await asio::post(asio::use_awaitable);
    compute<ManualClock>(2);
  }(timer, world.context()));
  const TraceFile file;
  check_rows(file.runs(times), {"0-13 request busy_us=3 queued_us=10"});
  std::vector<std::string> longer;
  for (const auto& slice : file.slices("threads"))
    if (slice.find("request") != slice.npos) longer.push_back(slice);
  check_rows(longer, {"0-1 request", "11-13 request"});
  // There may be other events, because Asio's own steps vary between versions.
  const auto arrows = file.arrows();
  BOOST_TEST(std::count(arrows.begin(), arrows.end(), "1 > 11") == 1);
}

BOOST_AUTO_TEST_CASE(parallel_branches) {
  QuietTimer<ManualClock> outer("outer"), a("a"), b("b");
  World<ManualClock> world(Place::context);
  const auto branch = [](auto& t, int n) -> asio::awaitable<void> {
    const auto run = t.measure();
    compute<ManualClock>(n);
    co_await asio::post(asio::use_awaitable);
    compute<ManualClock>(n);
  };
  world.run([](auto& o, auto& first, auto& second, auto body) -> asio::awaitable<void> {
    using namespace asio::experimental::awaitable_operators;
    const auto run = o.measure();
    co_await (body(first, 5) && body(second, 7));
  }(outer, a, b, branch));
  const TraceFile file;
  check_rows(file.runs({"busy_us"}),
             {"0-24 outer busy_us=24", "0-17 a busy_us=10", "5-24 b busy_us=14"});
}

BOOST_AUTO_TEST_CASE(runs_that_are_no_samples) {
  QuietTimer<ManualClock> lost("lost"), partial("partial"), failed("failed"),
      cancelled("cancelled");
  World<ManualClock> world(Place::context);
  const auto body = [](auto& t, int how) -> asio::awaitable<void> {
    try {
      auto run = t.measure();
      compute<ManualClock>(1);
      if (how == 1) throw std::runtime_error("thrown");
      if (how == 2) run.cancel();
      if (how == 3) run.stop();
      // So that the run is in the coroutine's frame. clang would leave it on the stack.
      if (how > 3) co_await asio::post(asio::use_awaitable);
    } catch (const std::runtime_error&) {
    }
    co_return;
  };
  asio::co_spawn(world.context(), body(lost, 0), asio::detached);
  asio::co_spawn(world.context(), body(partial, 3), asio::detached);
  world.spawn(body(failed, 1));
  world.spawn(body(cancelled, 2));
  world.run();
  const TraceFile file;
  check_rows(file.runs(ends), {"0-1 lost lost=began where nothing instrumented was executing",
                               "1-2 partial partial=began where nothing instrumented was executing",
                               "2-3 failed failed=1000", "3-4 cancelled cancelled=1000"});
}

BOOST_AUTO_TEST_CASE(what_is_open_lasts_until_now) {
  QuietTimer<ManualClock> timer("request");
  Plain plain("plain", quiet);
  asio::io_context context;
  std::optional<TraceFile> file;
  asio::post(instrument<ManualClock>(context), [&] {
    compute<ManualClock>(1);
    const auto run = timer.measure();
    compute<ManualClock>(1);
    const auto plain_run = plain.measure();
    compute<ManualClock>(1);
    file.emplace();
    stop_trace();
  });
  context.run();
  for (const TraceFile& f : {*file, TraceFile()}) {
    check_rows(f.runs(ends), {"1-3 request open=1000"});
    check_rows(f.slices("threads", ends),
               {"0-3 function open=1000", "1-3 request open=1000", "2-3 plain open=1000"});
    compute<ManualClock>(100);
  }
}

BOOST_AUTO_TEST_CASE(what_began_before_the_trace_begins_with_it) {
  QuietTimer<ManualClock> timer("request");
  asio::io_context context;
  auto run = timer.measure();
  compute<ManualClock>(5);
  asio::post(instrument<ManualClock>(context), [&] {
    compute<ManualClock>(1);
    start_trace<ManualClock>();
    compute<ManualClock>(1);
    asio::dispatch(instrument<ManualClock>(context), [] { compute<ManualClock>(1); });
  });
  context.run();
  run.stop();
  const TraceFile file;
  check_rows(file.runs({"elapsed_us", "queued_us"}), {"0-2 request elapsed_us=8"});
  check_rows(file.slices("threads"), {"1-2 request"});
}

BOOST_AUTO_TEST_CASE(a_full_buffer_leaves_a_file_that_is_right) {
  start_trace<ManualClock>({.memory = 64 << 10});
  QuietTimer<ManualClock> timer("request"), strand_timer("strand");
  asio::io_context context;
  const auto strand = strand_timer.wrap(asio::make_strand(context));
  constexpr int n = 5'000;
  asio::post(instrument<ManualClock>(context), [&] {  // a parent whose begin event is gone
    const auto run = timer.measure();
    for (int i = 0; i < n; ++i) {
      compute<ManualClock>(1);
      asio::dispatch(strand, [] { compute<ManualClock>(1); });
    }
  });
  context.run();
  const TraceFile file;
  const auto slices = file.slices("threads");
  BOOST_REQUIRE(slices.size() > 200u);
  BOOST_TEST(slices.size() < 600u);
  BOOST_TEST(slices.back() == "9999-10000 request");
  check_rows(file.runs(times), {"0-10000 request busy_us=10000"});
  BOOST_TEST(file.metadata().at("dropped_events").to_number<int>() > n * 2);
}

BOOST_AUTO_TEST_CASE(a_timer_may_have_gone_and_its_name_be_anything) {
  using namespace std::string_view_literals;
  const std::string_view names[] = {"plain"sv,
                                    "\"quoted\" \\ and / "sv,
                                    "line\nbreak\tand\0nul\x1f"sv,
                                    "\xff\xfe bad \xc3"sv,
                                    "\xe2\x82\xac \xf0\x9f\x98\x80"sv,
                                    "\xed\xa0\x80 surrogate"sv,
                                    "\xc0\xaf overlong"sv,
                                    "</script>"sv};
  for (const auto name : names) {
    Plain timer{std::string(name), quiet};
    const auto run = timer.measure();
  }
  const TraceFile file;
  check_rows(file.slices("threads"),
             {"0-0 plain", "0-0 \"quoted\" \\ and / ", "0-0 line\nbreak\tand\0nul\x1f"s,
              "0-0 \uFFFD\uFFFD bad \uFFFD", "0-0 \u20ac \U0001F600",
              "0-0 \uFFFD\uFFFD\uFFFD surrogate", "0-0 \uFFFD\uFFFD overlong", "0-0 </script>"});
}

BOOST_AUTO_TEST_CASE(a_run_that_moved_to_another_thread_is_with_the_causal_ones) {
  Plain moved("moved", quiet), other("other", quiet);
  std::unique_ptr<Plain::Run> run(new Plain::Run(moved.measure()));
  compute<ManualClock>(2);
  std::thread([&] {
    const auto around = other.measure();
    compute<ManualClock>(3);
    run.reset();
    compute<ManualClock>(1);
  }).join();
  const TraceFile file;
  check_rows(file.slices("threads"), {"2-6 other"});
  check_rows(file.runs(times), {"0-5 moved busy_us=5"});
}

BOOST_AUTO_TEST_CASE(functions_of_one_executor_on_several_threads_have_tracks_of_their_own) {
  QuietTimer<ManualClock> timer("pool");
  asio::thread_pool pool(2);
  const auto executor = timer.wrap(pool);
  Latch inside(2);
  for (int i = 0; i < 2; ++i)
    asio::post(executor, [&] {
      inside.arrive_and_wait();
      compute<ManualClock>(5);
    });
  pool.join();
  const TraceFile file;
  check_rows(file.tracks("executors"), {"pool", "pool (2)"});
  BOOST_TEST(file.tracks("threads").size() == 2u);
  BOOST_TEST(file.slices("executors").size() == 2u);
}

/// Something is submitted on the run's behalf just when its end is read. So it ends later, and is
/// one run.
BOOST_AUTO_TEST_CASE(a_run_that_ends_while_something_begins) {
  using Clock = InterruptedClock;
  clear_trace();
  start_trace<Clock>({.memory = 1 << 20});
  QuietTimer<Clock> timer("request");
  asio::io_context context;
  {
    const auto run = timer.start();
    const auto executor = run.wrap(context);
    compute<Clock>(10);
    Clock::next = [&] {
      compute<Clock>(5);
      asio::post(executor, [] {});
    };
  }
  context.run();
  check_rows(TraceFile().runs(ends), {"0-15 request"});
}

BOOST_AUTO_TEST_CASE(many_threads) {
  QuietTimer<ManualClock> timer("request"), strand_timer("strand");
  asio::thread_pool pool(4);
  const auto strand = strand_timer.wrap(asio::make_strand(pool));
  for (int i = 0; i < 50; ++i)
    asio::co_spawn(
        instrument<ManualClock>(pool),
        [](auto& t, auto to) -> asio::awaitable<void> {
          const auto run = t.measure();
          for (int k = 0; k < 5; ++k) {
            compute<ManualClock>(1);
            co_await asio::post(to, asio::use_awaitable);
            compute<ManualClock>(1);
            co_await asio::post(asio::use_awaitable);
          }
        }(timer, strand),
        asio::detached);
  while (TraceFile().runs().size() < 5) std::this_thread::yield();
  pool.join();
  const TraceFile file;
  BOOST_TEST(file.runs().size() == 50u);
  BOOST_TEST(file.slices("executors").size() == 250u);
  check_rows(file.tracks("executors"), {"strand"});
}

BOOST_AUTO_TEST_CASE(the_stream_keeps_its_ways_to_itself) {
  Plain timer("timer", quiet);
  for (int i = 0; i < 100; ++i) {
    const auto run = timer.measure();
    compute<ManualClock>(1'000'000'000);
  }
  std::ostringstream plain, peculiar;
  peculiar.imbue(std::locale(std::locale::classic(), new Commas));
  peculiar << std::hex << std::setw(20) << std::setfill('*') << std::showbase << std::showpos;
  stop_trace();
  write_trace(plain);
  write_trace(peculiar);
  BOOST_TEST(plain.str() == peculiar.str());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace perf_timer::test
