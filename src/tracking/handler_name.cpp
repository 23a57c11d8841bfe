//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/tracking/handler_name.hpp>

#include "handler_wrappers.hpp"
#include "qualified_name.hpp"
#include "readable_name.hpp"
#include "type_text.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr int deepest = 64;  // wrappers in wrappers

/// Returns `T` of `signature_with`; empty if it isn't one.
[[nodiscard]] std::string_view type_in(std::string_view signature) {
  constexpr std::string_view of_gcc = "[with T = ";
  constexpr std::string_view of_clang = "[T = ";
  std::size_t at = signature.find(of_gcc);
  const std::string_view before = at == npos ? of_clang : of_gcc;
  if (at == npos) at = signature.find(of_clang);
  if (at == npos) return {};
  const std::size_t end = after_brackets(signature, at);
  if (end == npos) return {};
  at += before.size();
  const std::string_view type = signature.substr(at, end - 1 - at);
  return type.substr(0, find_outside(type, ";"));  // g++ tells then what names of types mean
}

[[nodiscard]] std::string_view without_qualifiers(std::string_view type) {
  for (;;) {
    type = trimmed(type);
    if (type.ends_with('*') || type.ends_with('&'))
      type.remove_suffix(1);
    else if (is_word_at(type, 0, "const"))
      type.remove_prefix(std::string_view("const").size());
    else
      return type;
  }
}

[[nodiscard]] HandlerName named(std::string function) { return {.function = std::move(function)}; }

/// Returns the type of what is called in "callback(bound arguments)".
[[nodiscard]] std::string_view without_bound(std::string_view type) {
  for (std::size_t at = find_outside(type, "("); at != npos; at = find_outside(type, "(", at)) {
    const std::size_t end = after_brackets(type, at);
    if (end == npos) break;
    if (end == type.size()) return trimmed(type.substr(0, at));
    at = end;
  }
  return type;
}

/// Names a pointer to a function, or to a member, by what the type tells: its class or parameters.
/// Empty if it is none.
[[nodiscard]] std::string pointer_name(std::string_view type) {
  for (std::size_t at = find_outside(type, "("); at != npos; at = find_outside(type, "(", at)) {
    const std::size_t end = after_brackets(type, at);
    if (end == npos) break;
    const std::string_view pointer = type.substr(at + 1, end - at - 2);
    at = end;
    if (!type.substr(end).starts_with('(')) continue;
    if (pointer.starts_with('*') || pointer.starts_with('&')) {
      const std::size_t parameters_end = after_brackets(type, end);
      if (parameters_end == npos) break;
      std::string text;
      for (const std::string_view parameter :
           arguments_in(type.substr(end + 1, parameters_end - end - 2)))
        text += (text.empty() ? "" : ", ") + readable_type(parameter);
      return "function(" + text + ')';
    }
    const QualifiedName member_of = read_name(pointer);
    if (member_of.rest.starts_with("::*")) return readable_name(member_of) + " member";
  }
  return {};
}

/// Returns whether it is certain that the type is a callback, or wraps one.
[[nodiscard]] bool is_callback(std::string_view type) {
  if (!pointer_name(type).empty()) return true;
  const QualifiedName name = read_name(type);
  if (name.parts.empty()) return false;
  return name.parts.back().kind == NamePart::Kind::lambda ||
         handler_wrapper(name.plain()).kind != HandlerWrapper::Kind::unknown;
}

[[nodiscard]] HandlerName name_in(std::string_view type, int depth);

/// Of a class of a library that isn't in the table. Which of its arguments is the callback can be
/// seen if there is a lambda or the like.
[[nodiscard]] HandlerName name_in_unknown(const std::vector<std::string_view>& arguments,
                                          int depth) {
  for (auto argument = arguments.rbegin(); argument != arguments.rend(); ++argument)
    if (is_callback(without_qualifiers(*argument))) return name_in(*argument, depth + 1);
  return {};
}

[[nodiscard]] HandlerName name_in(std::string_view type, int depth) {
  using Kind = HandlerWrapper::Kind;
  type = without_qualifiers(type);
  if (depth > deepest) return {};
  if (std::string pointer = pointer_name(type); !pointer.empty()) return named(std::move(pointer));
  const QualifiedName name = read_name(type);
  if (name.parts.empty()) return {};
  const NamePart& last = name.parts.back();
  const std::string plain = name.plain();
  if (name.is_local() || !is_of_wrapping_library(plain)) {
    const SourcePlace place = source_place(last.text);
    return {readable_name(name), std::string(place.file), place.line};
  }
  const HandlerWrapper wrapper = handler_wrapper(plain);
  if (wrapper.kind == Kind::is_queue) return named("the strand's queue");
  if (wrapper.kind == Kind::hides || wrapper.kind == Kind::is_absent) return {};
  const std::vector<std::string_view> arguments = arguments_in(last.arguments);
  if (wrapper.kind == Kind::unknown) return name_in_unknown(arguments, depth);
  const std::size_t index =
      wrapper.argument == HandlerWrapper::last ? arguments.size() - 1 : wrapper.argument;
  if (index >= arguments.size()) return {};
  std::string_view argument = arguments[index];
  if (index + 1 < arguments.size() &&
      handler_wrapper(read_name(argument).plain()).kind == Kind::is_absent)
    argument = arguments[index + 1];
  if (wrapper.kind == Kind::member) return named(readable_type(argument) + " member");
  if (wrapper.kind == Kind::binds && pointer_name(argument).empty())
    argument = without_bound(argument);
  return name_in(argument, depth + 1);
}

/// Returns the name in the declaration of a function. It begins after a space, or after the "*" of
/// a function that returns a pointer to a function. Without parts if there is none.
[[nodiscard]] QualifiedName declared_name(std::string_view declaration, int depth) {
  const auto is_whole = [](const QualifiedName& name) {
    return !name.parts.empty() &&
           (name.parts.back().called || name.parts.back().kind == NamePart::Kind::lambda) &&
           (name.rest.empty() || name.rest.starts_with(" requires "));
  };
  std::size_t at = 0;
  while (at < declaration.size()) {
    const std::string_view here = declaration.substr(at);
    QualifiedName name = read_name(here);
    if (is_whole(name)) return name;
    if (here.starts_with('(') && depth < deepest) {
      const std::size_t end = after_brackets(here, 0);
      if (end == npos) break;
      name = declared_name(here.substr(1, end - 2), depth + 1);
      if (!name.parts.empty()) return name;
    }
    at = find_outside(declaration, " *&", at);
    if (at != npos) at = declaration.find_first_not_of(" *&", at);
  }
  return {};
}

}  // namespace

HandlerName handler_name(std::string_view signature) { return name_in(type_in(signature), 0); }

std::string function_name(std::string_view signature) {
  signature = trimmed(signature);
  QualifiedName name = declared_name(signature, 0);
  if (!name.parts.empty()) return readable_function(name);
  name = read_name(signature);
  return name.rest.empty() ? readable_function(name) : std::string(signature);
}

}  // namespace perf_timer::inline v0_1::detail
