//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/perf_executor.hpp>

#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/execution.hpp>
#include <boost/asio/system_executor.hpp>

#include <atomic>
#include <concepts>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <vector>

namespace perf_timer::test {
namespace {

namespace execution = asio::execution;
using Clock = ManualClock;
using Plain = PerfExecutor<asio::io_context::executor_type, Clock>;
using Strand = PerfExecutor<asio::strand<asio::io_context::executor_type>, Clock>;
using Erased = PerfExecutor<asio::any_io_executor, Clock>;
using Pool = PerfExecutor<asio::thread_pool::executor_type, Clock>;

static_assert(execution::is_executor<Plain>::value);
static_assert(execution::is_executor<Strand>::value);
static_assert(execution::is_executor<Erased>::value);
static_assert(execution::is_executor<Pool>::value);
static_assert(std::is_nothrow_copy_constructible_v<Strand>);
static_assert(std::is_nothrow_move_constructible_v<Erased>);
static_assert(std::is_convertible_v<Plain, asio::any_io_executor>);
static_assert(std::is_convertible_v<Strand, asio::any_io_executor>);
static_assert(std::is_convertible_v<Erased, asio::any_io_executor>);
static_assert(std::is_convertible_v<Pool, asio::any_io_executor>);

// Small enough that any_io_executor holds it without allocating.
constexpr std::size_t small = 3 * sizeof(void*);
static_assert(sizeof(Plain) == small && sizeof(Strand) == small && sizeof(Erased) == small);

// The properties of the inner executor, and no others.
static_assert(asio::can_require<Plain, execution::blocking_t::never_t>::value);
static_assert(asio::can_prefer<Plain, execution::outstanding_work_t::tracked_t>::value);
static_assert(asio::can_query<Plain, execution::context_t>::value);
static_assert(!asio::can_require<Plain, execution::blocking_t::always_t>::value);
static_assert(asio::can_require<Pool, execution::blocking_t::always_t>::value);

#if PERF_TIMER_ASIO_HAS_TS_EXECUTORS
static_assert(asio::is_executor<Plain>::value);
static_assert(asio::is_executor<Strand>::value);
static_assert(asio::is_executor<Pool>::value);
#endif

BOOST_AUTO_TEST_SUITE(perf_executor)

BOOST_AUTO_TEST_CASE(executors_that_would_be_equal_without_the_library_are_equal) {
  asio::io_context one, two;
  QuietTimer<Clock> timer("timer"), other("other");
  BOOST_TEST((instrument<Clock>(one) == instrument<Clock>(one)));
  BOOST_TEST((instrument<Clock>(one) != instrument<Clock>(two)));
  BOOST_TEST((timer.wrap(one) == timer.wrap(one)));
  BOOST_TEST((timer.wrap(one) != timer.wrap(two)));
  BOOST_TEST((timer.wrap(one) == other.wrap(one)));
  BOOST_TEST((timer.wrap(one) == instrument<Clock>(one)));
  BOOST_TEST((timer.start().wrap(one) == instrument<Clock>(one)));
  BOOST_TEST((perf_timer::task<Clock>(one) == perf_timer::task<Clock>(one)));
  const auto task = perf_timer::task<Clock>(one);
  const auto copy = task;
  BOOST_TEST((task == copy));
  const asio::any_io_executor a = timer.wrap(one), b = other.wrap(one), c = timer.wrap(two);
  BOOST_TEST((a == b));
  BOOST_TEST((a != c));
}

BOOST_AUTO_TEST_CASE(a_dispatch_from_one_timers_executor_to_anothers_is_a_run) {
  asio::io_context context;
  QuietTimer<Clock> one("one"), two("two");
  asio::dispatch(one.wrap(context),
                 [&] { asio::dispatch(two.wrap(context), [] { compute<Clock>(1); }); });
  context.run();
  check_busy(one, 0, 1);
  check_busy(two, 1, 1);
}

BOOST_AUTO_TEST_CASE(an_instrumented_executor_is_not_wrapped_twice) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  static_assert(std::same_as<decltype(timer.wrap(instrument<Clock>(context))), Plain>);
  static_assert(std::same_as<decltype(perf_timer::task<Clock>(timer.wrap(context))), Plain>);
  static_assert(std::same_as<decltype(instrument<Clock>(timer.wrap(context))), Plain>);
  static_assert(std::same_as<decltype(instrument<ThreadManualClock>(instrument<Clock>(context))),
                             PerfExecutor<Plain, ThreadManualClock>>);
  BOOST_TEST((instrument<Clock>(timer.wrap(context)) == timer.wrap(context)));
  BOOST_TEST((timer.wrap(context).get_inner_executor() == context.get_executor()));
}

BOOST_AUTO_TEST_CASE(queries_reach_the_inner_executor) {
  asio::io_context context;
  const auto executor = instrument<Clock>(context);
  BOOST_TEST(&asio::query(executor, execution::context) == &context);
  const asio::any_io_executor erased = executor;
  BOOST_TEST(&asio::query(erased, execution::context) == &context);
  const auto never = asio::require(executor, execution::blocking.never);
  BOOST_TEST((asio::query(never, execution::blocking) == execution::blocking.never));
}

// An inner executor that is larger than a pointer remembers properties, and applies them when it is
// used.
void check_properties(const auto& inner) {
  const auto executor = instrument<Clock>(inner);
  const auto never = asio::require(executor, execution::blocking.never);
  const auto continuation = asio::prefer(never, execution::relationship.continuation);
  const auto fork = asio::prefer(asio::prefer(executor, execution::relationship.continuation),
                                 execution::relationship.fork, execution::blocking.never);
  static_assert(std::same_as<decltype(continuation), decltype(executor)>);

  const auto inner_never = asio::require(inner, execution::blocking.never);
  const auto inner_continuation = asio::prefer(inner_never, execution::relationship.continuation);
  BOOST_TEST((never.get_inner_executor() == inner_never));
  BOOST_TEST((asio::query(never, execution::blocking) == execution::blocking.never));
  BOOST_TEST((asio::query(continuation, execution::relationship) ==
              asio::query(inner_continuation, execution::relationship)));
  BOOST_TEST((asio::query(continuation, execution::blocking) == execution::blocking.never));
  BOOST_TEST(&asio::query(never, execution::context) == &asio::query(inner, execution::context));

  BOOST_TEST((never == asio::require(instrument<Clock>(inner), execution::blocking.never)));
  BOOST_TEST((never == fork));
  BOOST_TEST((never == executor) == (inner_never == inner));
  BOOST_TEST((never == continuation) == (inner_never == inner_continuation));

  const asio::any_io_executor erased = never;
  BOOST_TEST((asio::query(erased, execution::blocking) == execution::blocking.never));
}

BOOST_AUTO_TEST_CASE(properties_of_a_small_and_of_a_large_inner_executor) {
  asio::io_context context;
  check_properties(context.get_executor());
  check_properties(asio::make_strand(context));
  check_properties(asio::any_io_executor(context.get_executor()));
  check_properties(asio::any_io_executor(asio::make_strand(context)));
}

BOOST_AUTO_TEST_CASE(a_strand_runs_inline_only_where_it_may_block) {
  asio::io_context context;
  const auto strand = instrument<Clock>(asio::make_strand(context));
  const auto never = asio::require(strand, execution::blocking.never);
  std::vector<int> order;
  asio::post(strand, [&] {
    never.execute([&] { order.push_back(3); });
    strand.execute([&] { order.push_back(1); });
    order.push_back(2);
  });
  context.run();
  BOOST_TEST(order == (std::vector{1, 2, 3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_strand_tells_whether_it_runs_here) {
  asio::io_context context;
  const auto strand = instrument<Clock>(asio::make_strand(context));
  BOOST_TEST(!strand.running_in_this_thread());
  bool inside = false;
  asio::post(strand, [&] { inside = strand.running_in_this_thread(); });
  context.run();
  BOOST_TEST(inside);
}

BOOST_AUTO_TEST_CASE(a_tracked_copy_is_outstanding_work) {
  asio::io_context context;
  {
    const auto work = asio::prefer(instrument<Clock>(context), execution::outstanding_work.tracked);
    BOOST_TEST(context.poll() == 0u);
    BOOST_TEST(!context.stopped());
  }
  BOOST_TEST(context.poll() == 0u);
  BOOST_TEST(context.stopped());
}

BOOST_AUTO_TEST_CASE(an_executor_without_an_execution_context_of_asio) {
  QuietTimer<Clock> timer;
  std::atomic<int> ran = 0;
  const auto executor = timer.wrap(asio::system_executor());
  asio::dispatch(executor, [&] {
    compute<Clock>(3);
    ++ran;
  });
  BOOST_TEST(ran == 1);
  check_busy(timer, 3);
}

BOOST_AUTO_TEST_CASE(converts_with_its_inner_executor) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const Erased erased = timer.wrap(context);
  asio::post(erased, [] { compute<Clock>(2); });
  context.run();
  check_busy(timer, 2);
}

BOOST_AUTO_TEST_CASE(a_copy_may_outlive_context_and_timer) {
  std::optional<asio::any_io_executor> left;
  std::optional<Plain> typed;
  {
    asio::io_context context;
    QuietTimer<Clock> timer;
    left = timer.wrap(context);
    typed = timer.wrap(context);
  }
  const Plain copy = *typed;
  left.reset();
  typed.reset();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
