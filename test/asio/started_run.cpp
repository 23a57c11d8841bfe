//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/started_run.hpp>

#include "common/child_process.hpp"
#include "common/error_code.hpp"
#include "common/optional_run.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <utility>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using Timer = QuietTimer<Clock>;
using StartedRun = Timer::StartedRun;

static_assert(std::is_nothrow_move_constructible_v<StartedRun>);
static_assert(std::is_nothrow_move_assignable_v<StartedRun>);
static_assert(!std::is_copy_constructible_v<StartedRun>);

BOOST_AUTO_TEST_SUITE(started_run)

/// A connection in the shape of Asio's callback examples: it keeps its run, and waits `rounds`
/// times.
template <class C>
class Session : public std::enable_shared_from_this<Session<C>> {
 public:
  template <class Executor>
  Session(QuietTimer<C>& timer, const Executor& executor, int rounds)
      : run_(timer.start()), socket_(run_.wrap(executor)), rounds_(rounds) {}

  void start() {
    compute<C>(100);  // the caller's
    wait();
  }

 private:
  void wait() {
    socket_.expires_after(std::chrono::milliseconds(1));
    socket_.async_wait([self = this->shared_from_this()](asio::error_code) {
      compute<C>(10);
      if (--self->rounds_ > 0) self->wait();
      compute<C>(1);
    });
  }

  typename QuietTimer<C>::StartedRun run_;
  asio::steady_timer socket_;
  int rounds_;
};

/// Accepts each connection in a callback that computes on and accepts again.
template <class C>
class Server {
 public:
  Server(asio::any_io_executor executor, asio::any_io_executor sessions)
      : executor_(std::move(executor)), sessions_(std::move(sessions)) {}

  /// Calls `done` when as many connections were accepted.
  void accept(int connections, std::function<void()> done) {
    asio::post(executor_, [this, connections, done] {
      {
        const auto run = accepted.measure();
        compute<C>(1000);
        std::make_shared<Session<C>>(session, sessions_, 3)->start();
        compute<C>(1000);
      }
      connections > 1 ? accept(connections - 1, done) : done();
    });
  }

  QuietTimer<C> accepted{"accepted"}, session{"session"};

 private:
  asio::any_io_executor executor_, sessions_;
};

BOOST_AUTO_TEST_CASE(a_callback_server) {
  for (const bool plain : {false, true}) {
    in_every_place([&]<class C>(World<C>& world) {
      const asio::any_io_executor sessions =
          plain ? world.context().get_executor() : world.executor();
      Server<C> server(world.executor(), sessions);
      auto work = asio::make_work_guard(world.context());
      server.accept(3, [&] { work.reset(); });
      world.run();
      // The last handler releases the session, and the run ends in it.
      check_busy(server.session, 3 * 3 * 11, 3);
      check_busy(server.accepted, 3 * (1000 + 100 + 1000), 3);
    });
  }
}

BOOST_AUTO_TEST_CASE(busy_queued_idle_and_elapsed) {
  asio::io_context context;
  Timer timer, other("other");
  std::optional<StartedRun> run(timer.start());
  const auto executor = run->wrap(context);
  compute<Clock>(1);  // idle: nothing executes on its behalf
  asio::post(executor, [] { compute<Clock>(10); });
  compute<Clock>(2);  // queued
  context.run();
  asio::post(instrument<Clock>(context), [&] {
    const auto scope = other.measure();
    compute<Clock>(4);
    asio::dispatch(executor, [] { compute<Clock>(20); });  // inline
  });
  context.restart();
  context.run();
  run.reset();
  check_busy(timer, 30);
  check_busy(other, 4);
  const auto snapshot = timer.snapshot();
  BOOST_TEST(snapshot.queued.total.count() == 2);
  BOOST_TEST(snapshot.elapsed.total.count() == 1 + 2 + 10 + 4 + 20);
}

// It is current nowhere: what the function that starts it does is not on its behalf.
BOOST_AUTO_TEST_CASE(the_step_that_starts_it_goes_on_by_itself) {
  asio::io_context context;
  Timer timer, other("other"), scope("scope");
  std::optional<StartedRun> run;
  asio::post(instrument<Clock>(context), [&] {
    run.emplace(timer.start());
    compute<Clock>(5);
    const auto measured = scope.measure();
    asio::post(instrument<Clock>(context), [] { compute<Clock>(6); });
    context.poll();
  });
  context.run();
  run->stop();
  check_busy(timer, 0);
  check_busy(scope, 6);
}

