//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The semantics table of doc/design.md: coroutines that talk through a channel, on old and new
// Asio.
#include "common/error_code.hpp"
#include "common/optional_run.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/channel.hpp>

#include <cstddef>
#include <utility>

namespace perf_timer::test {
namespace {

using namespace asio::experimental::awaitable_operators;
using Clock = ManualClock;
using Channel = asio::experimental::channel<void(asio::error_code, int)>;

constexpr int messages = 20;

/// Sending each message is a run of 1 tick, receiving it a run of 2.
asio::awaitable<void> produce(Channel& channel, QuietTimer<Clock>* timer) {
  for (int i = 0; i < messages; ++i) {
    OptionalRun<QuietTimer<Clock>> run;
    if (timer) run.measure(*timer);
    compute<Clock>(1);
    co_await channel.async_send({}, i, asio::use_awaitable);
  }
}

asio::awaitable<void> consume(Channel& channel, QuietTimer<Clock>* timer) {
  for (int i = 0; i < messages; ++i) {
    OptionalRun<QuietTimer<Clock>> run;
    if (timer) run.measure(*timer);
    BOOST_TEST(co_await channel.async_receive(asio::use_awaitable) == i);
    compute<Clock>(2);
  }
}

struct Timers {
  QuietTimer<Clock> produced{"produced"}, consumed{"consumed"}, both{"both"};
};

BOOST_AUTO_TEST_SUITE(semantics_channel)

BOOST_AUTO_TEST_CASE(on_one_executor) {
  for (const std::size_t buffer : {0u, 1u, 3u, 100u}) {
    for (const Place place : single_threaded) {
      World<Clock> world(place);
      Timers timers;
      Channel channel(world.executor(), buffer);
      world.spawn(produce(channel, &timers.produced));
      world.spawn(noise<Clock>());
      world.run(consume(channel, &timers.consumed));
      BOOST_TEST_CONTEXT("buffer " << buffer << ", " << place) {
        check_busy(timers.produced, messages, messages);
        check_busy(timers.consumed, 2 * messages, messages);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(on_one_executor_the_receiver_first) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    Timers timers;
    Channel channel(world.executor(), 0);
    world.spawn(consume(channel, &timers.consumed));
    world.run(produce(channel, &timers.produced));
    BOOST_TEST_CONTEXT(place) {
      check_busy(timers.produced, messages, messages);
      check_busy(timers.consumed, 2 * messages, messages);
    }
  }
}

BOOST_AUTO_TEST_CASE(only_one_of_them_measured) {
  for (const Place place : single_threaded) {
    for (const bool producer_first : {true, false}) {
      BOOST_TEST_CONTEXT(place << (producer_first ? ", producer first" : ", consumer first")) {
        Timers timers;
        {
          World<Clock> world(place);
          Channel channel(world.executor(), 0);
          if (producer_first) world.spawn(produce(channel, &timers.produced));
          world.spawn(consume(channel, nullptr));
          if (!producer_first) world.spawn(produce(channel, &timers.produced));
          world.run();
          check_busy(timers.produced, messages, messages);
        }
        {
          World<Clock> world(place);
          Channel channel(world.executor(), 0);
          if (producer_first) world.spawn(produce(channel, nullptr));
          world.spawn(consume(channel, &timers.consumed));
          if (!producer_first) world.spawn(produce(channel, nullptr));
          world.run();
          check_busy(timers.consumed, 2 * messages, messages);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(as_branches_of_one_run) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    Timers timers;
    const auto program = [&]() -> asio::awaitable<void> {
      Channel channel(co_await asio::this_coro::executor, 0);
      const auto run = timers.both.measure();
      co_await (produce(channel, &timers.produced) && consume(channel, &timers.consumed));
    };
    world.run(program());
    BOOST_TEST_CONTEXT(place) {
      check_busy(timers.produced, messages, messages);
      check_busy(timers.consumed, 2 * messages, messages);
      check_busy(timers.both, 3 * messages);
    }
  }
}

BOOST_AUTO_TEST_CASE(on_strands_of_their_own) {
  World<Clock> world(Place::strand);
  Timers timers;
  Channel channel(world.executor(), 0);
  world.spawn(produce(channel, &timers.produced));
  world.spawn(consume(channel, &timers.consumed));
  world.run();
  check_busy(timers.produced, messages, messages);
  check_busy(timers.consumed, 2 * messages, messages);
}

BOOST_AUTO_TEST_CASE(through_a_channel_on_a_plain_executor_exact_or_lost) {
  // Newer versions of Asio wake the receiver from a function of the channel's own executor, which
  // carries no span here. The woken run then ends in the waker's span, and both are lost.
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    Timers timers;
    Channel channel(world.context(), 0);
    world.spawn(produce(channel, &timers.produced));
    world.run(consume(channel, &timers.consumed));
    for (const auto& [timer, busy] :
         {std::pair(&timers.produced, 1), std::pair(&timers.consumed, 2)}) {
      const auto snapshot = timer->snapshot();
      BOOST_TEST(snapshot.runs + snapshot.lost == static_cast<std::uint64_t>(messages));
      if (snapshot.runs != 0) {
        BOOST_TEST(snapshot.busy.min.count() == busy);
        BOOST_TEST(snapshot.busy.max.count() == busy);
      }
      if (place == Place::task) BOOST_TEST(snapshot.lost == 0u);  // rule 6
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
