//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// How timed operations end: each initiation is exactly one run. And what they leave as it was.
#include <perf_timer/timed.hpp>

#include "common/asio_has.hpp"
#include "common/timed_operation.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#if ASIO_HAS_ERASED_HANDLERS
#include <boost/asio/any_completion_handler.hpp>
#endif

#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using Timer = QuietTimer<Clock>;

BOOST_AUTO_TEST_SUITE(timed_ends)

/// Calls `test(executor, context)` for a plain and an instrumented executor.
template <class Test>
void plain_and_instrumented(Test test) {
  for (const bool instrumented : {false, true}) {
    BOOST_TEST_CONTEXT((instrumented ? "instrumented" : "plain")) {
      asio::io_context context;
      asio::any_io_executor executor = context.get_executor();
      if (instrumented) executor = instrument<Clock>(context);
      test(executor, context);
    }
  }
}

/// An operation that ends as `end(handler)` says, in its initiating function.
template <class... Results, class End, class Token>
auto async_end(End end, Token&& token) {
  return asio::async_initiate<Token, void(Results...)>(std::move(end), token);
}

BOOST_AUTO_TEST_CASE(it_ends_in_its_initiating_function) {
  Timer timer, outer("outer");
  int seen = 0;
  {
    const auto run = outer.measure();
    async_end<int>(
        [](auto handler) {
          compute<Clock>(3);
          std::move(handler)(1);
          compute<Clock>(1000);
        },
        perf_timer::timed(timer, [&](int n) {
          seen += n;
          compute<Clock>(100);
        }));
  }
  BOOST_TEST(seen == 1);
  check_times(timer, {3, 3, 0});
  check_times(outer, {1103, 1103, 0});
}

BOOST_AUTO_TEST_CASE(it_is_dispatched_and_runs_at_once) {
  plain_and_instrumented([](const asio::any_io_executor& executor, asio::io_context& context) {
    Timer timer, outer("outer");
    asio::post(instrument<Clock>(context), [&] {
      const auto run = outer.measure();
      asio::dispatch(executor, perf_timer::timed(timer, [] { compute<Clock>(100); }));
    });
    context.run();
    check_times(timer, {0, 0, 0});
    check_times(outer, {100, 100, 0});
  });
}

BOOST_AUTO_TEST_CASE(it_fails_by_an_error_code) {
  plain_and_instrumented([](const asio::any_io_executor& executor, asio::io_context& context) {
    Timer timer;
    Operation operation(context, executor);
    operation.wait_for = 1'000'000;
    operation.start(asio::bind_cancellation_slot(
        operation.signal.slot(), perf_timer::timed(timer, [&](error_code error, int result) {
          operation.ended(error, result);
        })));
    asio::post(context, [&] { operation.signal.emit(asio::cancellation_type::terminal); });
    context.run();
    BOOST_TEST(operation.times_ended() == 1);
    BOOST_TEST(operation.error == asio::error::operation_aborted);
    check_outcomes(timer, 0, 1, 0);
    BOOST_TEST(timer.snapshot().failed_elapsed.total.count() == 52);
  });
}

BOOST_AUTO_TEST_CASE(the_slot_may_be_bound_inside) {
  plain_and_instrumented([](const asio::any_io_executor& executor, asio::io_context& context) {
    Timer timer;
    Operation operation(context, executor);
    operation.wait_for = 1'000'000;
    operation.start(perf_timer::timed(
        timer,
        asio::bind_cancellation_slot(operation.signal.slot(), [&](error_code error, int result) {
          operation.ended(error, result);
        })));
    asio::post(context, [&] { operation.signal.emit(asio::cancellation_type::terminal); });
    context.run();
    BOOST_TEST(operation.error == asio::error::operation_aborted);
    check_outcomes(timer, 0, 1, 0);
  });
}

