//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/operation_text.hpp>

#include <cstddef>

namespace perf_timer::inline v0_1::detail {

std::string qualified_name(std::string_view object, std::string_view operation) {
  std::string text{object};
  if (!text.empty()) text += '.';
  return text.append(operation);
}

std::string place_name(std::string_view file, unsigned line, std::string_view function) {
  if (file.empty()) return std::string{function};
  // Without a separator, `find_last_of` returns `npos`, and the base name begins at 0.
  const std::size_t base = file.find_last_of("/\\") + 1;
  return std::string{file.substr(base)}.append(":").append(std::to_string(line));
}

}  // namespace perf_timer::inline v0_1::detail
