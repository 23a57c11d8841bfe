//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "trace_writer.hpp"

#include "trace_text.hpp"
#include "trace_tracks.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {
namespace {

// The viewer shows these groups of tracks as processes.
constexpr int threads = 1, executors = 2, runs = 3, flight = 4;

class Writer {
 public:
  Writer(std::ostream& out, const RecordedTrace& trace, const FlightNote* note)
      : out_(out), trace_(trace), tracks_(trace), note_(note) {
    for (const auto& [timer, name] : trace.timers) names_[timer] = quoted_json(name);
  }

  void write() {
    collect();
    out_ << R"({"displayTimeUnit":"ns","metadata":{"source":"perf_timer","dropped_events":)"
         << trace_.dropped << R"(,"complete_since_us":)" << at(trace_.complete_since)
         << R"(,"duration_us":)" << at(trace_.ended);
    if (note_) write_note();
    out_ << "},\n\"traceEvents\":[\n";
    describe();
    for (const auto& event : events_) write(event);
    out_ << "\n]}\n";
    out_.flush();
  }

 private:
  // Events of one moment are written in this order.
  enum class Kind {
    thread_slice,
    executor_slice,
    run_begin,
    slow_begin,
    arrow_begin,
    arrow_end,
    run_end,
    slow_end,
    reason
  };
  struct Out {
    Ticks at;
    Kind kind;
    Ticks minus_end;  // an enclosing slice comes first
    std::size_t track;
    Slice slice;
  };

  [[nodiscard]] std::string at(Ticks time) const {
    return microseconds(std::max<Ticks>(time - trace_.started, 0));
  }
  [[nodiscard]] const std::string& name(TracedTimer timer) {
    std::string& name = names_[timer];
    if (name.empty()) name = "\"timer " + std::to_string(timer) + '"';
    return name;
  }

  [[nodiscard]] bool is_slow(Ticks elapsed) const { return note_ && elapsed > note_->slower_than; }

  void write_note() {
    out_ << R"(,"flight":{"saved_at":)" << quoted_json(note_->saved_at) << R"(,"slower_than_us":)"
         << microseconds(note_->slower_than) << R"(,"slow_runs_before":)" << note_->slow_runs_before
         << R"(,"slow_steps_before":)" << note_->slow_steps_before << R"(,"failed_files_before":)"
         << note_->failed_before << R"(,"reasons":[)";
    for (std::size_t i = 0; i < note_->reasons.size(); ++i)
      out_ << (i == 0 ? "" : ",") << quoted_json(note_->reasons[i]);
    out_ << "]}";
  }

  void add(Ticks time, Kind kind, std::size_t track, Slice slice) {
    if (slice.end < trace_.started) return;
    events_.push_back({std::max(time, trace_.started), kind, -slice.end, track, slice});
  }
  void collect() {
    for (std::size_t track = 0; track < tracks_.threads.size(); ++track)
      for (const Slice& slice : tracks_.threads[track])
        add(slice.begin, Kind::thread_slice, track, slice);
    for (std::size_t track = 0; track < tracks_.executors.size(); ++track)
      for (const Slice& slice : tracks_.executors[track].functions)
        add(slice.begin, Kind::executor_slice, track, slice);
    for (const std::size_t i : tracks_.causal) {
      const Slice slice{tracks_.runs[i].begin, tracks_.runs[i].end, i, Slice::Of::run};
      add(slice.begin, Kind::run_begin, 0, slice);
      add(slice.end, Kind::run_end, 0, slice);
    }
    for (const std::size_t i : tracks_.with_arrows) {
      const TracedStep& step = tracks_.steps[i];
      add(step.submitted, Kind::arrow_begin, 0, {step.submitted, step.begin, i});
      add(step.begin, Kind::arrow_end, 0, {step.submitted, step.begin, i});
    }
    if (note_) collect_note();
    std::sort(events_.begin(), events_.end(), [](const Out& a, const Out& b) {
      return std::tuple(a.at, a.kind, a.minus_end, a.slice.of, a.slice.index) <
             std::tuple(b.at, b.kind, b.minus_end, b.slice.of, b.slice.index);
    });
  }

