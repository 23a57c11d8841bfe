//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The semantics table of doc/design.md: a run gives functions to a strand that is made of an
// instrumented executor, and never waits for them.
#include <perf_timer/perf_executor.hpp>

#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/defer.hpp>
#include <boost/asio/strand.hpp>

#include <functional>
#include <string>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using Erased = asio::strand<asio::any_io_executor>;

/// What a run does, in a coroutine on `executor`, while a function of the strand is queued.
struct Program {
  std::string name;
  bool keeps_the_strand_busy;
  std::function<void(const Erased&)> gives;
  int busy;  // what is exact; 0: it is lost
  bool converts = false;
};

void four() { compute<Clock>(4); }
void eight() { compute<Clock>(8); }

/// The executor that the strand is made of.
struct Below {
  std::string name;
  bool never_blocks;
  asio::any_io_executor (*make)(asio::io_context&);
};

constexpr auto never = asio::execution::blocking.never;
const Below belows[]{
    {"instrumented", false,
     [](asio::io_context& context) -> asio::any_io_executor { return instrument<Clock>(context); }},
    {"told never to block", true,
     [](asio::io_context& context) -> asio::any_io_executor {
       return asio::require(instrument<Clock>(context), never);
     }},
    {"instrumented after it was told", true,
     [](asio::io_context& context) -> asio::any_io_executor {
       return instrument<Clock>(asio::require(context.get_executor(), never));
     }},
    {"instrumented again", true, [](asio::io_context& context) -> asio::any_io_executor {
       const asio::any_io_executor inner = asio::require(instrument<Clock>(context), never);
       return instrument<Clock>(inner);
     }}};

void check(const Program& program, const Below& below, bool nested) {
  BOOST_TEST_CONTEXT(program.name << ", " << below.name << (nested ? ", nested" : "")) {
    asio::io_context context;
    QuietTimer<Clock> timer;
    const asio::any_io_executor executor = instrument<Clock>(context);
    Erased strand(below.make(context));
    if (nested) strand = asio::make_strand(asio::any_io_executor(strand));
    const auto session = [&]() -> asio::awaitable<void> {
      const auto run = timer.measure();
      compute<Clock>(1);
      program.gives(strand);
      compute<Clock>(2);
      co_await nap();
    };
    const auto begin = [&] { asio::co_spawn(executor, session(), asio::detached); };
    if (program.keeps_the_strand_busy)
      asio::post(strand, begin);  // the coroutine begins inside the strand's function
    else
      begin();
    context.run();
    // An `any_io_executor` that is made of the strand asks what a busy strand asks.
    const bool is_ambiguous = program.converts && below.never_blocks;
    if (program.busy != 0 && !is_ambiguous)
      check_busy(timer, program.busy);
    else
      check_outcomes(timer, 0, 0, 1);
  }
}

const Program programs[]{
    {"posts to an idle one", false, [](const Erased& s) { asio::post(s, four); }, 7},
    {"defers to an idle one", false, [](const Erased& s) { asio::defer(s, four); }, 7},
    {"posts as an any_io_executor", false,
     [](const Erased& s) { asio::post(asio::any_io_executor(s), four); }, 7, true},
    {"gives it nothing", true, [](const Erased&) {}, 3},
    {"makes executors of it", true,
     [](const Erased& s) { static_cast<void>(asio::any_io_executor(s) == s); }, 3, true},
    {"posts to a busy one", true, [](const Erased& s) { asio::post(s, four); }, 0},
    {"defers to a busy one", true, [](const Erased& s) { asio::defer(s, four); }, 0},
    {"posts as an any_io_executor to a busy one", true,
     [](const Erased& s) { asio::post(asio::any_io_executor(s), four); }, 0},
    {"posts to an idle one twice", false,
     [](const Erased& s) {
       asio::post(s, four);
       asio::post(s, eight);
     },
     0},
    {"posts to a busy one, then to an idle one", true,
     [](const Erased& s) {
       asio::post(s, four);
       asio::post(asio::make_strand(s.get_inner_executor()), eight);
     },
     0},
};

BOOST_AUTO_TEST_SUITE(busy_strand)

BOOST_AUTO_TEST_CASE(who_gives_it_functions) {
  for (const bool nested : {false, true})
    for (const Below& below : belows)
      for (const Program& program : programs) check(program, below, nested);
}

/// A run posts to a busy strand, and goes on with an executor that was told long before never to
/// block.
BOOST_AUTO_TEST_CASE(who_posts_and_goes_on_elsewhere) {
  using Other = const asio::any_io_executor&;
  void (*const next[])(Other){
      [](Other other) { asio::dispatch(other, [] { compute<Clock>(1); }); },
      [](Other other) { other.execute([] { compute<Clock>(1); }); },
      [](Other other) { asio::any_io_executor(other).execute([] { compute<Clock>(1); }); },
      [](Other other) {
        asio::co_spawn(other, []() -> asio::awaitable<void> { co_return; }, asio::detached);
      },
      [](Other other) { asio::make_strand(other).execute([] { compute<Clock>(1); }); }};
  for (const Below& below : belows) {
    for (const auto& goes_on : next) {
      asio::io_context context;
      QuietTimer<Clock> timer;
      const asio::any_io_executor executor = instrument<Clock>(context);
      const auto other = asio::require(below.make(context), never);
      const asio::any_io_executor strand = asio::make_strand(executor);
      const auto session = [&]() -> asio::awaitable<void> {
        const auto run = timer.measure();
        asio::post(strand, four);
        goes_on(other);
        co_await nap();
      };
      asio::post(strand, [&] { asio::co_spawn(executor, session(), asio::detached); });
      context.run();
      check_outcomes(timer, 0, 0, 1);
    }
  }
}

/// Nobody gave it a function directly before. Until somebody does, executors don't keep where they
/// were told.
BOOST_AUTO_TEST_CASE(who_posts_to_one_that_others_use_through_an_instrumented_executor) {
  detail::erased_strands_are_used = false;
  asio::io_context context;
  QuietTimer<Clock> timer;
  const asio::any_io_executor executor = instrument<Clock>(context);
  const asio::any_io_executor strand = asio::make_strand(executor);
  const auto around = instrument<Clock>(strand);
  const auto session = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    asio::post(strand, four);
    asio::dispatch(executor, [] { compute<Clock>(1); });
    co_await nap();
  };
  asio::post(around, [&] { asio::co_spawn(executor, session(), asio::detached); });
  context.run();
  check_outcomes(timer, 0, 0, 1);
}

BOOST_AUTO_TEST_CASE(one_that_is_made_first_and_then_instrumented_is_exact) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const asio::any_io_executor executor = instrument<Clock>(context);
  const auto strand = instrument<Clock>(asio::make_strand(executor));
  const auto session = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    compute<Clock>(1);
    asio::post(strand, four);
    co_await nap();
    co_await nap();
  };
  asio::post(strand, [&] { asio::co_spawn(executor, session(), asio::detached); });
  context.run();
  check_busy(timer, 5);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
