//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "text_parts.hpp"

#include <perf_timer/detail/recorder/run_labels.hpp>
#include <perf_timer/detail/report/exemplar_value.hpp>
#include <perf_timer/detail/report/labels.hpp>
#include <perf_timer/detail/report/utf8.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstring>
#include <iterator>

namespace perf_timer::inline v0_1::detail {

char* write(char* to, double value) noexcept {
  constexpr double exact = 1e15;
  if (value >= 0 && value < exact && value == std::floor(value) && !std::signbit(value))
    return std::to_chars(to, to + longest_number, static_cast<std::uint64_t>(value)).ptr;
  return std::to_chars(to, to + longest_number, value, std::chars_format::general, 16).ptr;
}

char* write(char* to, std::uint64_t value) noexcept {
  return std::to_chars(to, to + longest_number, value).ptr;
}

char* write(char* to, std::string_view text) noexcept {
  std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

std::string label(std::string_view name, std::string_view value) {
  std::string text(name);
  text += "=\"";
  for (const char c : value) {
    if (c == '\n') {
      text += "\\n";
    } else {
      if (c == '\\' || c == '"') text += '\\';
      text += c;
    }
  }
  return text += '"';
}

std::string bound_text(double bound, TextFormat format) {
  char digits[longest_number];
  if (format != TextFormat::openmetrics) return {digits, write(digits, bound)};
  // As everybody writes it, because it is text: with as few digits as tell it, and a point.
  const char* const end =
      std::to_chars(digits, std::end(digits), bound, std::chars_format::general).ptr;
  std::string text(static_cast<const char*>(digits), end);
  if (text.find_first_of(".e") == text.npos) text += ".0";
  return text;
}

std::string head_of(std::string_view metric, std::string_view help, TimerMetricType type,
                    TextFormat format) {
  constexpr std::string_view types[]{"counter", "gauge", "summary", "histogram"};
  constexpr std::string_view total = "_total", seconds = "seconds";
  const bool openmetrics = format == TextFormat::openmetrics;
  if (openmetrics && metric.ends_with(total)) metric.remove_suffix(total.size());
  std::string text;
  const auto line = [&](std::string_view what, std::string_view is) {
    text.append("# ").append(what).append(" ").append(metric).append(" ").append(is) += '\n';
  };
  line("HELP", help);
  line("TYPE", types[static_cast<std::size_t>(type)]);
  if (openmetrics && metric.ends_with("_seconds")) line("UNIT", seconds);
  return text;
}

std::string exemplar_text(const Exemplar& exemplar) {
  std::string text;
  std::size_t characters = 0;
  for (const auto& [name, given] : exemplar.labels) {
    const std::string value = exemplar_value(given);
    const auto is_same = [&same = name](const auto& other) { return other.first == same; };
    if (!is_label_name(name) || std::ranges::count_if(exemplar.labels, is_same) != 1) return {};
    characters += name.size() + static_cast<std::size_t>(std::ranges::count_if(
                                    value, [](char c) { return !continues_code_point(c); }));
    text.append(text.empty() ? " # {" : ",").append(label(name, value));
  }
  if (text.empty() || characters > RunLabels::most_characters) return {};
  const auto in_seconds = [](auto time) { return std::chrono::duration<double>(time).count(); };
  char number[longest_number];
  text.append("} ").append(number, write(number, in_seconds(exemplar.elapsed))).append(" ");
  const double at = in_seconds(exemplar.at.time_since_epoch());
  return text.append(number,
                     std::to_chars(number, std::end(number), at, std::chars_format::fixed, 3).ptr);
}

}  // namespace perf_timer::inline v0_1::detail
