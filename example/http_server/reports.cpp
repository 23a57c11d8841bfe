//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "reports.hpp"

#ifdef HTTP_SERVER_HAS_JSON
#include <perf_timer/json_report.hpp>
#include <perf_timer/to_json.hpp>
#endif
#ifdef HTTP_SERVER_HAS_HTML
#include <perf_timer/html_page.hpp>
#endif
#ifdef HTTP_SERVER_HAS_PROMETHEUS
#include <perf_timer/prometheus_text.hpp>
#endif

#include <string>
#include <utility>

namespace http_server {
namespace {

/// What was true a moment ago is of no use to anybody: it isn't to be kept.
[[maybe_unused]] Reply report(std::string body, std::string_view type) {
  return {.body = std::move(body), .type = std::string{type}, .no_store = true};
}

#ifdef HTTP_SERVER_HAS_JSON
Reply json() { return report(perf_timer::json_report(), "application/json"); }
#endif

#ifdef HTTP_SERVER_HAS_HTML
Reply page() { return report(std::string{perf_timer::html_page()}, "text/html; charset=utf-8"); }
#endif

#ifdef HTTP_SERVER_HAS_PROMETHEUS
Reply metrics() {
  return report(perf_timer::prometheus_text(), perf_timer::prometheus_content_type);
}
#endif

}  // namespace

std::optional<Reply> report_route([[maybe_unused]] std::string_view path) {
#ifdef HTTP_SERVER_HAS_JSON
  if (path == "/perf.json") return json();
#endif
#ifdef HTTP_SERVER_HAS_HTML
  if (path == "/perf") return page();
#endif
#ifdef HTTP_SERVER_HAS_PROMETHEUS
  if (path == "/metrics") return metrics();
#endif
  return std::nullopt;
}

}  // namespace http_server
