//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/duration_summary.hpp>

#include <chrono>
#include <concepts>
#include <functional>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1 {

/// Takes the durations of one series of a timer and computes statistics from them. Derive from it
/// to write an observer of your own; `example/custom_observer.cpp` has one.
///
/// A timer calls each state from one thread at a time, so a state needs no lock. The timer holds a
/// lock meanwhile: a state must not use the timer that it belongs to.
class PERF_TIMER_EXPORT ObserverState {
 public:
  virtual ~ObserverState();

  /// Adds samples, in the order in which their thread recorded them. None is negative. If it
  /// throws, it must have added none of them.
  virtual void add(std::span<const std::chrono::nanoseconds> samples) = 0;

  /// Returns the statistics of all samples so far. What it throws leaves `snapshot()`.
  [[nodiscard]] virtual DurationSummary summary() const = 0;

  /// Whether `merge` works. If so, a timer keeps up to three states of a series, so that threads
  /// seldom wait for each other. If not, it keeps a single one.
  [[nodiscard]] virtual bool mergeable() const noexcept { return false; }

  /// Adds the samples of `other`, which the same observer made. Called only if `mergeable()`.
  virtual void merge(const ObserverState& /*other*/) {}

  /// Whether `subtract` works. If not, only the count, total and mean of an interval are known.
  [[nodiscard]] virtual bool subtractable() const noexcept { return false; }

  /// Removes the samples of `earlier`, which is an earlier copy of this state: all its samples are
  /// in this one. Called only if `subtractable()` and `mergeable()`.
  virtual void subtract(const ObserverState& /*earlier*/) {}
};

/// A type that says what to compute, such as `HistogramObserver`. It is a small value whose
/// `make_state()` returns a new `ObserverState`. Timers call that from any thread, and from several
/// at once. They hold no lock meanwhile, so it may use timers.
///
///     struct ExactObserver {
///       std::unique_ptr<perf_timer::ObserverState> make_state() const {
///         return std::make_unique<ExactState>();
///       }
///     };
template <class T>
concept ObserverDefinition = std::copy_constructible<T> && requires(const T& observer) {
  { observer.make_state() } -> std::convertible_to<std::unique_ptr<ObserverState>>;
};

/// Holds any observer: `HistogramObserver`, `PSquareObserver`, `StdDevObserver`, `AverageObserver`,
/// `AccumulatorObserver`, or your own.
///
///     perf_timer::PerfTimer timer{"decode", {.observer = perf_timer::AverageObserver{}}};
///
/// Thread safety: distinct objects: safe. Shared objects: safe for const members.
class PERF_TIMER_EXPORT Observer {
 public:
  /// Holds a `HistogramObserver{}`, the default of all timers. Throws `std::bad_alloc`.
  PERF_TIMER_EXPORT Observer();

  /// Holds a copy of `observer`. Not explicit, so that `.observer = AverageObserver{}` works.
  /// Throws `std::bad_alloc`, and what copying it throws.
  template <class T>
    requires(!std::same_as<std::remove_cvref_t<T>, Observer> &&
             ObserverDefinition<std::remove_cvref_t<T>>)
  Observer(T&& observer)
      : make_([held = std::forward<T>(observer)]() -> std::unique_ptr<ObserverState> {
          return held.make_state();
        }),
        kind_(&kind_of<std::remove_cvref_t<T>>) {}

  /// Called by timers: returns a state without samples. Throws what the observer's `make_state`
  /// throws.
  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const { return make_(); }

  /// Returns a pointer that identifies the observer's type: it is the same for all observers of one
  /// type. Reports use it to measure the cost of a run once for each type.
  [[nodiscard]] const void* kind() const noexcept { return kind_; }

 private:
  std::function<std::unique_ptr<ObserverState>()> make_;
  template <class T>
  static constexpr char kind_of = 0;
  const void* kind_;
};

}  // namespace perf_timer::inline v0_1
