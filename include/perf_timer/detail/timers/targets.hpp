//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/trace/events.hpp>

namespace perf_timer::inline v0_1::detail {

/// Records for a timer that one thread at a time uses.
class PERF_TIMER_EXPORT OneThread {
 public:
  explicit OneThread(Recorder& recorder) noexcept : recorder_(recorder) {}

  void begin() noexcept { recorder_.only_shard().begin(); }
  void end(const RunTimes& times) noexcept { recorder_.only_shard().end(times); }
  void fail(const RunTimes& times) noexcept { recorder_.fail_alone(times); }
  void cancel() noexcept { recorder_.only_shard().cancel(); }
  [[nodiscard]] bool samples_cpu() noexcept { return recorder_.samples_cpu_alone(); }
  void add_cpu(Ticks busy, Ticks cpu) noexcept { recorder_.add_cpu(busy, cpu); }
  void add_exemplar(RunLabels* labels, Ticks elapsed) noexcept {
    recorder_.add_exemplar(labels, elapsed);
  }
  [[nodiscard]] TracedTimer timer() const noexcept {
    return static_cast<TracedTimer>(recorder_.serial());
  }

 private:
  Recorder& recorder_;
};

/// Records for a timer that any number of threads use.
class PERF_TIMER_EXPORT AnyThread {
 public:
  explicit AnyThread(Recorder& recorder) noexcept : recorder_(recorder) {}

  void begin() noexcept { recorder_.begin(); }
  void end(const RunTimes& times, const RunDetails& details) noexcept {
    recorder_.end(times, details);
  }
  void end_in_one_step(const RunTimes& times) noexcept { recorder_.end_in_one_step(times); }
  void end(const RunTimes& times) noexcept { recorder_.end(times); }
  void fail(const RunTimes& times) noexcept { recorder_.fail(times); }
  void cancel() noexcept { recorder_.cancel(); }
  [[nodiscard]] bool samples_cpu() noexcept { return recorder_.samples_cpu(); }
  void add_cpu(Ticks busy, Ticks cpu) noexcept { recorder_.add_cpu(busy, cpu); }
  void add_exemplar(RunLabels* labels, Ticks elapsed) noexcept {
    recorder_.add_exemplar(labels, elapsed);
  }
  [[nodiscard]] TracedTimer timer() const noexcept {
    return static_cast<TracedTimer>(recorder_.serial());
  }

 private:
  Recorder& recorder_;
};

}  // namespace perf_timer::inline v0_1::detail
