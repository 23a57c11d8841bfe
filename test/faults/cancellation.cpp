//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A coroutine with an await of each kind. Each await is cancelled in each way.
#include "common/error_code.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/experimental/parallel_group.hpp>

#include <memory>
#include <string>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using Timer = QuietTimer<Clock>;
using Gate = asio::experimental::channel<void(asio::error_code, int)>;

/// What the coroutine awaits.
enum class Await { timer, child, both, either, group, channel };
constexpr Await awaits[] = {Await::timer,  Await::child, Await::both,
                            Await::either, Await::group, Await::channel};

struct Row {
  Await cancelled_in;
  asio::cancellation_type type;
  bool caught;     ///< the coroutine catches it, and goes on
  bool decorated;  ///< else measured by a scope
};

bool parallel(const Row& row) {
  return row.cancelled_in == Await::both || row.cancelled_in == Await::either;
}

/// A branch of `&&` and `||` is a coroutine of its own. It passes on only terminal cancellation.
/// The next await sees the other kinds.
bool ends_the_await(const Row& row) {
  return row.type == asio::cancellation_type::terminal || !parallel(row);
}

class Program {
 public:
  explicit Program(Row row, const asio::any_io_executor& executor)
      : row_(row), executor_(executor) {}

  asio::awaitable<void> run() {
    if (row_.decorated) {
      co_await timer.decorate(body());
    } else {
      const auto scope = timer.measure();
      co_await body();
    }
  }

  /// Opens all gates, so that everything goes on that wasn't cancelled.
  void open() {
    for (auto* gate : {&gate_, &other_}) gate->try_send(asio::error_code(), 0);
  }

  Timer timer{"timer"}, child{"child"};
  asio::cancellation_signal signal;
  int suspended_in = -1;  ///< index of the await that is under way

 private:
  asio::awaitable<void> body() {
    co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
    for (const Await await : awaits) {
      Clock::advance(1);
      suspended_in = static_cast<int>(await);
      bool failed = false;
      try {
        if (await == row_.cancelled_in)
          co_await wait(await);
        else
          co_await asio::post(asio::use_awaitable);
      } catch (const std::exception&) {  // a system_error; && has several
        if (!row_.caught) throw;
        failed = true;
      }
      Clock::advance(failed ? 10 : 2);
      if (failed)
        co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
    }
  }

  asio::awaitable<void> wait(Await await) {
    using namespace asio::experimental::awaitable_operators;
    switch (await) {
      case Await::timer:
        co_await never_.async_wait(asio::use_awaitable);
        break;
      case Await::child:
        co_await in_a_child();
        break;
      case Await::both:
        co_await (through(gate_) && through(other_));
        break;
      case Await::either:
        co_await (through(gate_) || through(other_));
        break;
      case Await::group: {
        const auto [order, first, number, second, other_number] =
            co_await asio::experimental::make_parallel_group(gate_.async_receive(asio::deferred),
                                                             other_.async_receive(asio::deferred))
                .async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
        static_cast<void>(order), static_cast<void>(number), static_cast<void>(other_number);
        if (first) throw asio::system_error(first);
        if (second) throw asio::system_error(second);
        break;
      }
      case Await::channel:
        co_await gate_.async_receive(asio::use_awaitable);
        break;
    }
  }
  asio::awaitable<void> in_a_child() {
    const auto run = child.measure();
    Clock::advance(5);
    co_await gate_.async_receive(asio::use_awaitable);
    Clock::advance(5);
  }
  asio::awaitable<void> through(Gate& gate) {
    Clock::advance(3);
    co_await gate.async_receive(asio::use_awaitable);
    Clock::advance(3);
  }

  const Row row_;
  const asio::any_io_executor executor_;
  Gate gate_{executor_, 1}, other_{executor_, 1};
  asio::steady_timer never_{executor_, asio::steady_timer::time_point::max()};
};

