//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "trace_writer.hpp"

#include "trace_order.hpp"
#include "trace_output.hpp"
#include "trace_text.hpp"
#include "trace_tracks.hpp"

#include <perf_timer/detail/tracking/operation_label.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

// The viewer shows these groups of tracks as processes.
constexpr int threads = 1, executors = 2, runs = 3, flight = 4, operations = 5;

class Writer {
 public:
  Writer(std::ostream& out, const RecordedTrace& trace, const FlightNote* note)
      : out_(out, trace), trace_(trace), tracks_(trace), note_(note) {}

  void write() {
    out_.text() << R"({"displayTimeUnit":"ns","metadata":{"source":"perf_timer","dropped_events":)"
                << trace_.dropped << R"(,"complete_since_us":)" << out_.at(trace_.complete_since)
                << R"(,"duration_us":)" << out_.at(trace_.ended);
    if (note_) write_note();
    out_.text() << "},\n\"traceEvents\":[\n";
    describe();
    for (const TraceEntry& entry : entries_in_order(trace_, tracks_, note_)) write(entry);
    out_.text() << "\n]}\n";
    out_.text().flush();
  }

 private:
  using Out = TraceEntry;
  using Kind = TraceEntry::Kind;

  [[nodiscard]] bool is_slow(Ticks elapsed) const { return note_ && elapsed > note_->slower_than; }

  void write_note() {
    TraceText& text = out_.text();
    text << R"(,"flight":{"saved_at":)" << quoted_json(note_->saved_at) << R"(,"slower_than_us":)"
         << microseconds(note_->slower_than) << R"(,"slow_runs_before":)" << note_->slow_runs_before
         << R"(,"slow_steps_before":)" << note_->slow_steps_before << R"(,"failed_files_before":)"
         << note_->failed_before << R"(,"reasons":[)";
    for (std::size_t i = 0; i < note_->reasons.size(); ++i)
      text << (i == 0 ? "" : ",") << quoted_json(note_->reasons[i]);
    text << "]}";
  }

  void describe() {
    const auto say_process = [&](int pid, int place, std::string_view title) {
      out_.say({pid, 0}, "process_name", "name", title);
      out_.say({pid, 0}, "process_sort_index", "sort_index", std::to_string(place));
    };
    if (note_) {
      say_process(flight, 0, R"("flight recorder")");
      out_.say({flight, 1}, "thread_name", "name", R"("why it was saved")");
    }
    say_process(threads, threads, R"("threads")");
    say_process(executors, executors, R"("executors")");
    say_process(runs, runs, R"("runs")");
    if (!tracks_.waits.empty()) say_process(operations, operations, R"("operations")");
    for (const TracedThread& thread : trace_.threads)
      out_.say({threads, thread.number}, "thread_name", "name",
               quoted_json("thread " + std::to_string(thread.number) + " " + thread.name));
    for (std::size_t track = 0; track < tracks_.executors.size(); ++track) {
      const ExecutorTrack& executor = tracks_.executors[track];
      std::string title = out_.timer(executor.timer);
      if (executor.number > 1)
        title.insert(title.size() - 1, " (" + std::to_string(executor.number) + ")");
      out_.say({executors, track + 1}, "thread_name", "name", title);
    }
  }

  /// `elapsed`: what is slow may be longer than its slice.
  void slice(TraceTrack track, std::string_view title, std::string_view category,
             const Slice& slice, TraceArgs args, Ticks elapsed) {
    args.flag("slow", is_slow(elapsed));
    out_.slice(track, {slice.begin, slice.end, title, category}, args);
  }
  void slice(TraceTrack track, std::string_view title, std::string_view category,
             const Slice& slice, TraceArgs args) {
    this->slice(track, title, category, slice, std::move(args), slice.end - slice.begin);
  }
  [[nodiscard]] TraceTrack thread_of(const Out& out) const {
    return {threads, trace_.threads[out.track].number};
  }

  [[nodiscard]] TraceArgs args_of(const TracedRun& run) const {
    TraceArgs args;
    args.outcome(run.told.outcome, run.told.lost);
    if (run.open) return args.flag("open");
    args.time("elapsed_us", run.told.elapsed);
    if (run.told.lost != 0) return args;
    const Ticks idle = run.told.elapsed - run.told.busy - run.told.queued;
    return args.time("busy_us", run.told.busy)
        .time("queued_us", run.told.queued)
        .time("idle_us", std::max<Ticks>(idle, 0));
  }

  void write(const Out& out) {
    switch (out.kind) {
      case Kind::thread_slice:
        return out.slice.of == Slice::Of::run       ? write_plain_run(out)
               : out.slice.of == Slice::Of::part    ? write_part(out)
               : out.slice.of == Slice::Of::handler ? write_handler(out, out.slice.index)
                                                    : write_step(out);
      case Kind::executor_slice:
        return write_function(out);
      case Kind::run_begin:
      case Kind::run_end:
        return write_run(out, out.kind == Kind::run_begin);
      case Kind::wait_begin:
      case Kind::wait_end:
        return write_wait(out, out.kind == Kind::wait_begin);
      case Kind::slow_begin:
      case Kind::slow_end:
        return write_slow(out, out.kind == Kind::slow_begin);
      case Kind::reason:
        return write_reason(out);
      case Kind::arrow_begin:
      case Kind::arrow_end:
        return write_arrow(out, out.kind == Kind::arrow_begin);
    }
  }

  void write_plain_run(const Out& out) {
    const TracedRun& run = tracks_.runs[out.slice.index];
    slice(thread_of(out), out_.timer(run.told.timer), "run", out.slice, args_of(run));
  }

