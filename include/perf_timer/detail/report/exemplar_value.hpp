//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/report/utf8.hpp>

#include <string>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// Returns the value of a run's label as OpenMetrics can have it: with U+FFFD for each byte that
/// isn't UTF-8, and for NUL, for which Prometheus refuses the whole text.
[[nodiscard]] inline std::string exemplar_value(std::string_view value) {
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  std::string text = valid_utf8(value);
  for (auto at = text.find('\0'); at != text.npos; at = text.find('\0', at + replacement.size()))
    text.replace(at, 1, replacement);
  return text;
}

}  // namespace perf_timer::inline v0_1::detail
