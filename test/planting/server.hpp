//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer.hpp>
#include <perf_timer/detail/platform/attributes.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace perf_timer::test::planting {

namespace asio = boost::asio;

/// What is wrong with a server.
enum class Fault {
  none,
  blocks_outside,  ///< a handler that belongs to no request blocks its thread
  blocks_inside,   ///< a request does
  convoy,          ///< requests stand in line for one strand
  small_pool,      ///< there are more requests than its thread can execute
  slow_upstream,   ///< another server answers late
  burning_poll,    ///< a coroutine asks over and over whether something has happened
  neighbour,       ///< another program has the processor
  never_ends       ///< a request is never answered
};

/// What happens where this server computes, is kept from the processor, waits or blocks.
struct Work {
  std::function<void(int)> compute = [](int) {};
  std::function<void(int)> preempted = [](int) {};
  std::function<void(int)> pass = [](int) {};  ///< nothing executes
  std::function<void()> block = [] {};
};

/// Where a handler of this server blocks. It doesn't end by a tail call, which would leave it out
/// of the backtrace.
PERF_TIMER_NOINLINE inline void writes_its_log_to_a_full_disk(const Work& work) {
  work.block();
  static volatile int after = 0;
  after = after + 1;
}
PERF_TIMER_NOINLINE inline void asks_a_slow_name_server(const Work& work) {
  work.block();
  static volatile int after = 0;
  after = after + 1;
}

/// A server of one thread, or two, with a fault that can be switched on. Three kinds of requests
/// come: `GET /account` books on a ledger that a strand protects, `GET /search` computes, and `GET
/// /proxy` asks another server. The test is its network.
template <class Clock>
class Server {
 public:
  explicit Server(Fault fault, Work work = {}) : fault_(fault), work_(std::move(work)) {}

  /// Requests come one after the other, or all at once if there are too many. They are served, as
  /// far as they can be.
  void serve() {
    const bool many = fault_ == Fault::convoy || fault_ == Fault::small_pool;
    for (int i = 0; i != 10; ++i) {
      if (fault_ != Fault::small_pool) request(account_, account());
      if (!many) execute();
      if (fault_ != Fault::convoy) request(search_, search());
      if (!many) execute();
    }
    execute();
    if (fault_ == Fault::blocks_outside)
      asio::post(instrument<Clock>(context_), [this] { writes_its_log_to_a_full_disk(work_); });
    if (fault_ == Fault::burning_poll) request(watch_, watch());
    execute();
    for (int i = 0; i != 10; ++i) proxied();
  }

  /// Returns what the report says that isn't as it should be: lines below its table, and who is
  /// mostly idle.
  [[nodiscard]] static std::vector<std::string> complaints() {
    std::ostringstream out;
    write_report(out, {});
    std::istringstream lines(out.str());
    std::vector<std::string> found;
    for (std::string line; std::getline(lines, line);)
      if (complains(line)) found.push_back(line);
    for (const auto& timer : snapshot_all())
      if (timer.idle() > timer.complete_elapsed / 2) found.push_back("idle: " + timer.name);
    return found;
  }

  /// Of how many functions of "connections" processor time was measured.
  [[nodiscard]] std::size_t sampled_functions() const {
    return connections_timer_.snapshot().cpu.count;
  }

 private:
  using Timer = BasicAsioPerfTimer<Clock>;

  [[nodiscard]] static TimerOptions quiet() { return {.log = silent, .cpu_every = 1}; }
  [[nodiscard]] static bool complains(const std::string& line) {
    const auto begins = [&](std::string_view with) { return line.starts_with(with); };
    if (begins("busy of ")) return line.find(": 100% on a processor") == std::string::npos;
    if (begins("steps of ")) return std::stod(line.substr(line.find(": ") + 2)) > 10;
    return begins("queued of ") || begins("stalls ") || begins("open ") || begins("lost ") ||
           begins("partial ") || begins("failed ");
  }

  /// Executes all that can be executed now.
  void execute() {
    context_.restart();
    context_.poll();
  }
  void request(Timer& timer, asio::awaitable<void> what) {
    asio::co_spawn(connections_, timer.decorate(std::move(what)), asio::detached);
  }

  asio::awaitable<void> account() {
    co_await asio::co_spawn(ledger_, book(), asio::use_awaitable);
    if (fault_ == Fault::never_ends && ++accounts_ == 4) co_await answer();
  }
  /// In a convoy, another thread executes meanwhile all that needn't wait for the strand.
  asio::awaitable<void> book() {
    if (fault_ == Fault::convoy) std::thread([this] { context_.poll(); }).join();
    work_.compute(fault_ == Fault::convoy ? 50'000 : 5000);
    co_return;
  }
  asio::awaitable<void> search() {
    work_.compute(30'000);
    if (fault_ == Fault::neighbour) work_.preempted(90'000);
    if (fault_ == Fault::blocks_inside && ++searches_ == 4) asks_a_slow_name_server(work_);
    co_return;
  }
  asio::awaitable<void> proxy() {
    work_.compute(20'000);
    co_await answer();
  }
  asio::awaitable<void> watch() {
    for (int i = 0; i != 1000; ++i) {
      work_.compute(1000);
      co_await asio::post(asio::use_awaitable);
    }
  }

  /// Waits for another server.
  asio::awaitable<void> answer() {
    auto& waits = upstream_.emplace_back(co_await asio::this_coro::executor);
    waits.expires_at(std::chrono::steady_clock::time_point::max());
    co_await waits.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  /// A request is proxied, and answered after a while.
  void proxied() {
    request(proxy_, proxy());
    execute();
    work_.pass(fault_ == Fault::slow_upstream ? 1'000'000 : 1000);
    upstream_.back().cancel();
    execute();
  }

  const Fault fault_;
  const Work work_;
  int accounts_ = 0, searches_ = 0;

  Timer account_{"GET /account", quiet()}, search_{"GET /search", quiet()},
      proxy_{"GET /proxy", quiet()}, watch_{"GET /watch", quiet()},
      connections_timer_{"connections", quiet()}, ledger_timer_{"ledger", quiet()};
  asio::io_context context_;
  std::list<asio::steady_timer> upstream_;
  decltype(connections_timer_.wrap(context_)) connections_ = connections_timer_.wrap(context_);
  decltype(ledger_timer_.wrap(asio::make_strand(context_))) ledger_ =
      ledger_timer_.wrap(asio::make_strand(context_));
};

}  // namespace perf_timer::test::planting
