//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/text_stream.hpp>
#include <perf_timer/detail/report/utf8.hpp>
#include <perf_timer/format_duration.hpp>
#include <perf_timer/open_runs.hpp>
#include <perf_timer/report_line.hpp>
#include <perf_timer/running_steps.hpp>
#include <perf_timer/thread_snapshots.hpp>

#include "pages.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr std::size_t most_runs = 50;

[[nodiscard]] std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + escaped(name);
  return text;
}

void write_steps(std::ostream& out) {
  const std::vector<RunningStep> steps = running_steps();
  out << "steps that execute: " << steps.size() << '\n';
  for (const RunningStep& step : steps) {
    out << "  thread " << step.thread;
    if (!step.thread_name.empty()) out << " \"" << escaped(step.thread_name) << '"';
    out << ": for at least " << format_duration(step.age);
    if (!step.runs.empty()) out << ", for " << joined(step.runs);
    if (!step.timers.empty()) out << ", on the executor of " << joined(step.timers);
    if (!step.explained) out << " (it doesn't say for whom)";
    out << '\n';
  }
}

void write_duration(std::ostream& out, const char* what,
                    const std::optional<std::chrono::nanoseconds>& duration) {
  if (duration) out << ", " << what << ' ' << format_duration(*duration);
}

void write_runs(std::ostream& out) {
  std::vector<OpenRun> runs = open_runs(most_runs + 1);
  const bool more = runs.size() > most_runs;
  if (more) runs.resize(most_runs);
  out << "\nruns that are open, the oldest first: " << (more ? "more than " : "") << runs.size()
      << '\n';
  for (const OpenRun& run : runs) {
    out << "  " << escaped(run.name) << ": for " << format_duration(run.age) << ", "
        << to_string(run.state);
    write_duration(out, "busy", run.busy);
    write_duration(out, "queued", run.queued);
    out << '\n';
  }
}

void write_threads(std::ostream& out) {
  const std::string line = report_line(thread_snapshots());
  if (!line.empty()) out << '\n' << line << '\n';
}

}  // namespace

std::string now_text() {
  TextStream out;
  write_steps(out);
  write_runs(out);
  write_threads(out);
  return std::move(out).str();
}

}  // namespace perf_timer::inline v0_1::detail
