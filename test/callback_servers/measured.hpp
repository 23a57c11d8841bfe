//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once
// What is put into callback servers, so that each connection is measured and keeps an
// account of its own. module.cmake says where.

#include "callback_servers/every_sample.hpp"
#include "common/manual_clock.hpp"

#include <perf_timer.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::test {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

using Ticks = ManualClock::rep;

[[nodiscard]] inline Ticks now() { return ManualClock::now().time_since_epoch().count(); }

/// A timer of which every sample is known.
class ListedTimer : public BasicAsioPerfTimer<ManualClock> {
 public:
  explicit ListedTimer(const char* name)
      : BasicAsioPerfTimer(name, {.observer = EverySample{}, .log = [](std::string_view) {}}) {}
};

/// What a server's connections and its accept handler computed, by their own account. One test at a
/// time has one.
struct Books {
  explicit Books(std::size_t n) : expected(n) { open = this; }
  Books(const Books&) = delete;
  Books& operator=(const Books&) = delete;
  ~Books() { open = nullptr; }

  /// Checks that the timers say the same.
  void check() const {
    const auto of_connections = connections.snapshot(), of_accepts = accepts.snapshot();
    check_series(of_connections.busy, busy);
    check_series(of_connections.elapsed, elapsed);
    check_series(of_accepts.busy, accepted);
    check_series(of_accepts.elapsed, accepted);
    BOOST_TEST(of_connections.runs == expected);
    BOOST_TEST(of_accepts.runs == accepted.size());
    for (const auto* snapshot : {&of_connections, &of_accepts}) {
      BOOST_TEST(snapshot->partial == 0u);
      BOOST_TEST(snapshot->failed == 0u);
      BOOST_TEST(snapshot->lost == 0u);
      BOOST_TEST(snapshot->dropped == 0u);
    }
  }

  static inline Books* open = nullptr;
  const std::size_t expected;  ///< so many connections end the test
  std::function<void()> all_accepted = [] {}, all_ended = [] {};
  std::function<void(asio::io_context&, tcp::endpoint)> listening;
  ListedTimer connections{"connections"}, accepts{"accepts"};
  std::vector<Ticks> busy, elapsed, accepted;
  Ticks* accepting = nullptr;  ///< the account of the accept handler that executes

 private:
  static void check_series(const DurationSummary& series, std::vector<Ticks> own) {
    std::ranges::sort(own);
    BOOST_TEST(every_sample(series) == own, boost::test_tools::per_element());
  }
};

/// A connection's run, and its own account. It is a member that is made before the socket.
class Measured {
 public:
  Measured() = default;
  Measured(const Measured&) = delete;
  Measured& operator=(const Measured&) = delete;
  ~Measured() {
    run_.stop();
    Books& books = *Books::open;
    books.busy.push_back(busy_);
    books.elapsed.push_back(now() - begun_);
    if (books.busy.size() == books.expected) books.all_ended();
  }

  /// Returns the same connection on an executor of the run.
  [[nodiscard]] tcp::socket on_run(tcp::socket accepted) {
    const auto executor = accepted.get_executor();
    return {run_.wrap(executor), tcp::v4(), accepted.release()};
  }

  /// Computes. The time is the accept handler's while that executes, else the connection's.
  void compute(std::size_t n) {
    const auto ticks = static_cast<Ticks>(n);
    ManualClock::advance(ticks);
    (Books::open->accepting ? *Books::open->accepting : busy_) += ticks;
  }

 private:
  const Ticks begun_ = now();
  Ticks busy_ = 0;
  ListedTimer::StartedRun run_ = Books::open->connections.start();
};

/// A run of the accept handler. It computes before it starts the connection, and after it has begun
/// to accept the next one.
class Accepting {
 public:
  Accepting() {
    Books::open->accepting = &busy_;
    compute(101);
  }
  Accepting(const Accepting&) = delete;
  Accepting& operator=(const Accepting&) = delete;
  ~Accepting() {
    compute(50'003);
    Books& books = *Books::open;
    books.accepting = nullptr;
    books.accepted.push_back(busy_);
    if (books.accepted.size() == books.expected) books.all_accepted();
  }

 private:
  void compute(Ticks ticks) {
    ManualClock::advance(ticks);
    busy_ += ticks;
  }
  Ticks busy_ = 0;
  const ListedTimer::Run run_ = Books::open->accepts.measure();  // ends before the rest
};

template <class ExecutorOrContext>
[[nodiscard]] auto accepting_executor(ExecutorOrContext&& on) {
  return instrument<ManualClock>(std::forward<ExecutorOrContext>(on));
}

inline void listens(asio::io_context& context, const tcp::acceptor& acceptor) {
  Books::open->listening(context,
                         {asio::ip::address_v4::loopback(), acceptor.local_endpoint().port()});
}

}  // namespace perf_timer::test
