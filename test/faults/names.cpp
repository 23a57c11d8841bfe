//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A timer's name may come from a request. It must neither break a line of the log nor control the
// terminal.
#include <perf_timer/average_observer.hpp>
#include <perf_timer/perf_timer.hpp>
#include <perf_timer/snapshot_all.hpp>
#include <perf_timer/write_report.hpp>
#include <perf_timer/write_table.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::string_literals;
using std::chrono::nanoseconds;

struct Name {
  std::string raw, shown;
};

const Name names[] = {
    {"plain", "plain"},
    {"\"quoted\" \\ back", R"(\"quoted\" \\ back)"},
    {"one\ntwo\r\nthree\tfour", R"(one\ntwo\r\nthree\tfour)"},
    {"nul\0 bell\a del\x7f"s, R"(nul\x00 bell\x07 del\x7f)"},
    {"\x1b[2J\x1b]0;title\x07", R"(\x1b[2J\x1b]0;title\x07)"},
    // CSI (ESC [) as a single control character, in UTF-8 and as one byte; characters that end a
    // line.
    {"\xC2\x9B"
     "2J",
     R"(\xc2\x9b2J)"},
    {"\x9B"
     "2J",
     R"(\x9b2J)"},
    {"next\xC2\x85line", R"(next\xc2\x85line)"},
    {"line\xE2\x80\xA8paragraph\xE2\x80\xA9", R"(line\xe2\x80\xa8paragraph\xe2\x80\xa9)"},
    // Right-to-left override and isolate.
    {"\xE2\x80\xAEtxt.exe \xE2\x81\xA6", R"(\xe2\x80\xaetxt.exe \xe2\x81\xa6)"},
    // UTF-8 characters of two, three and four bytes stay, from the first after the control
    // characters to the last of all.
    {"f\xC3\xBCr \xE2\x82\xAC \xF0\x9F\x9A\x80", "f\xC3\xBCr \xE2\x82\xAC \xF0\x9F\x9A\x80"},
    {"\xC2\xA0\xF4\x8F\xBF\xBF", "\xC2\xA0\xF4\x8F\xBF\xBF"},
    // Invalid UTF-8: cut short, overlong, a surrogate, beyond U+10FFFF, a lone continuation byte.
    {"cut \xE2\x82", R"(cut \xe2\x82)"},
    {"cut \xE2\x82 on", R"(cut \xe2\x82 on)"},
    {"\xC0\x8A", R"(\xc0\x8a)"},
    {"\xE0\x80\x8A", R"(\xe0\x80\x8a)"},
    {"\xED\xA0\x80", R"(\xed\xa0\x80)"},
    {"\xF4\x90\x80\x80", R"(\xf4\x90\x80\x80)"},
    {"\xFF\xBF", R"(\xff\xbf)"},
};

bool one_line(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

BOOST_AUTO_TEST_SUITE(hostile_names)

BOOST_AUTO_TEST_CASE(the_snapshot_has_the_name_as_it_was_given) {
  for (const Name& name : names) {
    PerfTimer timer(name.raw, {.log = [](std::string_view) {}});
    BOOST_TEST(timer.name() == name.raw);
    BOOST_TEST(timer.snapshot().name == name.raw);
    BOOST_REQUIRE(snapshot_all().size() == 1u);
    BOOST_TEST(snapshot_all().front().name == name.raw);
  }
}

BOOST_AUTO_TEST_CASE(the_line_stays_one_line) {
  for (const Name& name : names) {
    std::vector<std::string> lines;
    {
      PerfTimer timer(name.raw, {.observer = AverageObserver{},
                                 .log = [&](std::string_view line) { lines.emplace_back(line); }});
      timer.observe(nanoseconds(5));
    }
    BOOST_REQUIRE(lines.size() == 1u);
    BOOST_TEST(lines[0] == "timer \"" + name.shown + "\": 5.00 nsec");
    BOOST_TEST(one_line(lines[0]));
  }
}

BOOST_AUTO_TEST_CASE(the_table_has_a_line_for_each_and_is_aligned) {
  for (const Name& name : names) {
    PerfTimer other("beside", {.log = [](std::string_view) {}});
    PerfTimer timer(name.raw, {.log = [](std::string_view) {}});
    other.observe(nanoseconds(9));
    timer.observe(nanoseconds(5));
    std::ostringstream table;
    write_report(table);

    std::istringstream lines(table.str());
    std::string rule, first, second, line;
    while (std::getline(lines, line)) {
      BOOST_TEST(one_line(line), line);
      if (line.starts_with("---")) {
        rule = line;
        BOOST_REQUIRE(std::getline(lines, first));
        BOOST_REQUIRE(std::getline(lines, second));
      }
    }
    BOOST_TEST(first.starts_with("beside "));
    BOOST_TEST(second.starts_with(name.shown + ' '), second);
    const auto code_points = [](std::string_view text) {
      return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
    };
    const auto column = static_cast<std::ptrdiff_t>(rule.find('+'));
    BOOST_TEST(code_points(first.substr(0, first.find('|'))) == column);
    BOOST_TEST(code_points(second.substr(0, second.find('|'))) == column);
  }
}

BOOST_AUTO_TEST_CASE(a_name_is_escaped_where_the_table_speaks_of_lost_runs) {
  for (const Name& name : names) {
    ThreadPerfTimer timer(name.raw, {.log = [](std::string_view) {}});
    TimerSnapshot snapshot = timer.snapshot();
    snapshot.lost = 1;
    snapshot.lost_reasons = {{"why", 1}};
    std::ostringstream table;
    write_table(table, std::vector{snapshot});
    BOOST_TEST(table.str().find("lost 1 of \"" + name.shown + "\": why\n") != std::string::npos,
               table.str());
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
