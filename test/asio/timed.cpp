//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// One operation by each kind of completion token, on each kind of executor. timed_ends.cpp has how
// else an operation can end.
#include <perf_timer/timed.hpp>

#include "common/asio_has.hpp"
#include "common/timed_operation.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_future.hpp>

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using Timer = QuietTimer<Clock>;

BOOST_AUTO_TEST_SUITE(timed)

/// Where the operation's I/O object is, and the coroutine that awaits it.
enum class On { plain, plain_strand, instrumented, typed_strand, strand, task };

std::ostream& operator<<(std::ostream& out, On on) {
  constexpr const char* names[] = {"plain",        "plain strand", "instrumented",
                                   "typed strand", "strand",       "task"};
  return out << names[static_cast<int>(on)];
}

/// The same operation, made ready to be started on an executor, by one kind of token.
struct Row {
  const char* token;
  std::function<void(Timer&, Operation&)> start;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> all{
      {"callback",
       [](Timer& timer, Operation& operation) {
         operation.start(perf_timer::timed(timer, [&operation](error_code error, int result) {
           operation.ended(error, result);
         }));
       }},
      {"callback that is moved",
       [](Timer& timer, Operation& operation) {
         operation.start(perf_timer::timed(
             timer, [&operation, owned = std::make_unique<int>(0)](error_code error, int result) {
               operation.ended(error, result + *owned);
             }));
       }},
      {"callback with an instrumented executor",
       [](Timer& timer, Operation& operation) {
         operation.start(perf_timer::timed(
             timer, asio::bind_executor(instrument<Clock>(operation.context()),
                                        [&operation](error_code error, int result) {
                                          operation.ended(error, result);
                                        })));
       }},
      {"callback with a plain executor",
       [](Timer& timer, Operation& operation) {
         operation.start(perf_timer::timed(
             timer,
             asio::bind_executor(operation.context(), [&operation](error_code error, int result) {
               operation.ended(error, result);
             })));
       }},
      {"bound to a strand, a slot and an allocator",
       [](Timer& timer, Operation& operation) {
         operation.start(perf_timer::timed(
             timer, asio::bind_executor(
                        asio::make_strand(operation.context()),
                        asio::bind_cancellation_slot(
                            operation.signal.slot(),
                            asio::bind_allocator(std::allocator<void>(),
                                                 [&operation](error_code error, int result) {
                                                   operation.ended(error, result);
                                                 })))));
       }},
      {"inside the adapters",
       [](Timer& timer, Operation& operation) {
         operation.start(asio::bind_executor(
             instrument<Clock>(operation.context()),
             asio::bind_cancellation_slot(
                 operation.signal.slot(),
                 perf_timer::timed(timer, [&operation](error_code error, int result) {
                   operation.ended(error, result);
                 }))));
       }},
      {"as_tuple",
       [](Timer& timer, Operation& operation) {
         operation.start(perf_timer::timed(
             timer, asio::as_tuple([&operation](std::tuple<error_code, int> both) {
               operation.ended(std::get<0>(both), std::get<1>(both));
             })));
       }},
      {"in as_tuple",
       [](Timer& timer, Operation& operation) {
         operation.start(asio::as_tuple(
             perf_timer::timed(timer, [&operation](std::tuple<error_code, int> both) {
               operation.ended(std::get<0>(both), std::get<1>(both));
             })));
       }},
      {"redirect_error",
       [](Timer& timer, Operation& operation) {
         operation.start(perf_timer::timed(
             timer, asio::redirect_error(
                        [&operation](int result) { operation.ended(operation.error, result); },
                        operation.error)));
       }},
      {"another timer's",
       [](Timer& timer, Operation& operation) {
         operation.start(perf_timer::timed(
             operation.other, perf_timer::timed(timer, [&operation](error_code error, int result) {
               operation.ended(error, result);
             })));
       }},
      {"deferred",
       [](Timer& timer, Operation& operation) {
         auto deferred = operation.start(perf_timer::timed(timer, asio::deferred));
         static_assert(asio::is_deferred<decltype(deferred)>::value);
         std::move(deferred)(
             [&operation](error_code error, int result) { operation.ended(error, result); });
       }},
      {"of a deferred one",
       [](Timer& timer, Operation& operation) {
         auto deferred = operation.start(asio::deferred);
         std::move(deferred)(perf_timer::timed(timer, [&operation](error_code error, int result) {
           operation.ended(error, result);
         }));
       }},
      {"a deferred one | timed",
       [](Timer& timer, Operation& operation) {
         operation.start(asio::deferred) |
             perf_timer::timed(timer, [&operation](error_code error, int result) {
               operation.ended(error, result);
             });
       }},
      {"decorated",
       [](Timer& timer, Operation& operation) {
         auto decorated = timer.decorate(operation.start(asio::deferred));
         static_assert(asio::is_deferred<decltype(decorated)>::value);
         std::move(decorated)(
             [&operation](error_code error, int result) { operation.ended(error, result); });
       }},
      {"in a parallel group",
       [](Timer& timer, Operation& operation) {
         asio::experimental::make_parallel_group(timer.decorate(operation.start(asio::deferred)))
             .async_wait(asio::experimental::wait_for_all(),
                         [&operation](auto, error_code error, int result) {
                           operation.ended(error, result);
                         });
       }},
      {"use_future",
       [](Timer& timer, Operation& operation) {
         operation.future = operation.start(
             perf_timer::timed(timer, asio::bind_executor(operation.executor(), asio::use_future)));
       }},
      {"use_awaitable",
       [](Timer& timer, Operation& operation) {
         operation.spawn([](Timer& t, Operation& o) -> asio::awaitable<void> {
           o.ended({}, co_await o.start(perf_timer::timed(t, asio::use_awaitable)));
         }(timer, operation));
       }},
      {"use_awaitable in as_tuple",
       [](Timer& timer, Operation& operation) {
         operation.spawn([](Timer& t, Operation& o) -> asio::awaitable<void> {
           const auto [error, result] =
               co_await o.start(perf_timer::timed(t, asio::as_tuple(asio::use_awaitable)));
           o.ended(error, result);
         }(timer, operation));
       }},
#if ASIO_AWAITS_DEFERRED
      {"awaited, decorated",
       [](Timer& timer, Operation& operation) {
         operation.spawn([](Timer& t, Operation& o) -> asio::awaitable<void> {
           o.ended({}, co_await t.decorate(o.start(asio::deferred)));
         }(timer, operation));
       }},
#endif
      {"a branch of &&",
       [](Timer& timer, Operation& operation) {
         operation.spawn([](Timer& t, Operation& o) -> asio::awaitable<void> {
           using namespace asio::experimental::awaitable_operators;
           o.ended({}, co_await (o.start(perf_timer::timed(t, asio::use_awaitable)) &&
                                 asio::post(asio::use_awaitable)));
         }(timer, operation));
       }},
  };
  return all;
}

