//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "timer_metrics.hpp"

#include <perf_timer/detail/report/operation_text.hpp>
#include <perf_timer/detail/report/utf8.hpp>
#include <perf_timer/detail/statistics/merge_summaries.hpp>
#include <perf_timer/detail/statistics/saturating_add.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>

namespace perf_timer::inline v0_1::detail {
namespace {

using std::chrono::nanoseconds;
using Timer = const TimerSnapshot&;
using enum TimerMetricType;

double in_seconds(nanoseconds time) { return std::chrono::duration<double>(time).count(); }

/// Scopes have neither queued time nor steps.
bool is_scope(Timer timer) { return timer.kind == TimerKind::scope; }

template <auto Member>
void count(SeriesSink& sink, Timer timer) {
  sink.value(static_cast<double>(timer.*Member));
}

template <auto Member>
void count_but_of_scopes(SeriesSink& sink, Timer timer) {
  if (!is_scope(timer)) count<Member>(sink, timer);
}

template <auto Member>
void seconds(SeriesSink& sink, Timer timer) {
  sink.value(in_seconds(timer.*Member));
}

template <auto Member>
void seconds_but_of_scopes(SeriesSink& sink, Timer timer) {
  if (!is_scope(timer)) seconds<Member>(sink, timer);
}

template <auto Member>
void known_seconds(SeriesSink& sink, Timer timer) {
  if (const auto& time = timer.*Member) sink.value(in_seconds(*time));
}

template <auto Member>
void reasons(SeriesSink& sink, Timer timer) {
  for (const LostCount& one : timer.*Member) {
    const std::pair<std::string_view, std::string> reason{"reason", valid_utf8(one.reason)};
    sink.value(static_cast<double>(one.count), {&reason, 1});
  }
}

template <auto Member>
void count_and_sum(SeriesSink& sink, Timer timer) {
  sink.summary(timer.*Member);
}

void elapsed(SeriesSink& sink, Timer timer) {
  sink.histogram(timer.elapsed, timer.runs, timer.exemplars);
}

template <auto Member>
void complete(SeriesSink& sink, Timer timer) {
  if (!is_scope(timer)) sink.histogram(timer.*Member, timer.runs - timer.partial);
}

void waiting(SeriesSink& sink, Timer timer) {
  if (timer.kind == TimerKind::executor) sink.value(static_cast<double>(timer.waiting));
}

void failed_busy(SeriesSink& sink, Timer timer) {
  if (!is_scope(timer)) sink.summary(timer.failed_busy);
}

/// Adds what the runs waited for. Files in different folders may have the same name.
template <class Value>
void add_awaited(SeriesSink& sink, Timer timer, Value value) {
  std::map<std::array<std::string, 4>, AwaitedOperation> sums;
  for (const AwaitedOperation& one : timer.idle_in) {
    AwaitedOperation& sum =
        sums[{valid_utf8(one.object), valid_utf8(one.operation), valid_utf8(one.part_of),
              valid_utf8(place_name(one.file, one.line, one.function))}];
    sum.count = saturating_add(sum.count, one.count);
    sum.waited = add_times(sum.waited, one.waited);
  }
  for (const auto& [key, sum] : sums) {
    const std::array<std::pair<std::string_view, std::string>, 4> labels{
        {{"object", key[0]}, {"operation", key[1]}, {"part_of", key[2]}, {"at", key[3]}}};
    sink.value(value(sum), labels);
  }
}

void awaited(SeriesSink& sink, Timer timer) {
  add_awaited(sink, timer,
              [](const AwaitedOperation& sum) { return static_cast<double>(sum.count); });
}

void awaited_seconds(SeriesSink& sink, Timer timer) {
  add_awaited(sink, timer, [](const AwaitedOperation& sum) { return in_seconds(sum.waited); });
}

using T = TimerSnapshot;

constexpr TimerMetric metrics[] = {
    {"_runs_total", "Runs whose elapsed time is known.", counter, count<&T::runs>},
    {"_partial_total", "Runs of which only the elapsed time is known. They are part of the runs.",
     counter, reasons<&T::partial_reasons>},
    {"_failed_total", "Runs ended by an exception or an error. They are not part of the times.",
     counter, count<&T::failed>},
    {"_lost_total", "Runs that could not be measured to their end. They are not part of the times.",
     counter, reasons<&T::lost_reasons>},
    {"_dropped_total", "Functions that were destroyed without running, after being submitted.",
     counter, count_but_of_scopes<&T::dropped>},
    {"_elapsed_seconds", "Time from a run's start to its end, in seconds.", histogram, elapsed},
    {"_complete_elapsed_seconds_total",
     "Total elapsed time of the runs whose busy and queued times are known, in seconds.", counter,
     seconds_but_of_scopes<&T::complete_elapsed>},
    {"_off_processor_seconds_total",
     "Time in which something executed on behalf of a run, but not on a processor, in seconds. "
     "Only timers of processor time know it.",
     counter, seconds_but_of_scopes<&T::off_processor>},
    {"_busy_seconds", "Time in which something executed on behalf of a run, in seconds.", histogram,
     complete<&T::busy>},
    {"_queued_seconds",
     "Time of a run in which something waited on its behalf for a thread or a strand, in seconds.",
     histogram, complete<&T::queued>},
    {"_queued_held_seconds_total",
     "Queued time in which another function held the strand, in seconds. It is part of the queued "
     "time.",
     counter, seconds_but_of_scopes<&T::queued_held>},
    {"_queued_free_seconds_total",
     "Queued time in which nothing but a thread was missing, in seconds. It is part of the queued "
     "time.",
     counter, seconds_but_of_scopes<&T::queued_free>},
    {"_failed_elapsed_seconds", "Time from a failed run's start to its exception, in seconds.",
     summary, count_and_sum<&T::failed_elapsed>},
    {"_failed_busy_seconds",
     "Time in which something executed on behalf of a failed run, in seconds.", summary,
     failed_busy},
    {"_open", "Runs that have begun and not ended.", gauge, count<&T::open>},
    {"_waiting", "Functions that were submitted and haven't started. They are open.", gauge,
     waiting},
    {"_oldest_open_seconds", "How long the oldest of the open runs has been open, in seconds.",
     gauge, known_seconds<&T::oldest_open>},
    {"_oldest_waiting_seconds",
     "How long the oldest of the waiting functions has waited, in seconds.", gauge,
     known_seconds<&T::oldest_waiting>},
    {"_steps_total",
     "Uninterrupted stretches on one thread in which something executed on behalf of a run.",
     counter, count_but_of_scopes<&T::steps>},
    {"_longest_step_seconds", "The longest of these since the timer was made or reset, in seconds.",
     gauge, seconds_but_of_scopes<&T::longest_step>},
    {"_cpu_seconds",
     "Time in which the thread was on a processor in a run, of sampled runs, in seconds.", summary,
     count_and_sum<&T::cpu>},
    {"_cpu_busy_seconds_total", "Busy time of the same runs, in seconds.", counter,
     seconds<&T::cpu_busy>},
    {"_stalls_total", "Steps that blocked their thread for too long, as a stall watch has told.",
     counter, count<&T::stalls>},
    {"_longest_stall_seconds", "How long the longest of them lasted at least, in seconds.", gauge,
     known_seconds<&T::longest_stall>},
    {"_awaited_total", "Operations of Asio whose results came while the run that waited was open.",
     counter, awaited},
    {"_awaited_seconds_total",
     "How long these waited, in seconds. Several may have waited at the same time.", counter,
     awaited_seconds},
};

}  // namespace

std::span<const TimerMetric> timer_metrics() noexcept { return metrics; }

}  // namespace perf_timer::inline v0_1::detail
