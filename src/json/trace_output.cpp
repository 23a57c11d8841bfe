//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "trace_output.hpp"

#include <perf_timer/detail/tracking/operation_label.hpp>

#include <algorithm>
#include <utility>

namespace perf_timer::inline v0_1::detail {

TraceOutput::TraceOutput(std::ostream& out, const RecordedTrace& trace)
    : text_(out), started_(trace.started) {
  for (const auto& [timer, name] : trace.timers) timers_[timer] = quoted_json(name);
}

TraceText& TraceOutput::next() {
  text_.flush_if_long();
  return text_ << std::exchange(separator_, ",\n");
}

std::string TraceOutput::at(Ticks time) const {
  return microseconds(std::max<Ticks>(time - started_, 0));
}

const std::string& TraceOutput::timer(TracedTimer timer) {
  std::string& name = timers_[timer];
  if (name.empty()) name = "\"timer " + std::to_string(timer) + '"';
  return name;
}

const std::string& TraceOutput::operation(TracedOperation operation) {
  std::string& name = operations_[operation];
  if (name.empty()) name = quoted_json(operation_label(operation));
  return name;
}

void TraceOutput::say(TraceTrack track, std::string_view what, std::string_view key,
                      std::string_view value) {
  next() << R"({"ph":"M","pid":)" << track.pid << R"(,"tid":)" << track.tid << R"(,"name":")"
         << what << R"(","args":{")" << key << "\":" << value << "}}";
}

void TraceOutput::slice(TraceTrack track, const DrawnSlice& slice, const TraceArgs& args) {
  const Ticks begin = std::max(slice.begin, started_);
  next() << R"({"ph":"X","pid":)" << track.pid << R"(,"tid":)" << track.tid << R"(,"ts":)"
         << at(begin) << R"(,"dur":)" << microseconds(std::max(slice.end, begin) - begin)
         << R"(,"name":)" << slice.title << R"(,"cat":")" << slice.category << R"(","args":{)"
         << args.str() << "}}";
}

void TraceOutput::edge(int pid, std::size_t id, Ticks time, bool begin, std::string_view title,
                       std::string_view category, std::string_view args) {
  next() << R"({"ph":")" << (begin ? 'b' : 'e') << R"(","pid":)" << pid << R"(,"tid":1,"ts":)"
         << at(time) << R"(,"id":)" << id << R"(,"name":)" << title << R"(,"cat":")" << category
         << R"(","args":{)" << (begin ? args : "") << "}}";
}

}  // namespace perf_timer::inline v0_1::detail
