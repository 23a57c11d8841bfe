//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/utf8.hpp>
#include <perf_timer/format_duration.hpp>
#include <perf_timer/stall_watch.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace perf_timer::inline v0_1 {
namespace {

/// Returns whether it is a function of Asio's or of this library's, between those of the program.
[[nodiscard]] bool is_machinery(std::string_view function) noexcept {
  if (function.starts_with("void ")) function.remove_prefix(5);  // so templates' names begin
  for (const std::string_view begin : {"boost::asio::", "boost_asio_handler_",
                                       "asio::", "asio_handler_", "perf_timer::v0_1::detail::"})
    if (function.starts_with(begin)) return true;
  return false;
}

/// A name may have been chosen by a client, and must neither end a line nor command a terminal.
[[nodiscard]] std::string in_quotes(std::string_view name) {
  return " \"" + detail::escaped(name) + '"';
}

[[nodiscard]] std::string length_of(const Stall& stall) {
  const std::string least = format_duration(stall.lasted);
  if (!stall.lasted_at_most) return "at least " + least;
  const std::string most = format_duration(*stall.lasted_at_most);
  return least == most ? least : least + " to " + most;
}

void write_names(std::ostream& out, std::string_view before, const std::vector<std::string>& names,
                 bool more) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i == 0)
      out << "\n  " << before;
    else
      out << ", inside one of";
    out << in_quotes(names[i]);
  }
  if (more) out << ", and others around that";
}

void write_waiting(std::ostream& out, const Stall& stall) {
  if (stall.over || !stall.waiting || stall.timers.empty()) return;
  const std::uint64_t waiting = *stall.waiting;
  out << "\n  " << (waiting == 0 ? "no function waits" : std::to_string(waiting))
      << (waiting == 0   ? ""
          : waiting == 1 ? " function waits"
                         : " functions wait")
      << " on executors of" << in_quotes(stall.timers.front());
}

void write_frames(std::ostream& out, const std::vector<StackFrame>& frames, bool more) {
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const StackFrame& frame = frames[i];
    if (i != 0 && is_machinery(frame.function)) {
      ++left_out;
      continue;
    }
    out << (i == 0 ? "\n  in " : "\n  called by ") << frame.function;
    if (!frame.file.empty()) out << ", " << frame.file << ':' << frame.line;
  }
  if (more) out << "\n  called by others, which are left out";
  if (left_out != 0)
    out << "\n  (" << left_out << " functions of Asio and perf_timer are left out)";
}

void write_run(std::ostream& out, const Stall& stall) {
  const OpenRun& run = *stall.open_run;
  out << "a run of" << in_quotes(run.name)
      << (stall.over ? " was open for " : " has been open for ") << length_of(stall);
  if (stall.over) out << "; it has ended";
  if (!stall.over && run.state == OpenRunState::executing) out << "; it executes";
  if (!stall.over && run.state == OpenRunState::waiting)
    out << "; it waits for a thread or a strand";
  if (!stall.over && run.state == OpenRunState::idle)
    out << "; it is idle, such as waiting for I/O or a timer";
  if (run.busy) out << "; busy for " << format_duration(*run.busy);
  if (run.queued) out << ", queued for " << format_duration(*run.queued);
}

[[nodiscard]] bool holds_back(const Stall& stall) {
  return stall.held_back != 0 || stall.held_back_runs != 0;
}

/// Says how many weren't told.
[[nodiscard]] std::string held_back(const Stall& stall) {
  const auto number = [](std::uint64_t n, const char* one, const char* more) {
    return n == 0 ? "" : std::to_string(n) + (n == 1 ? one : more);
  };
  const std::string steps = number(stall.held_back, " more stall", " more stalls");
  const std::string runs = number(stall.held_back_runs, " more open run", " more open runs");
  return steps + (steps.empty() || runs.empty() ? "" : " and ") + runs +
         (stall.held_back + stall.held_back_runs == 1 ? " wasn't told" : " weren't told");
}

void write_held_back(std::ostream& out, const Stall& stall) {
  if (holds_back(stall)) out << "\n  before this, " << held_back(stall);
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Stall& stall) {
  if (stall.open_run) {
    write_run(out, stall);
    write_held_back(out, stall);
    return out;
  }
  if (stall.lasted.count() == 0 && holds_back(stall))
    return out << held_back(stall) << ", because there were too many";
  out << "thread " << stall.thread;
  if (!stall.thread_name.empty()) out << in_quotes(stall.thread_name);
  out << (stall.over ? " has executed one step for " : " has been executing one step for ")
      << length_of(stall);
  if (stall.over) out << "; the step is over";
  if (stall.on_processor)
    out << "; it was on a processor for " << std::lround(*stall.on_processor * 100) << " % of that";
  write_names(out, "it is a run of", stall.timers, stall.more_timers);
  write_names(out, "on behalf of a run of", stall.runs, stall.more_runs);
  write_waiting(out, stall);
  write_frames(out, stall.frames, stall.more_frames);
  if (!stall.unexplained.empty()) out << "\n  it doesn't say where: " << stall.unexplained;
  write_held_back(out, stall);
  return out;
}

}  // namespace perf_timer::inline v0_1
