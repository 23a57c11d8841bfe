//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// What doc/prometheus.md shows of perf_timer::prometheus.
#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/prometheus_collector.hpp>
#include <perf_timer/prometheus_text.hpp>

#include <prometheus/exposer.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace {

perf_timer::AsioPerfTimer timer{"a timer", {.log = perf_timer::silent}};

std::string body;

void reply(std::string text, std::string_view) { body = std::move(text); }

void serve(std::string_view path) {
  if (path == "/metrics") reply(perf_timer::prometheus_text(), perf_timer::prometheus_content_type);
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
                 with_options().find("shop_runs_total{") != std::string::npos
             ? 0
             : 1;
}