  void write_step(const Out& out) {
    const TracedStep& step = tracks_.steps[out.slice.index];
    if (step.handler) return write_handler(out, *step.handler, step.run);
    const auto named = step.run ? step.run : step.executor;
    TraceArgs args;
    if (step.submitted != 0 && step.submitted <= step.begin)
      args.time("queued_us", step.begin - step.submitted);
    if (step.executor) args.text("executor", out_.timer(*step.executor));
    if (named && step.operation) args.text("operation", out_.operation(*step.operation));
    args.flag("open", step.open);
    slice(thread_of(out),
          named            ? out_.timer(*named)
          : step.operation ? out_.operation(*step.operation)
                           : R"("function")",
          "step", out.slice, args);
  }

  void write_part(const Out& out) {
    const StepPart& part = tracks_.parts[out.slice.index];
    const TracedStep& step = tracks_.steps[part.step];
    slice(thread_of(out), out_.timer(*part.run), "step", out.slice,
          TraceArgs().flag("open", step.open && part.end == step.end));
  }

  [[nodiscard]] TraceArgs args_of(const TracedHandler& handler) const {
    TraceArgs args;
    args.outcome(handler.told.outcome, 0);
    if (!handler.told.only_executes)
      args.time("waited_us", handler.told.ready - handler.told.started);
    return args.time("queued_us", handler.begin - handler.told.ready);
  }

  /// `run`: the timer of the run that all of it executes for.
  void write_handler(const Out& out, std::size_t index, std::optional<TracedTimer> run = {}) {
    const TracedHandler& handler = tracks_.handlers[index];
    TraceArgs args = args_of(handler);
    if (run) args.text("run", out_.timer(*run));
    slice(thread_of(out), out_.operation(handler.told.operation), "handler", out.slice,
          args.flag("open", handler.open));
  }

  /// Those of a run are on its own track, or on another one if others wait there.
  void write_wait(const Out& out, bool begin) {
    const TracedWait& wait = tracks_.waits[out.slice.index];
    const TracedHandler& handler = tracks_.handlers[wait.handler];
    const bool is_queued = out.slice.begin == wait.ready;
    const std::string& name = out_.operation(handler.told.operation);
    TraceArgs args = args_of(handler);
    if (is_queued) args.text("operation", name);
    if (wait.run && wait.row != 0) args.text("run", out_.timer(tracks_.runs[*wait.run].told.timer));
    const std::size_t id = !wait.run       ? out.slice.index + 1
                           : wait.row == 0 ? *wait.run + 1
                                           : tracks_.runs.size() + out.slice.index + 1;
    out_.edge(wait.run ? runs : operations, id, out.at, begin,
              is_queued ? R"("queued")" : std::string_view(name), wait.run ? "run" : "operation",
              args.str());
  }

  void write_function(const Out& out) {
    const TracedFunction& function = tracks_.functions[out.slice.index];
    const TracedStep& step = tracks_.steps[function.step];
    TraceArgs args;
    args.outcome(function.told.outcome, function.told.lost);
    if (function.told.lost == 0)
      args.time("busy_us", function.told.busy).time("queued_us", function.told.queued);
    slice({executors, out.track + 1}, out_.timer(step.run.value_or(function.told.timer)),
          "function", out.slice, args, function.told.elapsed);
  }

  void write_run(const Out& out, bool begin) {
    const TracedRun& run = tracks_.runs[out.slice.index];
    out_.edge(runs, out.slice.index + 1, out.at, begin, out_.timer(run.told.timer), "run",
              args_of(run).flag("slow", is_slow(run.end - run.begin)).str());
  }

  void write_slow(const Out& out, bool begin) {
    const SlowEvent& slow = note_->slow[out.slice.index];
    constexpr std::string_view titles[] = {"slow run", "slow step", "slow function",
                                           "slow handler"};
    std::string title(titles[static_cast<std::size_t>(slow.of)]);
    const auto timer = trace_.timers.find(slow.timer);
    if (slow.of == SlowEvent::Of::handler) title += ": " + operation_label(slow.operation);
    if (slow.timer != 0) title += ": " + (timer == trace_.timers.end() ? "?" : timer->second);
    TraceArgs args;
    args.time("elapsed_us", slow.end - slow.begin).flag("slow");
    out_.edge(flight, out.slice.index + 1, out.at, begin, quoted_json(title), "slow",
              args.text("thread", std::to_string(slow.thread)).str());
  }

  void write_reason(const Out& out) {
    out_.next() << R"({"ph":"i","s":"t","pid":)" << flight << R"(,"tid":1,"ts":)" << out_.at(out.at)
                << R"(,"name":)" << quoted_json(note_->reasons[out.slice.index])
                << R"(,"cat":"reason"})";
  }

  void write_arrow(const Out& out, bool begin) {
    const TracedStep& step = tracks_.steps[out.slice.index];
    out_.next() << R"({"ph":")" << (begin ? R"(s")" : R"(f","bp":"e")") << R"(,"pid":)" << threads
                << R"(,"tid":)" << (begin ? step.by : trace_.threads[step.thread].number)
                << R"(,"ts":)" << out_.at(out.at) << R"(,"id":)" << out.slice.index + 1
                << R"(,"name":"wakes","cat":"wakes"})";
  }

  TraceOutput out_;
  const RecordedTrace& trace_;
  const TraceTracks tracks_;
  const FlightNote* const note_;  // null if no flight recorder saves it
};

}  // namespace

void write(std::ostream& out, const RecordedTrace& trace, const FlightNote* note) {
  Writer(out, trace, note).write();
}

}  // namespace perf_timer::inline v0_1::detail
