//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "trace_order.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

using Kind = TraceEntry::Kind;

class Entries {
 public:
  explicit Entries(Ticks started) : started_(started) {}

  void add(Ticks time, Kind kind, std::size_t track, const Slice& slice) {
    if (slice.end < started_) return;
    entries_.push_back({std::max(time, started_), kind, -slice.end, track, slice});
  }
  void add(Kind begin, Kind end, const Slice& slice) {
    add(slice.begin, begin, 0, slice);
    add(slice.end, end, 0, slice);
  }

  void add(const TraceTracks& tracks) {
    for (std::size_t track = 0; track < tracks.threads.size(); ++track)
      for (const Slice& slice : tracks.threads[track])
        add(slice.begin, Kind::thread_slice, track, slice);
    for (std::size_t track = 0; track < tracks.executors.size(); ++track)
      for (const Slice& slice : tracks.executors[track].functions)
        add(slice.begin, Kind::executor_slice, track, slice);
    for (const std::size_t i : tracks.causal)
      add(Kind::run_begin, Kind::run_end,
          {tracks.runs[i].begin, tracks.runs[i].end, i, Slice::Of::run});
    for (std::size_t i = 0; i < tracks.waits.size(); ++i) add_wait(tracks, i);
    for (const std::size_t i : tracks.with_arrows) {
      const TracedStep& step = tracks.steps[i];
      add(step.submitted, Kind::arrow_begin, 0, {step.submitted, step.begin, i});
      add(step.begin, Kind::arrow_end, 0, {step.submitted, step.begin, i});
    }
  }

  void add(const FlightNote& note, Ticks ended) {
    for (std::size_t i = 0; i < note.slow.size(); ++i)
      add(Kind::slow_begin, Kind::slow_end, {note.slow[i].begin, note.slow[i].end, i});
    for (std::size_t i = 0; i < note.reasons.size(); ++i)
      add(ended, Kind::reason, 0, {ended, ended, i});
  }

  [[nodiscard]] std::vector<TraceEntry> sorted() {
    const auto key = [](const TraceEntry& entry) {
      return std::tuple(entry.at, entry.kind, entry.minus_end, entry.slice.of, entry.slice.index);
    };
    std::sort(entries_.begin(), entries_.end(),
              [&](const TraceEntry& a, const TraceEntry& b) { return key(a) < key(b); });
    return std::move(entries_);
  }

 private:
  /// What waited for nothing is left out.
  void add_wait(const TraceTracks& tracks, std::size_t i) {
    const TracedWait& wait = tracks.waits[i];
    for (const Slice& slice : {Slice{wait.begin, wait.ready, i},
                               Slice{wait.ready, tracks.handlers[wait.handler].begin, i}})
      if (slice.begin != slice.end && slice.end > started_)
        add(Kind::wait_begin, Kind::wait_end, slice);
  }

  const Ticks started_;
  std::vector<TraceEntry> entries_;
};

}  // namespace

std::vector<TraceEntry> entries_in_order(const RecordedTrace& trace, const TraceTracks& tracks,
                                         const FlightNote* note) {
  Entries entries(trace.started);
  entries.add(tracks);
  if (note) entries.add(*note, trace.ended);
  return entries.sorted();
}

}  // namespace perf_timer::inline v0_1::detail
