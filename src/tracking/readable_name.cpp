//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "readable_name.hpp"

#include "qualified_name.hpp"
#include "type_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr std::size_t longest_arguments = 60;  // in characters; longer ones are "..."
constexpr int deepest = 8;                     // templates in templates

[[nodiscard]] std::string readable_type(std::string_view type, int depth);

/// An argument that the author of a container leaves out.
[[nodiscard]] bool is_usual_default(std::string_view argument) {
  constexpr std::array<std::string_view, 6> names{"std::allocator", "std::char_traits",
                                                  "std::less",      "std::hash",
                                                  "std::equal_to",  "std::default_delete"};
  return std::find(names.begin(), names.end(), read_name(argument).plain()) != names.end();
}

[[nodiscard]] std::string readable_arguments(std::string_view arguments, bool of_std, int depth) {
  if (depth >= deepest) return "<...>";
  std::vector<std::string_view> all = arguments_in(arguments);
  while (of_std && all.size() > 1 && is_usual_default(all.back())) all.pop_back();
  std::string text;
  for (const std::string_view argument : all) {
    if (!text.empty()) text += ", ";
    text += readable_type(argument, depth + 1);
    if (text.size() > longest_arguments) return "<...>";
  }
  return '<' + text + '>';
}

/// Of operators: without spaces, and with a readable type.
[[nodiscard]] std::string readable_word(std::string_view text, int depth) {
  constexpr std::string_view word = "operator";
  if (!is_word_at(text, 0, word)) return std::string(text);
  const std::string_view symbol = trimmed(text.substr(word.size()));
  if (symbol.empty()) return std::string(text);
  if (after_operator(text, 0) == word.size())
    return std::string(word) + ' ' + readable_type(symbol, depth + 1);
  const bool is_word = is_name_character(symbol.front());
  return std::string(word) + (is_word ? " " : "") + std::string(symbol);
}

/// Whether it is what clang calls the function of a lambda: `operator()` in it.
[[nodiscard]] bool is_call_of_lambda(const std::vector<NamePart>& parts, std::size_t i) noexcept {
  return i != 0 && parts[i - 1].kind == NamePart::Kind::lambda && parts[i].text == "operator()";
}

[[nodiscard]] std::string readable_parts(const std::vector<NamePart>& parts, bool of_function,
                                         int depth) {
  std::size_t types = 0;  // parts from here on are types that aren't in a function
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (parts[i].called || parts[i].kind == NamePart::Kind::lambda) types = i + 1;
  if (of_function) types = parts.size();
  std::string text;
  bool in_lambda = false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const NamePart& part = parts[i];
    if (part.kind == NamePart::Kind::anonymous || is_inline_namespace(part.text) ||
        is_call_of_lambda(parts, i))
      continue;
    if (part.kind == NamePart::Kind::lambda) {
      text += in_lambda ? " in lambda" : text.empty() ? "lambda" : " lambda";
      in_lambda = true;
      continue;
    }
    in_lambda = false;
    if (!text.empty()) text += "::";
    text += part.kind == NamePart::Kind::unnamed ? "unnamed" : readable_word(part.text, depth);
    if (part.templated && i >= types)
      text += readable_arguments(part.arguments, parts.front().text == "std", depth);
    if (part.called && !(of_function && i + 1 == parts.size())) text += "()";
  }
  return text;
}

/// Of fundamental types, which g++ writes with more words.
[[nodiscard]] std::string_view fewer_words(std::string_view type) noexcept {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> words{
      {{"long unsigned int", "unsigned long"},
       {"long long unsigned int", "unsigned long long"},
       {"long long int", "long long"},
       {"long int", "long"},
       {"short unsigned int", "unsigned short"},
       {"short int", "short"}}};
  for (const auto& [more, fewer] : words)
    if (type == more) return fewer;
  return type;
}

std::string readable_type(std::string_view type, int depth) {
  type = trimmed(type);
  std::string before;
  if (is_word_at(type, 0, "const")) {
    before = "const ";
    type = trimmed(type.substr(before.size() - 1));
  }
  std::string after;
  while (type.ends_with('*') || type.ends_with('&')) {
    after.insert(after.begin(), type.back());
    type = trimmed(type.substr(0, type.size() - 1));
  }
  const QualifiedName name = read_name(type);
  const auto& parts = name.parts;
  if (parts.empty() || !name.rest.empty()) return before + std::string(fewer_words(type)) + after;
  const std::string plain = name.plain();
  for (const std::string_view text : {"std::basic_string", "std::basic_string_view"})
    if (plain == text && is_word_at(parts.back().arguments, 0, "char"))
      return before + "std::" + plain.substr(std::string_view("std::basic_").size()) + after;
  return before + readable_parts(parts, false, depth) + after;
}

}  // namespace

std::string readable_name(const QualifiedName& name) {
  return readable_parts(name.parts, false, 0);
}

std::string readable_function(const QualifiedName& name) {
  return readable_parts(name.parts, true, 0);
}

std::string readable_type(std::string_view type) { return readable_type(type, 0); }

}  // namespace perf_timer::inline v0_1::detail
