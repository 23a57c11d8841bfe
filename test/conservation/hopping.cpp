//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
//
// Measured coroutines hop between the threads of a context and of a pool, all at once. Each run
// shows exactly what its coroutine executed on all threads.
#include <perf_timer/detail/asio/decorate.hpp>

#include "common/quiet_timer.hpp"
#include "conservation/crowd.hpp"
#include "conservation/tally.hpp"
#include "conservation/watch.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include <atomic>
#include <exception>
#include <memory>
#include <vector>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
using Clock = ThreadManualClock;
using Timer = QuietTimer<Clock>;

struct Thrown {};

/// What each coroutine executes itself, and what the child does that it awaits. It is the same for
/// all, so minimum and maximum reveal a single tick that is charged to the wrong run.
constexpr int hops = 6, own_ticks = hops * 3, child_ticks = 2 * 5;

/// The executors on which coroutines live, and those to which they hop.
class Places {
 public:
  explicit Places(int threads)
      : threads_(threads),
        context_(std::make_unique<asio::io_context>()),
        pool_(std::make_unique<asio::thread_pool>(static_cast<std::size_t>(threads))),
        all_{instrument<Clock>(*context_),
             instrument<Clock>(*pool_)} {  // context and pool alternate
    for (int i = 0; i < 3; ++i) {
      all_.push_back(instrument<Clock>(asio::make_strand(*context_)));
      all_.push_back(instrument<Clock>(
          asio::any_io_executor(asio::make_strand(asio::any_io_executor(pool_->get_executor())))));
    }
  }

  [[nodiscard]] const asio::any_io_executor& operator[](std::uint64_t i) const {
    return all_[static_cast<std::size_t>(i % all_.size())];
  }
  [[nodiscard]] asio::io_context& context() { return *context_; }

  /// Runs until something calls `stop`.
  void run() {
    all_at_once(threads_, [&](int) { context_->run(); });
    pool_->join();
  }
  void stop() {
    context_->stop();
    pool_->stop();
  }

  /// Destroys the context, and with it every coroutine that is suspended there.
  void destroy() {
    all_.clear();
    context_.reset();
    pool_.reset();
  }

 private:
  const int threads_;
  std::unique_ptr<asio::io_context> context_;
  std::unique_ptr<asio::thread_pool> pool_;
  std::vector<asio::any_io_executor> all_;
};

struct Program {
  explicit Program(int threads) : places(threads) {}

  Timer outer{"outer"}, inner{"inner"};
  Tallies outer_runs, inner_runs;
  std::atomic<std::uint64_t> alive = 0;
  Places places;
};

asio::awaitable<void> hop(const asio::any_io_executor& to) {
  co_await asio::post(to, asio::use_awaitable);
}

asio::awaitable<void> child(Program& program, std::uint64_t number) {
  compute(5);
  co_await hop(program.places[number]);
  compute(5);
  program.inner_runs.here().ran(child_ticks);
}

/// Most do the same. Some end in another way.
asio::awaitable<void> hopper(Program& program, std::uint64_t number) {
  auto run = program.outer.measure();
  for (std::uint64_t i = 0; i < hops; ++i) {
    compute(3);
    co_await hop(program.places[number * (1 + i % 3) + i]);
    if (i == number % hops) {
      ++program.inner_runs.here().began;
      co_await program.inner.decorate(child(program, number + i));
    }
  }
  auto& tally = program.outer_runs.here();
  switch (number % 16) {
    case 0:
      run.cancel();
      ++tally.cancelled;
      break;
    case 1:
      ++tally.failed;
      throw Thrown();
    default:
      tally.ran(own_ticks + child_ticks);
      break;
  }
}

/// Begins a run and never ends it.
asio::awaitable<void> sleeper(Program& program) {
  const auto run = program.outer.measure();
  compute(1);
  auto& tally = program.outer_runs.here();
  ++tally.began, ++tally.lost;
  asio::steady_timer timer(program.places.context(), asio::steady_timer::time_point::max());
  co_await timer.async_wait(asio::use_awaitable);
}

/// The last one to end stops everything, because sleepers would never end.
template <class Executor>
void spawn_hoppers(Program& program, std::uint64_t many, const Executor& executor_of) {
  program.alive = many;
  for (std::uint64_t i = 0; i < many; ++i) {
    ++program.outer_runs.here().began;
    asio::co_spawn(executor_of(i), hopper(program, i), [&](std::exception_ptr) {
      if (--program.alive == 0) program.places.stop();
    });
  }
}

template <class ExecutorOf>
void check_hopping(int threads, std::uint64_t amount, ExecutorOf executor_of) {
  Program program(threads);
  const auto many = scaled(amount);
  Watch watch(program.outer, 1);
  // Sleepers live on the context. It destroys their timers, and then Asio destroys each coroutine
  // through its executor, which must still exist.
  for (std::uint64_t i = 0; i < 4; ++i)
    asio::co_spawn(program.places[2 * i], sleeper(program), asio::detached);
  spawn_hoppers(program, many, [&](std::uint64_t i) { return executor_of(program.places, i); });
  program.places.run();
  program.places.destroy();
  watch.stop();

  const auto check = [](const Timer& timer, const Tally& sum) {
    BOOST_TEST_CONTEXT(timer.name()) {
      const auto snapshot = timer.snapshot();
      check_outcomes(snapshot, sum);
      check_series(snapshot.busy, sum);
      check_zeroes(snapshot.queued, sum);
      check_zeroes(snapshot.elapsed, sum);
    }
  };
  check(program.outer, program.outer_runs.sum());
  check(program.inner, program.inner_runs.sum());
  BOOST_TEST(program.inner_runs.sum().runs == many);
}

BOOST_AUTO_TEST_SUITE(hopping)

// Each executor is the home of some coroutines, and others hop to it.
BOOST_DATA_TEST_CASE(from_strands_and_pools_to_others, thread_counts, threads) {
  check_hopping(threads, 2'000, [](Places& places, std::uint64_t i) { return places[i]; });
}

BOOST_DATA_TEST_CASE(from_tasks_of_their_own, thread_counts, threads) {
  check_hopping(threads, 2'000, [](Places& places, std::uint64_t) -> asio::any_io_executor {
    return task<Clock>(places.context());
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
