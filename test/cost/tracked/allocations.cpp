//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// In the steady state, a tracked program allocates nothing for its operations. Asio itself takes
// their memory from what it keeps for each thread, in a tracked program as in others.
#define BOOST_TEST_MODULE tracked_cost

#include "cost/allocation_count.hpp"
#include "tracking/started.hpp"

#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/instrument.hpp>
#include <perf_timer/operations.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <string>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
using detail::OperationResult;
using detail::OperationSite;

constexpr int warm_up = 1024, counted = 10'000;

/// A histogram allocates a page when the first sample falls into an octave, which can happen at any
/// time. An operation has three.
constexpr std::uint64_t pages_of_one = 3 * 57;
static_assert(4 * pages_of_one < counted / 10);

/// Counts what is allocated in the last `counted` turns.
class Turns {
 public:
  [[nodiscard]] bool next() {
    if (++done_ == warm_up) before_ = allocation_count();
    if (done_ < warm_up + counted) return true;
    allocated_ = allocation_count() - before_;
    return false;
  }
  [[nodiscard]] std::uint64_t allocated() const { return allocated_; }

 private:
  int done_ = 0;
  std::uint64_t before_ = 0, allocated_ = 0;
};

std::uint64_t started_so_far() {
  std::uint64_t sum = 0;
  for (const OperationSnapshot& operation : operations()) sum += operation.count;
  return sum;
}

/// Checks that the turns have started operations, and allocated nothing but pages.
template <class Program>
void expect_no_allocation(std::uint64_t different_operations, Program program) {
  Turns turns;
  const std::uint64_t before = started_so_far();
  program(turns);
  BOOST_TEST(started_so_far() >= before + counted);
  BOOST_TEST(turns.allocated() <= different_operations * pages_of_one);
}

template <class Coroutine>
void run_coroutine(const auto& executor, asio::io_context& context, Coroutine coroutine) {
  asio::co_spawn(executor, coroutine, asio::detached);
  context.run();
}

BOOST_AUTO_TEST_CASE(are_counted) {
  const auto before = allocation_count();
  delete new std::string(1000, 'x');
  BOOST_TEST(allocation_count() >= before + 1);
}

BOOST_AUTO_TEST_CASE(none_at_all_where_no_octave_is_new) {
  OperationSite site{"", false};
  Turns turns;
  while (turns.next())
    tracked::Started(site, "async_steady", 1000).end(OperationResult::success, 1300, 1340);
  BOOST_TEST(turns.allocated() == 0u);
}

BOOST_AUTO_TEST_CASE(none_for_functions) {
  expect_no_allocation(1, [](Turns& turns) {
    asio::io_context context;
    struct Posted {
      asio::io_context& context;
      Turns& turns;
      void operator()() const {
        if (turns.next()) asio::post(context, *this);
      }
    };
    asio::post(context, Posted{context, turns});
    context.run();
  });
}

BOOST_AUTO_TEST_CASE(none_where_a_coroutine_awaits_a_timer) {
  expect_no_allocation(2, [](Turns& turns) {
    asio::io_context context;
    run_coroutine(context.get_executor(), context, [&]() -> asio::awaitable<void> {
      asio::steady_timer timer(co_await asio::this_coro::executor);
      while (turns.next()) {
        timer.expires_at(std::chrono::steady_clock::time_point::min());
        co_await timer.async_wait(asio::use_awaitable);
      }
    });
  });
}

BOOST_AUTO_TEST_CASE(none_for_composed_operations) {
  expect_no_allocation(4, [](Turns& turns) {
    asio::io_context context;
    asio::local::stream_protocol::socket from{context}, to{context};
    asio::local::connect_pair(from, to);
    run_coroutine(context.get_executor(), context, [&]() -> asio::awaitable<void> {
      std::array<char, 4> data{};
      while (turns.next()) {
        co_await asio::async_write(from, asio::buffer(data), asio::use_awaitable);
        co_await asio::async_read(to, asio::buffer(data), asio::use_awaitable);
      }
    });
  });
}

BOOST_AUTO_TEST_CASE(none_for_what_a_run_waits_for) {
  AsioPerfTimer request("request", {.log = silent});
  expect_no_allocation(2, [&](Turns& turns) {
    asio::io_context context;
    run_coroutine(instrument(context), context, [&]() -> asio::awaitable<void> {
      const auto run = request.measure();
      asio::steady_timer timer(co_await asio::this_coro::executor);
      while (turns.next()) {
        timer.expires_at(std::chrono::steady_clock::time_point::min());
        co_await timer.async_wait(asio::use_awaitable);
      }
    });
  });
  BOOST_REQUIRE(!request.snapshot().idle_in.empty());
  BOOST_TEST(request.snapshot().idle_in.front().count >= counted);
}

}  // namespace
}  // namespace perf_timer::test
