//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/perf_executor.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/defer.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/execution.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/unit_test.hpp>

#include <memory>

namespace {

namespace asio = boost::asio;
namespace execution = asio::execution;
using IoExecutor = asio::io_context::executor_type;

BOOST_AUTO_TEST_CASE(it_executes_as_any_executor) {
  asio::io_context context;
  const perf_timer::PerfExecutor executor{context.get_executor()};
  int ran = 0;
  const auto count = [&] { ++ran; };
  asio::post(executor, count);
  asio::dispatch(executor, count);
  asio::defer(executor, count);
  executor.execute(count);
  asio::post(asio::any_io_executor(executor), count);
  context.run();
  BOOST_TEST(ran == 5);
}

BOOST_AUTO_TEST_CASE(it_has_the_properties_of_its_inner_executor) {
  asio::io_context context;
  using Executor = perf_timer::PerfExecutor<IoExecutor, std::chrono::system_clock>;
  static_assert(std::is_same_v<Executor::inner_executor_type, IoExecutor>);
  static_assert(std::is_same_v<Executor::clock, std::chrono::system_clock>);
  const Executor executor{context.get_executor()};
  BOOST_TEST(&asio::query(executor, execution::context) == &context);
  BOOST_TEST((executor.get_inner_executor() == context.get_executor()));

  int ran = 0;
  const auto count = [&] { ++ran; };
  asio::require(executor, execution::blocking.never).execute(count);
  asio::require(Executor(executor), execution::blocking.possibly).execute(count);
  asio::prefer(executor, execution::relationship.continuation).execute(count);
  asio::prefer(Executor(executor), execution::outstanding_work.tracked).execute(count);
  BOOST_TEST(ran == 0);
  context.run();
  BOOST_TEST(ran == 4);
}

BOOST_AUTO_TEST_CASE(it_converts_and_compares) {
  asio::io_context context;
  const perf_timer::PerfExecutor strand{asio::make_strand(context)};
  const perf_timer::PerfExecutor other{asio::make_strand(context)};
  BOOST_TEST((strand == strand));
  BOOST_TEST((strand != other));
  BOOST_TEST(!strand.running_in_this_thread());

  const perf_timer::PerfExecutor<asio::any_io_executor> erased = strand;
  bool inside = false;
  asio::post(erased, [&] { inside = strand.running_in_this_thread(); });
  context.run();
  BOOST_TEST(inside);
}

asio::awaitable<void> suspend_once(bool& ended) {
  co_await asio::post(asio::use_awaitable);
  ended = true;
}

BOOST_AUTO_TEST_CASE(it_runs_coroutines) {
  asio::io_context context;
  bool ended = false;
  asio::co_spawn(perf_timer::PerfExecutor{context.get_executor()}, suspend_once(ended),
                 asio::detached);
  context.run();
  BOOST_TEST(ended);
}

#if PERF_TIMER_ASIO_HAS_TS_EXECUTORS
BOOST_AUTO_TEST_CASE(it_is_an_executor_of_the_networking_ts) {
  asio::io_context context;
  const perf_timer::PerfExecutor executor{context.get_executor()};
  int ran = 0;
  const auto count = [&] { ++ran; };
  executor.on_work_started();
  executor.post(count, std::allocator<void>());
  executor.defer(count, std::allocator<void>());
  executor.dispatch(count, std::allocator<void>());
  BOOST_TEST(&executor.context() == &context);
  executor.on_work_finished();
  context.restart();  // the work that was finished stopped it
  context.run();
  BOOST_TEST(ran == 3);
}
#endif

}  // namespace
