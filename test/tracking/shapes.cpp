//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Programs of any shape compile and do what they did before, and their operations are known.
#include <boost/asio.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/test/unit_test.hpp>

#include "common/error_code.hpp"
#include "tracked.hpp"

#include <chrono>
#include <coroutine>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace asio = boost::asio;

namespace {

/// Tells `coroutine_traits` which coroutines are a program's own.
struct ProgramsOwn {};
int own_promises = 0;

struct OwnPromise : std::coroutine_traits<asio::awaitable<void>>::promise_type {
  OwnPromise() { ++own_promises; }
};

}  // namespace

/// A program may say so of its own types. One of the library's must not be as good a match.
template <class... Arguments>
struct std::coroutine_traits<asio::awaitable<void>, ProgramsOwn, Arguments...> {
  using promise_type = OwnPromise;
};

BOOST_AUTO_TEST_SUITE(shapes)

namespace {

using Clock = std::chrono::steady_clock;
const Clock::time_point over = Clock::time_point::min();

using Plain = asio::io_context::executor_type;
using PlainTimer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Plain>;
/// It knows this line, where nothing is awaited.
constexpr asio::use_awaitable_t<Plain> plain;

/// Runs a coroutine to its end, and returns the operations of the line that it returns.
template <class Executor>
std::string of_line(asio::io_context& context, asio::awaitable<unsigned, Executor> coroutine) {
  unsigned line = 0;
  asio::co_spawn(context, std::move(coroutine), [&](const std::exception_ptr& error, unsigned at) {
    BOOST_REQUIRE(!error);
    line = at;
  });
  context.run();
  return tracked::words(tracked::at_line(__FILE__, line));
}

asio::awaitable<unsigned, Plain> on_a_plain_executor() {
  PlainTimer timer(co_await asio::this_coro::executor, over);
  co_await timer.async_wait(plain);
  co_return __LINE__ - 1;
}

asio::awaitable<unsigned, Plain> child_on_a_plain_executor() {
  const auto child = []() -> asio::awaitable<unsigned, Plain> {
    PlainTimer timer(co_await asio::this_coro::executor, over);
    co_await timer.async_wait(plain);
    co_return __LINE__ - 1;
  };
  co_return co_await child();
}

/// Can't be copied, nor made of nothing.
struct Result {
  explicit Result(unsigned at) : line(std::make_unique<unsigned>(at)) {}
  std::unique_ptr<unsigned> line;
};

template <class T>
asio::awaitable<T> template_that_returns() {
  asio::steady_timer timer(co_await asio::this_coro::executor, over);
  co_await timer.async_wait(asio::use_awaitable);
  co_return T(__LINE__ - 1);
}

struct Object {
  virtual ~Object() = default;
  virtual asio::awaitable<unsigned> member() const {
    asio::steady_timer timer(co_await asio::this_coro::executor, over);
    co_await timer.async_wait(asio::use_awaitable);
    co_return __LINE__ - 1;
  }
};

asio::awaitable<void> of_the_program(ProgramsOwn) { co_await asio::this_coro::executor; }

/// Returns the operations of an object and name, from all places.
perf_timer::OperationSnapshot all_of(std::string_view object, std::string_view name) {
  perf_timer::OperationSnapshot sum;
  for (const auto& operation : perf_timer::operations()) {
    if (operation.object != object || operation.operation != name) continue;
    sum.count += operation.count;
    sum.failed += operation.failed;
    sum.cancelled += operation.cancelled;
    sum.dropped += operation.dropped;
    sum.open += operation.open;
  }
  return sum;
}

}  // namespace

BOOST_AUTO_TEST_CASE(coroutines_of_another_executor) {
  asio::io_context context;
  BOOST_TEST(of_line(context, on_a_plain_executor()) == "deadline_timer.async_wait");
  context.restart();
  BOOST_TEST(of_line(context, child_on_a_plain_executor()) == "deadline_timer.async_wait");
}

BOOST_AUTO_TEST_CASE(coroutines_whose_result_can_only_be_moved) {
  asio::io_context context;
  const auto line = []() -> asio::awaitable<unsigned> {
    const Result result = co_await template_that_returns<Result>();
    co_return *result.line;
  };
  BOOST_TEST(of_line(context, line()) == "deadline_timer.async_wait");
}

BOOST_AUTO_TEST_CASE(coroutines_that_are_members) {
  asio::io_context context;
  const std::unique_ptr<Object> object = std::make_unique<Object>();
  BOOST_TEST(of_line(context, object->member()) == "deadline_timer.async_wait");
}

BOOST_AUTO_TEST_CASE(coroutines_with_a_promise_of_the_program) {
  asio::io_context context;
  asio::co_spawn(context, of_the_program({}), asio::detached);
  context.run();
  BOOST_TEST(own_promises == 1);
}

BOOST_AUTO_TEST_CASE(channels_count_what_is_sent_and_received) {
  asio::io_context context;
  asio::experimental::channel<void(asio::error_code, int)> channel(context, 2);
  int sent = 0, received = 0;
  std::function<void()> receive = [&] {
    channel.async_receive([&](const asio::error_code& error, int) {
      if (error) return;
      ++received;
      receive();
    });
  };
  std::function<void()> send = [&] {
    channel.async_send({}, 1, [&](const asio::error_code&) {
      if (++sent < 10)
        send();
      else
        channel.close();
    });
  };
  receive();
  send();
  context.run();
  BOOST_TEST(sent == 10);
  // One finds the channel closed.
  BOOST_TEST(all_of("channel", "async_send").count == 10u);
  BOOST_TEST(all_of("channel", "async_receive").count == static_cast<unsigned>(received) + 1);
  BOOST_TEST(all_of("channel", "async_receive").open == 0u);
}

BOOST_AUTO_TEST_CASE(what_a_context_takes_with_it_is_dropped) {
  const auto before = all_of("deadline_timer", "async_wait");
  {
    asio::io_context context;
    asio::co_spawn(
        context,
        []() -> asio::awaitable<void> {
          asio::steady_timer timer(co_await asio::this_coro::executor, Clock::time_point::max());
          co_await timer.async_wait(asio::use_awaitable);
        },
        asio::detached);
    context.poll();
    BOOST_TEST(all_of("deadline_timer", "async_wait").open == before.open + 1);
  }
  const auto after = all_of("deadline_timer", "async_wait");
  BOOST_TEST(after.open == before.open);
  BOOST_TEST(after.dropped == before.dropped + 1);
}

BOOST_AUTO_TEST_CASE(the_loser_of_a_group_is_cancelled) {
  const auto before = all_of("deadline_timer", "async_wait");
  asio::io_context context;
  asio::steady_timer winner(context, over), loser(context, Clock::time_point::max());
  asio::experimental::make_parallel_group(winner.async_wait(asio::deferred),
                                          loser.async_wait(asio::deferred))
      .async_wait(asio::experimental::wait_for_one(), [](auto&&...) {});
  context.run();
  const auto after = all_of("deadline_timer", "async_wait");
  BOOST_TEST(after.count - before.count == 2u);
  BOOST_TEST(after.cancelled - before.cancelled == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
