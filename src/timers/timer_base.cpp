//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/static_storage.hpp>
#include <perf_timer/detail/recorder/idle_in.hpp>
#include <perf_timer/detail/report/default_log.hpp>
#include <perf_timer/detail/report/labels.hpp>
#include <perf_timer/detail/report/registry.hpp>
#include <perf_timer/detail/span/oldest_runs.hpp>
#include <perf_timer/report_line.hpp>
#include <perf_timer/timer_base.hpp>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace {

std::string checked_name(std::string name) {
  if (name.empty())
    throw std::invalid_argument(
        "timer: the name is empty; name what it times, such as \"process thumbnail\"");
  return name;
}

detail::Labels checked_labels(const std::string& name, detail::Labels labels) {
  detail::check_labels("timer \"" + name + "\"", labels);
  std::sort(labels.begin(), labels.end());
  return labels;
}

}  // namespace

TimerBase::Parts::Parts(std::string n, TimerOptions& options, detail::SeriesKept kept)
    : name(checked_name(std::move(n))),
      labels(checked_labels(name, std::move(options.labels))),
      shown_name(detail::labelled_name(name, labels)),
      observer(std::move(options.observer)),
      log(options.log ? std::move(options.log) : LogFunction(&detail::default_log)),
      recorder(&detail::Recorder::make(observer, kept)) {}

TimerBase::TimerBase(std::string name, TimerOptions options, detail::SeriesKept kept,
                     const detail::RunSight* sight)
    : parts_(new Parts(std::move(name), options, kept)),
      recorder_(*parts_->recorder),
      sight_(sight),
      known_as_(recorder_.serial(), parts_->shown_name) {
  recorder_.enabled(options.enabled);
  recorder_.cpu_every(options.cpu_every);
  detail::Registry::instance().add(*this);
}

TimerBase::~TimerBase() {
  detail::Registry::instance().remove(*this);
  report_once();
}

TimerBase::PartsOwner::~PartsOwner() {
  if (!detail::in_static_storage(this)) {
    delete parts_;
    return;
  }
  // A list, so that a leak checker finds them. It only grows, and no thread reads it.
  static constinit std::atomic<Parts*> kept{nullptr};
  parts_->next_kept = kept.load(std::memory_order_relaxed);
  while (!kept.compare_exchange_weak(parts_->next_kept, parts_, std::memory_order_release,
                                     std::memory_order_relaxed)) {
  }
}

TimerSnapshot TimerBase::snapshot() const {
  TimerSnapshot snapshot = snapshot_without_ages();
  detail::OldestRuns oldest;
  tell_ages(snapshot, oldest);
  return snapshot;
}

TimerSnapshot TimerBase::snapshot_without_ages() const {
  TimerSnapshot snapshot = recorder_.snapshot();
  snapshot.name = parts_->name;
  snapshot.labels = parts_->labels;
  if (const auto* const awaited = detail::idle_in.load(std::memory_order_acquire))
    snapshot.idle_in = awaited->of_timer(recorder_.serial());
  return snapshot;
}

TimerSnapshot TimerBase::snapshot_since(const detail::Recorded& earlier,
                                        detail::Recorded& now) const {
  now = recorder_.recorded();
  TimerSnapshot snapshot =
      now.since(earlier, recorder_.fresh_states(),
                now.failed.states ? recorder_.fresh_failed_states() : detail::FailedStates(),
                now.cpu.states ? recorder_.fresh_cpu_states() : detail::FailedStates());
  snapshot.name = parts_->name;
  snapshot.labels = parts_->labels;
  return snapshot;
}

void TimerBase::report_once() noexcept {
  // A destructor has nobody to tell that a line could not be made or written.
  try {
    const std::string line = report_line(snapshot());
    if (!line.empty() && !parts_->reported.test_and_set()) parts_->log(line);
  } catch (...) {
  }
}

}  // namespace perf_timer::inline v0_1
