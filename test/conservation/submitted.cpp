//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
//
// Functions are submitted through wrapped executors by threads and by each other, and run on other
// threads. Each one either runs or is destroyed with its context or pool, and is counted as such.
#include <perf_timer/instrument.hpp>

#include "conservation/job.hpp"
#include "conservation/watch.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include <cstdint>
#include <memory>
#include <thread>

namespace perf_timer::test {
namespace {

using Clock = ThreadManualClock;

/// The functions of one job: itself, two that follow it, and two that are dispatched.
constexpr std::uint64_t functions_of_a_job = 5;

/// What becomes of the submitted functions.
enum class Ending { all_run, stopped_and_destroyed };

void run_all(asio::io_context& context) {
  for (;;) {
    try {
      context.run();
      return;
    } catch (const JobFailed&) {
    }
  }
}

/// That many threads submit while as many run the context, twice. Or they run it until one of the
/// functions stops it, and the rest is destroyed with the context.
///
/// `make_executor(timer, context)` makes the executor through which functions are submitted.
template <class MakeExecutor>
void check_submitted(int threads, std::uint64_t amount, Ending ending, MakeExecutor make_executor) {
  constexpr int rounds = 2;
  const auto many = share(amount / functions_of_a_job / rounds, threads);
  Jobs jobs;
  Watch watch(jobs.wrapped, 1);
  auto context = std::make_unique<asio::io_context>();
  const auto run_a_round = [&] {
    auto work = asio::make_work_guard(*context);
    std::thread runners([&] { all_at_once(threads, [&](int) { run_all(*context); }); });
    all_at_once(threads, [&](int lane) {
      const auto executor = make_executor(jobs.wrapped, *context);
      submit(jobs, executor, many, [&](std::uint64_t i) {
        if (ending == Ending::stopped_and_destroyed && lane == 0 && i == many / 2)
          asio::post(*context, [&] { context->stop(); });
      });
    });
    work.reset();
    runners.join();
    context->restart();
  };
  for (int round = 0; round < rounds; ++round) run_a_round();
  context.reset();
  watch.stop();

  jobs.check();
  const auto sum = jobs.submitted.sum();
  if (ending == Ending::all_run) {
    BOOST_TEST(sum.dropped == 0u);
    BOOST_TEST(sum.began == functions_of_a_job * rounds * many * static_cast<unsigned>(threads));
  }
  BOOST_TEST(sum.runs > 0u);
  BOOST_TEST(sum.failed > 0u);
  // With one thread, functions that are submitted after the stop stay behind it in the queue.
  if (ending == Ending::stopped_and_destroyed && threads == 1) BOOST_TEST(sum.dropped > 0u);
}

const auto on_the_context = [](auto& timer, auto& context) { return timer.wrap(context); };
const auto on_an_erased_one = [](auto& timer, auto& context) {
  return asio::any_io_executor(timer.wrap(context));
};
const auto on_a_strand = [](auto& timer, auto& context) {
  return timer.wrap(asio::make_strand(context));
};
const auto on_an_erased_strand = [](auto& timer, auto& context) {
  return asio::any_io_executor(timer.wrap(asio::any_io_executor(asio::make_strand(context))));
};
const auto in_a_task = [](auto& timer, auto& context) {
  return asio::any_io_executor(timer.wrap(task<Clock>(asio::make_strand(context))));
};

BOOST_AUTO_TEST_SUITE(submitted)

BOOST_DATA_TEST_CASE(to_a_context, thread_counts, threads) {
  check_submitted(threads, 4'000, Ending::all_run, on_the_context);
  check_submitted(threads, 4'000, Ending::stopped_and_destroyed, on_the_context);
}

BOOST_DATA_TEST_CASE(to_any_io_executor, thread_counts, threads) {
  check_submitted(threads, 4'000, Ending::all_run, on_an_erased_one);
  check_submitted(threads, 4'000, Ending::stopped_and_destroyed, on_an_erased_one);
}

BOOST_DATA_TEST_CASE(to_strands, thread_counts, threads) {
  check_submitted(threads, 4'000, Ending::all_run, on_a_strand);
  check_submitted(threads, 4'000, Ending::stopped_and_destroyed, on_a_strand);
}

BOOST_DATA_TEST_CASE(to_strands_in_any_io_executor, thread_counts, threads) {
  check_submitted(threads, 4'000, Ending::all_run, on_an_erased_strand);
  check_submitted(threads, 4'000, Ending::stopped_and_destroyed, on_an_erased_strand);
}

BOOST_DATA_TEST_CASE(to_tasks, thread_counts, threads) {
  check_submitted(threads, 4'000, Ending::all_run, in_a_task);
  check_submitted(threads, 4'000, Ending::stopped_and_destroyed, in_a_task);
}

// No function throws, because a pool would terminate the program.
BOOST_DATA_TEST_CASE(to_a_pool, thread_counts, threads) {
  for (const auto ending : {Ending::all_run, Ending::stopped_and_destroyed}) {
    const auto many = share(4'000 / functions_of_a_job, threads);
    Jobs jobs;
    jobs.may_throw = false;
    Watch watch(jobs.wrapped, 1);
    {
      asio::thread_pool pool(static_cast<std::size_t>(threads));
      all_at_once(threads, [&](int lane) {
        const asio::any_io_executor executor = jobs.wrapped.wrap(pool);
        submit(jobs, executor, many, [&](std::uint64_t i) {
          if (ending == Ending::stopped_and_destroyed && lane == 0 && i == many / 2) pool.stop();
        });
      });
      pool.join();
    }
    watch.stop();
    jobs.check();
    if (ending == Ending::all_run) BOOST_TEST(jobs.submitted.sum().dropped == 0u);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
