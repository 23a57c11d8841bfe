//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A program of `boost::cobalt::main`, which makes its context itself: the rest of the program is
// spawned on an instrumented executor of it.
#include "common/manual_clock.hpp"

#include <perf_timer.hpp>

#include <boost/cobalt.hpp>

#include <iostream>

namespace {

namespace asio = boost::asio;
namespace cobalt = boost::cobalt;
using Clock = perf_timer::test::ManualClock;

perf_timer::BasicAsioPerfTimer<Clock> timer("answer", {.log = perf_timer::silent});

cobalt::promise<int> answer(int n) {
  Clock::advance(n);
  co_await asio::post(co_await cobalt::this_coro::executor, cobalt::use_op);
  Clock::advance(10 * n);
  co_return n;
}

cobalt::task<void> program() {
  const auto measured = timer.decorate(answer);
  auto first = measured(1);
  auto second = measured(2);
  Clock::advance(5'000);
  co_await second;
  co_await first;
  Clock::advance(5'000);
}

}  // namespace

cobalt::main co_main(int, char*[]) {
  const auto executor = perf_timer::instrument<Clock>(co_await cobalt::this_coro::executor);
  cobalt::this_thread::set_executor(executor);  // promises use it
  co_await cobalt::spawn(executor, program(), cobalt::use_op);

  const auto snapshot = timer.snapshot();
  std::cout << snapshot.runs << " runs, " << snapshot.partial << " partial, busy "
            << snapshot.busy.total.count() << '\n';
  co_return snapshot.runs == 2 && snapshot.partial == 0 && snapshot.busy.total.count() == 33 ? 0
                                                                                             : 1;
}
