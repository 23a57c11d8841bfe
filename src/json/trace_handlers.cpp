//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What a tracked program's trace shows of its operations.
#include "trace_tracks.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>
#include <variant>

namespace perf_timer::inline v0_1::detail {

/// Finds the handlers of one thread, before its steps. The first ends may be of what began before
/// the trace.
///
/// What an instrumented executor submits is a handler of the context, and a step. Then the step is
/// drawn. It was submitted before the handler began, but what a handler executes inline was
/// submitted inside it. A handler that is a step itself is drawn once.
void TraceTracks::replay_handlers(const RecordedTrace& trace, std::size_t thread) {
  struct Open {
    std::size_t handler;
    bool has_step = false;
  };
  std::vector<Open> open;
  std::size_t step = steps.size();
  bool just_began = false;
  for (const Event& event : trace.threads[thread].events) {
    const bool at_once = std::exchange(just_began, false);
    if (const auto* const began = std::get_if<HandlerBegan>(&event.what)) {
      open.push_back({handlers.size(), began->is_step});
      just_began = true;
      handlers.push_back({.thread = thread,
                          .begin = event.time,
                          .end = std::max(event.time, trace.ended),
                          .open = true,
                          .step = {},
                          .told = *began});
      if (began->is_step) handlers.back().step = step++;
    } else if (const auto* const ended = std::get_if<HandlerEnded>(&event.what)) {
      const auto it = std::find_if(open.rbegin(), open.rend(), [&](const Open& one) {
        return handlers[one.handler].told.handler == ended->handler;
      });
      if (it == open.rend()) continue;
      TracedHandler& handler = handlers[it->handler];
      handler.end = std::max(event.time, handler.begin);
      handler.open = false;
      open.erase(std::next(it).base());
    } else if (const auto* const inside = std::get_if<StepBegan>(&event.what)) {
      const std::size_t this_step = step++;
      if (at_once) handlers[open.back().handler].handed_on = true;
      if (open.empty() || std::exchange(open.back().has_step, true)) continue;
      TracedHandler& handler = handlers[open.back().handler];
      if (handler.told.only_executes &&
          (inside->submitted < handler.begin || inside->submitted <= handler.told.started))
        handler.step = this_step;
    }
  }
}

/// Puts handlers on their thread's track, or gives the step of one its operation.
void TraceTracks::lay_out_handlers() {
  for (std::size_t i = 0; i < handlers.size(); ++i) {
    const TracedHandler& handler = handlers[i];
    if (handler.told.is_step)
      steps[*handler.step].handler = i;
    else if (handler.step)
      steps[*handler.step].operation = handler.told.operation;
    else
      threads[handler.thread].push_back({handler.begin, handler.end, i, Slice::Of::handler});
  }
}

/// Puts what a run waited for below the run, in further rows what it waited for meanwhile.
void TraceTracks::find_waits(const RecordedTrace& trace) {
  std::map<std::pair<const void*, Ticks>, std::size_t> run_by_span;
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (runs[i].told.span) run_by_span[{runs[i].told.span, runs[i].begin}] = i;
  const auto run_of = [&](const TracedHandler& handler) -> std::optional<std::size_t> {
    if (!handler.told.span) return std::nullopt;
    auto run = run_by_span.upper_bound({handler.told.span, handler.begin});
    if (run == run_by_span.begin() || (--run)->first.first != handler.told.span)
      return std::nullopt;
    // A run that is lost may have ended elsewhere meanwhile.
    if (runs[run->second].end < handler.begin) return std::nullopt;
    return run->second;
  };
  for (std::size_t i = 0; i < handlers.size(); ++i) {
    const TracedHandler& handler = handlers[i];
    if (handler.told.only_executes || handler.begin < trace.started) continue;
    const auto run = run_of(handler);
    const Ticks begin =
        std::clamp(handler.told.started, run ? runs[*run].begin : trace.started, handler.begin);
    waits.push_back({i, run, 0, begin, std::clamp(handler.told.ready, begin, handler.begin)});
  }
  const auto order = [&](const TracedWait& wait) {
    return std::tuple(wait.run, wait.begin, handlers[wait.handler].begin, wait.handler);
  };
  std::sort(waits.begin(), waits.end(),
            [&](const TracedWait& a, const TracedWait& b) { return order(a) < order(b); });
  std::vector<Ticks> ends;  // of each row of the run
  for (std::size_t i = 0; i < waits.size(); ++i) {
    if (!waits[i].run) continue;
    if (i == 0 || waits[i - 1].run != waits[i].run) ends.clear();
    const auto row =
        std::find_if(ends.begin(), ends.end(), [&](Ticks end) { return end <= waits[i].begin; });
    waits[i].row = static_cast<std::size_t>(row - ends.begin());
    if (row == ends.end()) ends.emplace_back();
    ends[waits[i].row] = handlers[waits[i].handler].begin;
  }
}

}  // namespace perf_timer::inline v0_1::detail
