//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/tracking/handler_name.hpp>

#include <string>

namespace test {

/// What g++ and clang tell of a type in `signature_with`.
inline std::string gcc(const std::string& type) {
  return "constexpr const char* perf_timer::v0_1::detail::signature_with() [with T = " + type + "]";
}
inline std::string clang(const std::string& type) {
  return "const char *perf_timer::detail::signature_with() [T = " + type + "]";
}

/// As the first argument of a template: g++ has a space between two brackets.
inline std::string gcc_argument(const std::string& type) {
  return type.ends_with('>') ? type + ' ' : type;
}

/// What an operation is called: its function, and file and line if they are known.
inline std::string shown(const perf_timer::detail::HandlerName& name) {
  if (name.file.empty() && name.line == 0) return name.function;
  return name.function + ", " + name.file + ':' + std::to_string(name.line);
}

inline std::string handler_of(const std::string& signature) {
  return shown(perf_timer::detail::handler_name(signature));
}

}  // namespace test
