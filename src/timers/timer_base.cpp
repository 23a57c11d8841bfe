//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/default_log.hpp>
#include <perf_timer/detail/report/registry.hpp>
#include <perf_timer/report_line.hpp>
#include <perf_timer/timer_base.hpp>

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

}  // namespace

TimerBase::TimerBase(std::string name, TimerOptions options, detail::SeriesKept kept)
    : name_(checked_name(std::move(name))),
      observer_(std::move(options.observer)),
      log_(options.log ? std::move(options.log) : LogFunction(&detail::default_log)),
      recorder_(&detail::Recorder::make(observer_, kept)) {
  recorder_->enabled(options.enabled);
  detail::Registry::instance().add(*this);
}

TimerBase::~TimerBase() {
  detail::Registry::instance().remove(*this);
  report_once();
}

TimerSnapshot TimerBase::snapshot() const {
  TimerSnapshot snapshot = recorder_->snapshot();
  snapshot.name = name_;
  return snapshot;
}

TimerSnapshot TimerBase::snapshot_since(const detail::Recorded& earlier,
                                        detail::Recorded& now) const {
  now = recorder_->recorded();
  TimerSnapshot snapshot =
      now.since(earlier, recorder_->fresh_states(),
                now.failed_states ? recorder_->fresh_failed_states() : detail::FailedStates());
  snapshot.name = name_;
  return snapshot;
}

void TimerBase::report_once() noexcept {
  // A destructor has nobody to tell that a line could not be made or written.
  try {
    const std::string line = report_line(snapshot());
    if (!line.empty() && !reported_.test_and_set()) log_(line);
  } catch (...) {
  }
}

}  // namespace perf_timer::inline v0_1
