//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "flight_files.hpp"
#include "slow_ones.hpp"
#include "trace_text.hpp"
#include "trace_writer.hpp"

#include <perf_timer/detail/platform/process_id.hpp>
#include <perf_timer/detail/platform/signals_blocked.hpp>
#include <perf_timer/detail/report/first_uses.hpp>
#include <perf_timer/detail/report/text_stream.hpp>
#include <perf_timer/detail/trace/flight_trace.hpp>
#include <perf_timer/flight_recorder.hpp>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <mutex>
#include <new>
#include <stdexcept>
#include <thread>

namespace perf_timer::inline v0_1 {
namespace {

using detail::Ticks;

FlightRecorderOptions checked(FlightRecorderOptions options) {
  const auto fail = [](const std::string& what) {
    throw std::invalid_argument("FlightRecorder: " + what);
  };
  constexpr std::size_t least = std::size_t{64} << 10;
  if (options.memory < least)
    fail(".memory is " + std::to_string(options.memory) +
         ", which is too little for a trace; give 65536 or more");
  if (options.directory.empty()) fail(".directory is empty; say where the files shall be");
  if (options.keep == 0) fail(".keep is 0; at least one file must stay");
  if (options.slower_than.count() <= 0)
    fail(".slower_than is " + std::to_string(options.slower_than.count()) +
         " ns; give more than 0, or nanoseconds::max() to save only when asked");
  if (options.pause.count() < 0)
    fail(".pause is " + std::to_string(options.pause.count()) + " ns; give 0 or more");
  return options;
}

void write_to_standard_error(const SavedFlight& saved) {
  std::cerr << ("perf_timer: " + (detail::TextStream() << saved).str() + '\n') << std::flush;
}

}  // namespace

namespace detail {

/// What `save` was given and no file has yet.
class AskedToSave {
 public:
  void add(std::string_view reason) noexcept {
    const std::lock_guard lock(mutex_);
    is_any_ = true;
    try {
      if (reasons_.size() < most) reasons_.emplace_back(reason);
    } catch (...) {  // no memory; then the file doesn't say why
    }
  }
  /// Appends the reasons. Returns whether there were any.
  [[nodiscard]] bool take(std::vector<std::string>& to) {
    const std::lock_guard lock(mutex_);
    to.insert(to.end(), reasons_.begin(), reasons_.end());
    reasons_.clear();
    return std::exchange(is_any_, false);
  }

 private:
  static constexpr std::size_t most = 16;

  std::mutex mutex_;
  bool is_any_ = false;
  std::vector<std::string> reasons_;
};

}  // namespace detail

struct FlightRecorder::Recording {
  Recording(FlightRecorderOptions given, const detail::Timeline& timeline)
      : options(checked(std::move(given))),
        files(options.directory, options.keep),
        slow(options.ignore, options.pause.count()),
        trace(options.memory, timeline, options.slower_than.count()) {
    if (!options.sink) options.sink = write_to_standard_error;
    detail::first_uses();
    static_cast<void>(detail::quoted_json({}));  // Boost.JSON registers a destructor
    const detail::SignalsBlocked blocked;
    thread = std::thread([this] { record(); });
  }
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;
  ~Recording() {
    is_over = true;
    detail::slow_events.wake();
    thread.join();
  }

  void record() noexcept {
    for (bool last = false; !last;) {
      detail::slow_events.wait();
      last = is_over;
      try {
        save_if_due();
      } catch (...) {
        ++failed;  // no memory
      }
    }
  }

  void save_if_due() {
    slow.fetch();
    detail::FlightNote note;
    note.slow = slow.take();
    const bool was_slow = !note.slow.empty();
    for (const auto& event : note.slow) note.reasons.push_back(to_string(event));
    if (!asked.take(note.reasons) && !was_slow) return;
    save(note, was_slow);
  }

  void save(detail::FlightNote& note, bool was_slow) {
    const auto time = std::chrono::system_clock::now();
    note.slower_than = options.slower_than.count();
    note.saved_at = detail::calendar_time(time);
    note.slow_runs_before = slow.counted().runs;
    note.slow_steps_before = slow.counted().steps;
    note.failed_before = failed;
    SavedFlight saved{files.next(time),       note.reasons, note.slow_runs_before,
                      note.slow_steps_before, failed,       {}};
    try {
      detail::RecordedTrace recorded = detail::recorded_trace();
      recorded.started = std::max(recorded.started, recorded.overwritten_until);
      saved.error =
          files.write(saved.file, [&](std::ostream& out) { detail::write(out, recorded, &note); });
    } catch (const std::bad_alloc&) {
      saved.error = std::make_error_code(std::errc::not_enough_memory);
    }
    if (saved.error) {
      ++failed;
      slow.count(note.slow);  // there is no file of these either
    } else {
      failed = 0;
      slow.forget_counted();
    }
    slow.written(trace.now(), was_slow);
    try {
      options.sink(saved);
    } catch (...) {  // the next one may do better
    }
  }

  FlightRecorderOptions options;
  const long process = detail::process_id();
  detail::AskedToSave asked;
  // Used by the thread only.
  detail::FlightFiles files;
  detail::SlowOnes slow;
  std::uint64_t failed = 0;

  detail::FlightTrace trace;
  std::atomic<bool> is_over{false};
  std::thread thread;
};

FlightRecorder::FlightRecorder(FlightRecorderOptions options, const detail::Timeline& timeline)
    : recording_(std::make_unique<Recording>(std::move(options), timeline)) {}

FlightRecorder::~FlightRecorder() {
  // The child of a fork has no such thread, and a trace of its own, if any.
  if (recording_->process != detail::process_id()) static_cast<void>(recording_.release());
}

void FlightRecorder::save(std::string_view reason) noexcept {
  if (recording_->process != detail::process_id()) return;
  recording_->asked.add(reason);
  detail::slow_events.wake();
}

}  // namespace perf_timer::inline v0_1
