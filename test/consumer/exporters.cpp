//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Calls one function of each exporter that is there.

#ifdef HAS_JSON
#include <perf_timer/json_report.hpp>
#include <perf_timer/to_json.hpp>
#endif
#ifdef HAS_PROMETHEUS
#include <perf_timer/prometheus_collector.hpp>
#endif
#ifdef HAS_HTML
#include <perf_timer/write_html.hpp>

#include <sstream>
#endif
#ifdef HAS_HTTP
#include <perf_timer/serve.hpp>
#endif
#ifdef HAS_TRACKING
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <perf_timer/operations.hpp>
#endif

int main() {
#ifdef HAS_JSON
  if (perf_timer::json_report().empty()) return 1;
#endif
#ifdef HAS_PROMETHEUS
  if (perf_timer::PrometheusCollector{}.Collect().empty()) return 1;
#endif
#ifdef HAS_HTML
  std::ostringstream page;
  perf_timer::write_html(page);
  if (page.str().empty()) return 1;
#endif
#ifdef HAS_HTTP
  if (perf_timer::serve({.port = 0}).port() == 0) return 1;
#endif
#ifdef HAS_TRACKING
  boost::asio::io_context context;
  boost::asio::post(context, [] {});
  context.run();
  const auto operations = perf_timer::operations();
  if (operations.size() != 1 || operations[0].count != 1) return 1;
#endif
}
