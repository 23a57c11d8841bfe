//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/write_trace.hpp>

#include "trace_text.hpp"
#include "trace_tracks.hpp"

#include <perf_timer/detail/trace/recorded_trace.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1 {
namespace detail {
namespace {

// The viewer shows these groups of tracks as processes.
constexpr int threads = 1, executors = 2, runs = 3;

class Writer {
 public:
  Writer(std::ostream& out, const RecordedTrace& trace) : out_(out), trace_(trace), tracks_(trace) {
    for (const auto& [timer, name] : trace.timers) names_[timer] = quoted_json(name);
  }

  void write() {
    collect();
    out_ << R"({"displayTimeUnit":"ns","metadata":{"source":"perf_timer","dropped_events":)"
         << trace_.dropped << R"(,"complete_since_us":)" << at(trace_.complete_since)
         << R"(,"duration_us":)" << at(trace_.ended) << "},\n\"traceEvents\":[\n";
    describe();
    for (const auto& event : events_) write(event);
    out_ << "\n]}\n";
    out_.flush();
  }

 private:
  // Events of one moment are written in this order.
  enum class Kind { thread_slice, executor_slice, run_begin, arrow_begin, arrow_end, run_end };
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

  void add(Ticks time, Kind kind, std::size_t track, Slice slice) {
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
    std::sort(events_.begin(), events_.end(), [](const Out& a, const Out& b) {
      return std::tuple(a.at, a.kind, a.minus_end, a.slice.of, a.slice.index) <
             std::tuple(b.at, b.kind, b.minus_end, b.slice.of, b.slice.index);
    });
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
    constexpr std::pair<int, std::string_view> processes[] = {
        {threads, R"("threads")"}, {executors, R"("executors")"}, {runs, R"("runs")"}};
    for (const auto& [pid, title] : processes) {
      say(pid, 0, "process_name", "name", title);
      say(pid, 0, "process_sort_index", "sort_index", std::to_string(pid));
    }
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

  void slice(int pid, std::size_t tid, std::string_view title, std::string_view category,
             const Slice& slice, const TraceArgs& args) {
    const Ticks begin = std::max(slice.begin, trace_.started);
    next() << R"({"ph":"X","pid":)" << pid << R"(,"tid":)" << tid << R"(,"ts":)" << at(begin)
           << R"(,"dur":)" << microseconds(std::max(slice.end, begin) - begin) << R"(,"name":)"
           << title << R"(,"cat":")" << category << R"(","args":{)" << args.str() << "}}";
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
          out.slice, args);
  }

  void write_run(const Out& out, bool begin) {
    const TracedRun& run = tracks_.runs[out.slice.index];
    next() << R"({"ph":")" << (begin ? 'b' : 'e') << R"(","pid":)" << runs << R"(,"tid":1,"ts":)"
           << at(out.at) << R"(,"id":)" << out.slice.index + 1 << R"(,"name":)"
           << name(run.told.timer) << R"(,"cat":"run","args":{)"
           << (begin ? args_of(run).str() : std::string()) << "}}";
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
  std::map<TracedTimer, std::string> names_;  // quoted
  std::vector<Out> events_;
  std::string_view separator_ = "";
};

}  // namespace
}  // namespace detail

void write_trace(std::ostream& out) {
  const detail::RecordedTrace trace = detail::recorded_trace();
  detail::Writer(out, trace).write();
}

}  // namespace perf_timer::inline v0_1
