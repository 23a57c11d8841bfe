//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/environment/begin_tracking.hpp>
#include <perf_timer/detail/platform/at_quick_exit.hpp>
#include <perf_timer/detail/platform/call_on_signal.hpp>
#include <perf_timer/detail/platform/files.hpp>
#include <perf_timer/detail/platform/process_id.hpp>
#include <perf_timer/detail/report/text_stream.hpp>
#include <perf_timer/flight_recorder.hpp>
#include <perf_timer/stacktrace_symbols.hpp>
#include <perf_timer/stall_watch.hpp>
#include <perf_timer/write_operations.hpp>
#include <perf_timer/write_report.hpp>
#ifdef PERF_TIMER_ENVIRONMENT_HAS_HTTP
#include <perf_timer/serve.hpp>
#endif

#include "settings.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

void tell(const char* text) noexcept { std::fprintf(stderr, "perf_timer: %s\n", text); }
void tell(const char* what, const char* why) noexcept {
  std::fprintf(stderr, "perf_timer: %s: %s\n", what, why);
}

/// What a tracked program does by itself. Never destroyed: what it has told the program to do at
/// exit comes after all static objects are gone.
class Tracking {
 public:
  explicit Tracking(Settings settings) : settings_(std::move(settings)) {}

  void begin() noexcept {
    for (const std::string& error : settings_.errors) tell(error.c_str());
    if (!settings_.flight.empty())
      attempt("PERF_TIMER_FLIGHT", [this] { record(settings_.flight); });
    if (settings_.stalls) attempt("PERF_TIMER_STALLS", [this] { watch(*settings_.stalls); });
    if (settings_.on_signal)
      attempt("PERF_TIMER_SIGNAL", [this] { report_on(*settings_.on_signal); });
    if (settings_.serve) attempt("PERF_TIMER_SERVE", [this] { serve(*settings_.serve); });
  }

  /// Saves and tells what is due, and reports.
  void end() noexcept {
#ifdef PERF_TIMER_ENVIRONMENT_HAS_HTTP
    service_.reset();
#endif
    watch_.reset();
    recorder_.reset();
    report();
  }

 private:
  using To = ReportPlace::To;

  static void attempt(const char* what, const auto& action) noexcept {
    try {
      action();
    } catch (const std::exception& error) {
      tell(what, error.what());
    }
  }

  void report() const noexcept {
    attempt("the report isn't written", [this] {
      // On a signal and at exit, at once. The child of a fork has one thread, and maybe a locked
      // mutex.
      std::unique_lock lock(mutex_, std::defer_lock);
      if (!is_forked()) lock.lock();
      write(settings_.report);
    });
  }

  void write(const ReportPlace& place) const {
    if (place.to == To::nowhere) return;
    if (place.to == To::file) {
      std::filesystem::path file = place.file;
      if (is_forked()) file += "." + std::to_string(process_id());  // not its parent's
      if (const std::error_code error = replace_file(file, text({})))
        throw std::system_error(error, file.string());
      return;
    }
    std::FILE* const out = place.to == To::standard_error ? stderr : stdout;
    const std::string written = text(TableOptions::of(place.to == To::standard_error ? 2 : 1));
    std::fwrite(written.data(), 1, written.size(), out);
    std::fflush(out);
  }

  [[nodiscard]] std::string text(const TableOptions& options) const {
    TextStream out;
    if (is_forked())
      out << "perf_timer: process " << process_id()
          << ", a fork: what its parent had counted before is included\n";
    if (settings_.timers_too) {
      write_report(out, options);
      out << '\n';
    }
    write_operations(out, options);
    return std::move(out).str();
  }

  void report_on(int signal) {
    const auto call = [](void* self) { static_cast<const Tracking*>(self)->report(); };
    if (const std::error_code error = call_on_signal(signal, call, this))
      throw std::system_error(error);
  }

  void watch(std::chrono::nanoseconds longer_than) {
    StallWatchOptions options{.longer_than = longer_than, .symbols = stacktrace_symbols};
    if (recorder_)
      options.sink = [this](const Stall& stall) {
        TextStream out;
        out << stall;
        const std::string text = out.str();
        tell(text.c_str());
        if (!stall.over) recorder_->save(text);
      };
    watch_.emplace(watch_stalls(std::move(options)));
  }

  void record(const std::filesystem::path& directory) {
    recorder_.emplace(FlightRecorderOptions{.directory = directory});
  }

  void serve(const ServicePlace& place) {
#ifdef PERF_TIMER_ENVIRONMENT_HAS_HTTP
    service_.emplace(perf_timer::serve(
        {.address = place.address, .port = place.port, .token = settings_.token}));
    tell("look inside", service_->address().c_str());
#else
    static_cast<void>(place);
    throw std::runtime_error("this perf_timer was built without perf_timer::http");
#endif
  }

  [[nodiscard]] bool is_forked() const noexcept { return process_id() != process_; }

  const Settings settings_;
  const long process_ = process_id();
  mutable std::mutex mutex_;  // held while a report is written
  std::optional<FlightRecorder> recorder_;
  std::optional<StallWatch> watch_;  // ends before the recorder, which it uses
#ifdef PERF_TIMER_ENVIRONMENT_HAS_HTTP
  std::optional<Service> service_;
#endif
};

Tracking* tracking = nullptr;

[[nodiscard]] bool begin() noexcept {
  try {
    tracking = new Tracking(settings_of([](const char* name) { return std::getenv(name); }));
    std::atexit([] { tracking->end(); });
    at_quick_exit([] { tracking->end(); });
    tracking->begin();
  } catch (const std::exception& error) {
    tell("what the environment asks for isn't done", error.what());
  }
  return true;
}

}  // namespace

bool begin_tracking() noexcept {
  static const bool begun = begin();
  return begun;
}

}  // namespace perf_timer::inline v0_1::detail
