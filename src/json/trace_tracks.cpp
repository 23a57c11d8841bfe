//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "trace_tracks.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

void sort_for_nesting(std::vector<Slice>& slices) {
  std::sort(slices.begin(), slices.end(), [](const Slice& a, const Slice& b) {
    return std::tuple(a.begin, -a.end, a.of, a.index) < std::tuple(b.begin, -b.end, b.of, b.index);
  });
}

/// The slices of one track that are open at the current moment of a pass along it.
class OpenSlices {
 public:
  void go_on_to(Ticks at) {
    while (!open_.empty() && open_.back()->end <= at) open_.pop_back();
  }
  [[nodiscard]] Slice* innermost() const { return open_.empty() ? nullptr : open_.back(); }
  void push(Slice& slice) { open_.push_back(&slice); }
  void pop() { open_.pop_back(); }

 private:
  std::vector<Slice*> open_;
};

}  // namespace

TraceTracks::TraceTracks(const RecordedTrace& trace) {
  for (std::size_t thread = 0; thread < trace.threads.size(); ++thread) {
    const std::size_t first_handler = handlers.size();
    replay_handlers(trace, thread);
    replay(trace, thread, first_handler);
  }
  match_runs(trace);
  end_parts_with_runs();
  name_steps();
  find_waits(trace);
  lay_out_threads(trace.threads.size());
  lay_out_executors();
  find_arrows(trace);
}

/// Replays the events of one thread, whose handlers are known. The first ones may be ends of what
/// began before the trace.
void TraceTracks::replay(const RecordedTrace& trace, std::size_t thread, std::size_t handler) {
  struct Open {
    const void* address;
    std::size_t step;
    std::size_t part;  // the one that it executes
  };
  std::vector<Open> open;
  std::optional<std::size_t> last_ended;

  const auto goes_on = [&](Ticks at, const auto& told) {
    const auto step = std::find_if(open.rbegin(), open.rend(),
                                   [&](const Open& one) { return one.address == told.step; });
    if (step == open.rend()) return;
    StepPart& before = parts[step->part];
    const Ticks begin = std::max(at, before.begin), end = std::exchange(before.end, begin);
    step->part = parts.size();
    parts.push_back({step->step, begin, end, told.span, {}});
    if (told.span) parts.back().run = told.timer;
  };
  const auto begins = [&](const void* address, const void* span, TracedTimer timer,
                          const TracedStep& step) {
    open.push_back({address, steps.size(), parts.size()});
    parts.push_back({steps.size(), step.begin, step.end, span, {}});
    if (span) parts.back().run = timer;
    steps.push_back(step);
  };
  const auto ended = [&](Ticks at, const void* address) {
    last_ended.reset();
    const auto is_it = [&](const Open& step) { return step.address == address; };
    if (std::none_of(open.begin(), open.end(), is_it)) return;
    // What began inside and didn't end was suspended in the middle.
    for (bool found = false; !found; open.pop_back()) {
      found = is_it(open.back());
      last_ended = open.back().step;
      steps[*last_ended].end = std::max(at, steps[*last_ended].begin);
      steps[*last_ended].open = false;
      StepPart& part = parts[open.back().part];
      part.end = std::max(at, part.begin);
    }
  };
  const auto on = [&](Ticks at, const auto& event) {
    using What = std::decay_t<decltype(event)>;
    if constexpr (std::is_same_v<What, StepBegan>) {
      begins(event.step, event.span, event.timer,
             {.thread = thread,
              .begin = at,
              .end = std::max(at, trace.ended),
              .open = true,
              .submitted = event.submitted,
              .by = event.by,
              .run = {},
              .executor = {},
              .operation = {}});
    } else if constexpr (std::is_same_v<What, StepEnded>) {
      ended(at, event.step);
    } else if constexpr (std::is_same_v<What, HandlerBegan>) {
      const TracedHandler& begun = handlers[handler++];
      if (!event.is_step) return;
      begins(event.handler, begun.handed_on ? nullptr : event.span, event.timer,
             {.thread = thread,
              .begin = at,
              .end = begun.end,
              .open = begun.open,
              .run = {},
              .executor = {},
              .operation = {}});
    } else if constexpr (std::is_same_v<What, HandlerEnded>) {
      ended(at, event.handler);
    } else if constexpr (std::is_same_v<What, FunctionEnded>) {
      if (!last_ended) return;
      functions.push_back({*last_ended, event});
      auto& executor = steps[*last_ended].executor;
      if (!executor) executor = event.timer;
    } else if constexpr (std::is_same_v<What, RunBegan>) {
      begun_.push_back({thread, at, event});
      goes_on(at, event);
    } else if constexpr (std::is_same_v<What, RunGoesOn>) {
      goes_on(at, event);
    } else if constexpr (std::is_same_v<What, RunEnded>) {
      runs.push_back({thread, at, std::max(at, at + event.elapsed), false, event});
    }
  };
  for (const Event& event : trace.threads[thread].events)
    std::visit([&](const auto& what) { on(event.time, what); }, event.what);
}