asio::any_io_executor executor_of(asio::io_context& context, On on) {
  switch (on) {
    case On::plain:
      break;
    case On::plain_strand:
      return asio::make_strand(context);
    case On::instrumented:
      return instrument<Clock>(context);
    case On::typed_strand:
      return asio::make_strand(instrument<Clock>(context));
    case On::strand:
      return instrument<Clock>(asio::make_strand(asio::any_io_executor(context.get_executor())));
    case On::task:
      return perf_timer::task<Clock>(context);
  }
  return context.get_executor();
}

constexpr On everywhere[] = {On::plain,        On::plain_strand, On::instrumented,
                             On::typed_strand, On::strand,       On::task};

BOOST_AUTO_TEST_CASE(each_token_on_each_executor) {
  for (const Row& row : rows()) {
    for (const On on : everywhere) {
      BOOST_TEST_CONTEXT(row.token << ", " << on) {
        asio::io_context context;
        Timer timer("timed");
        Operation operation(context, executor_of(context, on));
        row.start(timer, operation);
        context.run();
        operation.check_result();
        check_times(timer, Operation::times);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_around_holds_the_operation_and_the_handler) {
  for (const On on : {On::instrumented, On::typed_strand, On::strand, On::task}) {
    BOOST_TEST_CONTEXT(on) {
      asio::io_context context;
      Timer timer("timed"), around("around");
      Operation operation(context, executor_of(context, on));
      operation.spawn([](Timer& t, Timer& a, Operation& o) -> asio::awaitable<void> {
        const auto run = a.measure();
        compute<Clock>(100);
        o.ended({}, co_await o.start(perf_timer::timed(t, asio::use_awaitable)));
        compute<Clock>(1000);
      }(timer, around, operation));
      context.run();
      check_times(timer, Operation::times);
      check_times(around, {101'163, 101'103, 10});
    }
  }
}

// Without an executor of the program's, a future has one of its own.
BOOST_AUTO_TEST_CASE(a_future_alone) {
  for (const On on : everywhere) {
    BOOST_TEST_CONTEXT(on) {
      asio::io_context context;
      Timer timer;
      asio::steady_timer wait(executor_of(context, on), std::chrono::milliseconds(1));
      auto future = wait.async_wait(perf_timer::timed(timer, asio::use_future));
      asio::post(context, [] { compute<Clock>(50); });
      context.run();
      future.get();
#if ASIO_FOLLOWS_FUTURES
      check_times(timer, {50, 0, 0});
#else
      check_partial(timer, 1);
#endif
    }
  }
}

using OwnToken = asio::use_awaitable_t<>;
using OwnTimer = OwnToken::as_default_on_t<asio::steady_timer>;

BOOST_AUTO_TEST_CASE(the_default_token) {
  asio::io_context context;
  Timer timer;
  const auto program = [&]() -> asio::awaitable<void> {
    OwnTimer wait(co_await asio::this_coro::executor, std::chrono::milliseconds(1));
    asio::post(context, [] { compute<Clock>(50); });
    co_await wait.async_wait(perf_timer::timed(timer));
  };
  asio::co_spawn(instrument<Clock>(context), program(), asio::detached);
  context.run();
  check_times(timer, {50, 0, 0});
}

// A coroutine that is instrumented awaits an operation on a plain I/O object: the handler's
// executor is the coroutine's.
BOOST_AUTO_TEST_CASE(an_operation_elsewhere) {
  asio::io_context context;
  Timer timer("timed"), around("around");
  Operation operation(context, context.get_executor());
  asio::co_spawn(
      instrument<Clock>(context),
      [&]() -> asio::awaitable<void> {
        const auto run = around.measure();
        co_await operation.start(perf_timer::timed(timer, asio::use_awaitable));
      },
      asio::detached);
  context.run();
  check_times(timer, Operation::times);
  check_times(around, Operation::times);
}

BOOST_AUTO_TEST_CASE(switched_off_it_measures_nothing_and_the_program_is_the_same) {
  for (const Row& row : rows()) {
    for (const On on : everywhere) {
      BOOST_TEST_CONTEXT(row.token << ", " << on) {
        asio::io_context context;
        Timer timer("timed");
        timer.enabled(false);
        Operation operation(context, executor_of(context, on));
        row.start(timer, operation);
        context.run();
        operation.check_result();
        check_outcomes(timer, 0, 0, 0);
      }
    }
  }
}

// What is outside decides where the operation's steps execute.
BOOST_AUTO_TEST_CASE(inside_an_adapter_that_names_a_plain_executor_it_is_not_followed) {
  asio::io_context context;
  Timer timer;
  Operation operation(context, instrument<Clock>(context));
  operation.start(asio::bind_executor(
      context, perf_timer::timed(timer, [&operation](error_code error, int result) {
        operation.ended(error, result);
      })));
  context.run();
  operation.check_result();
  check_partial(timer, 1);
  BOOST_TEST(timer.snapshot().elapsed.total.count() == Operation::times.elapsed);
}

BOOST_AUTO_TEST_CASE(threads_of_a_pool) {
  for (const bool instrumented : {false, true}) {
    asio::thread_pool pool(4);
    QuietTimer<ThreadManualClock> timer;
    asio::any_io_executor executor = pool.get_executor();
    if (instrumented) executor = instrument<ThreadManualClock>(pool);
    constexpr int operations = 200;
    for (int i = 0; i < operations; ++i)
      asio::post(executor, perf_timer::timed(timer, asio::bind_executor(executor, [] {
                                               compute<ThreadManualClock>(1000);
                                             })));
    pool.join();
    check_busy(timer, 0, operations);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
