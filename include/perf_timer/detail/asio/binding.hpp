//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/free_list.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/span/task.hpp>

#include <atomic>
#include <cstdint>
#include <utility>

namespace perf_timer::inline v0_1::detail {

struct Binding;

/// What an executor is bound to: nothing, a binding that its execution context owns, or one that is
/// counted. Only copies of the latter share a count. It is one word that includes the kind, so that
/// a copy can still be destroyed after the context is gone.
class BindingRef {
 public:
  BindingRef() noexcept = default;
  /// Refers to a binding that outlives all executors.
  explicit BindingRef(const Binding* owned_elsewhere) noexcept
      : bits_(reinterpret_cast<std::uintptr_t>(owned_elsewhere)) {}
  /// Takes over a reference.
  [[nodiscard]] static BindingRef counted(const Binding* owned) noexcept {
    BindingRef ref(owned);
    ref.bits_ |= 1;
    return ref;
  }

  BindingRef(const BindingRef& other) noexcept : bits_(other.bits_) {
    if (is_counted()) add_reference();
  }
  BindingRef(BindingRef&& other) noexcept : bits_(std::exchange(other.bits_, 0)) {}
  BindingRef& operator=(BindingRef other) noexcept {
    std::swap(bits_, other.bits_);
    return *this;
  }
  ~BindingRef() {
    if (is_counted()) drop_reference();
  }

  [[nodiscard]] const Binding* get() const noexcept {
    return reinterpret_cast<const Binding*>(bits_ & ~std::uintptr_t{1});
  }
  [[nodiscard]] bool is_counted() const noexcept { return (bits_ & 1) != 0; }

  friend bool operator==(const BindingRef& a, const BindingRef& b) noexcept = default;

 private:
  // Not inlined, because executors are copied everywhere, and most are bound to no task.
  PERF_TIMER_EXPORT void add_reference() const noexcept;
  PERF_TIMER_EXPORT void drop_reference() noexcept;

  std::uintptr_t bits_ = 0;
};

/// The timer that a wrapped executor feeds, the task that a bound one belongs to, or both. `also`
/// is what the executor was bound to before it was wrapped. A function is a run of all these
/// timers.
///
/// Whoever makes one sets the recorder and the task, and then what it comes on top of.
struct Binding : Recycled<Binding> {
  mutable std::atomic<std::uint32_t> references{1};
  RecorderPin recorder;  // null for a task alone
  Task* task = nullptr;  // owned
  bool feeds_timers = false;
  BindingRef also;

  Binding() noexcept = default;
  Binding(const Binding&) = delete;
  Binding& operator=(const Binding&) = delete;
  /// Others may look at what a thread executes. They see this binding only while its step does, or
  /// hold the list of threads meanwhile.
  ~Binding() {
    if (feeds_timers) wait_until_nobody_looks();
    release(task);
  }

  void comes_on_top_of(BindingRef before) noexcept {
    const Binding* const b = before.get();
    const bool fed_before = b && b->feeds_timers;
    only_timer_ = !fed_before ? recorder.get() : recorder.get() ? nullptr : b->only_timer_;
    feeds_timers = fed_before || recorder.get();
    also = std::move(before);
  }

  /// Returns the timer that it feeds if that is the only one, as is usual. Otherwise null.
  [[nodiscard]] Recorder* only_timer() const noexcept { return only_timer_; }

  /// Returns whether it feeds the timer, be it switched on or not.
  [[nodiscard]] bool feeds(const Recorder& timer) const noexcept {
    for (const Binding* b = this; b; b = b->also.get())
      if (b->recorder.get() == &timer) return true;
    return false;
  }

  /// Returns whether it feeds a timer that is switched on.
  [[nodiscard]] bool feeds_timers_now() const noexcept {
    if (!feeds_timers) return false;
    for (const Binding* b = this; b; b = b->also.get())
      if (const Recorder* const r = b->recorder.get(); r && r->enabled()) return true;
    return false;
  }

 private:
  PERF_TIMER_EXPORT static void wait_until_nobody_looks() noexcept;

  Recorder* only_timer_ = nullptr;
};

/// Returns a binding to a new task, and to what `also` is bound to. Throws std::bad_alloc.
[[nodiscard]] PERF_TIMER_EXPORT BindingRef bind_to_new_task(BindingRef also);

/// Returns a binding to the task of `other`, but to no timer; nothing if `other` has no task.
/// Throws std::bad_alloc.
[[nodiscard]] PERF_TIMER_EXPORT BindingRef bind_to_task_of(const BindingRef& other);

}  // namespace perf_timer::inline v0_1::detail
