//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The semantics table of doc/design.md: coroutines that a destructor polls while an exception
// unwinds elsewhere.
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

namespace perf_timer::test {
namespace {

/// Runs the context in a destructor, while an exception unwinds.
void run_while_unwinding(asio::io_context& context) {
  struct Runs {
    asio::io_context& context;
    ~Runs() { context.run(); }
  };
  try {
    const Runs runs{context};
    throw 0;
  } catch (int) {
  }
}

template <class Clock>
asio::awaitable<void> steps(bool fails) {
  for (int i = 0; i < 3; ++i) {
    compute<Clock>(2);
    co_await asio::post(asio::use_awaitable);
  }
  if (fails) throw 0;
}

template <class Clock>
asio::awaitable<void> in_a_scope(QuietTimer<Clock>& timer, bool fails) {
  const auto run = timer.measure();
  co_await steps<Clock>(fails);
}

BOOST_AUTO_TEST_SUITE(semantics_unwinding)

/// Executes up to `before` functions of the program normally, and the rest in the destructor.
template <class Clock>
void check_program(Place place, int before, bool decorated, bool fails) {
  World<Clock> world(place);
  QuietTimer<Clock> timer;
  asio::co_spawn(world.executor(),
                 decorated ? timer.decorate(steps<Clock>(fails)) : in_a_scope<Clock>(timer, fails),
                 [](std::exception_ptr) {});
  for (int i = 0; i < before; ++i) world.context().poll_one();
  run_while_unwinding(world.context());
  if (fails)
    check_outcomes(timer, 0, 1, 0);
  else
    check_busy(timer, 6);
}

BOOST_AUTO_TEST_CASE(a_coroutine_fails_only_by_its_own_exception) {
  for (const Place place : single_threaded)
    for (int before = 0; before < 6; ++before)
      for (const bool decorated : {false, true})
        for (const bool fails : {false, true}) {
          BOOST_TEST_CONTEXT(place << ", " << before << " functions before"
                                   << (decorated ? ", decorated" : "")
                                   << (fails ? ", fails" : "")) {
            check_program<ManualClock>(place, before, decorated, fails);
            check_program<ThreadManualClock>(place, before, decorated, fails);
          }
        }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
