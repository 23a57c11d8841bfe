//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Work guards of executors, whatever is inside. A work guard asks which interface an executor has.
#include <boost/asio/executor_work_guard.hpp>

#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <perf_timer/instrument.hpp>
#include <perf_timer/task.hpp>
#include <perf_timer/wrap.hpp>

#include <boost/asio/execution.hpp>
#include <boost/asio/is_executor.hpp>
#include <boost/asio/system_executor.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using Erased = asio::any_io_executor;

/// Has no interface but the members that Asio's executor requirements name.
struct Minimal {
  asio::io_context* context;
  asio::execution_context& query(asio::execution::context_t) const noexcept { return *context; }
  void execute(auto function) const {
    PERF_TIMER_ASIO_EXECUTE(context->get_executor(), std::move(function));
  }
  Minimal require(asio::execution::blocking_t::never_t) const noexcept { return *this; }
  bool operator==(const Minimal&) const noexcept = default;
};

template <class Executor>
using WithDefault = asio::use_awaitable_t<Executor>::template executor_with_default<Executor>;

template <class Executor>
void check_guard(asio::io_context& context, const Executor& executor) {
  auto guard = asio::make_work_guard(executor);
  {
    auto copy = guard;
    auto moved = std::move(guard);
    BOOST_TEST(moved.owns_work());
    moved.reset();
    context.poll();
    BOOST_TEST(!context.stopped());
    bool executed = false;
    asio::post(copy.get_executor(), [&] { executed = true; });
    context.poll();
    BOOST_TEST(executed);
    BOOST_TEST(!context.stopped());
  }
  context.poll();
  BOOST_TEST(context.stopped());
  context.restart();
}

BOOST_AUTO_TEST_SUITE(work_guards)

BOOST_AUTO_TEST_CASE(of_executors_of_every_kind) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto run = timer.start();
  const auto in_every_way = [&](const auto& inner) {
    check_guard(context, instrument<Clock>(inner));
    check_guard(context, timer.wrap(inner));
    check_guard(context, perf_timer::task<Clock>(inner));
    check_guard(context, run.wrap(inner));
    check_guard(context, asio::make_strand(instrument<Clock>(inner)));
    check_guard(context, asio::make_strand(asio::make_strand(instrument<Clock>(inner))));
    check_guard(context, instrument<Clock>(Erased(instrument<Clock>(inner))));
  };
  in_every_way(context.get_executor());
  in_every_way(asio::make_strand(context));
  in_every_way(Erased(context.get_executor()));
  in_every_way(Erased(asio::make_strand(context)));
  // Asio's own work guard of this one doesn't compile.
  in_every_way(asio::make_strand(Erased(context.get_executor())));
}

BOOST_AUTO_TEST_CASE(of_an_executor_of_ones_own) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  // It doesn't track work, so neither does a guard of it.
  const auto guard = asio::make_work_guard(timer.wrap(Minimal{&context}));
  asio::post(guard.get_executor(), [] { compute<Clock>(3); });
  context.run();
  check_busy(timer, 3);
}

BOOST_AUTO_TEST_CASE(of_executors_with_a_default_token) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto with_default = [&]<class Executor>(const Executor& executor) {
    check_guard(context, WithDefault<Executor>(executor));
  };
  with_default(timer.wrap(context));
  with_default(instrument<Clock>(asio::make_strand(context)));
  with_default(asio::make_strand(instrument<Clock>(context)));
  with_default(timer.wrap(Erased(context.get_executor())));
  with_default(asio::make_strand(timer.wrap(Erased(context.get_executor()))));
}

BOOST_AUTO_TEST_CASE(of_a_pool_and_of_the_system) {
  asio::thread_pool pool(1);
  QuietTimer<Clock> timer;
  {
    const auto guard = asio::make_work_guard(timer.wrap(pool));
    const auto erased = asio::make_work_guard(timer.wrap(Erased(pool.get_executor())));
    const auto of_system = asio::make_work_guard(timer.wrap(asio::system_executor()));
    asio::post(erased.get_executor(), [] { compute<Clock>(3); });
  }
  pool.join();
  check_busy(timer, 3);
}

#if PERF_TIMER_ASIO_HAS_TS_EXECUTORS
template <class Inner>
constexpr bool has_ts_interface =
    asio::is_executor<decltype(instrument<Clock>(std::declval<Inner>()))>::value;
static_assert(has_ts_interface<asio::io_context::executor_type>);
static_assert(has_ts_interface<asio::strand<asio::thread_pool::executor_type>>);
static_assert(!has_ts_interface<asio::any_io_executor>);
static_assert(!has_ts_interface<asio::strand<asio::any_io_executor>>);
static_assert(!has_ts_interface<Minimal>);
#endif

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
