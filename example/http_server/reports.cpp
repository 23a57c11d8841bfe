//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "reports.hpp"

#ifdef HTTP_SERVER_HAS_JSON
#include <perf_timer/json/to_json.hpp>
#endif
#ifdef HTTP_SERVER_HAS_HTML
#include <perf_timer/html/page.hpp>
#endif

#include <string>

namespace http_server {

std::optional<Reply> report([[maybe_unused]] std::string_view path) {
#ifdef HTTP_SERVER_HAS_HTML
  if (path == "/perf") {
    return Reply{.body = std::string{perf_timer::html_page()}, .type = "text/html; charset=utf-8"};
  }
#endif
#ifdef HTTP_SERVER_HAS_JSON
  if (path == "/perf.json")
    return Reply{.body = perf_timer::json_report(), .type = "application/json"};
#endif
  return std::nullopt;
}

}  // namespace http_server
