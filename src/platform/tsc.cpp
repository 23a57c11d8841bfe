//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/tsc.hpp>

#include <cstdio>
#include <cstring>

namespace perf_timer::inline v0_1::detail {

// Linux has it in a file. Without that file, the counter isn't used.
ClocksourceName current_clocksource() noexcept {
  ClocksourceName source;
  if (std::FILE* file =
          std::fopen("/sys/devices/system/clocksource/clocksource0/current_clocksource", "r")) {
    if (std::fgets(source.text, sizeof source.text, file) == nullptr) source.text[0] = '\0';
    std::fclose(file);
    source.text[std::strcspn(source.text, "\n")] = '\0';
  }
  return source;
}

}  // namespace perf_timer::inline v0_1::detail
