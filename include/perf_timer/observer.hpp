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

/// What a timer keeps of one series of durations: the base of all observers' states.
///
/// Thread safety: none needed. A timer never calls one state from two threads at once. It holds a
/// lock of its own meanwhile: a state must not use the timer that it belongs to.
class PERF_TIMER_EXPORT ObserverState {
 public:
  virtual ~ObserverState() = default;

  /// Takes samples, none negative, in the order in which they were recorded.
  /// If it throws, it must have taken none of them.
  virtual void add(std::span<const std::chrono::nanoseconds> samples) = 0;

  /// What the samples so far amount to.
  [[nodiscard]] virtual DurationSummary summary() const = 0;

  /// Whether `merge` works. A timer then keeps one state a thread, else one in all.
  [[nodiscard]] virtual bool mergeable() const noexcept { return false; }

  /// Adds what `other`, made by the same observer, has seen. Called only if `mergeable()`.
  virtual void merge(const ObserverState& /*other*/) {}

  /// Whether `subtract` works. If not, a report of an interval has number, total and mean only.
  [[nodiscard]] virtual bool subtractable() const noexcept { return false; }

  /// Takes back what `earlier` has seen: an earlier state of this one, of which all samples are
  /// among this one's. Called only if `subtractable()`, and only of states that are `mergeable()`.
  virtual void subtract(const ObserverState& /*earlier*/) {}
};

/// A small value that says what to compute: it makes the states that compute it, on any thread
/// and several at once. No lock is held then, so that `make_state` may use timers.
template <class T>
concept ObserverDefinition = std::copy_constructible<T> && requires(const T& observer) {
  { observer.make_state() } -> std::convertible_to<std::unique_ptr<ObserverState>>;
};

/// Any observer: `HistogramObserver`, `PSquareObserver`, `StdDevObserver`, `AverageObserver`,
/// or one's own.
class Observer {
 public:
  template <class T>
    requires(!std::same_as<std::remove_cvref_t<T>, Observer> &&
             ObserverDefinition<std::remove_cvref_t<T>>)
  Observer(T&& observer)  // implicit: `.observer = AverageObserver{}`
      : make_([observer = std::forward<T>(observer)]() -> std::unique_ptr<ObserverState> {
          return observer.make_state();
        }),
        kind_(&kind_of<std::remove_cvref_t<T>>) {}

  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const { return make_(); }

  /// Identifies its type: observers of one type have the same kind.
  [[nodiscard]] const void* kind() const noexcept { return kind_; }

 private:
  std::function<std::unique_ptr<ObserverState>()> make_;
  template <class T>
  static constexpr char kind_of = 0;
  const void* kind_;
};

}  // namespace perf_timer::inline v0_1
