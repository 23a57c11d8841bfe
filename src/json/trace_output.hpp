//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "trace_text.hpp"

#include <perf_timer/detail/trace/recorded_trace.hpp>

#include <cstddef>
#include <map>
#include <ostream>
#include <string>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// A row of a viewer: a track of a group of tracks, which it shows as a process.
struct TraceTrack {
  int pid;
  std::size_t tid;
};

/// A slice as it is drawn. The texts are quoted.
struct DrawnSlice {
  Ticks begin;
  Ticks end;
  std::string_view title, category;
};

/// The events of a trace file, one at a time, in the viewer's format.
class TraceOutput {
 public:
  TraceOutput(std::ostream& out, const RecordedTrace& trace);

  [[nodiscard]] TraceText& text() noexcept { return text_; }
  /// Begins another event.
  [[nodiscard]] TraceText& next();
  /// Returns a time as the file has it.
  [[nodiscard]] std::string at(Ticks time) const;

  /// Returns the quoted name of a timer, or of an operation.
  [[nodiscard]] const std::string& timer(TracedTimer timer);
  [[nodiscard]] const std::string& operation(TracedOperation operation);

  /// Says something of a track, or, with track 0, of a group.
  void say(TraceTrack track, std::string_view what, std::string_view key, std::string_view value);
  void slice(TraceTrack track, const DrawnSlice& slice, const TraceArgs& args);
  /// A slice that isn't a thread's. Those of one `id` in a group are inside each other.
  void edge(int pid, std::size_t id, Ticks time, bool begin, std::string_view title,
            std::string_view category, std::string_view args);

 private:
  TraceText text_;
  const Ticks started_;
  std::map<TracedTimer, std::string> timers_;
  std::map<TracedOperation, std::string> operations_;
  std::string_view separator_ = "";
};

}  // namespace perf_timer::inline v0_1::detail
