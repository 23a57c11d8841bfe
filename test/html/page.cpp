//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/html_page.hpp>
#include <perf_timer/timers_from_json.hpp>
#include <perf_timer/write_html.hpp>

#include <perf_timer/perf_timer.hpp>
#include <perf_timer/to_json.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "hostile.hpp"

#include <chrono>
#include <ios>
#include <regex>
#include <sstream>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;

std::string written(std::span<const TimerSnapshot> timers) {
  std::ostringstream out;
  write_html(out, timers);
  return std::move(out).str();
}

// What a browser reads as the report: from the beginning of the element to the first "</script".
std::string embedded(std::string_view page) {
  constexpr std::string_view begins = R"(<script type="application/json" id="report">)";
  const auto at = page.find(begins);
  BOOST_TEST_REQUIRE(at != page.npos);
  page.remove_prefix(at + begins.size());
  return std::string{page.substr(0, page.find("</script"))};
}

std::vector<TimerSnapshot> read_back(std::string_view page) {
  return timers_from_json(boost::json::parse(embedded(page)));
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++found;
  return found;
}

// A disk that is full after that many bytes.
class FullDisk : public std::streambuf {
 public:
  explicit FullDisk(std::streamsize room) : room_(room) {}

 private:
  std::streamsize xsputn(const char*, std::streamsize count) override {
    const auto taken = std::min(room_, count);
    room_ -= taken;
    return taken;
  }
  int_type overflow(int_type) override { return traits_type::eof(); }

  std::streamsize room_;
};

BOOST_AUTO_TEST_SUITE(page)

BOOST_AUTO_TEST_CASE(the_live_page_is_a_document_with_no_report_in_it) {
  BOOST_TEST(html_page().starts_with("<!doctype html>"));
  BOOST_TEST(html_page().ends_with("</html>\n"));
  BOOST_TEST(embedded(html_page()) == "");
  BOOST_TEST(html_page().size() < 220'000u);
}

BOOST_AUTO_TEST_CASE(a_report_can_be_read_back) {
  std::vector<TimerSnapshot> timers = hostile_timers();
  const std::string page = written(timers);
  // JSON allows only UTF-8.
  for (TimerSnapshot& timer : timers) {
    if (timer.name == "half \xC3") timer.name = "half \xEF\xBF\xBD";
  }
  BOOST_CHECK(read_back(page) == timers);
  BOOST_TEST(read_back(written({})).empty());
}

BOOST_AUTO_TEST_CASE(no_name_changes_the_document) {
  const std::string page = written(hostile_timers());
  const std::string report = embedded(page);
  BOOST_TEST(count(report, "<") == 0u);
  BOOST_TEST(count(report, "\xE2\x80\xA8") + count(report, "\xE2\x80\xA9") == 0u);
  // Everything but the report is the same as in the live page.
  std::string rest = page;
  rest.erase(rest.find(report), report.size());
  BOOST_CHECK(rest == html_page());
}

BOOST_AUTO_TEST_CASE(every_live_timer) {
  PerfTimer timer{"live", {.log = [](std::string_view) {}}};
  timer.observe(5us);
  std::ostringstream out;
  write_html(out);
  const auto timers = read_back(out.str());
  BOOST_TEST_REQUIRE(timers.size() == 1u);
  BOOST_CHECK(timers.front() == timer.snapshot());
}

BOOST_AUTO_TEST_CASE(it_fetches_nothing_from_elsewhere) {
  const std::string page{html_page()};
  // The licence has its address, the SVG namespace is one that nothing fetches, and the viewer of
  // traces is a link.
  const std::vector<std::string> allowed{"https://github.com/leeoniya/uPlot",
                                         "http://www.w3.org/2000/svg", "https://ui.perfetto.dev"};
  const std::regex address{R"((https?:)?//[a-zA-Z0-9][a-zA-Z0-9.-]*\.[a-z]{2,}[^\s'")]*)"};
  for (std::sregex_iterator at{page.begin(), page.end(), address}, end; at != end; ++at) {
    BOOST_TEST_CONTEXT(at->str()) {
      BOOST_TEST(std::count(allowed.begin(), allowed.end(), at->str()) == 1);
    }
  }
  for (const std::string_view element : {"<script src", "<img", "<iframe", "@import", "url("})
    BOOST_TEST_CONTEXT(element) BOOST_TEST(count(page, element) == 0u);
  BOOST_TEST(count(page, "<link ") == 1u);  // the icon, which is embedded
  BOOST_TEST(count(page, R"(<link rel="icon" href="data:)") == 1u);
}

BOOST_AUTO_TEST_CASE(it_lets_nothing_else_run) {
  const std::string_view page = html_page();
  BOOST_TEST(count(page, "Content-Security-Policy\" content=\"default-src 'none';") == 1u);
  BOOST_TEST(count(page, "connect-src 'self'") == 1u);
  BOOST_TEST(count(page, "unsafe-") == 0u);
  for (const std::string_view sink :
       {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("})
    BOOST_TEST_CONTEXT(sink) BOOST_TEST(count(page, sink) == 0u);
}

BOOST_AUTO_TEST_CASE(what_is_others_keeps_its_licence) {
  BOOST_TEST(count(html_page(), "uPlot (v1.6.") == 1u);
  BOOST_TEST(count(html_page(), "The MIT License") == 1u);
}

BOOST_AUTO_TEST_CASE(a_failure_to_write_is_told_by_the_stream) {
  for (const std::streamsize room : {0, 1000, 200'000}) {
    FullDisk disk{room};
    std::ostream out{&disk};
    const std::vector<TimerSnapshot> timers(1000, hostile_timers().front());
    write_html(out, timers);
    BOOST_TEST(out.bad());

    FullDisk other{room};
    std::ostream throwing{&other};
    throwing.exceptions(std::ios::badbit);
    BOOST_CHECK_THROW(write_html(throwing, timers), std::ios_base::failure);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
