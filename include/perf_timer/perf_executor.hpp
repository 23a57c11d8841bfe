//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/asio/carried.hpp>
#include <perf_timer/detail/asio/inner_executor.hpp>
#include <perf_timer/detail/asio/plain_executor.hpp>
#include <perf_timer/detail/asio/step_function.hpp>
#include <perf_timer/detail/span/capture.hpp>
#include <perf_timer/timer_clock.hpp>

#include <boost/asio/execution/allocator.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution/context_as.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/execution/prefer_only.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/require.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace detail {

/// Asking for outstanding work to be tracked is what Asio does when an operation starts (rule 4).
/// Through `any_io_executor` the property arrives in `prefer_only`.
template <class Property>
inline constexpr bool is_tracked =
    std::same_as<Property, boost::asio::execution::outstanding_work_t::tracked_t> ||
    std::same_as<Property, boost::asio::execution::prefer_only<
                               boost::asio::execution::outstanding_work_t::tracked_t>>;

template <class Property>
inline constexpr bool is_context = std::same_as<Property, boost::asio::execution::context_t>;
template <class T>
inline constexpr bool is_context<boost::asio::execution::context_as_t<T>> = true;

template <class Property>
inline constexpr bool is_stateless_allocator = false;
template <class Allocator>
inline constexpr bool is_stateless_allocator<boost::asio::execution::allocator_t<Allocator>> =
    std::is_empty_v<Allocator>;

/// Whether an executor that becomes another for the sake of a property is the same: one of Asio's
/// own that uses this allocator already, which most handlers ask for.
template <class From, class To, class Property>
inline constexpr bool says_nothing =
    is_plain<From> && std::same_as<From, To> && is_stateless_allocator<Property>;

}  // namespace detail

/// An executor that carries spans: it runs functions as steps, on behalf of the span that it
/// captured or that is current where they are submitted, and feeds the timer that it is bound to,
/// if any.
///
/// Made by `AsioPerfTimer::wrap`, `instrument` and `task`. Models Asio's executor requirements with
/// the properties of `Inner`. Outlived by the execution context of `Inner`.
///
/// Wrap outside of a strand: a strand drains its queue inside one function of the executor that it
/// is made of.
///
/// Thread safety: distinct objects safe; shared objects safe for const members.
template <class Inner, TimerClock Clock = std::chrono::steady_clock>
class PerfExecutor {
 public:
  using inner_executor_type = Inner;
  using clock = Clock;

  /// Carries spans and feeds no timer. A template, so that copying one that holds an
  /// `any_io_executor` isn't mistaken for converting it to such.
  template <std::same_as<Inner> Executor>
  explicit PerfExecutor(Executor executor) : inner_(std::move(executor)) {}

  /// Bound to timers or a task.
  template <std::same_as<Inner> Executor>
  PerfExecutor(Executor executor, detail::BindingRef binding, detail::Capture capture = {})
      : inner_(std::move(executor)), binding_(std::move(binding)), capture_(std::move(capture)) {}

  template <class Other>
    requires(!std::same_as<Other, Inner> && std::convertible_to<const Other&, Inner>)
  PerfExecutor(const PerfExecutor<Other, Clock>& other)
      : PerfExecutor(Inner(other.get_inner_executor()), other.binding(), other.capture()) {}

  /// With the properties that it was given; a reference if it is as small as a pointer.
  [[nodiscard]] decltype(auto) get_inner_executor() const { return inner_.get(); }

  /// Called by `boost::asio::query`. The context is asked for by those who must know whether the
  /// executor inside an `any_io_executor` is one of these; see `carried.hpp`.
  template <class Property>
    requires boost::asio::can_query<const Inner&, Property>::value
  [[nodiscard]] decltype(auto) query(const Property& property) const
      noexcept(boost::asio::is_nothrow_query<const Inner&, Property>::value) {
    if constexpr (detail::is_context<Property>) {
      // Afterwards, so that it is the outermost one that is remembered.
      decltype(auto) context = boost::asio::query(inner_.base(), property);
      detail::leave_behind<Clock>(binding_, capture_);
      return static_cast<decltype(context)>(context);
    } else {
      return inner_.query(property);
    }
  }

  /// Called by `boost::asio::require` and, for most executors, by `prefer`.
  template <class Property>
    requires boost::asio::can_require<const Inner&, Property>::value
  [[nodiscard]] auto require(const Property& property) const& {
    return with(*this, property, boost::asio::require);
  }
  template <class Property>
    requires boost::asio::can_require<const Inner&, Property>::value
  [[nodiscard]] auto require(const Property& property) && {
    return with(std::move(*this), property, boost::asio::require);
  }

  /// Called by `boost::asio::prefer`.
  template <class Property>
    requires boost::asio::can_prefer<const Inner&, Property>::value
  [[nodiscard]] auto prefer(const Property& property) const& {
    return with(*this, property, boost::asio::prefer);
  }
  template <class Property>
    requires boost::asio::can_prefer<const Inner&, Property>::value
  [[nodiscard]] auto prefer(const Property& property) && {
    return with(std::move(*this), property, boost::asio::prefer);
  }

