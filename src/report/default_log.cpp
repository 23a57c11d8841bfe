//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/default_log.hpp>

#include <cstdio>
#include <exception>
#include <string>

namespace perf_timer::inline v0_1::detail {

void default_log(std::string_view line) noexcept {
  try {
    std::string text;
    text.reserve(line.size() + 1);
    text.append(line).push_back('\n');
    std::fwrite(text.data(), 1, text.size(), stdout);
  } catch (const std::exception&) {  // no memory: in two writes, then
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
  }
}

void default_live_log(std::string_view text) noexcept {
  default_log(text);
  std::fflush(stdout);
}

}  // namespace perf_timer::inline v0_1::detail