void check(const Row& row, Place place) {
  World<Clock> world(place);
  const auto executor = world.executor();
  Program program(row, executor);
  bool ended = false, threw = false;
  asio::co_spawn(executor, program.run(),
                 asio::bind_cancellation_slot(program.signal.slot(), [&](std::exception_ptr error) {
                   ended = true;
                   threw = error != nullptr;
                 }));
  world.context().poll();
  BOOST_TEST(program.suspended_in == static_cast<int>(row.cancelled_in));
  Clock::advance(1000);  // idle
  program.signal.emit(row.type);
  world.context().restart();
  world.context().poll();
  BOOST_TEST(ended == ends_the_await(row));
  program.open();
  world.context().restart();
  world.context().poll();
  BOOST_TEST(ended);

  BOOST_TEST(threw == !row.caught);
  if (!row.caught) {
    check_outcomes(program.timer, 0, 1, 0);
  } else if (ends_the_await(row)) {
    // Five awaits of 1 + 2. The cancelled one counts what it executed before the cancellation.
    const int before = row.cancelled_in == Await::child ? 5 : parallel(row) ? 3 + 3 : 0;
    check_busy(program.timer, 5 * (1 + 2) + 1 + before + 10);
  } else {
    check_busy(program.timer, 5 * (1 + 2) + 2 * (3 + 3) + 1 + 10);
  }
  if (row.cancelled_in == Await::child) check_outcomes(program.child, 0, 1, 0);
}

BOOST_AUTO_TEST_SUITE(cancellation)

// Channels of newer versions of Asio ask the executor of a handler only where they wake it. Here
// that is outside of every step.
BOOST_AUTO_TEST_CASE(in_each_await_in_each_way) {
  for (const Place place : single_threaded)
    for (const Await await : awaits)
      for (const auto type : {asio::cancellation_type::terminal, asio::cancellation_type::partial,
                              asio::cancellation_type::total})
        for (const bool caught : {false, true})
          for (const bool decorated : {false, true})
            BOOST_TEST_CONTEXT(place << ", await " << static_cast<int>(await) << ", type "
                                     << static_cast<int>(type) << (caught ? ", caught" : "")
                                     << (decorated ? ", decorated" : ""))
  check({await, type, caught, decorated}, place);
}

// Decorated on a plain executor, the coroutine is cancelled as if it weren't decorated.
BOOST_AUTO_TEST_CASE(of_an_awaitable_on_a_plain_executor) {
  for (const Await await : awaits) {
    for (const bool caught : {false, true}) {
      BOOST_TEST_CONTEXT("await " << static_cast<int>(await) << (caught ? ", caught" : "")) {
        asio::io_context context;
        const Row row{await, asio::cancellation_type::terminal, caught, true};
        Program program(row, instrument<Clock>(context));
        bool threw = false;
        asio::co_spawn(
            context, program.run(),
            asio::bind_cancellation_slot(program.signal.slot(), [&](std::exception_ptr error) {
              threw = error != nullptr;
            }));
        context.poll();
        program.signal.emit(row.type);
        context.restart();
        context.poll();
        BOOST_TEST(threw == !caught);
        caught ? check_partial(program.timer, 1) : check_outcomes(program.timer, 0, 1, 0);
      }
    }
  }
}

// The loser of `||` is cancelled. Its run has the outcome that the coroutine has.
BOOST_AUTO_TEST_CASE(the_loser_of_a_race) {
  using namespace asio::experimental::awaitable_operators;
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    Timer whole("whole"), winner("winner"), loser("loser"), stubborn("stubborn");
    const auto wins = [&]() -> asio::awaitable<void> {
      const auto run = winner.measure();
      Clock::advance(2);
      co_await asio::post(asio::use_awaitable);
      Clock::advance(2);
    };
    const auto waits = [&](Timer& timer, bool caught) -> asio::awaitable<void> {
      const auto run = timer.measure();
      Clock::advance(3);
      asio::steady_timer never(co_await asio::this_coro::executor,
                               asio::steady_timer::time_point::max());
      try {
        co_await never.async_wait(asio::use_awaitable);
      } catch (const asio::system_error&) {
        if (!caught) throw;
      }
      Clock::advance(4);
    };
    const auto program = [&]() -> asio::awaitable<void> {
      const auto run = whole.measure();
      co_await (wins() || waits(loser, false) || waits(stubborn, true));
    };
    world.run(program());
    check_busy(winner, 4);
    check_outcomes(loser, 0, 1, 0);
    check_busy(stubborn, 7);
    check_busy(whole, 4 + 3 + 7);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
