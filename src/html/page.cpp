//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/html_page.hpp>
#include <perf_timer/write_html.hpp>

#include <perf_timer/json_report.hpp>
#include <perf_timer/to_json.hpp>

#include "page_bytes.hpp"

#include <boost/assert.hpp>
#include <boost/json/serialize.hpp>

#include <ostream>
#include <string>

namespace perf_timer::inline v0_1 {
namespace {

constexpr std::string_view report_begins = R"(<script type="application/json" id="report">)";

// Escapes JSON so that no name in it can end the script element around it. In JSON these characters
// only occur in strings, where an escape means the same. U+2028 and U+2029 end lines in JavaScript.
std::string for_a_script(const std::string& json) {
  constexpr std::string_view separators = "\xE2\x80";
  std::string result;
  result.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string_view rest = std::string_view{json}.substr(i);
    if (rest.front() == '<') {
      result += "\\u003c";
    } else if (rest.starts_with(separators) && rest.size() > 2 &&
               (rest[2] == '\xA8' || rest[2] == '\xA9')) {
      result += rest[2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      result += rest.front();
    }
  }
  return result;
}

void write_page(std::ostream& out, const std::string& report) {
  const std::string_view page = html_page();
  const auto begin = page.find(report_begins);
  BOOST_ASSERT(begin != page.npos);
  const auto place = begin + report_begins.size();
  out << page.substr(0, place) << for_a_script(report) << page.substr(place);
}

}  // namespace

std::string_view html_page() noexcept { return detail::page_bytes(); }

void write_html(std::ostream& out) { write_page(out, json_report()); }

void write_html(std::ostream& out, std::span<const TimerSnapshot> timers) {
  write_page(out, boost::json::serialize(to_json(timers)));
}

}  // namespace perf_timer::inline v0_1
