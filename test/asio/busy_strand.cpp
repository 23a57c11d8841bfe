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
};

void four() { compute<Clock>(4); }
void eight() { compute<Clock>(8); }

void check(const Program& program, bool nested) {
  BOOST_TEST_CONTEXT(program.name << (nested ? ", nested" : "")) {
    asio::io_context context;
    QuietTimer<Clock> timer;
    const asio::any_io_executor executor = instrument<Clock>(context);
    Erased strand(executor);
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
    if (program.busy != 0)
      check_busy(timer, program.busy);
    else
      check_outcomes(timer, 0, 0, 1);
  }
}

const Program programs[]{
    {"posts to an idle one", false, [](const Erased& s) { asio::post(s, four); }, 7},
    {"defers to an idle one", false, [](const Erased& s) { asio::defer(s, four); }, 7},
    {"posts as an any_io_executor", false,
     [](const Erased& s) { asio::post(asio::any_io_executor(s), four); }, 7},
    {"gives it nothing", true, [](const Erased&) {}, 3},
    {"makes executors of it", true,
     [](const Erased& s) { static_cast<void>(asio::any_io_executor(s) == s); }, 3},
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
    for (const Program& program : programs) check(program, nested);
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