  /// Submits a function. Called by `post`, `dispatch`, `defer` and everything that completes.
  template <class Function>
    requires std::invocable<std::decay_t<Function>&> || std::invocable<std::decay_t<Function>>
  void execute(Function&& function) const {
    auto stepped = step(std::forward<Function>(function));
    const auto submit = [&](const Inner& inner) { inner.execute(std::move(stepped)); };
    if constexpr (detail::is_plain<Inner>) {
      inner_.use(submit);
    } else {
      const detail::Submitting<Clock> guard;
      inner_.use(submit);
    }
  }

  /// Asio leaves out the dispatch between executors that compare equal, so those that feed another
  /// timer or task must not.
  friend bool operator==(const PerfExecutor& a, const PerfExecutor& b) noexcept {
    return a.inner_ == b.inner_ && a.binding_ == b.binding_;
  }
  friend bool operator!=(const PerfExecutor& a, const PerfExecutor& b) noexcept {
    return !(a == b);
  }

  /// Present if `Inner` has it, as a strand does.
  [[nodiscard]] bool running_in_this_thread() const noexcept
    requires requires(const Inner& inner) { inner.running_in_this_thread(); }
  {
    return inner_.base().running_in_this_thread();
  }

#if !defined(BOOST_ASIO_NO_TS_EXECUTORS)
  /// Called by code that is written for the Networking TS.
  [[nodiscard]] decltype(auto) context() const noexcept
    requires requires(const Inner& inner) { inner.context(); }
  {
    return inner_.base().context();
  }
  void on_work_started() const noexcept
    requires requires(const Inner& inner) { inner.on_work_started(); }
  {
    inner_.base().on_work_started();
  }
  void on_work_finished() const noexcept
    requires requires(const Inner& inner) { inner.on_work_finished(); }
  {
    inner_.base().on_work_finished();
  }
  template <class Function, class Allocator>
  void dispatch(Function&& function, const Allocator& allocator) const
    requires requires(const Inner& inner, void (*f)()) { inner.dispatch(f, allocator); }
  {
    inner_.base().dispatch(step(std::forward<Function>(function)), allocator);
  }
  template <class Function, class Allocator>
  void post(Function&& function, const Allocator& allocator) const
    requires requires(const Inner& inner, void (*f)()) { inner.post(f, allocator); }
  {
    inner_.base().post(step(std::forward<Function>(function)), allocator);
  }
  template <class Function, class Allocator>
  void defer(Function&& function, const Allocator& allocator) const
    requires requires(const Inner& inner, void (*f)()) { inner.defer(f, allocator); }
  {
    inner_.base().defer(step(std::forward<Function>(function)), allocator);
  }
#endif

  /// What the executor is bound to and carries; for this library.
  [[nodiscard]] const detail::BindingRef& binding() const noexcept { return binding_; }
  [[nodiscard]] const detail::Capture& capture() const noexcept { return capture_; }

 private:
  [[nodiscard]] detail::Task* task() const noexcept {
    return binding_.get() ? binding_.get()->task : nullptr;
  }

  /// The executor with a property, copied or moved. `apply` is `boost::asio::require` or `prefer`.
  template <class Self, class Property, class Apply>
  [[nodiscard]] static auto with(Self&& self, const Property& property, const Apply& apply) {
    if constexpr (detail::InnerExecutor<Inner>::template remembers<Property>) {
      PerfExecutor changed(std::forward<Self>(self));
      changed.inner_.template remember<Property>();
      return changed;
    } else {
      using NewInner = std::decay_t<decltype(apply(self.get_inner_executor(), property))>;
      if constexpr (detail::says_nothing<Inner, NewInner, Property>) {
        return PerfExecutor(std::forward<Self>(self));
      } else {
        NewInner inner = apply(self.get_inner_executor(), property);
        detail::Capture capture = detail::is_tracked<Property> && !self.capture_.made()
                                      ? detail::capture_here<Clock>(self.task())
                                      : std::forward<Self>(self).capture_;
        return PerfExecutor<NewInner, Clock>(std::move(inner), std::forward<Self>(self).binding_,
                                             std::move(capture));
      }
    }
  }

  template <class Function>
  [[nodiscard]] auto step(Function&& function) const {
    return detail::StepFunction<Clock, std::decay_t<Function>>(binding_, capture_,
                                                               std::forward<Function>(function));
  }

  // 24 bytes in all; see InnerExecutor.
  detail::InnerExecutor<Inner> inner_;
  detail::BindingRef binding_;
  detail::Capture capture_;
};

template <class Executor>
explicit PerfExecutor(Executor) -> PerfExecutor<Executor>;

}  // namespace perf_timer::inline v0_1