/// Puts runs of ordinary code on their thread's track. Runs that began on another thread, or that
/// overlap for another reason, go with the causal ones. A step always stays, and so do its parts.
/// It is shortened if its beginning and its end belong to different moments of a stackful
/// coroutine.
void TraceTracks::lay_out_threads(std::size_t count) {
  threads.resize(count);
  lay_out_handlers();
  for (std::size_t i = 0; i < steps.size(); ++i)
    threads[steps[i].thread].push_back({steps[i].begin, steps[i].end, i});
  for (std::size_t i = 0; i < parts.size(); ++i)
    threads[steps[parts[i].step].thread].push_back(
        {parts[i].begin, parts[i].end, i, Slice::Of::part});
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].told.causal)
      causal.push_back(i);
    else
      threads[runs[i].thread].push_back({runs[i].begin, runs[i].end, i, Slice::Of::run});
  }
  for (auto& slices : threads) {
    sort_for_nesting(slices);
    std::vector<bool> evicted(slices.size());
    const auto evict = [&](const Slice& slice) {
      evicted[static_cast<std::size_t>(&slice - slices.data())] = true;
      causal.push_back(slice.index);
    };
    OpenSlices open;
    for (Slice& slice : slices) {
      open.go_on_to(slice.begin);
      while (open.innermost() && open.innermost()->end < slice.end && open.innermost()->is_run()) {
        evict(*open.innermost());
        open.pop();
        open.go_on_to(slice.begin);
      }
      if (open.innermost() && open.innermost()->end < slice.end) {
        if (slice.is_run()) {
          evict(slice);
          continue;
        }
        slice.end = open.innermost()->end;
        if (slice.of == Slice::Of::step) steps[slice.index].end = slice.end;
      }
      open.push(slice);
    }
    std::vector<Slice> kept;
    kept.reserve(slices.size());
    for (std::size_t i = 0; i < slices.size(); ++i)
      if (!evicted[i]) kept.push_back(slices[i]);
    slices = std::move(kept);
  }
}

/// Functions of an executor overlap if several threads run them.
void TraceTracks::lay_out_executors() {
  std::map<TracedTimer, std::vector<Slice>> by_timer;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    const TracedStep& step = steps[functions[i].step];
    by_timer[functions[i].told.timer].push_back({step.begin, step.end, i});
  }
  for (auto& [timer, slices] : by_timer) {
    sort_for_nesting(slices);
    struct Lane {
      std::size_t track;
      OpenSlices open;
    };
    std::vector<Lane> lanes;
    std::vector<std::vector<Slice>> laid;
    const auto thread_of = [&](const Slice& s) { return steps[functions[s.index].step].thread; };
    for (Slice& slice : slices) {
      const auto fits = [&](Lane& lane) {
        lane.open.go_on_to(slice.begin);
        const Slice* const around = lane.open.innermost();
        return !around || (around->end >= slice.end && thread_of(*around) == thread_of(slice));
      };
      auto lane = std::find_if(lanes.begin(), lanes.end(), fits);
      if (lane == lanes.end()) {
        lanes.push_back({lanes.size(), {}});
        laid.emplace_back();
        lane = std::prev(lanes.end());
      }
      lane->open.push(slice);
      laid[lane->track].push_back(slice);
    }
    for (std::size_t i = 0; i < laid.size(); ++i)
      executors.push_back({timer, i + 1, std::move(laid[i])});
  }
}

/// An arrow begins in the submitting thread's slice at that time, if there is one.
void TraceTracks::find_arrows(const RecordedTrace& trace) {
  std::map<TraceThread, std::size_t> thread_by_number;
  for (std::size_t i = 0; i < trace.threads.size(); ++i)
    thread_by_number[trace.threads[i].number] = i;
  std::vector<std::vector<Slice>> outermost(threads.size());
  for (std::size_t i = 0; i < threads.size(); ++i)
    for (const Slice& slice : threads[i])
      if (outermost[i].empty() || outermost[i].back().end <= slice.begin)
        outermost[i].push_back(slice);

  for (std::size_t i = 0; i < steps.size(); ++i) {
    const TracedStep& step = steps[i];
    if (step.by == 0 || step.submitted < trace.started || step.submitted > step.begin) continue;
    const auto thread = thread_by_number.find(step.by);
    if (thread == thread_by_number.end()) continue;
    const auto& slices = outermost[thread->second];
    auto around = std::upper_bound(slices.begin(), slices.end(), step.submitted,
                                   [](Ticks at, const Slice& slice) { return at < slice.begin; });
    // A step can't have submitted itself.
    while (around != slices.begin() && std::prev(around)->of == Slice::Of::step &&
           std::prev(around)->index == i)
      --around;
    if (around != slices.begin() && std::prev(around)->end >= step.submitted)
      with_arrows.push_back(i);
  }
}

}  // namespace perf_timer::inline v0_1::detail
