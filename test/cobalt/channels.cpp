//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Channels between measured coroutines.
#include "cobalt/coroutines.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/experimental/channel.hpp>

namespace perf_timer::test {
namespace {

BOOST_AUTO_TEST_SUITE(channels)

/// Whoever writes resumes who reads by hand, in the same step, and the other way round. So a run
/// for each message is exact, and one that is open over a read or write may hold what the other
/// side computes.
BOOST_AUTO_TEST_CASE(a_scope_for_each_message_of_cobalts_channel) {
  for (const std::size_t limit : {0u, 1u, 5u}) {
    BOOST_TEST_CONTEXT("room for " << limit) {
      in_single_threaded_places([&]<class Clock>(World<Clock>& world) {
        QuietTimer<Clock> made("made"), taken("taken");
        run_on(world, [&]() -> cobalt::task<void> {
          cobalt::channel<int> channel(limit);
          const auto write = [&]() -> cobalt::promise<void> {
            for (const int n : {1, 2, 3}) {
              {
                const auto run = made.measure();
                compute<Clock>(n);
              }
              co_await channel.write(n);
            }
          };
          const auto read = [&]() -> cobalt::promise<void> {
            for (int i = 0; i != 3; ++i) {
              const int n = co_await channel.read();
              const auto run = taken.measure();
              compute<Clock>(10 * n);
            }
          };
          co_await cobalt::join(read(), write());
          compute<Clock>(5'000);
        });
        check_busy(made, 6, 3);
        check_busy(taken, 60, 3);
      });
    }
  }
}

/// A channel of Asio's on an instrumented executor wakes who waits by a function of its own.
BOOST_AUTO_TEST_CASE(a_channel_of_asio_between_decorated_promises) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> writer("writer"), reader("reader");
    run_on(world, [&]() -> cobalt::task<void> {
      asio::experimental::channel<void(boost::system::error_code, int)> channel(
          co_await cobalt::this_coro::executor, 1);
      const auto write = writer.decorate([&]() -> cobalt::promise<void> {
        for (const int n : {1, 2, 3}) {
          compute<Clock>(n);
          co_await channel.async_send({}, n, cobalt::use_op);
        }
      });
      const auto read = reader.decorate([&]() -> cobalt::promise<void> {
        for (int i = 0; i != 3; ++i)
          compute<Clock>(10 * co_await channel.async_receive(cobalt::use_op));
      });
      co_await cobalt::join(write(), read());
      compute<Clock>(5'000);
    });
    check_busy(writer, 6);
    check_busy(reader, 60);
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
