//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/aligned_durations.hpp>

#include <perf_timer/detail/report/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

namespace perf_timer::inline v0_1::detail {
namespace {

using std::chrono::nanoseconds;

constexpr int shown_digits = 3;
constexpr int most_decimals = 6;
constexpr int most_integer_digits = 6;  // with more, the unit is too small

double in_unit(nanoseconds value, std::size_t unit) {
  return static_cast<double>(value.count()) / std::pow(1000, unit);
}

/// Returns the decimal exponent after rounding to `shown_digits`: 0 for 1 to 9.99.
int exponent(double value) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value),
                                 std::chars_format::scientific, shown_digits - 1)
                       .ptr;
  const char* const e = std::find(buffer.data(), end, 'e');
  int result = 0;
  std::from_chars(e + 1 + (e[1] == '+' ? 1 : 0), end, result);
  return result;
}

/// Returns the unit that gives one to three digits before the point.
std::size_t own_unit(nanoseconds value) {
  return std::min(static_cast<std::size_t>(exponent(in_unit(value, 0))) / 3,
                  short_units.size() - 1);
}

std::string text_in(nanoseconds value, std::size_t unit) {
  if (value == nanoseconds::zero()) return "0";
  const double number = in_unit(value, unit);
  const int decimals =
      unit == 0 ? 0 : std::clamp(shown_digits - 1 - exponent(number), 0, most_decimals);
  std::array<char, 64> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                 std::chars_format::fixed, decimals)
                       .ptr;
  std::string text{buffer.data(), end};
  if (text.find_first_not_of("0.") == text.npos) text = "<0.000001";
  return text;
}

std::size_t fraction_width(const std::string& text) {
  const auto point = text.find('.');
  return point == text.npos ? 0 : text.size() - point;
}

}  // namespace

std::size_t common_unit(const MaybeDurations& values) {
  std::vector<std::size_t> units;
  int longest = 0;
  for (const auto& value : values) {
    if (!value || *value == nanoseconds::zero()) continue;
    units.push_back(own_unit(*value));
    longest = std::max(longest, exponent(in_unit(*value, 0)));
  }
  if (units.empty()) return 0;
  const auto middle = units.begin() + static_cast<std::ptrdiff_t>((units.size() - 1) / 2);
  std::nth_element(units.begin(), middle, units.end());
  std::size_t unit = *middle;
  while (unit + 1 < short_units.size() &&
         longest - 3 * static_cast<int>(unit) >= most_integer_digits)
    ++unit;
  return unit;
}

std::vector<std::string> aligned(const MaybeDurations& values, std::size_t unit) {
  std::vector<std::string> texts;
  std::size_t longest = 0;
  for (const auto& value : values) {
    texts.push_back(value ? text_in(*value, unit) : "-");
    longest = std::max(longest, fraction_width(texts.back()));
  }
  for (std::string& text : texts) text.append(longest - fraction_width(text), ' ');
  return texts;
}

}  // namespace perf_timer::inline v0_1::detail
