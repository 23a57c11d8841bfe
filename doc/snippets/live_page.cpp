//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// What doc/live_page.md shows: the page as an answer of Beast, and as a file.
#include <perf_timer/html_page.hpp>
#include <perf_timer/json_report.hpp>

#include <perf_timer/perf_timer.hpp>
#include <perf_timer/write_html.hpp>

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <fstream>
#include <iterator>
#include <string>

namespace {

namespace http = boost::beast::http;

http::response<http::string_body> reply(const http::request<http::string_body>& request) {
  http::response<http::string_body> answer{http::status::ok, request.version()};
  const bool page = request.target() == "/perf";  // and "/perf.json"
  answer.set(http::field::content_type, page ? "text/html; charset=utf-8" : "application/json");
  answer.body() = page ? std::string{perf_timer::html_page()} : perf_timer::json_report();

  return answer;
}

std::string saved() {
  {
    std::ofstream file{"report.html", std::ios::binary};
    perf_timer::write_html(file);
  }
  std::ifstream file{"report.html", std::ios::binary};
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main() {
  const perf_timer::PerfTimer timer{"a timer"};
  const auto page = reply({http::verb::get, "/perf", 11});
  const auto json = reply({http::verb::get, "/perf.json", 11});
  return page.body() == perf_timer::html_page() &&
                 json.body().find("a timer") != std::string::npos &&
                 saved().find("a timer") != std::string::npos
             ? 0
             : 1;
}
