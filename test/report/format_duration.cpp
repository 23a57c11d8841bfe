//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/format_duration.hpp>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <clocale>
#include <limits>

using perf_timer::format_duration;
using Nanoseconds = std::chrono::duration<double, std::nano>;

BOOST_AUTO_TEST_SUITE(format_duration_)

BOOST_AUTO_TEST_CASE(three_digits_unless_told_otherwise) {
  const struct {
    double nanoseconds;
    const char* text;
  } rows[] = {
      {0, "0 nsec"},
      {-0.0, "0 nsec"},
      {5, "5.00 nsec"},
      {73, "73.0 nsec"},
      {210, "210 nsec"},
      {999, "999 nsec"},
      {1e3, "1.00 usec"},
      {5e3, "5.00 usec"},
      {73'100, "73.1 usec"},
      {73'149, "73.1 usec"},
      {73'151, "73.2 usec"},
      {210'000, "210 usec"},
      {12'800'000, "12.8 msec"},
      {1'200'000'000, "1.20 sec"},
      {60e9, "60.0 sec"},
      // a value that rounds up to a thousand goes to the next unit
      {999.4, "999 nsec"},
      {999.6, "1.00 usec"},
      {999'499, "999 usec"},
      {999'500, "1.00 msec"},
      {999'999, "1.00 msec"},
      {999'499'999, "999 msec"},
      {999'999'999, "1.00 sec"},
      // a value that rounds up to ten or a hundred has one decimal less
      {9'994, "9.99 usec"},
      {9'996, "10.0 usec"},
      {99'960, "100 usec"},
      // there is no unit beyond the second
      {999e9, "999 sec"},
      {999.6e9, "1000 sec"},
      {12'345e9, "12345 sec"},
      {12'345.6e9, "12346 sec"},
      {99'999.7e9, "100000 sec"},
      {9.223372036854775807e18, "9223372037 sec"},
      // averages can be less than the clock's unit
      {0.5, "0.500 nsec"},
      {0.0123, "0.0123 nsec"},
      {0.9996, "1.00 nsec"},
      // no measurement gives these, but none may be shown as another number
      {-73'100, "-73.1 usec"},
      {std::numeric_limits<double>::infinity(), "inf sec"},
  };
  for (const auto& row : rows)
    BOOST_TEST(format_duration(Nanoseconds{row.nanoseconds}) == row.text);
}

BOOST_AUTO_TEST_CASE(other_numbers_of_digits) {
  const struct {
    double nanoseconds;
    int digits;
    const char* text;
  } rows[] = {
      {320'500, 4, "320.5 usec"},
      {12'800'000, 4, "12.80 msec"},
      {5, 4, "5.000 nsec"},
      {999'950, 4, "1.000 msec"},
      {999'940, 4, "999.9 usec"},
      {1'234'567'890, 10, "1.234567890 sec"},
      {1'250'000, 2, "1.2 msec"},
      {123'456, 2, "123 usec"},
      {994'600, 2, "995 usec"},
      {999'600, 2, "1.0 msec"},
      {123'456, 1, "123 usec"},
      {1'234'567, 1, "1 msec"},
      {950'100, 1, "1 msec"},
      {949'600, 1, "950 usec"},
      {1'000'000'001, 10, "1.000000001 sec"},
  };
  for (const auto& row : rows) {
    BOOST_TEST(format_duration(Nanoseconds{row.nanoseconds}, row.digits) == row.text);
  }
}

BOOST_AUTO_TEST_CASE(any_duration_will_do) {
  using namespace std::chrono_literals;
  BOOST_TEST(format_duration(73'100ns) == "73.1 usec");
  BOOST_TEST(format_duration(250us) == "250 usec");
  BOOST_TEST(format_duration(1.5ms) == "1.50 msec");
  BOOST_TEST(format_duration(2s) == "2.00 sec");
  BOOST_TEST(format_duration(std::chrono::nanoseconds::max()) == "9223372037 sec");
}

BOOST_AUTO_TEST_CASE(huge_numbers_fit) {
  BOOST_TEST(format_duration(Nanoseconds{std::numeric_limits<double>::max()}).size() == 304u);
  BOOST_TEST(format_duration(Nanoseconds{std::numeric_limits<double>::max()}, 17).size() == 304u);
}

BOOST_AUTO_TEST_CASE(the_locale_does_not_matter) {
  if (std::setlocale(LC_ALL, "de_DE.UTF-8") == nullptr) return;
  BOOST_TEST(format_duration(Nanoseconds{73'100}) == "73.1 usec");
  std::setlocale(LC_ALL, "C");
}

BOOST_AUTO_TEST_SUITE_END()
