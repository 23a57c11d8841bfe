//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// What the documents show of servers. Run as a test, it serves one request of each kind.
#include <perf_timer.hpp>
#include <perf_timer/interval_reader.hpp>
#include <perf_timer/live_report.hpp>
#include <perf_timer/report_on_signal.hpp>
#include <perf_timer/save_report.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;
using namespace std::chrono_literals;

namespace {

asio::io_context context;

void check(bool holds, std::string_view what) {
  if (holds) return;
  std::cerr << "does not hold: " << what << '\n';
  std::exit(1);
}

struct Request {};

/// Stands for any part of a server.
asio::awaitable<void> answer(Request) { co_await asio::post(asio::use_awaitable); }

namespace readme {

asio::awaitable<void> serve(Request request) {
  perf_timer::AsioPerfTimer request_timer{"request"};                  // 1. name it
  auto executor = perf_timer::instrument(asio::make_strand(context));  // 2. spawn coroutines on it
  co_await request_timer.decorate(answer(request));                    // 3. one run, to its end

  co_await asio::co_spawn(executor, request_timer.decorate(answer(request)), asio::use_awaitable);
  check(request_timer.snapshot().runs == 2, "README: each awaitable is a run");
}

}  // namespace readme

namespace using_it {

perf_timer::AsioPerfTimer request_timer{"request"};

asio::awaitable<void> load_page() { return answer({}); }
asio::awaitable<void> load_pictures() { return answer({}); }

asio::awaitable<void> client() {
  auto run = request_timer.measure();
  co_await (load_page() && load_pictures());  // both count, and add up
}

bool on_the_strand = false;
asio::awaitable<void> books() {
  auto strand = perf_timer::instrument(asio::make_strand(co_await asio::this_coro::executor));
  co_await asio::post(asio::bind_executor(strand, asio::use_awaitable));
  on_the_strand = strand.running_in_this_thread();
}

asio::awaitable<void> on_a_plain_executor(Request request) {
  perf_timer::AsioPerfTimer timer{"answer"};
  const auto executor = co_await asio::this_coro::executor;

  auto own = perf_timer::task(executor);
  co_await asio::co_spawn(own, timer.decorate(answer(request)), asio::use_awaitable);

  check(timer.snapshot().runs == 1, "using_it: the answer is a run");
}

void spawn() {
  asio::co_spawn(perf_timer::instrument(context), client(), asio::detached);
  asio::co_spawn(perf_timer::instrument(context), books(), asio::detached);
  asio::co_spawn(context, on_a_plain_executor({}), asio::detached);
  context.run();
  context.restart();
  check(on_the_strand, "using_it: the coroutine is on the strand");
  check(request_timer.snapshot().runs == 1, "using_it: the client is a run");
}

}  // namespace using_it

namespace one_operation {

using boost::system::error_code;

asio::awaitable<void> operations() {
  perf_timer::AsioPerfTimer wait_timer{"wait"};
  asio::steady_timer wait{context, 5ms};

  wait.async_wait(perf_timer::timed(wait_timer, [](error_code) {}));  // a callback
  co_await wait.async_wait(perf_timer::timed(wait_timer, asio::use_awaitable));
  co_await wait_timer.decorate(wait.async_wait(asio::deferred));  // the same

  const auto snapshot = wait_timer.snapshot();
  check(snapshot.runs == 3 && snapshot.partial == 0, "using_it: each operation is a run");
  check(snapshot.busy.total < snapshot.elapsed.total, "using_it: they wait");
}

}  // namespace one_operation

namespace callbacks {

perf_timer::AsioPerfTimer timer{"session"};
asio::io_context& io_context = context;

void session() {
  auto run = timer.start();              // open, and current nowhere
  auto executor = run.wrap(io_context);  // what it executes is on behalf of the run
  run.stop();                            // or fail(), or cancel(), or destroy it

  check(executor == perf_timer::instrument(io_context), "callbacks: equal executors stay equal");
  check(timer.snapshot().runs == 1, "callbacks: the session is a run");
}

}  // namespace callbacks

namespace reading_the_report {

struct Picture {};
asio::awaitable<void> thumbnail(Picture) { return answer({}); }

perf_timer::AsioPerfTimer connections_timer{"connections"};
perf_timer::AsioPerfTimer ledger_strand_timer{"ledger's strand"};

asio::any_io_executor connection() {
  return connections_timer.wrap(asio::make_strand(context));  // in place of perf_timer::instrument
}

asio::awaitable<void> four_lines(Picture picture) {
  perf_timer::AsioPerfTimer thumbnail_timer{"GET /thumbnail"};         // a name
  auto executor = perf_timer::instrument(asio::make_strand(context));  // each connection's strand
  co_await thumbnail_timer.decorate(thumbnail(picture));               // one run, to its end
  auto ledger = ledger_strand_timer.wrap(asio::make_strand(context));  // each function is a run

  co_await asio::post(executor, asio::use_awaitable);
  co_await asio::post(ledger, asio::use_awaitable);
  co_await asio::post(connection(), asio::use_awaitable);
  check(thumbnail_timer.snapshot().runs == 1, "reading_the_report: the thumbnail is a run");
}

}  // namespace reading_the_report

namespace live_reports {

void complain(std::string_view, std::chrono::nanoseconds) {}
void serve_for_a_while() { using_it::spawn(); }

void report() {
  const auto strand = asio::make_strand(context);

  perf_timer::report_on_signal(context, SIGUSR1);

  perf_timer::live_report(context, {.every = std::chrono::minutes{1}});

  auto complain_of_slow_ones = [](const perf_timer::Interval& interval) {
    for (const auto& timer : interval.timers)
      if (timer.busy.has_extremes && timer.busy.max > 100ms) complain(timer.name, timer.busy.max);
  };
  perf_timer::live_report(strand, {.every = 10s, .sink = complain_of_slow_ones});

  auto save = [](const perf_timer::Interval&) { perf_timer::save_report("perf.txt"); };
  perf_timer::live_report(context, {.every = 1min, .sink = save});
}

void read() {
  perf_timer::IntervalReader reader;  // from now on
  serve_for_a_while();
  const perf_timer::Interval interval = reader.next();  // what came since, and so on

  std::uint64_t runs = 0;
  for (const auto& timer : interval.timers) runs += timer.runs;
  check(runs == 1, "live_reports: the interval has the run");
}

}  // namespace live_reports

namespace design {

using asio::co_spawn;
using asio::detached;
using boost::system::error_code;
using perf_timer::instrument;
using perf_timer::task;
asio::io_context& io_context = context;

asio::awaitable<void> consume(asio::experimental::channel<void(error_code, int)>& channel) {
  check(co_await channel.async_receive(asio::use_awaitable) == 7, "design: the channel");
}

void channels() {
  asio::experimental::channel<void(error_code, int)> plain(io_context);  // see above
  asio::experimental::channel<void(error_code, int)> exact(instrument(io_context));
  co_spawn(task(io_context), consume(plain), detached);  // exact as well

  co_spawn(instrument(io_context), consume(exact), detached);
  for (auto* channel : {&plain, &exact}) {
    channel->async_send({}, 7, [](error_code error) { check(!error, "design: the channel"); });
  }
  context.run();
  context.restart();
}

}  // namespace design

namespace compatibility {

asio::awaitable<std::string> f() { co_return "f"; }

/// Compiled only: it doesn't work with g++ 12.
[[maybe_unused]] asio::awaitable<std::size_t> miscompiled(bool c,
                                                          std::optional<std::string> optional) {
  std::string s = c ? std::move(*optional) : co_await f();  // write an if instead
  co_return s.size();
}

}  // namespace compatibility

}  // namespace

int main() {
  live_reports::report();
  live_reports::read();
  design::channels();
  callbacks::session();
  asio::co_spawn(context, one_operation::operations(), asio::detached);
  asio::co_spawn(perf_timer::instrument(context), readme::serve({}), asio::detached);
  asio::co_spawn(perf_timer::instrument(context), reading_the_report::four_lines({}),
                 asio::detached);
  context.run();
  check(reading_the_report::ledger_strand_timer.snapshot().runs == 1, "the strand has a run");
  check(reading_the_report::connections_timer.snapshot().runs == 1, "the connection has a run");
}
