//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "pages.hpp"

#include <perf_timer/detail/report/text_stream.hpp>
#include <perf_timer/json_report.hpp>
#include <perf_timer/operations.hpp>
#include <perf_timer/trace.hpp>
#include <perf_timer/write_operations.hpp>
#include <perf_timer/write_report.hpp>
#include <perf_timer/write_trace.hpp>
#ifdef PERF_TIMER_HTTP_HAS_HTML
#include <perf_timer/html_page.hpp>
#endif
#ifdef PERF_TIMER_HTTP_HAS_PROMETHEUS
#include <perf_timer/openmetrics_text.hpp>
#include <perf_timer/prometheus_text.hpp>
#endif

#include <charconv>
#include <string_view>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr int longest_trace = 60;  // seconds

[[nodiscard]] std::string report_text() {
  TextStream out;
  write_report(out, {});
  if (!operations().empty()) {
    out << '\n';
    write_operations(out, TableOptions{});
  }
  return std::move(out).str();
}

[[nodiscard]] Answer report(const Request&) { return {.body = report_text()}; }
[[nodiscard]] Answer now(const Request&) { return {.body = now_text()}; }
[[nodiscard]] Answer stalls(const Request&) { return {.body = stalls_text()}; }
[[nodiscard]] Answer whole_json(const Request&) {
  return {.body = json_report(), .type = json_text};
}

#ifdef PERF_TIMER_HTTP_HAS_HTML
[[nodiscard]] Answer live_page(const Request&) {
  return {.body = std::string(html_page()), .type = html_text};
}
#endif

#ifdef PERF_TIMER_HTTP_HAS_PROMETHEUS
[[nodiscard]] Answer metrics(const Request& request) {
  const bool openmetrics = accepts_openmetrics(request.accept);
  return {.body = openmetrics ? openmetrics_text() : prometheus_text(),
          .type = openmetrics ? openmetrics_content_type : prometheus_content_type,
          .fields = {{"Vary", "Accept"}}};
}
#endif

/// For how long a trace is to be recorded; zero if that makes no sense.
[[nodiscard]] int seconds_of(const Request& request) {
  const auto found = request.options.find("seconds");
  if (found == request.options.end()) return 3;
  int seconds = 0;
  const char* const end = found->second.data() + found->second.size();
  const auto [parsed, error] = std::from_chars(found->second.data(), end, seconds);
  return error == std::errc() && parsed == end && seconds <= longest_trace ? seconds : 0;
}

[[nodiscard]] Answer trace(const Request& request) {
  const int seconds = seconds_of(request);
  if (seconds <= 0)
    return {.status = 400,
            .body = "give a number of seconds from 1 to " + std::to_string(longest_trace) +
                    ", such as /trace?seconds=3\n"};
  return {.trace_for = std::chrono::seconds(seconds)};
}

[[nodiscard]] Answer index(const Request& request);

struct Page {
  std::string_view path;
  std::string_view what;
  Answer (*make)(const Request&);
};

constexpr Page pages[] = {
#ifdef PERF_TIMER_HTTP_HAS_HTML
    {"/", "the live page", live_page},
#else
    {"/", "what is here", index},
#endif
    {"/report", "all timers, and the operations of a tracked program, as text", report},
    {"/now", "what executes, what is open, and how full threads are, as text", now},
    {"/stalls", "what stall watches have told last, as text", stalls},
    {"/trace", "a trace of the next 3 seconds, for https://ui.perfetto.dev; /trace?seconds=N",
     trace},
    {"/perf.json", "all timers as JSON", whole_json},
#ifdef PERF_TIMER_HTTP_HAS_PROMETHEUS
    {"/metrics", "all timers for Prometheus", metrics},
#endif
    {"/index", "what is here", index},
};

[[nodiscard]] std::string index_text(bool html) {
  std::string text = html ? "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                            "<meta name=\"viewport\" content=\"width=device-width\">"
                            "<title>perf_timer</title><h1>perf_timer</h1><ul>"
                          : "";
  for (const Page& page : pages) {
    const std::string path(page.path);
    if (html)
      text += "<li><a href=\"" + path + "\">" + path + "</a>: " + std::string(page.what) + "</li>";
    else
      text += path + ": " + std::string(page.what) + '\n';
  }
  return text + (html ? "</ul></html>\n" : "");
}

Answer index(const Request&) { return {.body = index_text(true), .type = html_text}; }

}  // namespace

Answer page_at(const Request& request, PageFeed& feed) {
  if (request.path == "/perf.json" && request.options.contains("page"))
    return {.body = feed.answer(request), .type = json_text};
  for (const Page& page : pages)
    if (page.path == request.path) return page.make(request);
  return {.status = 404, .body = "nothing is here; this is what there is:\n" + index_text(false)};
}

Answer trace_answer() {
  TextStream out;
  write_trace(out);
  return {.body = std::move(out).str(),
          .type = json_text,
          .fields = {{"Content-Disposition", "attachment; filename=\"perf_timer.trace.json\""}}};
}

}  // namespace perf_timer::inline v0_1::detail