BOOST_AUTO_TEST_CASE(a_coroutine_that_is_spawned) {
  const auto coroutine = [](bool fails) -> asio::awaitable<int> {
    compute<Clock>(5);
    co_await nap();
    compute<Clock>(5);
    if (fails) throw std::runtime_error("test");
    co_return 1;
  };
  plain_and_instrumented([&](const asio::any_io_executor& executor, asio::io_context& context) {
    Timer timer, failing("failing");
    asio::co_spawn(executor, coroutine(false), perf_timer::timed(timer, asio::detached));
    context.run();
    context.restart();
    asio::co_spawn(executor, coroutine(true), perf_timer::timed(failing, asio::detached));
    context.run();
    BOOST_TEST(timer.snapshot().elapsed.total.count() == 10);
    // On a plain executor nobody knows what the coroutine executes.
    executor == context.get_executor() ? check_partial(timer, 1) : check_times(timer, {10, 10, 0});
    check_outcomes(failing, 0, 1, 0);
  });
}

// What a task, or another started run, is charged with is no part of the operation.
BOOST_AUTO_TEST_CASE(a_coroutine_that_is_spawned_for_somebody_else) {
  const auto coroutine = []() -> asio::awaitable<void> {
    compute<Clock>(5);
    co_await nap();
    compute<Clock>(5);
  };
  asio::io_context context;
  Timer other("other");
  auto run = other.start();
  for (const asio::any_io_executor& executor :
       {asio::any_io_executor(perf_timer::task<Clock>(context)),
        asio::any_io_executor(run.wrap(context))}) {
    Timer timer;
    context.restart();
    asio::co_spawn(executor, coroutine(), perf_timer::timed(timer, asio::detached));
    context.run();
    check_partial(timer, 1);
    BOOST_TEST(timer.snapshot().elapsed.total.count() == 10);
  }
  // Inside it, the operation is a part of what is current.
  Timer inside("inside");
  context.restart();
  asio::post(run.wrap(context), [&] {
    asio::co_spawn(run.wrap(context), coroutine(), perf_timer::timed(inside, asio::detached));
  });
  context.run();
  BOOST_TEST(inside.snapshot().elapsed.total.count() == 10);
  run.stop();
}

BOOST_AUTO_TEST_CASE(its_initiating_function_throws) {
  const auto before = [](auto&&) { throw std::runtime_error("test"); };
  const auto after = [](auto&& handler) {
    const auto taken = std::move(handler);
    compute<Clock>(4);
    throw std::runtime_error("test");
  };
  Timer timer;
  const auto handler = [](int) { BOOST_ERROR("called"); };
  BOOST_CHECK_THROW(async_end<int>(before, perf_timer::timed(timer, handler)), std::runtime_error);
  BOOST_CHECK_THROW(async_end<int>(after, perf_timer::timed(timer, handler)), std::runtime_error);
  auto deferred = timer.decorate(async_end<int>(after, asio::deferred));
  BOOST_CHECK_THROW(std::move(deferred)(handler), std::runtime_error);
  check_outcomes(timer, 0, 3, 0);
  BOOST_TEST(timer.snapshot().failed_elapsed.total.count() == 8);
}

BOOST_AUTO_TEST_CASE(one_of_its_steps_throws) {
  plain_and_instrumented([](const asio::any_io_executor& executor, asio::io_context& context) {
    Timer timer;
    const auto start = [&](auto handler) {
      const auto its = asio::get_associated_executor(handler, executor);
      asio::post(its, [h = std::move(handler)] {
        compute<Clock>(3);
        throw std::runtime_error("test");
      });
    };
    async_end<int>(start, perf_timer::timed(timer, [](int) { BOOST_ERROR("called"); }));
    BOOST_CHECK_THROW(context.run(), std::runtime_error);
    check_outcomes(timer, 0, 1, 0);
    BOOST_TEST(timer.snapshot().failed_busy.total.count() == 3);
  });
}

