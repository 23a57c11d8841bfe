//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "routes.hpp"

#include <perf_timer.hpp>

#include <string>
#include <utility>

namespace asio = boost::asio;

namespace http_server {
namespace {

// Timers are usually static, so that they outlive the handlers that they measure. The server writes
// one table at its end, so these needn't log a line each.
const perf_timer::TimerOptions quiet{.log = perf_timer::silent};

perf_timer::AsioPerfTimer hello_timer{"GET /hello", quiet};
perf_timer::AsioPerfTimer thumbnail_timer{"GET /thumbnail", quiet};
perf_timer::AsioPerfTimer upstream_timer{"GET /upstream", quiet};
perf_timer::AsioPerfTimer ledger_timer{"GET /ledger", quiet};
perf_timer::AsioPerfTimer ledger_strand_timer{"ledger's strand", quiet};
perf_timer::AsioPerfTimer visits_timer{"GET /visits", quiet};

/// Does next to nothing.
asio::awaitable<Reply> hello() { co_return Reply{.body = "hello, world\n"}; }

/// Computes.
asio::awaitable<Reply> thumbnail(const Picture& picture) {
  co_return Reply{.body = compress(to_ppm(shrink(picture, 8))), .type = "application/zlib"};
}

/// Waits for another server.
asio::awaitable<Reply> ask_upstream(Upstream& upstream) {
  const auto news = co_await upstream.ask("what is the news?");
  co_return Reply{.body = news + '\n'};
}

/// Waits for what all connections share.
asio::awaitable<Reply> book(Ledger& ledger) {
  const auto fingerprint = co_await ledger.book();
  co_return Reply{.body = std::to_string(fingerprint) + '\n'};
}

/// Blocks its thread, now and then.
asio::awaitable<Reply> visit(Visits& visits) {
  co_return Reply{.body = std::to_string(visits.count()) + '\n'};
}

asio::awaitable<Reply> not_found() {
  co_return Reply{.body = "try /hello, /thumbnail, /upstream, /ledger or /visits\n", .status = 404};
}

}  // namespace

Routes::Routes(asio::io_context& context, const Instrumentation& instrumentation,
               asio::ip::tcp::endpoint upstream)
    : instrumentation_(instrumentation),
      picture_(make_picture(1024, 768)),
      upstream_(context, upstream),
      ledger_(instrumentation.strand(context, ledger_strand_timer)) {}

asio::awaitable<Reply> Routes::answer(std::string_view target) {
  const auto path = target.substr(0, target.find('?'));
  const auto& timed = instrumentation_;
  if (path == "/hello") return timed.time(hello_timer, hello());
  if (path == "/thumbnail") return timed.time(thumbnail_timer, thumbnail(picture_));
  if (path == "/upstream") return timed.time(upstream_timer, ask_upstream(upstream_));
  if (path == "/ledger") return timed.time(ledger_timer, book(ledger_));
  if (path == "/visits") return timed.time(visits_timer, visit(visits_));
  return not_found();
}

}  // namespace http_server
