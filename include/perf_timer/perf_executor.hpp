//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/asio/executor_access.hpp>
#include <perf_timer/detail/asio/inner_executor.hpp>
#include <perf_timer/detail/asio/properties.hpp>
#include <perf_timer/detail/asio/ts_interface.hpp>
#include <perf_timer/detail/asio/waits.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/span/capture.hpp>
#include <perf_timer/timer_clock.hpp>

#include PERF_TIMER_ASIO_HEADER(prefer.hpp)
#include PERF_TIMER_ASIO_HEADER(query.hpp)
#include PERF_TIMER_ASIO_HEADER(require.hpp)

#include <chrono>
#include <concepts>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1 {

/// An executor that measures what it executes. It carries the run on whose behalf a function was
/// submitted to the place where the function executes. If a timer wraps it, each function is a run
/// of that timer as well.
///
/// `AsioPerfTimer::wrap`, `instrument` and `task` make it. Use it wherever Asio takes an executor:
///
///     auto executor = perf_timer::instrument(asio::make_strand(context));
///     asio::co_spawn(executor, session(), asio::detached);
///
/// A strand that is made of it, `make_strand(executor)`, measures as `instrument(make_strand(...))`
/// does. Make no strand of it once it is in an `any_io_executor`, as in
/// `make_strand(co_await this_coro::executor)`: such a strand executes all that waits in one
/// function of the executor that it is made of. Instrument that strand again.
///
/// It has the properties of `Inner`, and meets Asio's executor requirements. It is three words, so
/// that `any_io_executor` holds it without allocating. The execution context of `Inner` must
/// outlive it.
///
/// One that was moved from may be assigned to or destroyed, and nothing else, even if `Inner`
/// allows more.
///
/// Thread safety: distinct objects: safe. Shared objects: safe for const members.
template <class Inner, TimerClock Clock = std::chrono::steady_clock>
class PerfExecutor {
 public:
  using inner_executor_type = Inner;  ///< The executor that executes.
  using clock = Clock;                ///< What tells the time.

  /// Carries runs, and feeds no timer. A template, so that copying a `PerfExecutor` which holds an
  /// `any_io_executor` isn't mistaken for converting it to one. Throws `std::bad_alloc` if `Inner`
  /// is larger than a pointer.
  template <std::same_as<Inner> Executor>
  explicit PerfExecutor(Executor executor)
      : inner_(std::move(executor), detail::clock_of_strands<Clock>()) {
    detail::refuse_ts_executor<Inner>();
  }

  /// Converts from one whose inner executor converts to `Inner`: a strand to an `any_io_executor`.
  template <class Other>
    requires(!std::same_as<Other, Inner> && std::convertible_to<const Other&, Inner>)
  PerfExecutor(const PerfExecutor<Other, Clock>& other)
      : PerfExecutor(detail::ExecutorAccess::inner_as<Inner>(other),
                     detail::ExecutorAccess::binding(other),
                     detail::ExecutorAccess::capture(other)) {}

  /// Returns the inner executor with the properties that it was given. A reference if the executor
  /// is no larger than a pointer, else a copy. Of a strand, it isn't known from then on how long it
  /// is held, because the copy can be used unseen; see `TimerSnapshot::queued_held`.
  [[nodiscard]] decltype(auto) get_inner_executor() const {
    decltype(auto) inner = inner_.get();
    detail::strand_is_given_away(inner);
    return static_cast<decltype(inner)>(inner);
  }

  /// Called by `asio::query`.
  template <class Property>
    requires asio::can_query<const Inner&, Property>::value
  [[nodiscard]] decltype(auto) query(const Property& property) const
      noexcept(asio::is_nothrow_query<const Inner&, Property>::value);

  /// Called by `asio::require`, and for most executors by `prefer`.
  template <class Property>
    requires asio::can_require<const Inner&, Property>::value
  [[nodiscard]] auto require(const Property& property) const&;
  template <class Property>
    requires asio::can_require<const Inner&, Property>::value
  [[nodiscard]] auto require(const Property& property) &&;  ///< The same, moving this executor.

  /// Called by `asio::prefer`.
  template <class Property>
    requires asio::can_prefer<const Inner&, Property>::value
  [[nodiscard]] auto prefer(const Property& property) const&;
  template <class Property>
    requires asio::can_prefer<const Inner&, Property>::value
  [[nodiscard]] auto prefer(const Property& property) &&;  ///< The same, moving this executor.