BOOST_AUTO_TEST_CASE(its_context_is_destroyed) {
  for (const bool instrumented : {false, true}) {
    Timer timer;
    {
      asio::io_context context;
      asio::any_io_executor executor = context.get_executor();
      if (instrumented) executor = instrument<Clock>(context);
      Operation operation(context, executor);
      operation.wait_for = 1'000'000;
      operation.start(perf_timer::timed(timer, [](error_code, int) { BOOST_ERROR("called"); }));
      context.poll();
    }
    check_outcomes(timer, 0, 0, 1);
    BOOST_TEST(timer.snapshot().lost_reasons.at(0).reason ==
               "was destroyed while it was suspended");
  }
}

#if ASIO_AWAITS_DEFERRED
BOOST_AUTO_TEST_CASE(the_coroutine_that_awaits_it_is_destroyed) {
  Timer timer;
  {
    asio::io_context context;
    Operation operation(context, instrument<Clock>(context));
    operation.wait_for = 1'000'000;
    operation.spawn([](Timer& t, Operation& o) -> asio::awaitable<void> {
      co_await t.decorate(o.start(asio::deferred));
    }(timer, operation));
    context.poll();
  }
  check_outcomes(timer, 0, 0, 1);
}
#endif

BOOST_AUTO_TEST_CASE(deferred_and_never_initiated_it_is_no_run) {
  asio::io_context context;
  Timer timer;
  Operation operation(context, context.get_executor());
  {
    [[maybe_unused]] auto one = operation.start(perf_timer::timed(timer, asio::deferred));
    [[maybe_unused]] auto two = timer.decorate(operation.start(asio::deferred));
  }
  context.run();
  check_outcomes(timer, 0, 0, 0);
}

BOOST_AUTO_TEST_CASE(deferred_and_initiated_twice_it_is_two_runs) {
  asio::io_context context;
  Timer timer;
  const auto twice = timer.decorate(asio::post(context, asio::deferred));
  int ended = 0;
  twice([&] { ++ended; });
  twice([&] { ++ended; });
  context.run();
  BOOST_TEST(ended == 2);
  check_times(timer, {0, 0, 0}, 2);
}

BOOST_AUTO_TEST_CASE(it_outlives_its_timer) {
  asio::io_context context;
  std::optional<Timer> timer(std::in_place);
  int ended = 0;
  auto later = timer->decorate(asio::post(context, asio::deferred));
  asio::post(context, perf_timer::timed(*timer, [&] { ++ended; }));
  timer.reset();
  std::move(later)([&] { ++ended; });
  context.run();
  BOOST_TEST(ended == 2);
}

// The handler is told, so its elapsed time is known. What executed for it isn't.
BOOST_AUTO_TEST_CASE(it_is_called_elsewhere_than_on_its_executor) {
  Timer timer;
  std::function<void()> call;
  const auto start = [&](auto handler) {
    call = [h = std::make_shared<decltype(handler)>(std::move(handler))] { std::move (*h)(1); };
  };
  const auto handler = [](int) { compute<Clock>(100); };
  async_end<int>(start, perf_timer::timed(timer, handler));
  compute<Clock>(7);
  std::thread(call).join();
  check_partial(timer, 1);
  BOOST_TEST(timer.snapshot().elapsed.total.count() == 7);
  BOOST_TEST(timer.snapshot().partial_reasons.at(0).reason ==
             "ended where nothing instrumented was executing");

  // Whoever calls it isn't charged with the operation, and is with the handler.
  asio::io_context context;
  Timer caller("caller");
  async_end<int>(start, perf_timer::timed(timer, handler));
  asio::post(instrument<Clock>(context), [&] {
    const auto run = caller.measure();
    compute<Clock>(1);
    call();
  });
  context.run();
  check_partial(timer, 2);
  check_times(caller, {101, 101, 0});
}