BOOST_AUTO_TEST_CASE(ended_in_any_way_and_anywhere) {
  struct Row {
    std::function<void(StartedRun&)> end;
    std::uint64_t runs, failed;
  };
  Timer another("another");
  const Row rows[] = {{[](StartedRun& run) { run.stop(); }, 1, 0},
                      {[](StartedRun& run) { run.fail(); }, 0, 1},
                      {[](StartedRun& run) { run.cancel(); }, 0, 0},
                      {[](StartedRun& run) { const auto gone = std::move(run); }, 1, 0},
                      {[&](StartedRun& run) { run = another.start(); }, 1, 0}};
  for (const auto& [end, runs, failed] : rows) {
    for (const int where : {0, 1, 2, 3, 4}) {
      asio::io_context context;
      Timer timer, other("other");
      StartedRun run = timer.start();
      const auto executor = run.wrap(context);
      asio::post(executor, [&] {
        compute<Clock>(3);
        if (where == 0) end(run);  // in its own step
        compute<Clock>(4);
      });
      context.run();
      context.restart();
      switch (where) {
        case 1:  // in a step of another run
          asio::post(instrument<Clock>(context), [&] {
            const auto scope = other.measure();
            compute<Clock>(5);
            end(run);
            compute<Clock>(6);
          });
          context.run();
          check_busy(other, 11);
          break;
        case 2:  // outside of all
          end(run);
          break;
        case 3:  // on another thread
          std::thread([&] { end(run); }).join();
          break;
        case 4:  // while an exception unwinds
          try {
            const auto ends = [&](StartedRun* r) { end(*r); };
            const std::unique_ptr<StartedRun, decltype(ends)> guard(&run, ends);
            throw std::runtime_error("unwinds");
          } catch (const std::runtime_error&) {
          }
          break;
        default:
          break;
      }
      BOOST_TEST_CONTEXT("ended there: " << where) {
        check_outcomes(timer, runs, failed, 0);
        if (runs == 1) check_busy(timer, where == 0 ? 3 : 7);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(ended_once) {
  Timer timer;
  auto run = timer.start();
  run.stop();
  BOOST_CHECK_THROW(run.stop(), std::logic_error);
  BOOST_CHECK_THROW(run.fail(), std::logic_error);
  BOOST_CHECK_THROW(run.cancel(), std::logic_error);
  auto first = timer.start();
  const auto second = std::move(first);
  BOOST_CHECK_THROW(first.stop(), std::logic_error);  // NOLINT(bugprone-use-after-move)
}

BOOST_AUTO_TEST_CASE(two_sessions_that_post_to_each_other) {
  asio::io_context context;
  Timer left("left"), right("right");
  auto one = left.start();
  auto other = right.start();
  const auto here = one.wrap(asio::make_strand(context));
  const auto there = other.wrap(asio::make_strand(context));
  asio::post(here, [&] {
    compute<Clock>(1);
    asio::post(there, [&] {
      compute<Clock>(10);
      asio::dispatch(here, [&] { compute<Clock>(2); });
    });
    asio::dispatch(there, [] { compute<Clock>(20); });
  });
  context.run();
  one.stop();
  other.stop();
  check_busy(left, 3);
  check_busy(right, 30);
}

BOOST_AUTO_TEST_CASE(scopes_and_coroutines_inside_it) {
  in_every_place([]<class C>(World<C>& world) {
    QuietTimer<C> timer("session"), scope("scope"), child("child");
    auto run = timer.start();
    world.spawn_on(run.wrap(world.executor()), [](auto& s, auto& c) -> asio::awaitable<void> {
      const auto measured = s.measure();
      compute<C>(1);
      co_await nap();
      co_await c.decorate([]() -> asio::awaitable<void> {
        compute<C>(2);
        co_await nap();
        compute<C>(3);
      }());
      co_await asio::post(asio::use_awaitable);
      compute<C>(4);
    }(scope, child));
    world.spawn(noise<C>());
    world.run();
    run.stop();
    check_busy(child, 5);
    check_busy(scope, 10);
    check_busy(timer, 10);
  });
}

BOOST_AUTO_TEST_CASE(on_wrapped_and_task_executors) {
  asio::io_context context;
  Timer timer, wrapped("wrapped"), scope("scope");
  auto run = timer.start();
  asio::post(run.wrap(wrapped.wrap(context)), [] { compute<Clock>(1); });
  asio::post(wrapped.wrap(run.wrap(context)), [] { compute<Clock>(2); });
  asio::post(run.wrap(perf_timer::task<Clock>(context)), [&] {
    const auto measured = scope.measure();
    compute<Clock>(3);
  });
  asio::post(instrument<Clock>(asio::any_io_executor(run.wrap(context))),
             [] { compute<Clock>(4); });
  asio::post(perf_timer::task<Clock>(run.wrap(context)), [] { compute<Clock>(100); });
  context.run();
  run.stop();
  check_busy(wrapped, 3, 2);
  check_busy(scope, 3);
  check_busy(timer, 10);
}

BOOST_AUTO_TEST_CASE(its_executors_outlive_it) {
  asio::io_context context;
  Timer timer, scope("scope");
  auto run = timer.start();
  const auto executor = run.wrap(context);
  BOOST_TEST((executor == run.wrap(context)));
  BOOST_TEST((executor == instrument<Clock>(context)));
  asio::post(executor, [&] {
    compute<Clock>(1);
    run.stop();
    const auto measured = scope.measure();
    compute<Clock>(2);
    asio::post(executor, [] { compute<Clock>(100); });
  });
  context.run();
  const auto late = run.wrap(context);
  asio::post(late, [] { compute<Clock>(100); });
  context.restart();
  context.run();
  check_busy(timer, 1);
  check_busy(scope, 2);
}

BOOST_AUTO_TEST_CASE(it_outlives_its_timer) {
  asio::io_context context;
  std::optional<Timer> timer(std::in_place);
  auto stopped = timer->start();
  auto destroyed = timer->start();
  asio::post(stopped.wrap(context), [] { compute<Clock>(1); });
  timer.reset();
  context.run();
  stopped.stop();  // sanitizers check the memory
}

BOOST_AUTO_TEST_CASE(a_timer_that_is_off) {
  asio::io_context context;
  Timer timer, scope("scope");
  timer.enabled(false);
  auto run = timer.start();
  timer.enabled(true);
  asio::post(run.wrap(context), [&] {
    const auto measured = scope.measure();
    compute<Clock>(1);
  });
  context.run();
  run.stop();
  BOOST_CHECK_THROW(run.stop(), std::logic_error);
  check_outcomes(timer, 0, 0, 0);
  check_busy(scope, 1);

  auto on = timer.start();
  timer.enabled(false);
  asio::post(on.wrap(context), [] { compute<Clock>(1); });
  context.restart();
  context.run();
  on.stop();
  check_busy(timer, 1);
}

BOOST_AUTO_TEST_CASE(functions_that_throw_or_never_run) {
  Timer timer, failing("failing");
  {
    asio::io_context context;
    auto run = timer.start();
    asio::post(run.wrap(failing.wrap(context)), [] {
      compute<Clock>(1);
      throw std::runtime_error("handler");
    });
    asio::post(run.wrap(context), [run = failing.start()] { compute<Clock>(100); });
    BOOST_CHECK_THROW(context.run(), std::runtime_error);
    run.stop();
  }
  check_busy(timer, 1);
  check_outcomes(failing, 1, 1, 0);  // the run was destroyed with the function that held it
}

BOOST_AUTO_TEST_CASE(charged_with_what_it_woke_by_hand) {
  // Rule 7: a scope ends in a step of the session's, so the session may hold its time.
  asio::io_context context;
  Timer timer, scope("scope");
  auto run = timer.start();
  OptionalRun<Timer> measured;
  asio::post(instrument<Clock>(context), [&] { measured.measure(scope); });
  asio::post(run.wrap(context), [&] {
    compute<Clock>(1);
    measured.reset();
  });
  context.run();
  run.stop();
  check_outcomes(scope, 0, 0, 1);
  check_partial(timer, 1);
}

BOOST_AUTO_TEST_CASE(what_is_opened_on_its_executors_after_its_end_is_exact) {
  asio::io_context context;
  Timer timer, first, second;
  auto open = timer.start();
  const auto on_run = open.wrap(context);
  asio::co_spawn(
      on_run,
      [&]() -> asio::awaitable<void> {
        open.stop();
        {
          const auto scope = first.measure();
          co_await asio::post(asio::use_awaitable);
          compute<Clock>(1);
        }
        const auto scope = second.measure();
        asio::post(on_run, [] { compute<Clock>(2); });
        co_await asio::post(asio::use_awaitable);
        compute<Clock>(3);
      },
      asio::detached);
  context.run();
  check_busy(first, 1);
  check_busy(second, 5);
}

#if PERF_TIMER_TEST_FORKS
BOOST_AUTO_TEST_CASE(over_a_fork) {
  asio::io_context context;
  Timer timer;
  auto run = timer.start();
  asio::post(run.wrap(context), [] { compute<Clock>(1); });
  context.run();
  const auto child = output_of_child([&] {
    asio::io_context own;
    asio::post(run.wrap(own), [&] {
      compute<Clock>(2);
      run.stop();
    });
    own.run();
    const auto snapshot = timer.snapshot();
    std::printf("%llu runs, busy %lld", static_cast<unsigned long long>(snapshot.runs),
                static_cast<long long>(snapshot.busy.total.count()));
    std::fflush(nullptr);
    std::_Exit(0);
  });
  BOOST_TEST(child == "1 runs, busy 3");
  asio::post(run.wrap(context), [&] {
    compute<Clock>(4);
    const auto in_its_step = output_of_child([&] {
      run.stop();
      std::printf("%llu runs", static_cast<unsigned long long>(timer.snapshot().runs));
      std::fflush(nullptr);
      std::_Exit(0);
    });
    BOOST_TEST(in_its_step == "1 runs");
  });
  context.restart();
  context.run();
  asio::post(run.wrap(context), [] {});
  // What waits may belong to threads of the parent.
  const auto waits = output_of_child([&] {
    run.stop();
    std::printf("%s", timer.snapshot().partial_reasons.at(0).reason.data());
    std::fflush(nullptr);
    std::_Exit(0);
  });
  BOOST_TEST(waits.starts_with("the process forked"));
  context.restart();
  context.run();
  run.stop();
  check_busy(timer, 5);
}
#endif

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
