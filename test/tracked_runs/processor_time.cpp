//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Samples of processor time of runs on plain executors.
#include "common/sampled_timer.hpp"
#include "tracked_runs/followed.hpp"

#include <thread>

namespace perf_timer::test::tracked_runs {
namespace {

void compute_and_block(int computes, int blocks) {
  ManualClock::processor_clock::advance(computes);
  compute(computes + blocks);
}

struct Fixture {
  void spawn(asio::awaitable<void> coroutine) {
    asio::co_spawn(context, std::move(coroutine), asio::detached);
  }
  void run() { tracked_runs::run(context); }

  asio::io_context context;
  BasicSampledTimer<std::chrono::steady_clock> timer{1};
};

asio::awaitable<void> work(AsioPerfTimer& timer) {
  const auto run = timer.measure();
  compute_and_block(3, 20);
  co_await sleep(100);
  compute_and_block(4, 50);
}

BOOST_FIXTURE_TEST_SUITE(processor_time, Fixture)

BOOST_AUTO_TEST_CASE(of_a_coroutine_without_what_executes_meanwhile) {
  spawn(work(timer));
  spawn([]() -> asio::awaitable<void> {
    co_await sleep(30);
    compute_and_block(1000, 0);
  }());
  run();
  check_cpu(timer, 1, 7, 77);
}

BOOST_AUTO_TEST_CASE(of_one_that_goes_on_on_another_thread) {
  spawn(work(timer));
  std::thread([this] { context.poll(); }).join();
  ManualClock::advance(100);
  std::thread([this] {
    compute_and_block(1000, 0);
    run();
  }).join();
  check_cpu(timer, 1, 7, 77);
}

BOOST_AUTO_TEST_CASE(of_one_that_begins_inline_without_what_its_spawner_does_next) {
  const auto spawner = [this]() -> asio::awaitable<void> {
    spawn(work(timer));
    compute_and_block(1000, 0);
    co_return;
  };
  spawn(spawner());
  run();
  check_cpu(timer, 1, 7, 77);
}

BOOST_AUTO_TEST_CASE(of_what_it_posts) {
  spawn([](AsioPerfTimer& of) -> asio::awaitable<void> {
    const auto run = of.measure();
    asio::post(co_await asio::this_coro::executor, [] { compute_and_block(5, 1); });
    compute_and_block(2, 0);
    co_await sleep(10);
  }(timer));
  run();
  check_cpu(timer, 1, 7, 8);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test::tracked_runs
