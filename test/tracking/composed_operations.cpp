//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// How often a program called a composed operation, and what its steps are called.
#include <boost/asio.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <boost/test/unit_test.hpp>

#include "common/asio_has.hpp"
#include "common/error_code.hpp"
#include "tracked.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(composed_operations)

namespace asio = boost::asio;
using Socket = asio::local::stream_protocol::socket;

namespace {

/// Two sockets. What is written to the one arrives in parts at the other one.
struct Pair {
  explicit Pair(const asio::any_io_executor& executor) : from(executor), to(executor) {
    asio::local::connect_pair(from, to);
  }
  /// Writes parts of 4 bytes each, the next one when all handlers so far have executed.
  void run(asio::io_context& context, int parts) {
    const std::array<char, 4> part{};
    for (int i = 0; i < parts; ++i) {
      asio::write(from, asio::buffer(part));
      while (context.poll() != 0) continue;
      context.restart();
    }
  }

  Socket from, to;
};

/// Runs a coroutine that reads three parts, as often as it likes. Returns the calls of the line
/// that it sets.
template <class Coroutine>
std::string calls_of(const asio::any_io_executor& executor, asio::io_context& context, int parts,
                     Coroutine coroutine) {
  Pair sockets(executor);
  unsigned line = 0;
  asio::co_spawn(executor, coroutine(sockets.to, line), asio::detached);
  while (context.poll() != 0) continue;
  context.restart();
  sockets.run(context, parts);
  return tracked::calls(tracked::at_line(__FILE__, line));
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_coroutine_that_calls_it_in_a_loop) {
  asio::io_context context;
  const auto read = [](Socket& from, unsigned& line) -> asio::awaitable<void> {
    std::array<char, 12> data{};
    line = __LINE__ + 2;
    for (int i = 0; i < 2; ++i)
      co_await asio::async_read(from, asio::buffer(data), asio::use_awaitable);
  };
  BOOST_TEST(calls_of(context.get_executor(), context, 6, read) == "async_read 2 of 6");
}

BOOST_AUTO_TEST_CASE(on_a_strand_through_which_each_step_comes) {
  asio::io_context context;
  const auto read = [](Socket& from, unsigned& line) -> asio::awaitable<void> {
    std::array<char, 12> data{};
    line = __LINE__ + 2;
    for (int i = 0; i < 2; ++i)
      co_await asio::async_read(from, asio::buffer(data), asio::use_awaitable);
  };
  BOOST_TEST(calls_of(asio::make_strand(context), context, 6, read) == "async_read 2 of 6");
}

#if ASIO_AWAITS_DEFERRED
BOOST_AUTO_TEST_CASE(deferred_ones_that_are_awaited_at_once) {
  asio::io_context context;
  const auto read = [](Socket& from, unsigned& line) -> asio::awaitable<void> {
    std::array<char, 12> data{};
    line = __LINE__ + 1;
    for (int i = 0; i < 2; ++i) co_await asio::async_read(from, asio::buffer(data), asio::deferred);
  };
  BOOST_TEST(calls_of(context.get_executor(), context, 6, read) == "async_read 2 of 6");
}
#endif

BOOST_AUTO_TEST_CASE(one_that_has_not_ended_counts_once_its_first_step_has) {
  asio::io_context context;
  const auto read = [](Socket& from, unsigned& line) -> asio::awaitable<void> {
    std::array<char, 12> data{};
    line = __LINE__ + 1;
    co_await asio::async_read(from, asio::buffer(data), asio::use_awaitable);
  };
  BOOST_TEST(calls_of(context.get_executor(), context, 2, read) == "async_read 1 of 2");
}

BOOST_AUTO_TEST_CASE(of_callbacks_it_is_not_known) {
  struct Reads {
    struct ReadsOn {  // clang tells of a lambda only where it stands
      Reads& reads;
      void operator()(asio::error_code, std::size_t) const { reads.start(); }
    };
    Socket& from;
    std::array<char, 12> data{};
    int left = 2;
    void start() {
      if (left-- != 0) asio::async_read(from, asio::buffer(data), ReadsOn{*this});
    }
  };
  asio::io_context context;
  Pair sockets(context.get_executor());
  Reads reads{sockets.to};
  reads.start();
  sockets.run(context, 6);
  std::vector<perf_timer::OperationSnapshot> found;
  for (auto& one : perf_timer::operations())
    if (one.part_of == "async_read" && one.function.find("ReadsOn") != std::string::npos)
      found.push_back(one);
  BOOST_TEST(tracked::calls(found) == "async_read ? of 6");
}

BOOST_AUTO_TEST_CASE(what_is_no_step_has_no_calls) {
  asio::io_context context;
  asio::post(context, [] {});
  context.run();
  for (const auto& one : perf_timer::operations())
    if (one.part_of.empty()) BOOST_TEST(!one.calls.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
