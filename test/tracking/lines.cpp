//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Where an operation is awaited, of programs that name nothing.
#include <perf_timer/instrument.hpp>

#include <boost/asio.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/test/unit_test.hpp>

#include "common/asio_has.hpp"
#include "common/error_code.hpp"
#include "tracked.hpp"

#include <array>
#include <chrono>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(lines)

#if defined(PERF_TIMER_STANDALONE_ASIO)
#define HANDLER_LOCATION ASIO_HANDLER_LOCATION
#else
#define HANDLER_LOCATION BOOST_ASIO_HANDLER_LOCATION
#endif

namespace asio = boost::asio;
using namespace boost::asio::experimental::awaitable_operators;
using boost::asio::ip::tcp;

namespace {

asio::steady_timer over(const asio::any_io_executor& executor) {
  return asio::steady_timer(executor, std::chrono::steady_clock::time_point::min());
}

/// To the compiler, all that is in a macro's argument is on one line. So the tests' coroutines are
/// in none. Runs a coroutine to its end, and returns the operations of the line that it returns.
template <class Coroutine>
std::string of_line(Coroutine coroutine) {
  asio::io_context context;
  unsigned line = 0;
  asio::co_spawn(
      context, [&]() -> asio::awaitable<void> { line = co_await coroutine(); }, asio::detached);
  context.run();
  return tracked::words(tracked::at_line(__FILE__, line));
}

struct Connected {
  tcp::socket a, b;

