//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/environment/begin_tracking.hpp>
#include <perf_timer/detail/platform/files.hpp>
#include <perf_timer/detail/platform/signals_blocked.hpp>
#include <perf_timer/flight_recorder.hpp>
#include <perf_timer/stacktrace_symbols.hpp>
#include <perf_timer/stall_watch.hpp>
#include <perf_timer/write_operations.hpp>
#include <perf_timer/write_report.hpp>

#include "report_signal.hpp"
#include "settings.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>

namespace perf_timer::inline v0_1::detail {
namespace {

void tell(std::string_view text) noexcept {
  std::fprintf(stderr, "perf_timer: %.*s\n", static_cast<int>(text.size()), text.data());
}

/// What a tracked program does by itself. Never destroyed: what it has told the program to do at
/// exit comes after all static objects are gone.
class Tracking {
 public:
  explicit Tracking(Settings settings) : settings_(std::move(settings)) {}

  void begin() {
    for (const std::string& error : settings_.errors) tell(error);
    if (settings_.on_signal) report_on(*settings_.on_signal);
    if (settings_.stalls) watch(*settings_.stalls);
    if (!settings_.flight.empty()) record(settings_.flight);
  }

  /// Writes the report to where the environment says.
  void report() const noexcept {
    try {
      write(settings_.report);
    } catch (const std::exception& error) {
      tell("the report is not written: " + std::string(error.what()));
    }
  }

 private:
  using To = ReportPlace::To;

  void write(const ReportPlace& place) const {
    if (place.to == To::nowhere) return;
    if (place.to == To::file) {
      if (const std::error_code error = replace_file(place.file, text({})))
        throw std::system_error(error, place.file.string());
      return;
    }
    std::FILE* const out = place.to == To::standard_error ? stderr : stdout;
    const std::string written = text(TableOptions::of(place.to == To::standard_error ? 2 : 1));
    std::fwrite(written.data(), 1, written.size(), out);
    std::fflush(out);
  }

  [[nodiscard]] std::string text(const TableOptions& options) const {
    std::ostringstream out;
    if (settings_.timers_too) {
      write_report(out, options);
      out << '\n';
    }
    write_operations(out, options);
    return std::move(out).str();
  }

  void report_on(int signal) {
    if (const std::error_code error =
            on_signal(signal, [](void* self) { static_cast<Tracking*>(self)->report(); }, this))
      tell("PERF_TIMER_SIGNAL: " + error.message());
  }
  void watch(std::chrono::nanoseconds longer_than) {
    try {
      watch_.emplace(watch_stalls({.longer_than = longer_than, .symbols = stacktrace_symbols}));
    } catch (const std::exception& error) {
      tell("PERF_TIMER_STALLS: " + std::string(error.what()));
    }
  }
  void record(const std::filesystem::path& directory) {
    try {
      recorder_.emplace(FlightRecorderOptions{.directory = directory});
    } catch (const std::exception& error) {
      tell("PERF_TIMER_FLIGHT: " + std::string(error.what()));
    }
  }

  const Settings settings_;
  std::optional<StallWatch> watch_;
  std::optional<FlightRecorder> recorder_;
};

Tracking* tracking = nullptr;

[[nodiscard]] bool begin() noexcept {
  try {
    tracking = new Tracking(settings_of([](const char* name) { return std::getenv(name); }));
    std::atexit([] { tracking->report(); });
    tracking->begin();
  } catch (const std::exception& error) {
    tell("the environment's wishes are not done: " + std::string(error.what()));
  }
  return true;
}

}  // namespace

bool begin_tracking() noexcept {
  static const bool begun = begin();
  return begun;
}

}  // namespace perf_timer::inline v0_1::detail
