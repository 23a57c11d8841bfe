//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/recorder/run_labels.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>

namespace perf_timer::inline v0_1::detail {

/// Tells a record what only few runs have. `recorder` is a `Recorder`, or records for one.
template <class Recorder>
PERF_TIMER_COLD PERF_TIMER_NOINLINE void record_what_is_rare(Recorder& recorder,
                                                             const RunTimes& times,
                                                             const RunDetails& details) noexcept {
  const bool complete = times.lost == LostReason::none;
  if (complete && tells(times.more, Told::processor_time))
    recorder.add_cpu(times.busy, details.cpu);
  if (!tells(times.more, Told::labels)) return;
  if (complete || times.partial)
    recorder.add_exemplar(details.labels, times.elapsed);
  else
    delete details.labels;
}

/// Ends a run in a record.
template <class Recorder>
void end_run(Recorder& recorder, const RunTimes& times, const RunDetails& details) noexcept {
  if (times.more == Told::times) return recorder.end_in_one_step(times);
  if (times.more != Told::details) [[unlikely]]
    record_what_is_rare(recorder, times, details);  // first, as the record may be gone afterwards
  recorder.end(times, details);
}

/// Frees the labels of a run that is no sample.
inline void drop_labels(const RunTimes& times, const RunDetails& details) noexcept {
  if (tells(times.more, Told::labels)) [[unlikely]]
    delete details.labels;
}

/// Ends a run in a record as failed.
template <class Recorder>
void fail_run(Recorder& recorder, const RunTimes& times, const RunDetails& details) noexcept {
  drop_labels(times, details);
  recorder.fail(times);
}

}  // namespace perf_timer::inline v0_1::detail
