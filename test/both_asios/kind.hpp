//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Included by boost_asio.cpp and by standalone_asio.cpp, each of which defines KIND. They have the
// same functions, of different types.

#include "both_asios/kinds.hpp"

#include <perf_timer/lag_probe.hpp>
#include <perf_timer/live_report.hpp>
#include <perf_timer/report_on_signal.hpp>

#include PERF_TIMER_ASIO_HEADER(awaitable.hpp)
#include PERF_TIMER_ASIO_HEADER(bind_cancellation_slot.hpp)
#include PERF_TIMER_ASIO_HEADER(cancellation_signal.hpp)
#include PERF_TIMER_ASIO_HEADER(co_spawn.hpp)
#include PERF_TIMER_ASIO_HEADER(detached.hpp)
#include PERF_TIMER_ASIO_HEADER(io_context.hpp)
#include PERF_TIMER_ASIO_HEADER(post.hpp)
#include PERF_TIMER_ASIO_HEADER(steady_timer.hpp)
#include PERF_TIMER_ASIO_HEADER(strand.hpp)
#include PERF_TIMER_ASIO_HEADER(use_awaitable.hpp)

#include <chrono>
#include <csignal>
#include <functional>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;

asio::awaitable<void> work(int ticks) {
  ManualClock::advance(ticks);
  asio::steady_timer timer(co_await asio::this_coro::executor, 1ns);
  co_await timer.async_wait(asio::use_awaitable);
  ManualClock::advance(ticks);
}

}  // namespace

const Kind KIND{
    .execute =
        [](BothTimer& timer, const std::function<void()>& function) {
          asio::io_context context;
          asio::post(timer.wrap(asio::make_strand(context)), function);
          context.run();
        },
    .execute_instrumented =
        [](const std::function<void()>& function) {
          asio::io_context context;
          asio::post(instrument<ManualClock>(context), function);
          context.run();
        },
    .await =
        [](BothTimer& timer, int ticks) {
          asio::io_context context;
          asio::co_spawn(instrument<ManualClock>(context), timer.decorate(work(ticks)),
                         asio::detached);
          context.run();
        },
    .cancel =
        [](BothTimer& timer) {
          asio::io_context context;
          asio::steady_timer waits(context, 1h);
          waits.async_wait(timed(timer, [](auto) {}));
          waits.cancel();
          context.run();
        },
    .report =
        [](BothTimer& timer) {
          asio::io_context context;
          report_on_signal(context, SIGUSR2);
          const auto probe = lag_probe(context, timer, 1h);
          live_report(context, {.every = 1h});
          context.run();
        },
};

}  // namespace perf_timer::test