  /// Submits a function. Called by `post`, `dispatch`, `defer`, and all that completes. Throws what
  /// the inner executor throws, and `std::bad_alloc`.
  template <class Function>
    requires(std::invocable<std::decay_t<Function>&> || std::invocable<std::decay_t<Function>>)
  void execute(Function&& function) const;

  /// Whether both submit to the same place. What they measure makes no difference, because a
  /// program that compares executors must not behave differently when it is measured.
  friend bool operator==(const PerfExecutor& a, const PerfExecutor& b) noexcept {
    return a.inner_ == b.inner_;
  }
  /// The opposite.
  friend bool operator!=(const PerfExecutor& a, const PerfExecutor& b) noexcept {
    return !(a == b);
  }

  /// Whether the calling thread executes a function of this strand. Present if `Inner` has it.
  [[nodiscard]] bool running_in_this_thread() const noexcept
    requires requires(const Inner& inner) { inner.running_in_this_thread(); }
  {
    return inner_.base().running_in_this_thread();
  }

#if PERF_TIMER_ASIO_HAS_TS_EXECUTORS
  // The interface of the Networking TS, for code that is written for it.

  /// The execution context.
  [[nodiscard]] decltype(auto) context() const noexcept
    requires requires(const Inner& inner) { inner.context(); }
  {
    return inner_.base().context();
  }
  /// Counts one more piece of outstanding work.
  void on_work_started() const noexcept
    requires detail::has_ts_interface<Inner>
  {
    inner_.base().on_work_started();
  }
  /// Counts one less.
  void on_work_finished() const noexcept
    requires detail::has_ts_interface<Inner>
  {
    inner_.base().on_work_finished();
  }
  /// Executes a function here if that is possible, else later.
  template <class Function, class Allocator>
  void dispatch(Function&& function, const Allocator& allocator) const
    requires requires(const Inner& inner, void (*f)()) { inner.dispatch(f, allocator); }
  {
    inner_.base().dispatch(step(std::forward<Function>(function)), allocator);
  }
  /// Executes a function later.
  template <class Function, class Allocator>
  void post(Function&& function, const Allocator& allocator) const
    requires requires(const Inner& inner, void (*f)()) { inner.post(f, allocator); }
  {
    inner_.base().post(step(std::forward<Function>(function)), allocator);
  }
  /// Executes a function later, as a continuation of the calling one.
  template <class Function, class Allocator>
  void defer(Function&& function, const Allocator& allocator) const
    requires requires(const Inner& inner, void (*f)()) { inner.defer(f, allocator); }
  {
    inner_.base().defer(step(std::forward<Function>(function)), allocator);
  }
#endif

 private:
  friend detail::ExecutorAccess;
  template <class OtherInner, TimerClock OtherClock>
  friend class PerfExecutor;

  template <std::same_as<Inner> Executor>
  PerfExecutor(Executor executor, detail::BindingRef binding, detail::Capture capture)
      : inner_(std::move(executor), detail::clock_of_strands<Clock>()),
        binding_(std::move(binding)),
        capture_(std::move(capture)) {}

  [[nodiscard]] detail::Task* task() const noexcept {
    return binding_.get() ? binding_.get()->task : nullptr;
  }
  template <class Property>
  [[nodiscard]] decltype(auto) ask(const Property& property) const;
  void asked_by_a_strand(asio::execution::blocking_t answer, bool directly = false) const noexcept;
  void may_be_asked_by_a_strand() const noexcept;
  template <class Self, class Property, class Apply>
  [[nodiscard]] static auto with(Self&& self, const Property& property, const Apply& apply);
  template <class Self, class Property, class Apply>
  [[nodiscard]] static auto make(Self&& self, const Property& property, const Apply& apply);
  template <class Function>
  [[nodiscard]] auto step(Function&& function) const;

  // 24 bytes in all; see InnerExecutor.
  detail::InnerExecutor<Inner> inner_;
  detail::BindingRef binding_;
  detail::Capture capture_;
};

/// Deduces `Inner`; the clock is `steady_clock`.
template <class Executor>
explicit PerfExecutor(Executor) -> PerfExecutor<Executor>;

}  // namespace perf_timer::inline v0_1

#include <perf_timer/impl/perf_executor.hpp>

// Afterwards, and before anybody can make a strand of a `PerfExecutor`.
#include <perf_timer/detail/asio/strand.hpp>
