//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// What the documents show in place of code that doesn't compile.
#include <perf_timer.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstdlib>
#include <iostream>
#include <optional>
#include <utility>

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

asio::io_context context;

asio::awaitable<int> answer(int n) {
  co_await asio::post(asio::use_awaitable);
  co_return n;
}

static perf_timer::AsioPerfTimer answer_timer{"answer"};

int twice(int n) { return 2 * n; }

static perf_timer::ThreadPerfTimer twice_timer{"twice"};

auto twice_timed = twice_timer.decorate(twice);  // not twice(1)

asio::awaitable<int> timed() { return answer_timer.decorate(answer(1)); }

/// A coroutine of another library, of which Asio makes an operation.
template <class Token>
auto async_other(Token&& token) {
  return asio::post(context, std::forward<Token>(token));
}

asio::awaitable<void> other() { co_await async_other(asio::use_awaitable); }

namespace erased {

class Session {
 public:
  explicit Session(asio::io_context& io) : strand_(perf_timer::instrument(asio::make_strand(io))) {}

  void start() {
    asio::post(strand_, [] {});
  }

 private:
  asio::any_io_executor strand_;
};

}  // namespace erased

namespace typed {

using Strand = perf_timer::PerfExecutor<asio::strand<asio::io_context::executor_type>>;

Strand strand{asio::make_strand(context)};

}  // namespace typed

namespace beside {

class Session {
 public:
  explicit Session(asio::io_context& io) : strand_(io.get_executor()) {}

  void start() {
    asio::post(executor_, [] {});
  }

 private:
  asio::strand<asio::io_context::executor_type> strand_;
  asio::any_io_executor executor_ = perf_timer::instrument(strand_);
};

}  // namespace beside

namespace sockets {

using Executor = decltype(perf_timer::instrument(context));
using Socket = tcp::socket::rebind_executor<Executor>::other;
using Awaitable = asio::awaitable<void, Executor>;

Awaitable use(Socket) { co_return; }

}  // namespace sockets

class Connection {
  std::optional<perf_timer::AsioPerfTimer::StartedRun> run_;

 public:
  void begin() { run_.emplace(answer_timer.start()); }
};

void what_is_open() {
  for (const auto& run : perf_timer::open_runs(10))
    std::cout << run.name << ", open for " << perf_timer::format_duration(run.age) << ", "
              << to_string(run.state) << "\n";
}

}  // namespace

int main() {
  const auto executor = perf_timer::instrument(context);
  const auto work = asio::make_work_guard(context);
  const asio::any_io_executor plain = context.get_executor();
  const auto instrumented_work = asio::make_work_guard(perf_timer::instrument(plain));

  erased::Session(context).start();
  beside::Session(context).start();
  Connection().begin();
  asio::post(typed::strand, [] {});
  asio::co_spawn(executor, sockets::use(sockets::Socket(executor)), asio::detached);
  asio::co_spawn(executor, timed(), asio::detached);
  asio::co_spawn(executor, answer_timer.decorate(other()), asio::detached);
  context.poll();
  what_is_open();
  const auto runs = answer_timer.snapshot().runs;
  if (runs != 3 || twice_timed(2) != 4) {
    std::cerr << runs << " runs\n";
    return EXIT_FAILURE;
  }
}
