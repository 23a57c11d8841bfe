//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <chrono>
#include <cstdint>
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

/// Where a service listens.
struct ServicePlace {
  std::string address{};
  std::uint16_t port = 0;

  bool operator==(const ServicePlace&) const = default;
};

/// What the environment asks for.
struct Settings {
  ReportPlace report;            ///< PERF_TIMER_REPORT=stderr, stdout, off, or a file
  bool timers_too = false;       ///< it is set, so that timers are in the report
  std::optional<int> on_signal;  ///< PERF_TIMER_SIGNAL=USR1, or a number
  std::optional<std::chrono::nanoseconds> stalls;  ///< PERF_TIMER_STALLS=100ms
  std::filesystem::path flight;                    ///< PERF_TIMER_FLIGHT=DIRECTORY
  std::optional<ServicePlace> serve;               ///< PERF_TIMER_SERVE=ADDRESS:PORT
  std::string token;                               ///< PERF_TIMER_TOKEN, for that
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

/// Returns where to listen: "127.0.0.1:9464", "[::1]:9464", "9464" on 127.0.0.1, or "unix:/PATH".
/// Nothing if it is none of these. Whether the address is one is seen later.
[[nodiscard]] std::optional<ServicePlace> service_place_of(std::string_view text);

}  // namespace perf_timer::inline v0_1::detail
