//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Which runs a trace has, and which parts of steps execute for them.
#include "trace_tracks.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Finds the open runs. For a run that ended, its end event tells everything.
void TraceTracks::match_runs(const RecordedTrace& trace) {
  using Key = std::tuple<TracedTimer, const void*, Ticks>;
  std::map<Key, std::size_t> ended;
  for (const TracedRun& run : runs) ++ended[{run.told.timer, run.told.span, run.begin}];
  for (const Begun& begun : begun_) {
    const auto end = ended.find({begun.told.timer, begun.told.span, begun.opened});
    if (end != ended.end() && end->second != 0) {
      --end->second;
      continue;
    }
    if (begun.opened < trace.complete_since) continue;  // its end may be among the missing events
    RunEnded told{};
    told.timer = begun.told.timer;
    told.causal = begun.told.causal;
    told.span = begun.told.span;
    runs.push_back({begun.thread, begun.opened, std::max(begun.opened, trace.ended), true, told});
  }
}

/// A run may end anywhere, also while another thread executes for it. A span's address belongs to
/// one run at a time.
void TraceTracks::end_parts_with_runs() {
  std::map<std::pair<const void*, Ticks>, Ticks> ends;
  for (const TracedRun& run : runs)
    if (run.told.span && !run.open) ends[{run.told.span, run.begin}] = run.end;
  for (std::size_t i = 0, size = parts.size(); i != size; ++i) {
    const StepPart part = parts[i];
    if (!part.span) continue;
    auto run = ends.upper_bound({part.span, part.begin});
    if (run == ends.begin() || (--run)->first.first != part.span) continue;
    if (run->second < part.begin || run->second >= part.end) continue;
    parts[i].end = run->second;
    parts.push_back({part.step, run->second, part.end, nullptr, {}});
  }
}

/// Gives a step the name of the run that it executes for, or keeps parts with names of their own.
void TraceTracks::name_steps() {
  std::sort(parts.begin(), parts.end(), [](const StepPart& a, const StepPart& b) {
    return std::tuple(a.step, a.begin, a.end) < std::tuple(b.step, b.begin, b.end);
  });
  std::vector<StepPart> kept;
  for (auto part = parts.begin(); part != parts.end();) {
    const std::size_t step = part->step, first = kept.size();
    std::optional<TracedTimer> of_no_length;
    for (; part != parts.end() && part->step == step; ++part) {
      if (part->begin == part->end) {
        if (!of_no_length) of_no_length = part->run;
      } else if (kept.size() != first && kept.back().run == part->run) {
        kept.back().end = part->end;
      } else {
        kept.push_back(*part);
      }
    }
    if (kept.size() > first + 1) continue;
    steps[step].run = kept.size() == first ? of_no_length : kept[first].run;
    kept.resize(first);
  }
  std::erase_if(kept, [](const StepPart& part) { return !part.run; });
  parts = std::move(kept);
}

}  // namespace perf_timer::inline v0_1::detail