  explicit Connected(const asio::any_io_executor& executor) : a(executor), b(executor) {
    tcp::acceptor acceptor(executor, {asio::ip::make_address("127.0.0.1"), 0});
    a.connect(acceptor.local_endpoint());
    acceptor.accept(b);
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_token_that_knows_nothing) {
  const std::string words = of_line([&]() -> asio::awaitable<unsigned> {
    auto timer = over(co_await asio::this_coro::executor);
    co_await timer.async_wait(asio::use_awaitable);
    co_return __LINE__ - 1;
  });
  BOOST_TEST(words == "deadline_timer.async_wait");
}

#if ASIO_AWAITS_DEFERRED
BOOST_AUTO_TEST_CASE(a_deferred_operation) {
  const std::string words = of_line([&]() -> asio::awaitable<unsigned> {
    auto timer = over(co_await asio::this_coro::executor);
    co_await timer.async_wait(asio::deferred);
    co_return __LINE__ - 1;
  });
  BOOST_TEST(words == "deadline_timer.async_wait");
}
#endif

BOOST_AUTO_TEST_CASE(a_token_that_knows_its_line) {
  const std::string words = of_line([&]() -> asio::awaitable<unsigned> {
    auto timer = over(co_await asio::this_coro::executor);
    co_await timer.async_wait(asio::use_awaitable_t<>(__FILE__, __LINE__, "here"));
    co_return __LINE__ - 1;
  });
  BOOST_TEST(words == "deadline_timer.async_wait");
}

BOOST_AUTO_TEST_CASE(a_default_token) {
  using Timer = asio::use_awaitable_t<>::as_default_on_t<asio::steady_timer>;
  const std::string words = of_line([&]() -> asio::awaitable<unsigned> {
    Timer timer(co_await asio::this_coro::executor, std::chrono::steady_clock::time_point::min());
    co_await timer.async_wait();
    co_return __LINE__ - 1;
  });
  BOOST_TEST(words == "deadline_timer.async_wait");
}

BOOST_AUTO_TEST_CASE(an_operation_that_was_made_before) {
  const std::string words = of_line([&]() -> asio::awaitable<unsigned> {
    auto timer = over(co_await asio::this_coro::executor);
    auto wait = timer.async_wait(asio::use_awaitable);
    co_await std::move(wait);
    co_return __LINE__ - 1;
  });
  BOOST_TEST(words == "deadline_timer.async_wait");
}

BOOST_AUTO_TEST_CASE(both_sides_of_an_operator) {
  const std::string words = of_line([&]() -> asio::awaitable<unsigned> {
    auto first = over(co_await asio::this_coro::executor);
    auto second = over(co_await asio::this_coro::executor);
    co_await (first.async_wait(asio::use_awaitable) && second.async_wait(asio::use_awaitable));
    co_return __LINE__ - 1;
  });
  BOOST_TEST(words == "deadline_timer.async_wait 2");
}

BOOST_AUTO_TEST_CASE(a_line_is_not_taken_for_what_a_coroutine_hides) {
  // The coroutine's own line is known. Nothing tells when the other side begins.
  const std::string words = of_line([&]() -> asio::awaitable<unsigned> {
    auto timer = over(co_await asio::this_coro::executor);
    const auto child = [&]() -> asio::awaitable<void> {
      auto inner = over(co_await asio::this_coro::executor);
      co_await inner.async_wait(asio::use_awaitable);
    };
    co_await (child() && timer.async_wait(asio::use_awaitable));
    co_return __LINE__ - 1;
  });
  BOOST_TEST(words == "");
}

BOOST_AUTO_TEST_CASE(nor_for_what_comes_after_branches_in_a_branch) {
  // Of the two inside, one has the line. The last one isn't there.
  unsigned inside = 0;
  static_cast<void>(of_line([&]() -> asio::awaitable<unsigned> {
    auto timer = over(co_await asio::this_coro::executor);
    const auto child = [&]() -> asio::awaitable<void> {
      auto first = over(co_await asio::this_coro::executor);
      auto second = over(co_await asio::this_coro::executor);
      auto both = first.async_wait(asio::use_awaitable) && second.async_wait(asio::use_awaitable);
      co_await std::move(both);
      inside = __LINE__ - 1;
    };
    co_await (child() && timer.async_wait(asio::use_awaitable));
    co_return __LINE__ - 1;
  }));
  BOOST_TEST(tracked::words(tracked::at_line(__FILE__, inside)) == "deadline_timer.async_wait");
}

BOOST_AUTO_TEST_CASE(a_child_has_its_own) {
  const std::string words = of_line([&]() -> asio::awaitable<unsigned> {
    const auto child = [&]() -> asio::awaitable<unsigned> {
      auto timer = over(co_await asio::this_coro::executor);
      co_await timer.async_wait(asio::use_awaitable);
      co_return __LINE__ - 1;
    };
    co_return co_await child();
  });
  BOOST_TEST(words == "deadline_timer.async_wait");
}

BOOST_AUTO_TEST_CASE(steps_of_a_composed_operation) {
  const std::string words = of_line([&]() -> asio::awaitable<unsigned> {
    Connected sockets(co_await asio::this_coro::executor);
    std::array<char, 8> data{};
    asio::write(sockets.a, asio::buffer(data, 4));
    asio::post(co_await asio::this_coro::executor,
               [&] { asio::write(sockets.a, asio::buffer(data, 4)); });
    co_await asio::async_read(sockets.b, asio::buffer(data), asio::use_awaitable);
    co_return __LINE__ - 1;
  });
  BOOST_TEST(words == "async_read: socket.async_receive 2");
}

BOOST_AUTO_TEST_CASE(composed_operations_on_both_sides) {
  const std::string words = of_line([&]() -> asio::awaitable<unsigned> {
    Connected sockets(co_await asio::this_coro::executor);
    std::array<char, 8> data{}, more{};
    auto write = asio::async_write(sockets.a, asio::buffer(data), asio::use_awaitable);
    auto read = asio::async_read(sockets.b, asio::buffer(more), asio::use_awaitable);
    co_await (std::move(write) && std::move(read));
    co_return __LINE__ - 1;
  });
  // They are sorted by busy time.
  BOOST_TEST((words == "async_read: socket.async_receive, async_write: socket.async_send" ||
              words == "async_write: socket.async_send, async_read: socket.async_receive"));
}

BOOST_AUTO_TEST_CASE(adapted_tokens) {
  const std::string words = of_line([&]() -> asio::awaitable<unsigned> {
    auto timer = over(co_await asio::this_coro::executor);
    static_cast<void>(co_await timer.async_wait(asio::as_tuple(asio::use_awaitable)));
    co_return __LINE__ - 1;
  });
  BOOST_TEST(words == "deadline_timer.async_wait");
}

BOOST_AUTO_TEST_CASE(a_function_of_an_instrumented_executor_is_called_as_without) {
  struct Posted {
    void operator()() const {}
  };
  asio::io_context context;
  asio::post(perf_timer::instrument(context), Posted());
  context.run();
  const auto seen = tracked::called("execute", "Posted");
  BOOST_TEST(seen.count == 1u);
  BOOST_TEST(seen.function.find("StepFunction") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(where_a_callback_names_its_place) {
  asio::io_context context;
  asio::steady_timer timer(context, std::chrono::steady_clock::time_point::min());
  {
    HANDLER_LOCATION((__FILE__, __LINE__, __func__));
    timer.async_wait([](const asio::error_code&) {});
  }
  context.run();
  BOOST_TEST(tracked::words(tracked::at_line(__FILE__, __LINE__ - 4)) ==
             "deadline_timer.async_wait");
}

BOOST_AUTO_TEST_SUITE_END()
