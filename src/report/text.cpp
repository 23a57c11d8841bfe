//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/text.hpp>

#include <perf_timer/detail/report/utf8.hpp>

#include <boost/assert.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <system_error>
#include <vector>

namespace perf_timer::inline v0_1::detail {
namespace {

// Holds the longest double in fixed notation without decimals: 309 digits and a sign.
using NumberBuffer = std::array<char, 320>;

std::string_view to_text(NumberBuffer& buffer, double value, std::chars_format format,
                         int precision) {
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format, precision);
  BOOST_ASSERT(error == std::errc{});
  static_cast<void>(error);
  return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

}  // namespace

std::string duration_text(double nanoseconds, int significant_digits, const UnitSuffixes& units) {
  BOOST_ASSERT(significant_digits >= 1 && significant_digits <= 17);
  if (nanoseconds == 0) return std::string{"0"}.append(units.front());

  // Round first, so that what rounds up to a thousand moves to the next unit. Then "d.dde+XX" is
  // split into digits and exponent, and these are put together in the unit.
  NumberBuffer buffer;
  const auto rounded =
      to_text(buffer, std::abs(nanoseconds), std::chars_format::scientific, significant_digits - 1);
  std::string text;
  if (std::signbit(nanoseconds)) text += '-';
  const auto e = rounded.find('e');
  if (e == std::string_view::npos) return text.append(rounded).append(units.back());  // "inf"

  const int exponent = std::atoi(std::string{rounded.substr(e + 1)}.c_str());
  const int unit = std::clamp(exponent / 3, 0, static_cast<int>(units.size()) - 1);
  const int integer_digits = exponent - 3 * unit + 1;

  std::string digits{rounded.substr(0, e)};
  std::erase(digits, '.');
  if (integer_digits > significant_digits) {
    text +=
        to_text(buffer, std::abs(nanoseconds) / std::pow(1000, unit), std::chars_format::fixed, 0);
  } else if (integer_digits <= 0) {
    text.append("0.").append(static_cast<std::size_t>(-integer_digits), '0').append(digits);
  } else {
    const auto point = static_cast<std::size_t>(integer_digits);
    text.append(digits, 0, point);
    if (point < digits.size()) text.append(".").append(digits, point);
  }
  return text.append(units[static_cast<std::size_t>(unit)]);
}

std::string quantile_label(double probability) {
  NumberBuffer buffer;
  return std::string{to_text(buffer, probability * 100, std::chars_format::general, 10)} + "%";
}

std::string wrapped(std::string_view text, std::size_t width) {
  std::string result;
  std::size_t used = 0;
  bool begun = false;  // whether the line has begun, even with only a blank
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find_first_of(" \n"));
    const bool ends_line = word.size() < text.size() && text[word.size()] == '\n';
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (width != 0 && begun && used + 1 + display_width(word) > width) {
      result += '\n';
      used = 0;
      begun = false;
    }
    if (begun) result += ' ';
    result += word;
    used += display_width(word) + (begun ? 1 : 0);
    begun = !ends_line;
    if (!ends_line) continue;
    result += '\n';
    used = 0;
  }
  return result;
}

std::string styled(std::string text, Style style, bool colour) {
  constexpr std::string_view codes[] = {"", "1", "2", "32", "33", "1;31"};
  if (!colour || style == Style::plain || text.empty()) return text;
  const std::string_view code = codes[static_cast<std::size_t>(style)];
  return std::string{"\x1b["}.append(code).append("m").append(text).append("\x1b[0m");
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      i = std::min(text.find('m', i), text.size() - 1);
    } else if (!continues_code_point(text[i])) {
      ++width;
    }
  }
  return width;
}

std::size_t widest_line(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    width = std::max(width, display_width(line));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return width;
}

std::string shortened(std::string_view text, std::size_t limit) {
  constexpr std::string_view gap = "...";
  BOOST_ASSERT(limit > gap.size());
  const std::size_t width = display_width(text);
  if (width <= limit) return std::string{text};

  std::vector<std::size_t> starts;  // where code points begin
  starts.reserve(width);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!continues_code_point(text[i])) starts.push_back(i);
  }
  const std::size_t kept = limit - gap.size();
  const std::size_t head = kept / 2;
  const std::size_t tail = kept - head;
  return std::string{text.substr(0, starts[head])}.append(gap).append(
      text.substr(starts[width - tail]));
}

}  // namespace perf_timer::inline v0_1::detail
