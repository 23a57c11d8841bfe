//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// What doc/prometheus.md shows of perf_timer::prometheus.
#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/instrument.hpp>
#include <perf_timer/label_run.hpp>
#include <perf_timer/openmetrics_text.hpp>
#include <perf_timer/prometheus_collector.hpp>
#include <perf_timer/prometheus_text.hpp>

#include <prometheus/exposer.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace asio = boost::asio;

namespace {

perf_timer::AsioPerfTimer timer{"a timer", {.log = perf_timer::silent}};

std::string body;

void reply(std::string text, std::string_view) { body = std::move(text); }

void serve(std::string_view path) {
  if (path == "/metrics") reply(perf_timer::prometheus_text(), perf_timer::prometheus_content_type);
}

void serve(std::string_view path, std::string_view accept) {
  if (path == "/metrics" && perf_timer::accepts_openmetrics(accept))
    reply(perf_timer::openmetrics_text(), perf_timer::openmetrics_content_type);
}

struct Request {
  std::string trace_id;
};

asio::awaitable<void> render(Request) { co_await asio::post(asio::use_awaitable); }

asio::awaitable<void> thumbnail(Request request) {
  perf_timer::label_run("trace_id", request.trace_id);  // of the run that executes here
  co_await render(request);
}

asio::awaitable<void> session(Request request) {
  co_await asio::post(asio::use_awaitable);
  co_await timer.decorate(thumbnail(request));
}

void labelled(const Request& request) {
  auto run = timer.measure();  // or timer.start()
  run.label("trace_id", request.trace_id);
}

bool has_exemplars() {
  asio::io_context context;
  asio::co_spawn(perf_timer::instrument(context), session({"4bf92f3577b34da6a3ce929d0e0e4736"}),
                 asio::detached);
  context.run();
  serve("/metrics", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
  if (body.find(" # {trace_id=\"4bf92f3577b34da6a3ce929d0e0e4736\"} ") == std::string::npos)
    return false;
  timer.reset();
  labelled({"00f067aa0ba902b7"});
  serve("/metrics", "application/openmetrics-text");
  return body.find(" # {trace_id=\"00f067aa0ba902b7\"} ") != std::string::npos;
}

bool collects() {
  prometheus::Exposer exposer{"127.0.0.1:0"};

  auto timers = std::make_shared<perf_timer::PrometheusCollector>();
  exposer.RegisterCollectable(timers);  // it holds a weak_ptr: keep yours

  return !timers->Collect().empty();
}

std::string with_options() {
  auto text = perf_timer::prometheus_text(
      {.prefix = "shop", .labels = {{"zone", "eu1"}}, .buckets = {0.001, 0.01, 0.1}});

  return text;
}

}  // namespace

int main() {
  timer.observe(std::chrono::milliseconds{1});
  serve("/metrics");
  return body.find("perf_timer_runs_total{") != std::string::npos && collects() &&
                 with_options().find("shop_runs_total{") != std::string::npos && has_exemplars()
             ? 0
             : 1;
}
