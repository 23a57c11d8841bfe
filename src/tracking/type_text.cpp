//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "type_text.hpp"

#include <array>
#include <charconv>
#include <string>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr auto npos = std::string_view::npos;

[[nodiscard]] bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// Returns the index of ":41:7" at the end of `text`; `npos` if it has no such end.
[[nodiscard]] std::size_t line_and_column(std::string_view text) noexcept {
  for (int numbers = 0; numbers < 2; ++numbers) {
    const std::size_t before = text.find_last_not_of("0123456789");
    if (before == npos || before + 1 == text.size() || text[before] != ':') return npos;
    text = text.substr(0, before);
  }
  return text.size();
}

/// Returns the index after "(lambda at app.cpp:41:7)" or "(anonymous namespace)" at `at`; `at` if
/// nothing like that stands there. A file's name can have brackets.
[[nodiscard]] std::size_t after_place(std::string_view text, std::size_t at) noexcept {
  const std::string_view here = text.substr(at);
  if (!here.starts_with("(lambda at ") && !here.starts_with("(unnamed ") &&
      !here.starts_with("(anonymous "))
    return at;
  const std::size_t first = text.find(')', at);
  if (first == npos) return at;
  if (text.substr(at, first - at).find(" at ") == npos) return first + 1;
  for (std::size_t end = first; end != npos; end = text.find(')', end + 1))
    if (line_and_column(text.substr(at, end - at)) != npos) return end + 1;
  return first + 1;
}

/// Returns the index after the literal at `at`, which is a quote; after the quote if it is none.
[[nodiscard]] std::size_t after_literal(std::string_view text, std::size_t at) noexcept {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == quote && i != at + 1)
      return i + 1;
    else if (text[i] == quote && quote == '"')
      return i + 1;
    else if (quote == '\'' && i > at + 12)
      break;
  }
  return at + 1;
}

/// Returns the index after what stands at `at`. It is no bracket, or holds none that counts.
[[nodiscard]] std::size_t after_piece(std::string_view text, std::size_t at) noexcept {
  switch (text[at]) {
    case '\'':
    case '"':
      return after_literal(text, at);
    case '(':
      return after_place(text, at);
    case '-':
      return text.substr(at).starts_with("->") ? at + 2 : at + 1;
    case 'o':
      if (is_word_at(text, at, "operator") && (at == 0 || !is_name_character(text[at - 1])))
        return after_operator(text, at);
      return at + 1;
    case '<':
    case '[':
    case '{':
    case '>':
    case ')':
    case ']':
    case '}':
      return at;
    default:
      return at + 1;
  }
}

[[nodiscard]] char closing(char opening) noexcept {
  switch (opening) {
    case '<':
      return '>';
    case '(':
      return ')';
    case '[':
      return ']';
    case '{':
      return '}';
    default:
      return '\0';
  }
}

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool is_name_character(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_word_at(std::string_view text, std::size_t at, std::string_view word) noexcept {
  if (!text.substr(at).starts_with(word)) return false;
  const std::size_t end = at + word.size();
  return end == text.size() || !is_name_character(text[end]);
}

std::size_t after_operator(std::string_view text, std::size_t at) noexcept {
  constexpr std::array<std::string_view, 27> symbols{
      "()", "[]", "->*", "<=>", "<<=", ">>=", "<<", ">>", "<=", ">=", "->", "&&", "||", "++",
      "--", "==", "!=",  "+=",  "-=",  "*=",  "/=", "%=", "&=", "|=", "^=", "<",  ">"};
  at += std::string_view("operator").size();
  std::size_t begin = at;
  while (begin < text.size() && text[begin] == ' ') ++begin;
  const std::string_view here = text.substr(begin);
  if (here.starts_with("\"\"")) {
    for (at = begin + 2; at < text.size() && (is_name_character(text[at]) || text[at] == ' ');)
      ++at;
    return at;
  }
  for (const std::string_view symbol : symbols)
    if (here.starts_with(symbol)) return begin + symbol.size();
  if (!here.empty() && std::string_view("+-*/%^&|~!=,").find(here.front()) != npos)
    return begin + 1;
  for (const std::string_view word : {"new", "delete"}) {
    if (!is_word_at(text, begin, word)) continue;
    at = begin + word.size();
    std::size_t array = at;
    while (array < text.size() && text[array] == ' ') ++array;
    return text.substr(array).starts_with("[]") ? array + 2 : at;
  }
  return is_word_at(text, begin, "co_await") ? begin + std::string_view("co_await").size() : at;
}

std::size_t after_brackets(std::string_view text, std::size_t at) {
  std::string open;
  while (at < text.size()) {
    if (const std::size_t after = after_piece(text, at); after != at) {
      at = after;
      if (open.empty()) return at;
      continue;
    }
    if (const char close = closing(text[at])) {
      open.push_back(close);
    } else {
      if (open.empty() || open.back() != text[at]) return npos;
      open.pop_back();
      if (open.empty()) return at + 1;
    }
    ++at;
  }
  return npos;
}

std::size_t find_outside(std::string_view text, std::string_view characters, std::size_t at) {
  while (at < text.size()) {
    if (characters.find(text[at]) != npos) return at;
    if (const std::size_t after = after_piece(text, at); after != at) {
      at = after;
    } else {
      at = after_brackets(text, at);
      if (at == npos) return npos;
    }
  }
  return npos;
}

std::vector<std::string_view> arguments_in(std::string_view text) {
  std::vector<std::string_view> arguments;
  if (trimmed(text).empty()) return arguments;
  for (;;) {
    const std::size_t comma = find_outside(text, ",");
    arguments.push_back(trimmed(text.substr(0, comma)));
    if (comma == npos) return arguments;
    text = text.substr(comma + 1);
  }
}

SourcePlace source_place(std::string_view text) noexcept {
  constexpr std::string_view before = " at ";
  const std::size_t at = text.find(before);
  if (at == npos || !text.ends_with(')')) return {};
  text = text.substr(at + before.size());
  text.remove_suffix(1);
  const std::size_t end = line_and_column(text);
  if (end == npos) return {};
  SourcePlace place{text.substr(0, end), 0};
  std::from_chars(text.data() + end + 1, text.data() + text.size(), place.line);
  return place;
}

}  // namespace perf_timer::inline v0_1::detail
