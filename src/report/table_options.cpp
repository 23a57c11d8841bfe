//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/terminal.hpp>
#include <perf_timer/table_options.hpp>

#include <cstdlib>
#include <iostream>
#include <string_view>

namespace perf_timer::inline v0_1 {
namespace {

bool wants_colour() {
  const char* const no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* const terminal = std::getenv("TERM");
  return terminal != nullptr && std::string_view(terminal) != "dumb";
}

// What the standard streams begin with: a program may have them write elsewhere.
const std::streambuf* const cout_buffer = std::cout.rdbuf();
const std::streambuf* const cerr_buffer = std::cerr.rdbuf();
const std::streambuf* const clog_buffer = std::clog.rdbuf();

}  // namespace

TableOptions TableOptions::of(int file_descriptor) {
  TableOptions options;
  if (!detail::is_terminal(file_descriptor)) return options;
  options.width = detail::terminal_width(file_descriptor);
  options.colour = wants_colour();
  return options;
}

TableOptions TableOptions::of(const std::ostream& out) {
  const std::streambuf* const buffer = out.rdbuf();
  if (buffer == nullptr) return {};
  if (buffer == cout_buffer) return of(detail::standard_output);
  if (buffer == cerr_buffer || buffer == clog_buffer) return of(detail::standard_error);
  return {};
}

}  // namespace perf_timer::inline v0_1