#if ASIO_HAS_ERASED_HANDLERS
BOOST_AUTO_TEST_CASE(an_operation_whose_handler_is_erased) {
  plain_and_instrumented([](const asio::any_io_executor& executor, asio::io_context& context) {
    Timer timer;
    int ended = 0;
    const auto start = [&](asio::any_completion_handler<void(error_code)> handler) {
      auto wait = std::make_shared<asio::steady_timer>(executor, std::chrono::milliseconds(1));
      const auto its = asio::get_associated_executor(handler, executor);
      wait->async_wait(asio::bind_executor(
          its, [wait, h = std::move(handler)](error_code error) mutable { std::move(h)(error); }));
      asio::post(context, [] { compute<Clock>(50); });
    };
    async_end<error_code>(start, perf_timer::timed(timer, [&](error_code) { ++ended; }));
    // Erased before it is timed.
    asio::any_completion_handler<void(error_code)> erased =
        asio::bind_executor(executor, [&](error_code) { ++ended; });
    asio::steady_timer wait(executor, std::chrono::milliseconds(1));
    wait.async_wait(perf_timer::timed(timer, std::move(erased)));
    context.run();
    BOOST_TEST(ended == 2);
    BOOST_TEST(timer.snapshot().runs == 2u);
    BOOST_TEST(timer.snapshot().elapsed.total.count() == 100);
  });
}
#endif

/// Counts what is allocated through it.
template <class T>
struct Counting {
  using value_type = T;
  explicit Counting(std::size_t& n) noexcept : count(&n) {}
  template <class U>
  Counting(const Counting<U>& other) noexcept : count(other.count) {}
  T* allocate(std::size_t n) {
    ++*count;
    return std::allocator<T>().allocate(n);
  }
  void deallocate(T* p, std::size_t n) { std::allocator<T>().deallocate(p, n); }
  bool operator==(const Counting&) const = default;
  std::size_t* count;
};