  void collect_note() {
    for (std::size_t i = 0; i < note_->slow.size(); ++i) {
      const Slice slice{note_->slow[i].begin, note_->slow[i].end, i};
      add(slice.begin, Kind::slow_begin, 0, slice);
      add(slice.end, Kind::slow_end, 0, slice);
    }
    for (std::size_t i = 0; i < note_->reasons.size(); ++i)
      add(trace_.ended, Kind::reason, 0, {trace_.ended, trace_.ended, i});
  }

  TraceText& next() {
    out_.flush_if_long();
    return out_ << std::exchange(separator_, ",\n");
  }

  void describe() {
    const auto say = [&](int pid, std::size_t tid, std::string_view what, std::string_view key,
                         std::string_view value) {
      next() << R"({"ph":"M","pid":)" << pid << R"(,"tid":)" << tid << R"(,"name":")" << what
             << R"(","args":{")" << key << "\":" << value << "}}";
    };
    const auto say_process = [&](int pid, int place, std::string_view title) {
      say(pid, 0, "process_name", "name", title);
      say(pid, 0, "process_sort_index", "sort_index", std::to_string(place));
    };
    if (note_) {
      say_process(flight, 0, R"("flight recorder")");
      say(flight, 1, "thread_name", "name", R"("why it was saved")");
    }
    say_process(threads, threads, R"("threads")");
    say_process(executors, executors, R"("executors")");
    say_process(runs, runs, R"("runs")");
    for (const TracedThread& thread : trace_.threads)
      say(threads, thread.number, "thread_name", "name",
          quoted_json("thread " + std::to_string(thread.number) + " " + thread.name));
    for (std::size_t track = 0; track < tracks_.executors.size(); ++track) {
      const ExecutorTrack& executor = tracks_.executors[track];
      std::string title = name(executor.timer);
      if (executor.number > 1)
        title.insert(title.size() - 1, " (" + std::to_string(executor.number) + ")");
      say(executors, track + 1, "thread_name", "name", title);
    }
  }

  /// `elapsed`: what is slow may be longer than its slice.
  void slice(int pid, std::size_t tid, std::string_view title, std::string_view category,
             const Slice& slice, TraceArgs args, Ticks elapsed) {
    const Ticks begin = std::max(slice.begin, trace_.started);
    args.flag("slow", is_slow(elapsed));
    next() << R"({"ph":"X","pid":)" << pid << R"(,"tid":)" << tid << R"(,"ts":)" << at(begin)
           << R"(,"dur":)" << microseconds(std::max(slice.end, begin) - begin) << R"(,"name":)"
           << title << R"(,"cat":")" << category << R"(","args":{)" << args.str() << "}}";
  }
  void slice(int pid, std::size_t tid, std::string_view title, std::string_view category,
             const Slice& slice, TraceArgs args) {
    this->slice(pid, tid, title, category, slice, std::move(args), slice.end - slice.begin);
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
        return out.slice.of == Slice::Of::run    ? write_plain_run(out)
               : out.slice.of == Slice::Of::part ? write_part(out)
                                                 : write_step(out);
      case Kind::executor_slice:
        return write_function(out);
      case Kind::run_begin:
      case Kind::run_end:
        return write_run(out, out.kind == Kind::run_begin);
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
    slice(threads, trace_.threads[out.track].number, name(run.told.timer), "run", out.slice,
          args_of(run));
  }

  void write_step(const Out& out) {
    const TracedStep& step = tracks_.steps[out.slice.index];
    const auto named = step.run ? step.run : step.executor;
    TraceArgs args;
    if (step.submitted != 0 && step.submitted <= step.begin)
      args.time("queued_us", step.begin - step.submitted);
    if (step.executor) args.text("executor", name(*step.executor));
    args.flag("open", step.open);
    slice(threads, trace_.threads[out.track].number, named ? name(*named) : R"("function")", "step",
          out.slice, args);
  }

