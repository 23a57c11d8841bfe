//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Where a report at exit goes.
struct ReportPlace {
  enum class To { nowhere, standard_error, standard_output, file };

  To to = To::standard_error;
  std::filesystem::path file{};

  bool operator==(const ReportPlace&) const = default;
};

/// What the environment asks for.
struct Settings {
  ReportPlace report;            ///< PERF_TIMER_REPORT=stderr, stdout, off, or a file
  bool timers_too = false;       ///< it is set, so that timers are in the report
  std::optional<int> on_signal;  ///< PERF_TIMER_SIGNAL=USR1, or a number
  std::optional<std::chrono::nanoseconds> stalls;  ///< PERF_TIMER_STALLS=100ms
  std::filesystem::path flight;                    ///< PERF_TIMER_FLIGHT=DIRECTORY
  std::vector<std::string> errors;                 ///< what can't be done, in sentences

  bool operator==(const Settings&) const = default;
};

/// Returns the value of a variable; null if it isn't set.
using Environment = std::function<const char*(const char*)>;

/// Reads the settings. A variable that is empty counts as not set. What is wrong is left out, and
/// told. Throws `std::bad_alloc`.
[[nodiscard]] Settings settings_of(const Environment& environment);

/// Returns a duration such as "100ms": a number, and ns, us, ms, s or min. Nothing if it is none,
/// or isn't longer than zero.
[[nodiscard]] std::optional<std::chrono::nanoseconds> duration_of(std::string_view text);

}  // namespace perf_timer::inline v0_1::detail