/// What a program with one operation shows of itself.
struct Observed {
  std::string events;
  std::size_t allocations = 0;
  std::size_t handlers = 0;
  std::int64_t around = 0, session = 0;
  bool operator==(const Observed&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Observed& o) {
  return out << o.events << ", " << o.allocations << " allocations, " << o.handlers
             << " handlers, around it " << o.around << ", the session " << o.session;
}

using MakeExecutor = std::function<asio::any_io_executor(asio::io_context&)>;

/// A run that an object keeps, in which the operation isn't initiated.
std::optional<Timer::StartedRun> session;

/// A callback's operation in a step of a run, with others before and after it.
template <class MakeToken>
Observed observe(const MakeExecutor& make_executor, const MakeExecutor& io, MakeToken make_token) {
  Observed seen;
  asio::io_context context;
  Timer around("around"), sessions("sessions");
  session.emplace(sessions.start());
  {
    const asio::any_io_executor executor = make_executor(context);
    Operation operation(context, io(context));
    operation.wait_for = -1000;  // no real time passes, so the order is the same each time
    const auto event = [&](const char* name) {
      return [&seen, name] {
        seen.events += name;
        compute<Clock>(1);
      };
    };
    asio::post(instrument<Clock>(context), [&] {
      auto run = std::make_shared<Timer::StartedRun>(around.start());
      asio::post(run->wrap(context), [&, run] {
        asio::post(executor, event("a"));
        operation.start(make_token(asio::bind_executor(
            executor,
            asio::bind_allocator(Counting<void>(seen.allocations), [&, run](error_code, int) {
              event("(")();
              asio::dispatch(executor, event("d"));
              asio::post(executor, event("p"));
              event(")")();
              compute<Clock>(1000);
            }))));
        asio::post(executor, event("b"));
        asio::dispatch(executor, event("c"));
      });
      asio::post(context, event("e"));
    });
    seen.handlers = context.run();
  }
  session.reset();
  BOOST_TEST(sessions.snapshot().partial + around.snapshot().partial == 0u);
  seen.around = around.snapshot().busy.total.count();
  seen.session = sessions.snapshot().busy.total.count();
  return seen;
}

// Measuring changes nothing: neither what the program does, nor whose the handler's time is. The
// steps of the operation are followed now, so the run around it holds them even on a plain
// executor.
BOOST_AUTO_TEST_CASE(the_program_is_the_same) {
  constexpr std::size_t plain_ones = 3;
  const MakeExecutor executors[] = {
      [](asio::io_context& c) { return c.get_executor(); },
      [](asio::io_context& c) { return asio::make_strand(c); },
      [](asio::io_context& c) {
        return asio::make_strand(asio::any_io_executor(c.get_executor()));
      },
      [](asio::io_context& c) { return instrument<Clock>(c); },
      [](asio::io_context& c) { return instrument<Clock>(asio::make_strand(c)); },
      [](asio::io_context& c) { return asio::make_strand(instrument<Clock>(c)); },
      [](asio::io_context& c) { return perf_timer::task<Clock>(c); },
      [](asio::io_context& c) { return perf_timer::task<Clock>(asio::make_strand(c)); },
      [](asio::io_context& c) { return session->wrap(c); },
      [](asio::io_context& c) { return session->wrap(asio::make_strand(c)); },
  };
  for (std::size_t i = 0; i < std::size(executors); ++i) {
    for (std::size_t j = 0; j < std::size(executors); ++j) {
      const Observed plain =
          observe(executors[i], executors[j], [](auto handler) { return handler; });
      BOOST_TEST(plain.events.size() == 8u);
      BOOST_TEST(plain.allocations > 0u);
      for (const bool enabled : {true, false}) {
        BOOST_TEST_CONTEXT("handler " << i << ", operation " << j << ", enabled " << enabled) {
          Timer timer;
          timer.enabled(enabled);
          const Observed timed = observe(executors[i], executors[j], [&](auto handler) {
            return perf_timer::timed(timer, std::move(handler));
          });
          Observed expected = plain;
          if (enabled && i < plain_ones) expected.around += 2;
#if defined(_WIN32)
          // A thread of Asio's submits what waits for a timer, before or after a strand has emptied
          // its queue. So Asio alone executes more functions or fewer, too.
          expected.handlers = timed.handlers;
#endif
          BOOST_TEST(timed == expected);
          if (enabled) BOOST_TEST(timer.snapshot().busy.total.count() == Operation::times.busy);
        }
      }
    }
  }
}

// What is open in the task of the handler's executor holds what that executes, as it would without.
BOOST_AUTO_TEST_CASE(an_executor_of_a_task_that_has_a_run_open) {
  for (const bool timed : {false, true}) {
    asio::io_context context;
    Timer timer, inside("inside the task"), around("around");
    const auto executor = perf_timer::task<Clock>(context);
    Operation operation(context, executor);
    asio::steady_timer end(executor, std::chrono::hours(1));
    asio::co_spawn(
        executor,
        [&]() -> asio::awaitable<void> {
          const auto run = inside.measure();
          co_await end.async_wait(asio::as_tuple(asio::use_awaitable));
        },
        asio::detached);
    asio::post(instrument<Clock>(context), [&] {
      const auto run = around.measure();
      const auto handler = [&](error_code error, int result) {
        operation.ended(error, result);
        end.cancel();
      };
      timed ? operation.start(perf_timer::timed(timer, handler)) : operation.start(handler);
    });
    context.run();
    check_busy(around, 1);
    check_busy(inside, 100'002);
    if (timed) check_times(timer, Operation::times);
  }
}

// An initiation that doesn't name its executor: whose the handler is comes out too late. The
// operation is partial then, and the run that the executor carries is exact.
BOOST_AUTO_TEST_CASE(an_executor_of_another_run_that_comes_out_late) {
  for (const bool timed : {false, true}) {
    asio::io_context context;
    Timer timer, accepts("accepts"), sessions("sessions");
    Timer::StartedRun run = sessions.start();
    const auto executor = run.wrap(context);
    const auto start = [&](auto handler) {
      compute<Clock>(1);
      const auto its = asio::get_associated_executor(handler, executor);
      asio::post(its, [its, h = std::move(handler)]() mutable {
        compute<Clock>(10);
        asio::dispatch(its, [h = std::move(h)]() mutable { std::move(h)(1); });
      });
    };
    const auto handler = [](int) { compute<Clock>(100); };
    asio::post(instrument<Clock>(context), [&] {
      const auto accept = accepts.measure();
      timed ? async_end<int>(start, perf_timer::timed(timer, handler))
            : async_end<int>(start, handler);
    });
    context.run();
    run.stop();
    check_busy(accepts, 1);
    check_busy(sessions, 110);
    if (timed) check_partial(timer, 1);
    if (timed) BOOST_TEST(timer.snapshot().elapsed.total.count() == 11);
  }
}

/// What `asio_handler_is_continuation` says of it.
struct Continuation {
  void operator()(int) const {}
  friend bool asio_handler_is_continuation(Continuation*) { return true; }
};

BOOST_AUTO_TEST_CASE(what_is_associated_stays) {
  asio::io_context context;
  asio::cancellation_signal signal;
  std::size_t allocations = 0;
  Timer timer;
  const auto look = [&](auto handler) {
    using boost::asio::asio_handler_is_continuation;
    BOOST_TEST(
        (asio::get_associated_executor(handler).get_inner_executor() == context.get_executor()));
    BOOST_TEST((asio::get_associated_executor(handler) == instrument<Clock>(context)));
    BOOST_TEST((asio::get_associated_cancellation_slot(handler) == signal.slot()));
    BOOST_TEST((asio::get_associated_allocator(handler) == Counting<void>(allocations)));
    std::move(handler)(1);
  };
  async_end<int>(
      look,
      perf_timer::timed(
          timer, asio::bind_executor(
                     context, asio::bind_cancellation_slot(
                                  signal.slot(), asio::bind_allocator(Counting<void>(allocations),
                                                                      Continuation())))));
  const auto look_at_hook = [](auto handler) {
    BOOST_TEST(asio_handler_is_continuation(std::addressof(handler)));
    std::move(handler)(1);
  };
  async_end<int>(look_at_hook, perf_timer::timed(timer, Continuation()));
  check_times(timer, {0, 0, 0}, 2);
}

/// Starts operations that complete at once, each with `token(handler)`, and posts in between.
/// Returns in which order the handlers were called.
template <class Token>
std::string at_once(asio::io_context& context, const asio::any_io_executor& executor, Token token) {
  asio::experimental::channel<void(error_code, int)> channel(executor, 1);
  asio::ip::tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
  asio::ip::tcp::socket client(executor), server(executor);
  client.connect(acceptor.local_endpoint());
  acceptor.accept(server);
  const std::string text = "text";
  std::string order;
  const auto then = [&](std::string what) {
    return token([&order, what](auto&&...) { order += what + ' '; });
  };
  const auto run = [&] {
    asio::post(executor, [&] { order += "posted "; });
    context.run();
    context.restart();
  };
  channel.async_send({}, 1, then("sent"));
  run();
  channel.async_receive(then("received"));
  run();
  client.async_write_some(asio::buffer(text), then("written"));
  run();
  asio::async_write(client, asio::buffer(text), then("all written"));
  run();
  return order;
}

BOOST_AUTO_TEST_CASE(one_that_completes_at_once_keeps_its_turn) {
  plain_and_instrumented([](const asio::any_io_executor& executor, asio::io_context& context) {
    Timer timer;
    const auto plain = at_once(context, executor, [](auto handler) { return handler; });
    const auto timed = at_once(context, executor, [&](auto handler) {
      return perf_timer::timed(timer, std::move(handler));
    });
    BOOST_TEST(timed == plain);
    check_busy(timer, 0, 4);
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
