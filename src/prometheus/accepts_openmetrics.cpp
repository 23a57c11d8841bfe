//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The header `Accept`, as RFC 9110 has it: media ranges with parameters and weights.
#include <perf_timer/openmetrics_text.hpp>

#include <algorithm>
#include <cstddef>

namespace perf_timer::inline v0_1 {
namespace {

constexpr char lower(char c) noexcept {  // of <cctype>, it depends on the locale
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_word(std::string_view text, std::string_view lower_case) noexcept {
  return std::ranges::equal(text, lower_case, {}, lower);
}

std::string_view without_spaces(std::string_view text) noexcept {
  constexpr std::string_view spaces = " \t";
  const std::size_t first = text.find_first_not_of(spaces);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(spaces) + 1 - first);
}

/// Takes off what stands before the next separator that isn't in quotes.
std::string_view take_until(std::string_view& text, char separator) noexcept {
  bool quoted = false;
  std::size_t end = 0;
  for (; end != text.size() && (quoted || text[end] != separator); ++end) {
    if (text[end] == '"') quoted = !quoted;
    if (quoted && text[end] == '\\' && end + 1 != text.size()) ++end;
  }
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return without_spaces(taken);
}

/// Returns a weight in thousandths; nothing that isn't one is liked.
int weight_of(std::string_view text) noexcept {
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return 0;
  int weight = text[0] == '1' ? 1000 : 0;
  text.remove_prefix(1);
  if (!text.empty() && text[0] != '.') return 0;
  if (!text.empty()) text.remove_prefix(1);
  if (text.size() > 3) return 0;
  int worth = 100;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return 0;
    weight += worth * (digit - '0');
    worth /= 10;
  }
  return weight <= 1000 ? weight : 0;
}

/// What a client likes a format: by the most specific range that has it.
struct Liked {
  int precision = 0;
  int weight = 0;

  void by(int how_precisely, int its_weight) noexcept {
    if (how_precisely < precision) return;
    weight = how_precisely > precision ? its_weight : std::max(weight, its_weight);
    precision = how_precisely;
  }
};

}  // namespace

bool accepts_openmetrics(std::string_view accept) noexcept {
  Liked openmetrics, text;
  while (!accept.empty()) {
    std::string_view range = take_until(accept, ',');
    const std::string_view type = take_until(range, ';');
    std::string_view version;
    int weight = 1000;
    while (!range.empty()) {
      std::string_view value = take_until(range, ';');
      const std::string_view name = take_until(value, '=');
      if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
        value = value.substr(1, value.size() - 2);
      if (is_word(name, "q")) weight = weight_of(value);
      if (is_word(name, "version")) version = value;
    }
    const int precision = version.empty() ? 3 : 4;
    if (is_word(type, "application/openmetrics-text") && (version.empty() || version == "1.0.0"))
      openmetrics.by(precision, weight);
    else if (is_word(type, "text/plain") && (version.empty() || version == "0.0.4"))
      text.by(precision, weight);
    else if (is_word(type, "text/*"))
      text.by(2, weight);
    else if (is_word(type, "*/*"))
      text.by(1, weight);
  }
  return openmetrics.weight > 0 && openmetrics.weight >= text.weight;
}

}  // namespace perf_timer::inline v0_1