  void write_part(const Out& out) {
    const StepPart& part = tracks_.parts[out.slice.index];
    const TracedStep& step = tracks_.steps[part.step];
    slice(threads, trace_.threads[out.track].number, name(*part.run), "step", out.slice,
          TraceArgs().flag("open", step.open && part.end == step.end));
  }

  void write_function(const Out& out) {
    const TracedFunction& function = tracks_.functions[out.slice.index];
    const TracedStep& step = tracks_.steps[function.step];
    TraceArgs args;
    args.outcome(function.told.outcome, function.told.lost);
    if (function.told.lost == 0)
      args.time("busy_us", function.told.busy).time("queued_us", function.told.queued);
    slice(executors, out.track + 1, name(step.run.value_or(function.told.timer)), "function",
          out.slice, args, function.told.elapsed);
  }

  void write_run(const Out& out, bool begin) {
    const TracedRun& run = tracks_.runs[out.slice.index];
    next() << R"({"ph":")" << (begin ? 'b' : 'e') << R"(","pid":)" << runs << R"(,"tid":1,"ts":)"
           << at(out.at) << R"(,"id":)" << out.slice.index + 1 << R"(,"name":)"
           << name(run.told.timer) << R"(,"cat":"run","args":{)"
           << (begin ? args_of(run).flag("slow", is_slow(run.end - run.begin)).str() : "") << "}}";
  }

  void write_slow(const Out& out, bool begin) {
    const SlowEvent& slow = note_->slow[out.slice.index];
    constexpr std::string_view titles[] = {"slow run", "slow step", "slow function"};
    std::string title(titles[static_cast<std::size_t>(slow.of)]);
    const auto timer = trace_.timers.find(slow.timer);
    if (slow.timer != 0) title += ": " + (timer == trace_.timers.end() ? "?" : timer->second);
    next() << R"({"ph":")" << (begin ? 'b' : 'e') << R"(","pid":)" << flight << R"(,"tid":1,"ts":)"
           << at(out.at) << R"(,"id":)" << out.slice.index + 1 << R"(,"name":)"
           << quoted_json(title) << R"(,"cat":"slow","args":{)";
    if (begin)
      out_ << TraceArgs().time("elapsed_us", slow.end - slow.begin).flag("slow").str()
           << R"(,"thread":)" << slow.thread;
    out_ << "}}";
  }

  void write_reason(const Out& out) {
    next() << R"({"ph":"i","s":"t","pid":)" << flight << R"(,"tid":1,"ts":)" << at(out.at)
           << R"(,"name":)" << quoted_json(note_->reasons[out.slice.index])
           << R"(,"cat":"reason"})";
  }

  void write_arrow(const Out& out, bool begin) {
    const TracedStep& step = tracks_.steps[out.slice.index];
    next() << R"({"ph":")" << (begin ? R"(s")" : R"(f","bp":"e")") << R"(,"pid":)" << threads
           << R"(,"tid":)" << (begin ? step.by : trace_.threads[step.thread].number) << R"(,"ts":)"
           << at(out.at) << R"(,"id":)" << out.slice.index + 1
           << R"(,"name":"wakes","cat":"wakes"})";
  }

  TraceText out_;
  const RecordedTrace& trace_;
  const TraceTracks tracks_;
  const FlightNote* const note_;              // null if no flight recorder saves it
  std::map<TracedTimer, std::string> names_;  // quoted
  std::vector<Out> events_;
  std::string_view separator_ = "";
};

}  // namespace

void write(std::ostream& out, const RecordedTrace& trace, const FlightNote* note) {
  Writer(out, trace, note).write();
}

}  // namespace perf_timer::inline v0_1::detail
